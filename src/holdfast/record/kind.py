"""An entry kind: a small frozen type with declared fields, named in the past tense and an officer's words.

- A field that is not declared is refused: a word lost in a typing error would be a fact lost.
- Every fault is reported, not only the first, and no fault repeats what was typed.
- A released kind is never edited, only followed by a new one.

>>> from holdfast.record.kinds.suspect import BailGranted
>>> label(BailGranted)
'Bail granted'
"""

import re
from collections.abc import Iterable
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any
from typing import ClassVar
from typing import NamedTuple
from typing import TypeVar
from typing import get_args
from typing import get_origin

import msgspec

from holdfast.record.field import choices
from holdfast.record.value import Refused
from holdfast.record.value import bare
from holdfast.record.value import declared
from holdfast.record.value import holds
from holdfast.record.value import metas
from holdfast.record.value import read_value


class _KeywordOnly(msgspec.StructMeta):
    """Lets every kind declare its fields in reading order, required ones after optional ones."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **config: Any) -> type:
        return super().__new__(cls, name, bases, namespace, kw_only=True, **config)


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, metaclass=_KeywordOnly):
    """The base of every entry kind. The first line of a kind's docstring is its meaning."""

    needs_about: ClassVar[bool] = False  # True when the entry says nothing unless it names an earlier one


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, metaclass=_KeywordOnly):
    """A group of fields that may stand several times in one entry: one bail condition, one charge."""


class FieldOf(NamedTuple):
    """One declared field of a kind, as a form or a document needs it."""

    name: str
    question: str
    group: str
    hint: str
    holds: str  # line, words, name, phone, place, staff, count, when, day, choice, choices, parts, answers ...
    choices: tuple[str, ...]
    required: bool
    default: Any
    part: type[Part] | None  # the type of each part when `holds` is 'parts'
    annotation: Any


class FieldFault(NamedTuple):
    """One thing wrong with one field. `why` never repeats the value that was given."""

    field: str
    why: str


class FieldsRefused(ValueError):
    """The fields given do not make an entry of this kind. The person who typed them can put it right."""

    def __init__(self, kind: str, faults: tuple[FieldFault, ...]):
        self.kind = kind
        self.faults = faults
        listed = "; ".join(f"{fault.field}: {fault.why}" for fault in faults)
        super().__init__(f"{kind} was not recorded: {listed}. Correct these fields and record it again.")


KindType = TypeVar("KindType", bound=msgspec.Struct)


def read_fields(kind: type[KindType], given: Mapping[str, Any]) -> KindType:
    """An entry's fields from plain values (JSON's types), or FieldsRefused with every fault in them."""
    if not isinstance(given, Mapping):
        raise FieldsRefused(kind.__name__, (FieldFault("fields", "have to be names, each with its value"),))
    faults: list[FieldFault] = []
    values: dict[str, Any] = {}
    known = declared(kind)
    for place, name in enumerate(given, 1):
        if name not in known:
            faults.append(_undeclared(name, place, known))
    for name, field in known.items():
        if name not in given:
            if field.required:
                faults.append(FieldFault(name, "is missing and has to be given"))
            continue
        try:
            values[name] = read_value(field.type, given[name])
        except Refused as refused:
            faults += [FieldFault(name, why) for why in refused.whys]
    if faults:
        raise FieldsRefused(kind.__name__, tuple(faults))
    return kind(**values)


def _undeclared(name: object, place: int, known: Iterable[str]) -> FieldFault:
    """A name is repeated only where it is near to a declared one: anything else could be a party's name or number."""
    near = get_close_matches(name, known, 1) if isinstance(name, str) and len(name) <= 60 else []
    hint = f"; perhaps {near[0]!r} is meant" if near else ""
    return FieldFault(str(name) if near else f"field {place}", f"is not a field of this kind{hint}")


def write_fields(fields: Kind) -> dict[str, Any]:
    """The fields as plain values (JSON's types), those left at their defaults left out."""
    written: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(fields))
    return written


def label(kind: type[Kind]) -> str:
    """The kind's name as words: 'BailGranted' reads 'Bail granted'."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__)
    return words[0] + words[1:].lower()


def meaning(kind: type[Kind]) -> str:
    """What an entry of this kind says happened: the first line of its docstring."""
    return (kind.__doc__ or "").strip().splitlines()[0]


def stage(kind: type[Kind]) -> str:
    """The stage a kind belongs to: the file it is declared in."""
    return kind.__module__.rsplit(".", 1)[-1]


@cache
def fields_of(kind: type[msgspec.Struct]) -> tuple[FieldOf, ...]:
    """The declared fields of a kind (or of a part), in the order they are declared."""
    found = []
    for field in declared(kind).values():
        said = metas(field.type)
        extra = next((meta.extra for meta in said if meta.extra and "group" in meta.extra), {})
        title = next((meta.title for meta in said if meta.title), field.name.replace("_", " "))
        holding, values, part = _holds(field.type)
        default = None if field.required else field.default
        if default is msgspec.NODEFAULT:
            default = field.default_factory() if callable(field.default_factory) else None
        found.append(
            FieldOf(
                name=field.name,
                question=title,
                group=extra.get("group", ""),
                hint=extra.get("hint", ""),
                holds=holding,
                choices=values,
                required=field.required,
                default=default,
                part=part,
                annotation=field.type,
            )
        )
    return tuple(found)


def _holds(annotation: Any) -> tuple[str, tuple[str, ...], type[Part] | None]:
    inner = bare(annotation)
    if choices(inner):
        return "choice", choices(inner), None
    if get_origin(inner) is tuple:
        item = bare(get_args(inner)[0])
        if choices(item):
            return "choices", choices(item), None
        if isinstance(item, type) and issubclass(item, Part):
            return "parts", (), item
        return "lines", (), None
    if get_origin(inner) is dict:
        return "answers", choices(bare(get_args(inner)[1])), None
    return holds(annotation) or {bool: "flag", int: "count", float: "number"}.get(inner, "line"), (), None
