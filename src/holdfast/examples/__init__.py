"""The four example cases: all invented, and each says so. No name, number or address in them belongs to anybody.

- One JSON file a case beside this one: `title`, `invented`, `says`, `at` and `case`, then `entries` as in
  `holdfast owed CASE.json`.
- `ago_minutes` stands for a moment counted back from when the examples are read (below nought: ahead of it). It may
  stand for `happened_at`, `recorded_at`, `at`, and for a time or a day within `fields`: so one case always runs now.
- Read strictly: a fault in a file is an error that names the file, the entry and the field.

>>> [example.name for example in examples(datetime(2026, 11, 20, 12, tzinfo=UTC))]
['nothing-late', 'running-now', 'silent-call-to-sentence', 'what-reviews-find']
"""

import json
from collections.abc import Mapping
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import Any
from typing import NamedTuple

from holdfast.record.entry import ROLES
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.kind import FieldsRefused
from holdfast.record.kind import fields_of
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS

HERE = Path(__file__).parent
HEAD = {"title", "invented", "says", "at", "case", "entries"}
ENTRY = {"kind", "happened_at", "ago_minutes", "recorded_at", "by", "occurrence", "about", "fields"}


class Example(NamedTuple):
    """One invented case. `at` is the moment at which its `says` is true."""

    name: str
    title: str
    says: str
    pack: str
    at: datetime
    entries: tuple[Entry, ...]


class ExampleRefused(ValueError):
    """An example's file is not sound. Whoever changed it can put it right."""

    def __init__(self, name: str, where: str, why: str):
        super().__init__(f"the example {name} cannot be read: {where} {why}")


def examples(now: datetime) -> tuple[Example, ...]:
    """Every example, by name. `now` is the moment that relative times count from."""
    return tuple(read_example(path.stem, path.read_bytes(), now) for path in sorted(HERE.glob("*.json")))


def read_example(name: str, document: bytes, now: datetime) -> Example:
    """One example from its file's bytes, or ExampleRefused with the first fault in it."""
    try:
        given = json.loads(document)
    except ValueError as fault:
        raise ExampleRefused(name, "the file", "is not JSON") from fault
    if not isinstance(given, dict) or set(given) != HEAD or given["invented"] is not True:
        raise ExampleRefused(name, "the head", f"has to hold {', '.join(sorted(HEAD))}, with invented: true")
    entries: list[Entry] = []
    for number, one in enumerate(given["entries"], 1):
        entries.append(_entry(name, number, one, entries, now))
    at = _time(given["at"], now)
    if at is None:
        raise ExampleRefused(name, "at", "is not a moment")
    return Example(name, given["title"], given["says"], given["case"]["pack"], at, tuple(entries))


def _entry(name: str, number: int, given: Mapping[str, Any], before: list[Entry], now: datetime) -> Entry:
    where = f"entry {number}"
    kind, by = KINDS.get(given.get("kind", "")), given.get("by", {})
    happened_at = _time(given, now) if "ago_minutes" in given else _time(given.get("happened_at"), now)
    recorded_at = _time(given["recorded_at"], now) if "recorded_at" in given else happened_at
    about = tuple(given.get("about", ()))
    if kind is None or set(given) - ENTRY or by.get("role") not in ROLES:
        raise ExampleRefused(name, where, "has a kind, a role or a key that is not known")
    if happened_at is None or recorded_at is None or recorded_at < happened_at:
        raise ExampleRefused(name, where, "happened or was recorded at no moment that can be")
    if before and recorded_at < before[-1].recorded_at:
        raise ExampleRefused(name, where, "was recorded before the entry above it")
    if any(not 1 <= one < number for one in about) or (kind.needs_about and not about):
        raise ExampleRefused(name, where, "has to be about an entry above it")
    try:
        fields = read_fields(kind, _dated(kind, given.get("fields", {}), now))
    except FieldsRefused as fault:
        raise ExampleRefused(name, where, str(fault)) from fault
    who = By(by["role"], by.get("staff", ""))
    return Entry(number, kind.__name__, happened_at, recorded_at, who, fields, given.get("occurrence"), about)


def _dated(kind: type, fields: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The fields with relative times made into times, or into days where the field holds a day."""
    days = {field.name for field in fields_of(kind) if field.holds == "day"}
    found = dict(fields)
    for name, value in fields.items():
        if isinstance(value, dict) and set(value) == {"ago_minutes"}:
            moment = now - timedelta(minutes=value["ago_minutes"])
            found[name] = (moment.date() if name in days else moment).isoformat()
    return found


def _time(given: Any, now: datetime) -> datetime | None:
    if isinstance(given, Mapping) and "ago_minutes" in given:
        return now - timedelta(minutes=given["ago_minutes"])
    try:
        moment = datetime.fromisoformat(given)
    except (TypeError, ValueError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None
