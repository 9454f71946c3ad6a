"""Every import contract holds, and each one is proven: a planted break in a copy of the tree makes lint-imports name it."""

import shutil
import subprocess
import sys
import tomllib
from itertools import combinations
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sys.executable).parent
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = {contract["id"]: contract for contract in CONFIG["tool"]["importlinter"]["contracts"]}
ROOMS = [room.removeprefix("kith.") for room in CONTRACTS["inside"]["containers"]]
STEPS = [layer.strip("()") for layer in CONTRACTS["inside"]["layers"]]

# What is planted: contract, file (made, or added to), and the line that breaks the contract.
PLANTS = [
    ("rooms", "kith/core/planted.py", "import kith.people.rows"),
    ("rooms", "kith/people/planted.py", "import kith.web.urls"),
    ("rooms", "kith/conversation/planted.py", "import kith.finding.queries"),
    ("rooms", "kith/web/planted.py", "import kith.cli.main"),
    ("rooms", "kith/unlisted/__init__.py", "room = 'that no floor names'"),
    ("rooms", "kith/decisions/__init__.py", "import kith.meetings"),
    ("models", "kith/web/planted.py", "from kith.groups.models import Group"),
    ("models", "kith/web/groups/planted.py", "import kith.people.models"),
    ("models", "kith/cli/planted.py", "import kith.conversation.models"),
    ("models", "kith/asgi.py", "import kith.core.models"),
    ("outside", "kith/groups/planted.py", "import jinja2"),
    ("outside", "kith/conversation/planted.py", "import granian"),
    ("outside", "kith/core/planted.py", "import whitenoise"),
    ("outside", "kith/safety/planted.py", "import kith.urls"),
    ("sealing", "kith/people/planted.py", "from cryptography.fernet import Fernet"),
    ("sealing", "kith/web/planted.py", "import cryptography"),
    ("sealing", "kith/cli/planted.py", "import pyrage"),
    ("testing", "kith/groups/planted.py", "import kith.testing.cast"),
    ("testing", "kith/cli/planted.py", "import kith.testing.world"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Copy the sources of the tree, and an empty room whose siblings are planted."""
    root = tmp_path_factory.mktemp("tree")
    only_sources = shutil.ignore_patterns("__pycache__", "*.[!p]*", "*.p[!y]*")
    shutil.copytree(ROOT / "kith", root / "kith", ignore=only_sources)
    shutil.copy(ROOT / "pyproject.toml", root)
    (root / "kith/meetings").mkdir(exist_ok=True)
    (root / "kith/meetings/__init__.py").touch()
    return root


def lint(root, *options):
    """Run lint-imports on the tree at this root; return what it says, and whether all contracts were kept."""
    command = [SCRIPTS / "lint-imports", "pyproject.toml", "--no-logo", "--no-cache", *options]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr, done.returncode == 0


def with_planted(root, plants):
    """Add lines to files of the copy, run the linter, and take them back."""
    was = {}
    for path, line in plants:
        file = root / path
        was.setdefault(file, file.read_text() if file.exists() else None)
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"{was[file] or ''}\n{line}\n")
    try:
        return lint(root)
    finally:
        for file, before in was.items():
            if before is not None:
                file.write_text(before)
            else:
                file.unlink()
                if not any(file.parent.iterdir()):
                    file.parent.rmdir()


def module_of(path):
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def broken(said):
    """List the contracts that lint-imports calls broken."""
    return [key for key, contract in CONTRACTS.items() if f"{contract['name']} BROKEN" in said]


def test_the_tree_keeps_every_contract():
    said, kept = lint(ROOT)
    assert kept, said


def test_the_copy_keeps_every_contract(copy):
    said, kept = lint(copy)
    assert kept, said


@pytest.mark.parametrize("contract", sorted({contract for contract, _path, _line in PLANTS}))
def test_each_planted_break_is_named(copy, contract):
    plants = [(path, line) for planted, path, line in PLANTS if planted == contract]
    said, kept = with_planted(copy, plants)
    assert not kept
    assert broken(said) == [contract], said
    assert [path for path, _line in plants if module_of(path) not in said] == [], said


@pytest.mark.parametrize("room", ROOMS)
def test_inside_a_room_no_step_looks_up(copy, room, request):
    """Plant every upward import of the room at once, and find each of them named."""
    pairs = [(f"kith.{room}.{low}", f"kith.{room}.{high}") for high, low in combinations(STEPS, 2)]
    for step in STEPS:
        file = copy / "kith" / room / f"{step}.py"
        package = file.with_suffix("") / "__init__.py"
        file = package if package.exists() else file
        before = file.read_text() if file.exists() else None
        request.addfinalizer(lambda f=file, b=before: f.unlink() if b is None else f.write_text(b))
        imports = "\n".join(f"import {high}" for low, high in pairs if low.endswith(f".{step}"))
        file.write_text(f"{before or ''}\n{imports}\n")
    said, kept = lint(copy, "--contract", "inside")
    assert not kept
    assert [pair for pair in pairs if f"{pair[0]} is not allowed to import {pair[1]}" not in said] == []


class TestTheContractsThemselves:
    def test_each_is_proven(self):
        assert {contract for contract, _path, _line in PLANTS} | {"inside"} == set(CONTRACTS)

    def test_every_room_is_in_each_list_of_rooms(self):
        shells = {"web", "mail", "phone", "feeds", "api", "cli"}
        rooms = {f"kith.{path.parent.name}" for path in ROOT.glob("kith/*/apps.py") if path.parent.name not in shells}
        assert rooms == set(CONTRACTS["inside"]["containers"])
        assert rooms == set(CONTRACTS["models"]["allowed_importers"])
        assert rooms == set(CONTRACTS["outside"]["source_modules"])


class TestBannedNames:
    """What import-linter cannot name, ruff bans (TID251): parts of Django, and reading the time past core.clock."""

    def bans(self, path, line):
        command = [SCRIPTS / "ruff", "check", "--no-cache", "--select", "TID251", "--output-format", "concise"]
        done = subprocess.run(
            [*command, "--stdin-filename", path, "-"], input=f"{line}\n", cwd=ROOT, capture_output=True, text=True, check=False
        )
        return "TID251" in done.stdout

    @pytest.mark.parametrize(
        "line",
        [
            "from django.http import HttpResponse",
            "from django.shortcuts import render",
            "from django.contrib import messages",
            "from django.utils import timezone; timezone.now()",
            "from datetime import datetime; datetime.now()",
            "import datetime; datetime.datetime.now()",
        ],
    )
    def test_rooms_may_not(self, line):
        assert self.bans("kith/groups/actions/planted.py", line)
        assert self.bans("kith/core/planted.py", line)

    def test_shells_may(self):
        assert not self.bans("kith/web/groups/planted.py", "from django.http import HttpResponse")
        assert not self.bans("kith/api/planted.py", "from django.http import JsonResponse")
