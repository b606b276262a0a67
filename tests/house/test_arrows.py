"""Imports run one way, the pure folders stay pure, and a public page cannot reach a case."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from tests.house.source import HOUSE
from tests.house.source import Module
from tests.house.source import imports
from tests.house.source import lies_in
from tests.house.source import modules
from tests.house.source import planted
from tests.house.source import reaches
from tests.house.source import targets

PURE = ("holdfast.record", "holdfast.law", "holdfast.duties")
# What the pure folders never ask for: a framework, a disk, a clock, chance, the network, another process.
NEVER_PURE = (
    "django", "os", "io", "pathlib", "shutil", "tempfile", "time", "random", "secrets", "uuid", "socket", "subprocess",
    "sqlite3", "threading", "asyncio", "urllib.request", "http",
)  # fmt: skip
# Reading a pack's folder is the one thing they do with a disk; a module that does it is named here.
READS_A_PACK = {
    "holdfast.law.loading", "holdfast.law.reading", "holdfast.law.language_files", "holdfast.law.check",
    "holdfast.duties.worked",
}  # fmt: skip
TELLS_THE_TIME = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
}
# (who, what it never imports, not even through others)
KEPT_APART = [
    ("holdfast.doors.guide", "holdfast.casefile"),
    ("holdfast.directory", "holdfast.casefile"),
    ("holdfast.directory", "holdfast.access"),
    ("holdfast.doors.survivor", "holdfast.people"),
    ("holdfast.doors.survivor", "holdfast.figures"),
    ("holdfast.doors.survivor", "holdfast.doors.desk"),
    ("holdfast.doors.live", "holdfast.doors.desk"),
    ("holdfast.doors.report", "holdfast.doors.desk"),
    ("holdfast.doors.report", "holdfast.doors.survivor"),
    ("holdfast.doors.report", "holdfast.figures"),
    ("holdfast.doors.report", "holdfast.people"),
    ("holdfast.doors.guide", "holdfast.doors.report"),
    ("holdfast.doors.live", "holdfast.doors.survivor"),
]
BESIDE = ("vault", "people", "contact")


def impure(module: Module) -> list[str]:
    """What a module of a pure folder imports or calls that it should be given instead."""
    if not any(lies_in(module.name, folder) for folder in PURE):
        return []
    found = []
    for name, line in imports(module):
        hit = next((each for each in NEVER_PURE if lies_in(name, each)), "")
        if hit and not (hit == "pathlib" and module.name in READS_A_PACK):
            found.append(f"{module.path}:{line}: imports {name}")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and _called(node) in TELLS_THE_TIME:
            found.append(f"{module.path}:{node.lineno}: asks for the time")
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("open", "input", "print")
        ):
            found.append(f"{module.path}:{node.lineno}: calls {node.func.id}")
    return found


def _called(node: ast.Call) -> tuple[str, str]:
    called = node.func
    if not isinstance(called, ast.Attribute):
        return ("", "")
    owner = called.value
    return (owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", ""), called.attr)


def circles(found: tuple[Module, ...]) -> list[str]:
    """Modules that import one another in a circle, imports inside functions included."""
    known = {module.name: module for module in found}
    # A package that imports its own parts is no circle by itself: `targets` never counts a name as its package.
    arrows = {name: targets(module, known) for name, module in known.items()}
    seen: dict[str, int] = {}
    told: list[str] = []

    def walk(name: str, path: list[str]) -> None:
        seen[name] = 1
        for target in sorted(arrows[name]):
            if seen.get(target) == 1:
                told.append(" -> ".join([*path[path.index(target) :], target]))
            elif target not in seen:
                walk(target, [*path, target])
        seen[name] = 2

    for name in sorted(arrows):
        if name not in seen:
            walk(name, [name])
    return told


def test_the_contracts_of_pyproject_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([linter, "--no-cache"], cwd=HOUSE, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_pure_folders_ask_for_nothing() -> None:
    assert [fault for module in modules() for fault in impure(module)] == []


@pytest.mark.parametrize(
    "text",
    [
        "import time",
        "from os import environ",
        "from django.utils import timezone",
        "def f():\n    import random",
        "from pathlib import Path",
        "import datetime\ndatetime.datetime.now()",
        "from datetime import date\ndate.today()",
        "open('x')",
        "from urllib.request import urlopen",
    ],
)
def test_a_pure_module_that_asks_is_found(text: str) -> None:
    assert impure(planted("holdfast.duties.planted", text))


def test_what_reads_a_pack_is_still_there() -> None:
    assert {module.name for module in modules()} >= READS_A_PACK
    known = {module.name: module for module in modules()}
    assert [
        name for name in READS_A_PACK if not any(lies_in(each, "pathlib") for each, _ in imports(known[name]))
    ] == []


@pytest.mark.parametrize(("who", "what"), KEPT_APART)
def test_a_door_that_must_not_reach_something_does_not(who: str, what: str) -> None:
    assert [name for name in sorted(reaches(modules(), who)) if lies_in(name, what)] == []


def test_a_guide_page_that_reaches_a_case_through_another_module_is_found() -> None:
    bridge = planted("holdfast.doors.look.bridge", "def f():\n    from holdfast.casefile.reading import read_case")
    page = planted("holdfast.doors.guide.planted", "from holdfast.doors.look import bridge")
    assert "holdfast.casefile.reading" in reaches((*modules(), bridge, page), "holdfast.doors.guide")


def test_an_import_by_name_is_seen() -> None:
    page = planted(
        "holdfast.doors.guide.planted", "import importlib\nimportlib.import_module('holdfast.casefile.queue')"
    )
    assert "holdfast.casefile.queue" in reaches((*modules(), page), "holdfast.doors.guide")


def test_vault_people_and_contact_do_not_know_one_another() -> None:
    crossed = [
        f"{module.name} imports {name}"
        for module in modules()
        for one in BESIDE
        for name, _ in imports(module)
        if lies_in(module.name, f"holdfast.{one}")
        and any(lies_in(name, f"holdfast.{other}") for other in BESIDE if other != one)
    ]
    assert crossed == []


def test_no_modules_import_one_another_in_a_circle() -> None:
    assert circles(modules()) == []


def test_a_circle_is_found() -> None:
    one = planted("holdfast.one", "from holdfast.two import b")
    two = planted("holdfast.two", "def f():\n    from holdfast.one import a")
    assert circles((one, two)) == ["holdfast.one -> holdfast.two -> holdfast.one"]
