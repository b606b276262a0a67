"""Reading one pack's own files, strictly: what is misspelt, misplaced or missing is a fault with the file's name.

- A file is at most 512 kB and a document at most 40 levels deep: a bomb of aliases is refused before it grows.
- Shorthands are widened here (`starts: BailGranted`, `within: 1 working day`), so that the rest sees one shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from typing import TypeVar

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import Node

from holdfast.law.alarm import AlarmRule
from holdfast.law.allowed import allowed_at
from holdfast.law.calendars import Calendar
from holdfast.law.call_script import CallScript
from holdfast.law.declaration import Declaration
from holdfast.law.fault import Fault
from holdfast.law.instrument import Instrument
from holdfast.law.pack import Duty
from holdfast.law.pack import Limit
from holdfast.law.pack import Order
from holdfast.law.pack import Pack
from holdfast.law.pack import Policy
from holdfast.law.pack import Power
from holdfast.law.pack import Prohibition
from holdfast.law.plate import Plate
from holdfast.law.public import GuidePage
from holdfast.law.public import Notice
from holdfast.law.public import Route
from holdfast.law.public import Service
from holdfast.law.public import Term
from holdfast.law.public import Way
from holdfast.law.retention import Retention

_MOST_BYTES = 512_000
_MOST_DEPTH = 40
_FRONT = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_FOLDERS = {"duties", "limits", "powers", "orders", "risk", "guide", "ways", "worked"}
_FILES = {
    "pack.yaml", "calendars.yaml", "terms.yaml", "emergency.yaml", "services.yaml", "prohibitions.yaml",
    "policies.yaml", "notices.yaml", "retention.yaml", "declarations.yaml", "plates.yaml", "alarms.yaml", "call.yaml",
}  # fmt: skip

Struct = TypeVar("Struct", bound=msgspec.Struct)


def read_folder(folder: Path) -> tuple[Pack | None, list[Fault]]:
    """One folder's own pack, without what it inherits, and every fault found in reading it."""
    faults: list[Fault] = []
    if not (folder / "pack.yaml").is_file():
        hint = "Name a folder under packs/, or make one with its pack.yaml."
        return None, [Fault("law.E004", f"{folder.name}/pack.yaml", "There is no such pack.", hint)]
    faults += _misplaced(folder)
    head = _keys(read_yaml(folder / "pack.yaml", faults), folder / "pack.yaml", faults)
    lists: dict[str, Any] = {
        "duties": _each(folder, "duties", Duty, _duty, faults),
        "limits": _each(folder, "limits", Limit, _duty, faults),
        "powers": _each(folder, "powers", Power, None, faults),
        "orders": _each(folder, "orders", Order, None, faults),
        "instruments": tuple(sorted(_each(folder, "risk", Instrument, None, faults), key=_fullest)),
        "guide": _pages(folder, faults),
        "calendars": _mapping(folder, "calendars", Calendar, faults),
        "terms": _mapping(folder, "terms", Term, faults),
        "emergency": _sequence(folder, "emergency", Route, faults),
        "services": _sequence(folder, "services", Service, faults),
        "prohibitions": _sequence(folder, "prohibitions", Prohibition, faults),
        "policies": _sequence(folder, "policies", Policy, faults),
        "ways": tuple(sorted(_each(folder, "ways", Way, None, faults), key=lambda way: (way.order, way.id))),
        "notices": _sequence(folder, "notices", Notice, faults),
        "retention": _sequence(folder, "retention", Retention, faults),
        "declarations": _sequence(folder, "declarations", Declaration, faults),
        "plates": _sequence(folder, "plates", Plate, faults),
        "alarms": _sequence(folder, "alarms", AlarmRule, faults),
        "call": _sequence(folder, "call", CallScript, faults),
    }
    plain = {key: value for key, value in head.items() if key not in lists}
    try:
        pack = msgspec.convert(plain, Pack)
    except msgspec.ValidationError as fault:
        return None, [*faults, _mistyped(f"{folder.name}/pack.yaml", fault, Pack)]
    if pack.id != folder.name:
        faults.append(
            Fault(
                "law.E006", f"{folder.name}/pack.yaml", "The id differs from the folder's name.", "Make them the same."
            )
        )
    return msgspec.structs.replace(pack, **lists), faults


