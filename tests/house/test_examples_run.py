"""The examples in the docstrings of the pure folders are true: one that no longer holds is a false statement."""

import doctest
import importlib
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
PURE = ("record", "law", "duties")
MODULES = [
    ".".join(file.relative_to(SOURCE).with_suffix("").parts)
    for folder in PURE
    for file in sorted((SOURCE / "holdfast" / folder).rglob("*.py"))
    if ">>> " in file.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", MODULES)
def test_every_example_of_a_docstring_holds(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(name.removesuffix(".__init__")), report=True)
    assert tried
    assert failed == 0


def test_there_are_examples() -> None:
    assert len(MODULES) > 5
