"""The register of checks: whole, true to the files, and a run tells what it proved."""

import re
import subprocess
import sys
from collections import Counter

import pytest

from kith.testing.checks import REGISTER, Check, checks_of, line_of, register

ROOT = REGISTER.parents[2]
# As counted at the end of section 3 of ../shared/research/trust.md.
GROUPS = {
    "AU": 9, "SE": 7, "AC": 7, "IN": 4, "XS": 4, "FI": 5, "HE": 4, "RA": 5, "PR": 9, "EM": 4, "TE": 4, "DU": 9, "DE": 6, "BA": 3,
    "UP": 3, "SU": 5, "LO": 3,
}  # fmt: skip


def test_all_ninety_one_are_there():
    assert Counter(key[:2] for key in register()) == GROUPS
    assert sum(GROUPS.values()) == 91
    assert {check.run for check in register().values()} == {"commit", "nightly", "release"}


def test_each_is_proved_or_says_what_is_missing():
    named = {
        found[1].upper()
        for file in (ROOT / "tests" / "trust").glob("test_*.py")
        if (found := re.match(r"test_([a-z]{2}\d)_", file.name))
    }
    assert named <= set(register())
    for check in register().values():
        assert bool(check.tests or check.id in named) or check.later or check.todo, check.id


def test_what_it_names_is_there():
    for check in register().values():
        for test in check.tests:
            file, _colons, name = test.partition("::")
            words = (ROOT / file).read_text()
            for part in filter(None, name.split("::")):
                assert f"class {part}" in words or f"def {part}(" in words, test


def test_a_file_or_a_name_leads_to_its_check():
    assert checks_of("tests/trust/test_pr4_dump.py::test_x[1]")[0] == "PR4"
    assert "FI2" in checks_of("kith/core/tests/test_files.py::TestBombs::test_one")
    assert checks_of("kith/core/tests/test_files_more.py::test_one") == []


@pytest.mark.parametrize(
    ("check", "seen", "line"),
    [
        (Check("AA1", "Says", "commit"), {"passed": 2}, "AA1 Says: ok, 2 tests"),
        (Check("AA1", "Says", "commit"), {"passed": 2, "failed": 1}, "AA1 Says: FAILED, 1 of 3 tests"),
        (Check("AA1", "Says", "nightly"), {"skipped": 1}, "AA1 Says: not run (nightly)"),
        (Check("AA1", "Says", "commit", todo="half"), {"passed": 1}, "AA1 Says: ok, 1 tests; still to do: half"),
        (Check("AA1", "Says", "commit", todo="half"), {}, "AA1 Says: to do: half"),
        (Check("AA1", "Says", "commit", later="issue 7"), {}, "AA1 Says: not built yet: issue 7"),
    ],
)
def test_a_line_says_how_a_check_stands(check, seen, line):
    assert line_of(check, Counter(seen)) == line


def test_a_line_says_what_its_tests_told():
    line = line_of(Check("AA1", "Says", "commit"), Counter(passed=1), ["11,000 cells"])
    assert line == "AA1 Says: ok, 1 tests; 11,000 cells"


@pytest.mark.slow
def test_a_run_fails_that_proves_too_little(tmp_path):
    ran = subprocess.run(
        [
            sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--checks", str(tmp_path), "--checks-tell", "commit",
            "kith/people/tests/test_phrases.py",
        ],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert re.search(r"^AU2 .*: ok, \d+ tests$", ran.stdout, re.MULTILINE)
    assert "XS2: no test of it ran" in ran.stdout
    assert ran.returncode == 1
    assert len(list(tmp_path.glob("*.json"))) == 1
