"""Every command asks whether it may, or touches no case: swept over all of them, with `may` answering no on purpose."""

import ast
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from tests.doors.api.handed import body
from tests.site.running import HOUSE
from tests.site.running import SMALL
from tests.site.running import begun
from tests.site.running import holdfast
from tests.site.running import told
from tests.support.served import prepared

from holdfast.site.command import COMMANDS

TOUCHES_NO_CASE = {
    "owed": "a case that a file describes, which whoever runs it has before them",
    "when": "counts from a moment that was typed",
    "kinds": "lists the kinds of entries",
    "check": "reads packs, and the settings of this installation",
    "new": "writes a new pack's files",
    "coverage": "reads packs",
    "diff": "reads packs",
    "languages": "reads and writes a pack's catalogues",
    "handbook": "builds files of the public guide",
    "directory": "services of a place: a file of its own that knows no case",
}
# What each of the others is asked: it would do it, if it might. `{code}` is a case, `{out}` an empty folder.
ASKED = {
    "demo": ("--prepare",),
    "init": (),
    "serve": ("--port", "1"),
    "answer": ("--sip", "127.0.0.1:5999"),
    "people": ("count",),
    "clock": ("--once",),
    "rederive": ("--processes", "1"),
    "take": ("{call}",),
    "words": ("{code}", "--staff", "S1", "--known", "met_in_person"),
    "agency": ("add", "north"),
    "staff": ("add", "new.officer", "--role", "officer", "--staff", "PC9"),
    "keys": ("add",),
    "backup": ("{out}/all.backup",),
    "restore": ("{backup}", "--into", "{out}/restored", "--keyring", "{keyring}"),
    "keeping": ("due",),
    "erase": ("{code}", "--reason", "court_ordered", "--staff", "S1", "--second", "S2"),
    "bundle": ("choose", "{code}", "--side", "defence", "--for", "A firm", "--purpose", "Disclosure", "--staff", "S1"),
    "copy": ("{code}", "--for", "survivor", "--staff", "S1", "--looked-over-by", "S2", "--to", "{out}"),
    "verify": (),
    "receipt": ("key",),
    "vault": ("check",),
    "log": (),
    "figures": (),
}
EMPTY = {"demo", "init", "restore"}  # they start without a data folder
WOULD_REFUSE = {
    "erase": "The case is live",
    "bundle": "Choose at least one item",
    "serve": "",
}  # what else stands against it; 'serve' would not end
LOG = ('INSERT INTO "log_line"', 'INSERT INTO "log_chain"', 'INSERT INTO "log_key"')
MORE = {
    "staff": ("list",), "agency": ("list",), "keys": ("list",),
    "vault": ("sweep",),
}  # fmt: skip
NO = """
import holdfast.access.may as rules
rules.may = lambda *told, **more: rules.Answer(False, "Broken on purpose.", "broken")
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An installation with a case, two supervisors and a backup."""
    folder = tmp_path_factory.mktemp("sweep")
    data, call, backup = folder / "data", folder / "call.json", folder / "all.backup"
    call.write_bytes(body())
    begun(data)
    code = told(holdfast("take", str(call), "--json", data=data))["case"]
    for staff in ("S1", "S2"):
        added = ("staff", "add", staff, "--role", "supervisor", "--staff", staff, "--organisation", "every-force")
        answer = holdfast(*added, data=data, given="a long enough sentence, " + staff)
        assert answer.returncode == 0, answer.stderr
    assert holdfast("backup", str(backup), data=data).returncode == 0
    shutil.copy(data / "keyring.json", folder / "keyring.json")
    call.write_bytes(body().replace(b"incidentid:1", b"incidentid:2").replace(b"callid:1", b"callid:2"))
    return {
        "data": str(data),
        "code": code,
        "call": str(call),
        "backup": str(backup),
        "keyring": f"{folder}/keyring.json",
    }


@pytest.fixture
def around(made: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """A copy of it that may be changed."""
    shutil.copytree(made["data"], tmp_path / "data")
    (tmp_path / "out").mkdir(mode=0o700)
    return {**made, "data": str(tmp_path / "data"), "out": str(tmp_path / "out")}


def asked(name: str, words: tuple[str, ...], around: dict[str, str], *, may: bool) -> subprocess.CompletedProcess[str]:
    data = Path(around["out"]) / "data" if name in EMPTY else Path(around["data"])
    said = [word.format(**around) for word in words]
    given = "another long enough sentence"
    packs = None if name == "demo" else SMALL
    return holdfast(name, *said, data=data, given=given, packs=packs, first="" if may else NO)


def kept(around: dict[str, str]) -> dict[str, object]:
    """All that is there: each file, and of the database each row but the log's, which writes a refusal down."""
    found: dict[str, object] = {}
    for path in sorted([*Path(around["data"]).rglob("*"), *Path(around["out"]).rglob("*")]):
        if ".sqlite3" not in path.name and "packs" not in path.parts:  # the law, kept ready by the start-up checks
            found[str(path)] = path.read_bytes() if path.is_file() else ""
    connection = sqlite3.connect(Path(around["data"]) / "holdfast.sqlite3")
    found["rows"] = [row for row in connection.iterdump() if not row.startswith(LOG)]
    connection.close()
    return found


def test_every_command_is_swept_or_touches_no_case() -> None:
    assert set(TOUCHES_NO_CASE) | set(ASKED) == set(COMMANDS)
    assert set(TOUCHES_NO_CASE).isdisjoint(ASKED)
    assert all(TOUCHES_NO_CASE.values())


@pytest.mark.parametrize("name", sorted(TOUCHES_NO_CASE))
def test_what_touches_no_case_has_no_way_to_one(name: str) -> None:
    """Neither the casefile nor who may open it is imported, nor is a data folder started on."""
    tree = ast.parse((HOUSE / "src/holdfast/site/commands" / f"{name}.py").read_text(encoding="utf-8"))
    found = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    found |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not [each for each in found if each.startswith(("holdfast.casefile", "holdfast.access"))]
    assert not {"start_on_data", "make_database"} & {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
    }


@pytest.mark.parametrize(
    ("name", "words"),
    [*ASKED.items(), *MORE.items()],
    ids=lambda value: value if isinstance(value, str) else "-".join(value[:1]),
)
def test_where_nobody_may_nothing_is_done_or_shown(name: str, words: tuple[str, ...], around: dict[str, str]) -> None:
    before = kept(around)
    answer = asked(name, words, around, may=False)
    assert answer.returncode == 2, answer.stdout + answer.stderr
    assert "Broken on purpose." in answer.stderr
    assert answer.stdout == ""
    assert kept(around) == before


@pytest.mark.parametrize("name", sorted(set(ASKED) - {"serve", "answer"}))
def test_the_same_is_done_where_they_may(
    name: str, around: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Without this the sweep would pass for a command that refuses for another reason."""
    if name == "demo":  # its first start, which takes long, is done once for all tests
        prepared(Path(around["out"]) / "data", tmp_path_factory)
    answer = asked(name, ASKED[name], around, may=True)
    assert "Broken on purpose." not in answer.stderr
    if name in WOULD_REFUSE:
        assert WOULD_REFUSE[name] in answer.stderr
    else:
        assert answer.returncode in (0, 1), answer.stdout + answer.stderr
