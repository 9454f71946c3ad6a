"""
The register of checks (tests/trust/checks.toml): which tests prove which promise, and one line per check at the end of a run.

A pytest plugin. `--checks FOLDER` writes down what this run proved; with `--checks-tell WHEN` it adds up all runs of that folder and prints it.
"""

import json
import re
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

REGISTER = Path(__file__).resolve().parents[2] / "tests" / "trust" / "checks.toml"
_NAMED = re.compile(r"tests/trust/test_([a-z]{2}\d)_")


@dataclass(frozen=True)
class Check:
    """One check: what it says, when it runs (`commit`, `nightly`, `release`), the tests that prove it, and what is not there yet."""

    id: str
    says: str
    run: str
    tests: tuple[str, ...] = ()
    later: str = ""
    todo: str = ""


@cache
def register() -> dict[str, Check]:
    """Read the register."""
    rows = tomllib.loads(REGISTER.read_text())
    return {key: Check(key, **(row | {"tests": tuple(row.get("tests", ()))})) for key, row in rows.items()}


def checks_of(test: str) -> list[str]:
    """List the checks that a test proves, by its id in pytest: named in the register, or by the name of its file."""
    by_name = [match[1].upper()] if (match := _NAMED.match(test)) else []
    return by_name + [check.id for check in register().values() if any(_begins(test, begin) for begin in check.tests)]


def _begins(test: str, begin: str) -> bool:
    return test.startswith(begin) and test[len(begin) : len(begin) + 1] in ("", ":", "[")


def line_of(check: Check, seen: Counter[str], told: Sequence[str] = ()) -> str:
    """Say how a check stands: `ok` only where at least one test of it ran and none failed; and what its tests told (`record_property`)."""
    ran = seen["passed"] + seen["failed"]
    if seen["failed"]:
        state = f"FAILED, {seen['failed']} of {ran} tests"
    elif check.later:
        state = f"not built yet: {check.later}"
    elif ran:
        state = f"ok, {ran} tests" + (f"; still to do: {check.todo}" if check.todo else "")
    else:
        state = f"to do: {check.todo}" if check.todo else f"not run ({check.run})"
    return "; ".join((f"{check.id} {check.says}: {state}", *told))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take where the runs of one `make` write down what they proved."""
    parser.addoption("--checks", metavar="FOLDER", help="write down which checks this run proved")
    parser.addoption(
        "--checks-tell", choices=("commit", "nightly"), help="print one line per check; those of this time must have run"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Count in the process that reports, not in those that run tests for it."""
    if config.getoption("--checks") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Tally(Path(config.getoption("--checks")), config.getoption("--checks-tell")))


class Tally:
    """Count for each check which of its tests passed, failed or were left out."""

    def __init__(self, folder: Path, tell: str | None) -> None:
        self._folder, self._tell = folder, tell
        self._seen: dict[str, Counter[str]] = {}
        self._told: dict[str, list[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test once, and once more if it failed while it was set up or cleared away; keep what it told of itself."""
        if report.when == "call" or not report.passed:
            for check in checks_of(report.nodeid):
                self._seen.setdefault(check, Counter())[report.outcome] += 1
                self._told.setdefault(check, []).extend(str(words) for name, words in report.user_properties if name == "told")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Keep the counts; a check of this time that no run has proved makes the last run fail."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / f"{time.time_ns()}.json").write_text(json.dumps({"seen": self._seen, "told": self._told}))
        if self._tell and session.exitstatus == 0 and self._unproven():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the register."""
        if not self._tell:
            return
        seen, told = self._all()
        terminalreporter.section("checks")
        for check in register().values():
            terminalreporter.write_line(line_of(check, seen.get(check.id, Counter()), told.get(check.id, ())))
        for unproven in self._unproven():
            terminalreporter.write_line(f"{unproven}: no test of it ran", red=True)

    def _all(self) -> tuple[dict[str, Counter[str]], dict[str, list[str]]]:
        seen: dict[str, Counter[str]] = {}
        told: dict[str, list[str]] = {}
        for file in sorted(self._folder.glob("*.json")):
            run = json.loads(file.read_text())
            for check, counts in run["seen"].items():
                seen.setdefault(check, Counter()).update(counts)
            for check, words in run["told"].items():
                told.setdefault(check, []).extend(words)
        return seen, told

    def _unproven(self) -> list[str]:
        seen, _told = self._all()
        wanted = [check for check in register().values() if check.run == self._tell and not (check.later or check.todo)]
        return [check.id for check in wanted if not seen.get(check.id, Counter())["passed"]]
