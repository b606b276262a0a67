"""From what was typed to entries: at once, each part by itself, and nothing twice.

- The first answer opens the case: from there the call is on the record, whatever happens to the line or the machine.
- What is sound in a part is recorded; a field with a fault stays sealed beside it, and the page says which.
- Later answers are entries of their own, with their own time. What is said later of the call itself (who is calling,
  from which number) completes its entry by an EntryCorrected, which every reader of the record applies.
- A grade that was given goes up here; down is a regrading with a second person.
- What nobody sent (the browser died, the machine fell over) becomes entries by the clock, a minute later.
"""

import logging
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import DatabaseError
from django.db import IntegrityError
from django.db import connection
from django.db import transaction

from holdfast.access.naming import after_writing
from holdfast.casefile.append import append
from holdfast.casefile.append import open_case
from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.desk.calls import held as holding
from holdfast.doors.desk.calls.grades import up_from
from holdfast.doors.desk.calls.held import Held
from holdfast.doors.desk.calls.pieces import CALL
from holdfast.doors.desk.calls.pieces import OPENING
from holdfast.doors.desk.calls.pieces import PIECES
from holdfast.doors.desk.calls.pieces import Piece
from holdfast.doors.desk.calls.pieces import Typed
from holdfast.doors.desk.calls.pieces import at_first
from holdfast.doors.desk.calls.pieces import forms_of
from holdfast.doors.desk.calls.pieces import names_of
from holdfast.doors.desk.calls.pieces import says
from holdfast.doors.desk.forms.kind_form import FormPlace
from holdfast.doors.desk.forms.kind_form import KindForm
from holdfast.doors.desk.models import CallDraft
from holdfast.doors.intake.calls import remember
from holdfast.doors.intake.joining import join_for
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.kind import write_fields

LEFT_LYING = timedelta(minutes=1)
MOST_AT_ONCE = 50
_NUMBER = f"{CALL.prefix}-number"
SAID_LATER = "Said later in the same call."
_log = logging.getLogger("holdfast.desk")


class Lacking(NamedTuple):
    """Something typed that is not on the record, and why."""

    name: str  # of the field on the page
    asks: str
    why: str


class Kept(NamedTuple):
    """What came of keeping."""

    case_id: UUID
    kinds: tuple[str, ...] = ()  # that were written, in order
    lacking: tuple[Lacking, ...] = ()


def place_of(pack: str) -> FormPlace:
    """Where the screen's forms are filled."""
    found = pack_called(pack)
    return FormPlace(ZoneInfo(found.timezone), found)


def begin(place: FormPlace, typed: Typed, by: By, opened_at: datetime, page: str, now: datetime) -> UUID:
    """The case of a call that begins with what was typed; the same page sent twice, at once or later, is one case.

    What of it is sound is on the record when this returns; the rest is kept by `take`.
    """
    known = CallDraft.objects.filter(page=holding.page_hash(page)).first()
    if known is not None:
        return UUID(str(known.case))
    forms = forms_of(place, typed)
    forms[OPENING.prefix].is_valid()
    opening = {name: value for name, value in forms[OPENING.prefix].plain().items() if name in ("force", "area")}
    call = says(CALL, forms[CALL.prefix], set(names_of(forms[CALL.prefix]))) or dict(CALL.given)
    call.setdefault("route", "voice")
    pack = place.pack.id if place.pack else ""
    try:
        with transaction.atomic():
            recorded = _after(at_first(place), typed, forms, call)
            try:
                case = open_case(pack, by=by, happened_at=opened_at, fields=opening)
                recorded = _after(recorded, typed, forms, opening, OPENING)
            except EntryRefused:  # a force or an area that is none: no reason to lose a call, and the page says so
                case = open_case(pack, by=by, happened_at=opened_at)
            append(case.case_id, CALL.kind, call, by=by, happened_at=opened_at)
            _note(case.case_id, Held(typed, recorded), by, now, page)
            if call.get("number"):
                remember(connection.connection, str(call["number"]), case.case_id, now)
    except (IntegrityError, sqlite3.IntegrityError):  # the same page, sent twice at once: the other was first
        return UUID(str(CallDraft.objects.get(page=holding.page_hash(page)).case))
    after_writing(case.case_id, (OPENING.kind, CALL.kind), now)
    if call.get("number"):
        join_for(case.case_id, str(call["number"]), now)  # where its telephone said it is, before anybody typed
    return case.case_id


