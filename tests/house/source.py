"""The house's own source, read as trees: what each module imports, calls and names."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

HOUSE = Path(__file__).parents[2]
SRC = HOUSE / "src"


class Module(NamedTuple):
    """One module of Holdfast, or one that a test planted."""

    name: str  # as it is imported, such as holdfast.law.clock
    path: str  # from the root of the house
    text: str

    @property
    def tree(self) -> ast.Module:
        return _tree(self.text)


@cache
def _tree(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def modules() -> tuple[Module, ...]:
    """Every module of Holdfast."""
    return tuple(
        Module(_named(path), str(path.relative_to(HOUSE)), path.read_text(encoding="utf-8"))
        for path in sorted(SRC.rglob("*.py"))
    )


def planted(name: str, text: str) -> Module:
    """A module that is not there, for showing that a rule finds what it forbids."""
    return Module(name, f"src/{name.replace('.', '/')}.py", text)


def _named(path: Path) -> str:
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(module: Module) -> Iterator[tuple[str, int]]:
    """Everything a module imports, wherever in it, with its line; a name from a module stands as `module.name`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield from ((f"{base}.{name.name}", node.lineno) for name in node.names)
        elif _imports_by_name(node):
            assert isinstance(node, ast.Call)
            told = node.args[0] if node.args else None
            text = told.value if isinstance(told, ast.Constant) else "(computed)"
            yield str(text), node.lineno


def _imports_by_name(node: ast.AST) -> bool:
    """`importlib.import_module("...")` and `__import__("...")`: the ways round an import statement."""
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    return name in ("import_module", "__import__")


def lies_in(name: str, folder: str) -> bool:
    """Whether a module, or a name in it, is of a folder."""
    return name == folder or name.startswith(folder + ".")


def reaches(found: tuple[Module, ...], start: str) -> set[str]:
    """Every module of Holdfast that those under `start` import, directly or through others."""
    known = {module.name: module for module in found}
    wanted = [name for name in known if lies_in(name, start)]
    seen: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        wanted += [target for target in targets(known[name], known) if target not in seen]
    return seen


def targets(module: Module, known: dict[str, Module]) -> set[str]:
    """The modules of Holdfast that one imports. A name from a module counts as that module."""
    return {hit for name, _ in imports(module) if (hit := _module_of(name, known)) and hit != module.name}


def _module_of(name: str, known: dict[str, Module]) -> str:
    while name:
        if name in known:
            return name
        name = name.rpartition(".")[0]
    return ""
