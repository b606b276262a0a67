"""What is deliberately not there: no changed entry, nothing from another site, nothing left for later."""

import ast
import re

import pytest
from tests.house.source import Module
from tests.house.source import modules
from tests.house.source import planted
from tests.house.test_environment import tracked

CHANGES = {"update", "delete", "bulk_update", "update_or_create", "save", "bulk_create", "create", "get_or_create"}
CHANGES_SQL = re.compile(
    r"(?:\bUPDATE(?:\s+OR\s+\w+)?|\bDELETE\s+FROM|\bREPLACE\s+INTO|\bINSERT\s+OR\s+\w+\s+INTO|\bDROP\s+TABLE)\s+[\"'`\[]?entry\b",
    re.IGNORECASE,
)
WRITES_SQL = re.compile(r"\bINTO\s+[\"'`\[]?entry\b", re.IGNORECASE)
THE_ONLY_WRITE = "holdfast.casefile.append"

# Written in pieces, so that this file is no finding of its own.
LEFT_FOR_LATER = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
_MAKING = (
    ("chat", "gpt"), (r"\bgp", r"t-?\d"), ("open", r"ai\b"), ("anth", "ropic"), (r"\bcla", r"ude\b"),
    ("github co", "pilot"), (r"\bl", r"lms?\b"), ("large lang", "uage model"),
    (r"\bA", r"I[- ](?:generated|written|assisted)"),
    ("co-auth", "ored-by"), ("sub-?ag", "ent"), ("as an A", r"I\b"),
)  # fmt: skip
HOW_IT_WAS_MADE = re.compile("|".join("".join(parts) for parts in _MAKING), re.IGNORECASE)
ELSEWHERE = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*\b(?:src|data)\s*=\s*["']?(?:https?:)?//"""
    r"""|<link\b[^>]*\bhref\s*=\s*["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import\s+["'](?:https?:)?//"""
    r"""|\b(?:fetch|importScripts|WebSocket|EventSource)\(\s*["'](?:https?:|wss?:)?//""",
    re.IGNORECASE,
)
SHOWN = (".html", ".css", ".js", ".svg", ".scss")


def changed_entries(module: Module) -> list[str]:
    """Where a module changes, removes or writes an entry past `append`."""
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if CHANGES_SQL.search(node.value):
                found.append(f"{module.path}:{node.lineno}: SQL that changes an entry")
            if WRITES_SQL.search(node.value) and module.name != THE_ONLY_WRITE:
                found.append(f"{module.path}:{node.lineno}: SQL that writes an entry past append")
        elif isinstance(node, ast.Call) and _changes(node.func):
            found.append(f"{module.path}:{node.lineno}: changes stored entries")
    return found


def _changes(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and called.attr in CHANGES and _of_entries(called.value)


def _of_entries(owner: ast.expr) -> bool:
    """Whether an expression such as `StoredEntry.objects.filter(...)` or `case.stored` is of stored entries."""
    return any(
        (isinstance(part, ast.Name) and part.id == "StoredEntry")
        or (isinstance(part, ast.Attribute) and part.attr == "stored")
        for part in ast.walk(owner)
    )


def found_in(pattern: re.Pattern[str], only: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{path}:{number}"
        for path, text in tracked().items()
        if not only or path.endswith(only)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_nothing_changes_or_removes_an_entry_and_append_alone_writes_one() -> None:
    written = [module for module in modules() if ".migrations" not in module.name]
    assert [fault for module in written for fault in changed_entries(module)] == []
    append = next(module for module in written if module.name == THE_ONLY_WRITE)
    assert WRITES_SQL.search(append.text)


@pytest.mark.parametrize(
    "text",
    [
        "StoredEntry.objects.filter(number=1).update(kind='x')",
        "case.stored.all().delete()",
        "c.execute('UPDATE entry SET kind = 1')",
        "c.execute('delete from \"entry\" where 1')",
        "c.execute(f'INSERT OR REPLACE INTO entry VALUES ({x})')",
        "c.execute('INSERT INTO entry (a) VALUES (?)')",
        "StoredEntry(number=1).save()",
    ],
)
def test_a_changed_entry_is_found(text: str) -> None:
    assert changed_entries(planted("holdfast.casefile.planted", text))


def test_no_page_loads_anything_from_another_site() -> None:
    assert found_in(ELSEWHERE, SHOWN) == []


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://cdn.example/x.js">',
        "<link rel=stylesheet href=//fonts.example/css>",
        "a{background:url(http://x.example/a.png)}",
        "fetch('https://x.example')",
    ],
)
def test_something_from_another_site_is_found(text: str) -> None:
    assert ELSEWHERE.search(text)


def test_nothing_is_left_for_later() -> None:
    # A published list of strings that break programs is somebody else's words.
    assert [found for found in found_in(LEFT_FOR_LATER) if not found.startswith("tests/samples/naughty-strings/")] == []


def test_no_file_says_how_it_was_made() -> None:
    assert found_in(HOW_IT_WAS_MADE) == []


@pytest.mark.parametrize(
    ("pattern", "parts"), [(LEFT_FOR_LATER, ("TO", "DO")), (HOW_IT_WAS_MADE, ("Co-Auth", "ored-By: x"))]
)
def test_what_must_not_be_there_is_found(pattern: re.Pattern[str], parts: tuple[str, ...]) -> None:
    assert pattern.search("# " + "".join(parts))
