"""Files near a hundred lines, functions that fit on a screen, and names in an officer's or a lawyer's words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from tests.house.source import HOUSE
from tests.house.source import Module
from tests.house.source import modules
from tests.house.source import planted

MOST_LINES = 400
MIDDLE_LINES = 120
LONG_LINES = 300
MOST_LONG = 0.05  # of all files
MOST_IN_A_FUNCTION = 60

# What a thing is called when nobody has said what it is. 'Services' is so only for a folder: a pack has helplines.
PATTERN_WORDS = {
    "util", "utils", "utilities", "helper", "helpers", "manager", "managers", "misc", "common", "stuff", "factory",
    "processor", "wrapper", "impl", "mixin", "singleton", "dto", "repository", "orchestrator",
}  # fmt: skip
PLACES = PATTERN_WORDS | {"services", "core", "base", "lib", "shared"}


def lines(module: Module) -> int:
    return len(module.text.splitlines())


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def long_functions(module: Module) -> list[str]:
    return [
        f"{module.path}: {node.name}"
        for node in functions(module)
        if (node.end_lineno or node.lineno) - node.lineno + 1 > MOST_IN_A_FUNCTION
    ]


def words_of(name: str) -> set[str]:
    """'CaseFile_in_words' is case, file, in, words."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def pattern_names(module: Module) -> list[str]:
    """Names that say a pattern instead of a thing: of folders, files, classes and functions."""
    found = [f"{module.path}: {part}" for part in module.name.split(".") if words_of(part) & PLACES]
    for node in ast.walk(module.tree):
        if (
            isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and words_of(node.name) & PATTERN_WORDS
        ):
            found.append(f"{module.path}:{node.lineno}: {node.name}")
    return found


def ours() -> list[Module]:
    """What people wrote: what Django writes for a migration is its own."""
    return [module for module in modules() if ".migrations" not in module.name and module.text.strip()]


def test_no_file_is_longer_than_400_lines() -> None:
    tests = [
        Module(path.stem, str(path.relative_to(HOUSE)), path.read_text(encoding="utf-8")) for path in python_beside()
    ]
    assert [module.path for module in (*ours(), *tests) if lines(module) > MOST_LINES] == []


def python_beside() -> list[Path]:
    return [*sorted((HOUSE / "tests").rglob("*.py")), *sorted((HOUSE / "bench").glob("*.py"))]


def test_files_are_near_a_hundred_lines() -> None:
    sizes = [lines(module) for module in ours()]
    assert median(sizes) <= MIDDLE_LINES
    assert sum(size > LONG_LINES for size in sizes) <= MOST_LONG * len(sizes)


def test_no_function_is_longer_than_60_lines() -> None:
    assert [name for module in ours() for name in long_functions(module)] == []


def test_a_long_function_is_found() -> None:
    body = "\n".join("    x = 1" for _ in range(MOST_IN_A_FUNCTION))
    assert long_functions(planted("holdfast.planted", f"def f():\n{body}\n"))


def test_no_name_says_a_pattern_instead_of_a_thing() -> None:
    assert [name for module in ours() for name in pattern_names(module)] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("holdfast.utils", ""),
        ("holdfast.law.date_helpers", ""),
        ("holdfast.law.x", "class CaseManager: ..."),
        ("holdfast.law.x", "def date_util(): ..."),
        ("holdfast.services.x", ""),
    ],
)
def test_a_pattern_name_is_found(name: str, text: str) -> None:
    assert pattern_names(planted(name, text))


def test_every_module_says_what_it_answers() -> None:
    # An app's declaration is one class, and says it there.
    told = [module for module in ours() if not module.name.endswith(".apps")]
    assert [module.path for module in told if not ast.get_docstring(module.tree)] == []


def test_every_public_name_of_the_pure_folders_is_explained() -> None:
    pure = [module for module in ours() if module.name.split(".")[1:2] in (["record"], ["law"], ["duties"])]
    assert [
        f"{module.path}: {node.name}"
        for module in pure
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ] == []
