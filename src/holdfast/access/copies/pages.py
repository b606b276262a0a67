"""A copy as files: one page that reads anywhere, and the same as JSON. Under a neutral name, and without any script."""

import json
from html import escape
from typing import Any
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holdfast.access.copies.giving import Copy
from holdfast.access.copies.giving import Told
from holdfast.record.entry import OTHER_ROLES
from holdfast.record.entry import STAFF_ROLES
from holdfast.record.kind import label
from holdfast.record.kinds import KINDS
from holdfast.record.value import declared
from holdfast.record.value import metas

NAME = "record"  # of the files: it says nothing of what they hold
_STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}"
    "h2{font-size:1.05rem;margin:1.5rem 0 .25rem}dt{font-weight:bold}dd{margin:0 0 .5rem;white-space:pre-wrap}"
    "@media print{h2{break-after:avoid}}"
)
_ABOUT = (
    "This is a copy of what was recorded, given to you. Some of it was left out on purpose: what could lead to "
    "somebody, what belongs to others, and what would put somebody in danger if this paper were found. Left out whole: "
    "{left}. "
    "Keep it where only you find it, or ask for it to be kept for you."
)


def as_json(copy: Copy) -> str:
    """The copy for a machine."""
    told = [
        {"number": one.number, "kind": one.kind, "happened_at": one.happened_at.isoformat(), "role": one.role,
         "fields": one.fields}
        for one in copy.entries
    ]  # fmt: skip
    return json.dumps({"entries": told, "left_out": copy.left_out}, ensure_ascii=False, indent=1, default=str)


def as_html(copy: Copy, zone: ZoneInfo) -> str:
    """The copy for a reader: each entry under its day, in the words of the forms."""
    left = "1 entry" if copy.left_out == 1 else f"{copy.left_out} entries"
    body = "".join(_entry(one) for one in told_to_read(copy, zone))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<meta name="robots" content="noindex"><title>Record</title><style>{_STYLE}</style></head>'
        f"<body><h1>Record</h1><p>{escape(_ABOUT.format(left=left))}</p>{body}</body></html>"
    )


class ToRead(NamedTuple):
    """One entry in words."""

    head: str
    role: str
    rows: tuple[tuple[str, str], ...]


def told_to_read(copy: Copy, zone: ZoneInfo) -> tuple[ToRead, ...]:
    """The copy in the words of the forms, entry by entry."""
    return tuple(_to_read(one, zone) for one in copy.entries)


def _to_read(one: Told, zone: ZoneInfo) -> ToRead:
    when = one.happened_at.astimezone(zone)
    role = {**STAFF_ROLES, **OTHER_ROLES}.get(one.role, one.role)
    said = tuple(
        (_asked(one.kind, name), _value(value)) for name, value in one.fields.items() if value not in ("", None, [], ())
    )
    return ToRead(f"{when:%d %B %Y, %H:%M}: {label(KINDS[one.kind])}", role, said)


def _entry(one: ToRead) -> str:
    rows = "".join(f"<dt>{escape(asked)}</dt><dd>{escape(said)}</dd>" for asked, said in one.rows)
    return f"<h2>{escape(one.head)}</h2><p>{escape(one.role)}</p>" + (f"<dl>{rows}</dl>" if rows else "")


def _asked(kind: str, name: str) -> str:
    for meta in metas(declared(KINDS[kind])[name].type):
        if meta.title:
            return meta.title
    return name.replace("_", " ")


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value))
    return str(value).replace("_", " ") if isinstance(value, str) and value.isidentifier() else str(value)
