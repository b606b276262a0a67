"""Worked cases: sentences a lawyer can read, run against the pack they belong to.

- Given these entries, at this moment these duties are owed: the dates are written by hand from the source.
- A case that cannot be read, or that comes out otherwise, is a fault. So is a duty that no case shows firing and
  being kept, and a
  first day of law that is not shown from both sides.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from holdfast.duties.limits import limits
from holdfast.duties.owed import Owed
from holdfast.duties.owed import owed
from holdfast.law.fault import Fault
from holdfast.law.loading import ready
from holdfast.law.pack import Duty
from holdfast.law.pack import Limit
from holdfast.law.pack import Pack
from holdfast.law.reading import read_yaml
from holdfast.record.entry import ROLES
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.kind import FieldsRefused
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS


class _Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    at: str
    by: str
    fields: dict[str, Any] = {}
    about: tuple[int, ...] = ()
    recorded: str = ""
    occurrence: int | None = None
    staff: str = ""


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    duty: str
    from_: int
    state: str = ""
    due: str = ""
    instance: int = 1
    because: str = ""


class _Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    at: str
    owed: tuple[_Row, ...] = ()
    not_owed: tuple[str, ...] = ()
    can: tuple[_Row, ...] = ()


class Worked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One worked case, as its file says."""

    says: str
    entries: tuple[_Given, ...]
    expect: tuple[_Expected, ...]
    because: str = ""
    file: str = ""


def read_worked(folder: Path) -> tuple[list[Worked], list[Fault]]:
    """The worked cases of a pack's folder, and every fault found in reading them."""
    cases: list[Worked] = []
    faults: list[Fault] = []
    for file in sorted((folder / "worked").glob("*.yaml")):
        where = f"{folder.name}/worked/{file.name}"
        given = read_yaml(file, faults)
        if given is None:
            continue
        try:
            cases.append(msgspec.convert({**given, "file": where}, Worked))
        except (msgspec.ValidationError, TypeError) as fault:
            faults.append(Fault("law.E050", where, str(fault), "See docs/formats/pack.md, 'Worked cases'."))
    return cases, faults


def entries_of(case: Worked, pack: Pack) -> list[Entry]:
    """The case's entries, numbered from 1; ValueError with what cannot be read."""
    found = []
    for number, given in enumerate(case.entries, 1):
        if given.kind not in KINDS:
            raise ValueError(f"entry {number}: '{given.kind}' is not a kind")
        if given.by not in ROLES:
            raise ValueError(f"entry {number}: '{given.by}' is not a role")
        if any(about >= number or about < 1 for about in given.about):
            raise ValueError(f"entry {number}: it is about an entry that does not come before it")
        kind = KINDS[given.kind]
        if kind.needs_about and not given.about:
            raise ValueError(f"entry {number}: '{given.kind}' has to name the entry it is about")
        try:
            fields = read_fields(kind, given.fields)
        except FieldsRefused as refused:
            raise ValueError(f"entry {number}: {refused}") from refused
        happened = moment(given.at, pack)
        recorded = moment(given.recorded, pack) if given.recorded else happened
        found.append(
            Entry(
                number, given.kind, happened, recorded, By(given.by, given.staff), fields, given.occurrence, given.about
            )
        )
    return found


def moment(text: str, pack: Pack) -> datetime:
    """A local time such as '2026-03-06 21:00' on the pack's clock, in UTC."""
    if pack.days is None:
        raise ValueError("the pack's calendars are not ready")
    try:
        return datetime.fromisoformat(text).replace(tzinfo=pack.days.zone).astimezone(UTC)
    except (ValueError, OverflowError) as fault:
        raise ValueError("a time cannot be read: write it as 2026-03-06 21:00, on a day that there is") from fault


def check_worked(pack: Pack, cases: Iterable[Worked]) -> list[Fault]:
    """The faults of running a pack's worked cases, coverage included."""
    pack = pack if pack.days else ready(pack)
    cases = list(cases)
    faults: list[Fault] = []
    fired: set[str] = set()
    kept: set[str] = set()
    before: set[str] = set()
    for case in cases:
        try:
            entries = entries_of(case, pack)
            for expected in case.expect:
                at = moment(expected.at, pack)
                faults += _expected(case, expected, owed(entries, pack, at), pack)
                faults += _limits(case, expected, entries, pack, at)
        except (ValueError, IndexError) as fault:
            faults.append(Fault("law.E050", case.file, str(fault), "See docs/formats/pack.md, 'Worked cases'."))
            continue
        _cover(case, entries, pack, fired, kept, before)
    return [*faults, *_coverage(pack, fired, kept, before)]