def take(
    case_id: UUID, sent: Typed, shown: Typed, by: By, now: datetime, *, record: bool, partial: bool = False
) -> Kept:
    """Takes over what a page sent; with `record`, what is sound of it becomes entries.

    `partial` is for a page that sends only what it changed. CannotKeep, NoSuchCase as from the case.
    """
    with transaction.atomic():
        held, place, entries = _held(case_id)
        held = held._replace(typed=holding.merged(held.typed, sent, {} if partial else shown))
        kept = _record(case_id, held, place, entries, by, now) if record else (held, (), ())
        held, kinds, lacking = kept
        holding.write(case_id, held, by, now, waiting=bool(lacking) if record else bool(waiting_names(held)))
    if kinds:
        after_writing(case_id, kinds, now)
    if "EntryCorrected" in kinds and (number := held.recorded.get(_NUMBER)):
        join_for(case_id, number[0], now)
    return Kept(case_id, kinds, lacking)


def as_typed(case_id: UUID) -> Held:
    """What the page of this case shows."""
    return _held(case_id)[0]


def pressed_once(case_id: UUID, press: str, by: By, now: datetime, *, ended: bool | None = None) -> bool:
    """Notes a press of a button, True the first time. Inside the transaction of what the press does."""
    held = _held(case_id)[0]
    if press and press in held.pressed:
        return False
    held = held._replace(pressed=(*held.pressed, press) if press else held.pressed)
    holding.write(case_id, held, by, now, waiting=bool(waiting_names(held)), ended=ended)
    return True


def keep_left_lying(at: datetime) -> int:
    """Records what was typed and never sent on: the browser, the line or the machine is gone. The clock calls it."""
    rows = CallDraft.objects.filter(waiting=True, touched_at__lt=at - LEFT_LYING).order_by("touched_at")
    done = 0
    for row in rows[:MOST_AT_ONCE]:
        try:
            take(row.case, {}, {}, By(row.role, row.staff), at, record=True)
            done += 1
        except (sqlite3.Error, DatabaseError):
            raise  # the store's: tried again at the next turn
        except Exception as fault:  # noqa: BLE001 whatever it is, it stops no other call's words
            _log.error("what was typed in a call could not be recorded: %s", type(fault).__name__)
        # What has a fault waits for a person, and is not tried again each second.
        CallDraft.objects.filter(pk=row.pk, touched_at__lte=at).update(waiting=False)
    return done


def _held(case_id: UUID) -> tuple[Held, FormPlace, list[Entry]]:
    case = read_case(case_id)
    place, entries = place_of(case.pack), effective(list(case.entries))
    held = holding.read(case_id)
    if held is None:  # a call that did not come by this screen
        untouched = at_first(place)
        held = Held({**untouched, **_told(entries, place)}, {**untouched, **_told(entries, place)})
    return held, place, entries


def _told(entries: Iterable[Entry], place: FormPlace) -> Typed:
    """What the record says of the call itself, as the page's fields hold it."""
    call = _newest(entries, CALL.kind)
    if call is None:
        return {}
    form = KindForm(type(call.fields), place, None, write_fields(call.fields), CALL.prefix)
    found = {}
    for name in form.fields:
        value = form.fields[name].prepare_value(form.get_initial_for_field(form.fields[name], name))
        several = value if isinstance(value, list | tuple) else [value]
        found[form.add_prefix(name)] = ["" if each is None else str(each) for each in several]
    return found