def read_yaml(file: Path, faults: list[Fault]) -> Any:
    """One YAML 1.2 document, or None with the fault added."""
    where = _where(file)
    try:
        if file.stat().st_size > _MOST_BYTES:
            faults.append(Fault("law.E001", where, "The file is too large.", "Keep a file under 512 kB."))
            return None
        return read_text(file.read_text(encoding="utf-8"))
    except OSError:
        faults.append(Fault("law.E001", where, "It cannot be opened as a file.", "Take it away, or put a file there."))
        return None
    except (YAMLError, UnicodeDecodeError, ValueError) as fault:
        line = getattr(getattr(fault, "problem_mark", None), "line", None)
        at = f" at line {line + 1}" if line is not None else ""
        why = getattr(fault, "problem", None) or str(fault).splitlines()[0]
        faults.append(Fault("law.E001", where, f"It cannot be read as YAML{at}: {_stopped(why)}", "Mend the file."))
        return None


def read_text(text: str) -> Any:
    """A YAML 1.2 document as plain values; ValueError for tags, any alias or great depth."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)
    yaml.Composer = _Plain
    try:
        return yaml.load(text)
    except RecursionError:
        raise ValueError("The document is nested too deeply.") from None


class _Plain(Composer):
    """Refuses what a pack has no use for as soon as it is met, so that a document is gone through once."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.parser.check_event(AliasEvent):
            raise ValueError("Aliases are not used in packs: write the value out.")
        return super().compose_node(parent, index)

    def get_single_node(self) -> Any:
        node = super().get_single_node()
        if node is not None:
            _shallow(node, 0)
        return node


def _shallow(node: Node, depth: int) -> None:
    if depth > _MOST_DEPTH:
        raise ValueError("The document is nested too deeply.")
    if node.tag and not str(node.tag).startswith("tag:yaml.org,2002:"):
        raise ValueError("Tags are not used in packs.")
    if str(node.tag) == "tag:yaml.org,2002:timestamp":
        raise ValueError(f"a day needs quotes around it, and {node.value} on line {node.start_mark.line + 1} has none")
    for child in node.value if isinstance(node.value, list) else ():
        for inner in child if isinstance(child, tuple) else (child,):
            _shallow(inner, depth + 1)


def _each(
    folder: Path, name: str, struct: type[Struct], widen: Callable[[dict[str, Any]], dict[str, Any]] | None,
    faults: list[Fault],
) -> tuple[Struct, ...]:  # fmt: skip
    found = []
    for file in sorted((folder / name).glob("*.yaml")):
        given = read_yaml(file, faults)
        if given is None:
            continue
        item = _convert(given, struct, widen, file, faults, folder.name)
        if item is None:
            continue
        if item.id != file.stem.split(".", 1)[0]:  # type: ignore[attr-defined]
            faults.append(
                Fault("law.E006", _where(file), "The id differs from the file's name.", "Make them the same.")
            )
        found.append(item)
    return tuple(found)


def _sequence(folder: Path, name: str, struct: type[Struct], faults: list[Fault]) -> tuple[Struct, ...]:
    file = folder / f"{name}.yaml"
    if not file.is_file():
        return ()
    listed = _keys(read_yaml(file, faults), file, faults).get(name) or []
    if not isinstance(listed, list):
        faults.append(Fault("law.E002", _where(file), f"{name}: no list.", "See docs/formats/pack.md."))
        return ()
    found = [_convert(given, struct, None, file, faults, folder.name) for given in listed]
    return tuple(item for item in found if item is not None)


def _mapping(folder: Path, name: str, struct: type[Struct], faults: list[Fault]) -> dict[str, Struct]:
    file = folder / f"{name}.yaml"
    if not file.is_file():
        return {}
    listed = _keys(_keys(read_yaml(file, faults), file, faults).get(name), file, faults)
    found = {key: _convert(given, struct, None, file, faults, "", key) for key, given in listed.items()}
    return {str(key): item for key, item in found.items() if item is not None}