def _expected(case: Worked, expected: _Expected, found: list[Owed], pack: Pack) -> Iterable[Fault]:
    rows = {(item.id, item.started_by, item.instance): item for item in found}
    for row in expected.owed:
        item = rows.get((row.duty, row.from_, row.instance))
        said = f"at {expected.at}, {row.duty} from {row.from_}"
        if item is None:
            yield _wrong(case, f"{said}: not owed.")
            continue
        if row.state and item.state != row.state:
            yield _wrong(case, f"{said}: {item.state}, not {row.state}.")
        if row.due and (item.due_by is None or item.due_by != moment(row.due, pack)):
            came = "undated" if item.due_by is None else _local(item.due_by, pack)
            yield _wrong(case, f"{said}: due {came}, not {row.due}.")
    for name in expected.not_owed:
        if any(item.id == name for item in found):
            yield _wrong(case, f"at {expected.at}, {name}: owed, and it should not be.")


def _limits(case: Worked, expected: _Expected, entries: list[Entry], pack: Pack, at: datetime) -> Iterable[Fault]:
    if not expected.can:
        return
    rows = {(item.limit.id, item.started_by): item for item in limits(entries, pack, at)}
    for row in expected.can:
        item = rows.get((row.duty, row.from_))
        if item is None:
            yield _wrong(case, f"at {expected.at}, {row.duty} from {row.from_}: there is no such limit.")
        elif row.due and (item.until is None or item.until != moment(row.due, pack)):
            came = "undated" if item.until is None else _local(item.until, pack)
            yield _wrong(case, f"at {expected.at}, {row.duty} from {row.from_}: until {came}, not {row.due}.")
        elif row.state and item.state != row.state:
            yield _wrong(case, f"at {expected.at}, {row.duty} from {row.from_}: {item.state}, not {row.state}.")


def _cover(case: Worked, entries: list[Entry], pack: Pack, fired: set[str], kept: set[str], before: set[str]) -> None:
    """Only what is written by hand counts: a due date, a state, a 'not owed' where the starting entry is there."""
    for expected in case.expect:
        for row in (*expected.owed, *expected.can):
            if row.due or row.state == "undated":
                fired.add(row.duty)
            if row.state in ("kept", "used"):
                kept.add(row.duty)
        for law in _laws(pack):
            starting = {trigger.kind for trigger in law.starts}
            if law.id in expected.not_owed and law.in_force.from_ != "not stated":
                first = moment(f"{law.in_force.from_} 00:00", pack)
                if any(entry.kind in starting and entry.happened_at < first for entry in entries):
                    before.add(law.id)


def _coverage(pack: Pack, fired: set[str], kept: set[str], before: set[str]) -> Iterable[Fault]:
    """What a pack says itself; what it inherits is shown by the worked cases of the pack that says it."""
    for duty in pack.duties:
        if duty.chases or duty.pack != pack.id or duty.in_force.status != "in-force":
            continue
        if duty.id not in fired:
            yield Fault("law.E052", duty.file, f"{duty.id}: no worked case shows it firing with its date.", "Add one.")
        if duty.id not in kept:
            yield Fault("law.E052", duty.file, f"{duty.id}: no worked case shows it kept.", "Add one.")
    for law in _laws(pack):
        if law.pack != pack.id or law.in_force.status != "in-force" or (isinstance(law, Duty) and law.chases):
            continue
        if law.in_force.from_ != "not stated" and law.id not in before:
            yield Fault(
                "law.E053", law.file, f"{law.id}: no worked case shows the day before {law.in_force.from_}.",
                "Add its id under not_owed in a case that starts before that day.",
            )  # fmt: skip
    for limit in pack.limits:
        if limit.pack == pack.id and limit.in_force.status == "in-force" and limit.id not in fired:
            yield Fault("law.E052", limit.file, f"{limit.id}: no worked case shows its last day.", "Add one under can.")


def _laws(pack: Pack) -> tuple[Duty | Limit, ...]:
    return (*pack.duties, *pack.limits)


def _wrong(case: Worked, what: str) -> Fault:
    return Fault("law.E051", case.file, what, "Work it again by hand from the source; then mend the pack or the case.")


def _local(when: datetime, pack: Pack) -> str:
    return when.astimezone(pack.days.zone).strftime("%Y-%m-%d %H:%M:%S") if pack.days else when.isoformat()
