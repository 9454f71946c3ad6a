"""The planted faults of controls/ are true to the code, so that `make controls` finds what it changes."""

import ast
import subprocess
import sys
from collections import Counter

import pytest

from kith.testing.checks import checks_of, register
from tools import controls

FAULTS = controls.faults()
# As issue 4 names them.
PERSONAS = {
    "global-name", "shared-avatar", "merged-notice", "account-wide-block", "sequential-key", "exact-join-time", "person-in-outbox",
    "task-argument", "session", "flash-message", "cache-key", "export",
}  # fmt: skip


def test_those_of_the_issue_are_there_and_twenty_at_least():
    names = Counter(fault.name for fault in FAULTS)
    assert set(names) >= PERSONAS
    assert len(names) == sum(names.values()) >= 20


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
class TestEach:
    def test_finds_what_it_changes_once_and_leaves_code(self, fault, tmp_path):
        for change in fault.changes:
            (tmp_path / change.file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / change.file).write_text((controls.ROOT / change.file).read_text())
        for change in fault.changes:
            before = (tmp_path / change.file).read_text()
            change.apply(tmp_path)
            assert (tmp_path / change.file).read_text() != before
            if change.file.endswith(".py"):
                ast.parse((tmp_path / change.file).read_text())

    def test_names_a_test_that_is_there_and_proves_its_check(self, fault):
        file, *parts = fault.test.split("::")
        tree = ast.parse((controls.ROOT / file).read_text())
        for part in parts:
            tree = next(node for node in tree.body if getattr(node, "name", "") == part.partition("[")[0])
        assert fault.check in register()
        assert fault.check in checks_of(fault.test)


def test_a_text_that_is_not_there_once_is_refused(tmp_path):
    (tmp_path / "a.py").write_text("one = 1\nuno = 1\n")
    for old in ("two", "= 1"):
        with pytest.raises(SystemExit, match="times, not once"):
            controls.Change("a.py", old, "x").apply(tmp_path)
    controls.Change("a.py", "uno", "due").apply(tmp_path)
    assert (tmp_path / "a.py").read_text() == "one = 1\ndue = 1\n"


TEST = "kith/core/tests/test_ids.py"


@pytest.mark.parametrize(
    ("new", "caught"),
    [("    return 7\n", True), ("    return nothing\n", False), ("    return secrets.randbits(62) or 1\n", False)],
    ids=["seen", "breaks the code", "changes nothing"],
)
@pytest.mark.slow
def test_only_what_a_test_asserts_counts_as_caught(new, caught, monkeypatch, capsys):
    change = controls.Change("kith/core/ids.py", "    return secrets.randbits(63) or 1\n", new)
    monkeypatch.setattr(controls, "faults", lambda: [controls.Fault("planted", "says", "AA1", TEST, (change,))])
    assert controls.main([]) == (0 if caught else 1)
    assert capsys.readouterr().out.endswith(f"{int(caught)} of 1 caught\n")


def test_nothing_chosen_is_no_success():
    done = subprocess.run(
        [sys.executable, "-m", "tools.controls", "no-such-fault"], cwd=controls.ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