def _keys(given: Any, file: Path, faults: list[Fault]) -> dict[str, Any]:
    """What was read, where it is a mapping; else nothing, and a fault."""
    if given is not None and not isinstance(given, dict):
        faults.append(Fault("law.E002", _where(file), "It holds no keys.", "See docs/formats/pack.md."))
    return given if isinstance(given, dict) else {}


def _pages(folder: Path, faults: list[Fault]) -> tuple[GuidePage, ...]:
    pages = []
    for file in sorted((folder / "guide").glob("*.md")):
        try:
            if file.stat().st_size > _MOST_BYTES:
                raise ValueError("it is too large")
            found = _FRONT.match(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            faults.append(Fault("law.E001", _where(file), "It is no text in UTF-8 under 512 kB.", "Mend the file."))
            continue
        if not found:
            faults.append(
                Fault("law.E002", _where(file), "The front matter is missing.", "Begin with --- id, title … ---.")
            )
            continue
        try:
            front = read_text(found["front"])
        except (YAMLError, ValueError) as fault:
            faults.append(
                Fault("law.E001", _where(file), f"The front matter: {_stopped(str(fault).splitlines()[0])}", "Mend it.")
            )
            continue
        page = _convert(
            {**_keys(front, file, faults), "body": found["body"]}, GuidePage, None, file, faults, folder.name
        )
        if page is not None:
            pages.append(page)
    return tuple(sorted(pages, key=lambda page: (page.order, page.id)))


def _convert(
    given: Any, struct: type[Struct], widen: Callable[[dict[str, Any]], dict[str, Any]] | None, file: Path,
    faults: list[Fault], pack: str, key: str = "",
) -> Struct | None:  # fmt: skip
    where = _where(file)
    if not isinstance(given, dict):
        faults.append(Fault("law.E002", where, "It holds no keys.", "See docs/formats/pack.md."))
        return None
    try:
        given = widen(dict(given)) if widen else dict(given)
        item = msgspec.convert(given, struct)
    except msgspec.ValidationError as fault:
        faults.append(_mistyped(where, fault, struct, str(given.get("id", key))))
        return None
    if "pack" in getattr(struct, "__struct_fields__", ()) and pack:
        item = msgspec.structs.replace(item, pack=pack, file=where)
    return item


def _stopped(why: str) -> str:
    """A reason as a sentence that ends, so that the hint after it begins another."""
    return why if why.endswith((".", "!", "?")) else f"{why}."


def _mistyped(where: str, fault: msgspec.ValidationError, struct: type[msgspec.Struct], name: str = "") -> Fault:
    named = f"{name}: " if name else ""
    allowed = allowed_at(struct, str(fault))
    if allowed:
        listed = ", ".join(value or '""' for value in allowed)
        return Fault("law.E002", where, f"{named}{fault}.", f"The values that can stand there: {listed}.")
    return Fault("law.E002", where, f"{named}{fault}.", "See docs/formats/pack.md for the keys and their values.")


def _fullest(instrument: Instrument) -> tuple[bool, int, str]:
    """Checked before unchecked, and the fullest first: what a form offers when nobody has chosen."""
    return (not instrument.source.may_be_shown, -len(instrument.topics), instrument.id)


def _duty(given: dict[str, Any]) -> dict[str, Any]:
    """The shorthands of a duty or limit, widened."""
    for name in ("starts", "ends", "lapses"):
        if name in given:
            value = given[name]
            listed = value if isinstance(value, list) else [value]
            given[name] = [{"kind": item} if isinstance(item, str) else item for item in listed]
    within = given.get("within")
    if isinstance(within, str):
        given["within"] = [{"limit": within}]
    return given


def _misplaced(folder: Path) -> list[Fault]:
    faults = []
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        if file.is_dir() or file.name.startswith("."):
            continue
        if (len(parts) == 1 and parts[0] in _FILES) or (len(parts) == 2 and parts[0] in _FOLDERS):
            continue
        if len(parts) == 2 and parts[0] == "languages" and file.suffix == ".po":
            continue
        faults.append(Fault("law.E005", _where(file), "No file of a pack belongs here.", "See docs/formats/pack.md."))
    return faults


def _where(file: Path) -> str:
    parts = file.parts
    for folder in ("packs",):
        if folder in parts:
            return "/".join(parts[parts.index(folder) + 1 :])
    return "/".join(parts[-3:])