def _newest(entries: Iterable[Entry], kind: str) -> Entry | None:
    return next((entry for entry in reversed(list(entries)) if entry.kind == kind), None)


def _note(case_id: UUID, held: Held, by: By, now: datetime, page: str) -> None:
    holding.write(case_id, held, by, now, waiting=True)
    CallDraft.objects.filter(case=case_id).update(page=holding.page_hash(page))


def _record(
    case_id: UUID, held: Held, place: FormPlace, entries: list[Entry], by: By, now: datetime
) -> tuple[Held, tuple[str, ...], tuple[Lacking, ...]]:
    forms = forms_of(place, held.typed)
    kinds: list[str] = []
    lacking: list[Lacking] = []
    for piece in (OPENING, CALL, *PIECES):
        form = forms[piece.prefix]
        changed = {name for name in names_of(form) if held.typed.get(name) != held.recorded.get(name)}
        if not changed:
            continue
        fields = says(piece, form, changed)
        faults = _faults(form, changed)
        if fields:
            try:
                written = _write(case_id, piece, fields, entries, by, now)
            except EntryRefused as refused:
                faults += _why(form, refused)
            else:
                kinds += written
                held = held._replace(recorded=_after(held.recorded, held.typed, forms, fields, piece))
        elif not faults:  # left open again: the record keeps what was said
            held = held._replace(recorded={**held.recorded, **{name: held.typed[name] for name in changed}})
        lacking += faults
    return held, tuple(kinds), tuple(lacking)


def _write(
    case_id: UUID, piece: Piece, fields: dict[str, Any], entries: list[Entry], by: By, now: datetime
) -> list[str]:
    """Writes one part's entry; the kinds that were written, none where nothing new was said."""
    about: tuple[int, ...] = ()
    kind: str = piece.kind
    number = str(fields.get("number") or "")
    first = _newest(entries, piece.kind) if piece in (OPENING, CALL) else None
    if first is not None:
        kind, about = "EntryCorrected", (first.number,)
        fields = {"corrected": fields, "reason": SAID_LATER}
    if piece.kind == "CallGraded" and (graded := up_from(entries, fields)) is not None:
        kind, about, fields = "CallRegraded", (graded.about,), graded.fields
    append(case_id, kind, fields, by=by, happened_at=now, about=about)
    if piece is CALL and number:
        remember(connection.connection, number, case_id, now)
    return [kind]


def _after(
    recorded: Typed, typed: Typed, forms: dict[str, KindForm], fields: dict[str, Any], piece: Piece = CALL
) -> Typed:
    """What is on the record once these fields of a part are: they, and what the part left open."""
    form = forms[piece.prefix]
    done = {form.add_prefix(name) for name in form.fields if name.split(".")[0] in fields or name not in form.errors}
    return {**recorded, **{name: typed[name] for name in done if name in typed}}


def _faults(form: KindForm, changed: set[str]) -> list[Lacking]:
    found = []
    for name, messages in form.errors.items():
        if name in form.fields and form.add_prefix(name) in changed:
            found += [Lacking(form.add_prefix(name), str(form.fields[name].label), str(each)) for each in messages]
    return found


def _why(form: KindForm, refused: EntryRefused) -> list[Lacking]:
    found = []
    for fault in refused.faults:
        name = fault.field.removeprefix("corrected.")
        if fault.field == "second_person":
            found.append(Lacking("", "", f"This {fault.why}. Do it from the case, with them."))
            continue
        asks = str(form.fields[name].label) if name in form.fields else name.replace("_", " ")
        found.append(Lacking(form.add_prefix(name), asks, fault.why[:1].upper() + fault.why[1:].rstrip(".") + "."))
    return found


def waiting_names(held: Held) -> list[str]:
    """The names of what was typed and is not on the record."""
    parts = {piece.prefix for piece in (OPENING, CALL, *PIECES)}
    return [
        name for name, values in held.typed.items()
        if name.partition("-")[0] in parts and values != held.recorded.get(name)
    ]  # fmt: skip
