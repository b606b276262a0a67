"""The parts of a call: which kind of entry each becomes, and the forms that ask for them.

A form is always filled from what is held (calls/held.py), so a page loaded again shows what was typed. What is held is
kept by the names that the fields have on the page, each with the list of its values.
"""

from collections.abc import Mapping
from typing import Any
from typing import NamedTuple

from django.http import QueryDict

from holdfast.doors.desk.forms.kind_form import FormPlace
from holdfast.doors.desk.forms.kind_form import KindForm
from holdfast.record.kinds import KINDS

Typed = dict[str, list[str]]


class Piece(NamedTuple):
    """One part: its name on the page, the kind it becomes, and what by itself says nothing."""

    prefix: str
    kind: str
    given: Mapping[str, Any] = {}
    slight: tuple[str, ...] = ()
    whole: bool = False  # each entry says the whole part again, and not only what was answered since


OPENING = Piece("case", "CaseOpened")
CALL = Piece("call", "CallReceived", {"route": "voice"})
PIECES = (
    Piece("where", "LocationFound", {"how": "said"}, ("how",), whole=True),
    Piece("survivor", "PersonNamed", {"party": "survivor"}, ("party",), whole=True),
    Piece("suspect", "PersonNamed", {"party": "suspect"}, ("party",), whole=True),
    Piece("silent", "SilentCallHandled", whole=True),
    Piece("asked", "CallQuestionsAnswered"),
    Piece("heard", "WordsHeard"),
    Piece("safe", "SafeNumberGiven", whole=True),
    Piece("grade", "CallGraded", whole=True),
)
# Kept sealed as they are typed, and recorded only where their button is pressed (calls/going_on.py).
ENDS = (
    Piece("appointment", "AppointmentMade"),
    Piece("partner", "SupportReferred"),
    Piece("telephone", "CallBackPromised"),
    Piece("close", "CallClosed"),
)
ALL = (OPENING, CALL, *PIECES, *ENDS)
# The part that a place in the pack's script is of: `CallReceived.safe_now`, `survivor.name`.
OF_KIND = {piece.kind: piece.prefix for piece in (CALL, *PIECES) if piece.kind != "PersonNamed"} | {
    "survivor": "survivor",
    "suspect": "suspect",
}
_NOTHING: tuple[Any, ...] = (None, "", "not_asked", [], {})


def forms_of(place: FormPlace, typed: Mapping[str, list[str]] | None = None) -> dict[str, KindForm]:
    """Every part's form, filled with what was typed; unbound where nothing was."""
    data = None
    if typed is not None:
        data = QueryDict(mutable=True)
        for name, values in typed.items():
            data.setlist(name, values)
    pack = place.pack.id if place.pack else ""
    forces = place.pack.forces if place.pack else ()
    opening = {"pack": pack, "force": forces[0].id if len(forces) == 1 else ""}
    given = {OPENING.prefix: opening}
    return {
        piece.prefix: KindForm(KINDS[piece.kind], place, data, given.get(piece.prefix, piece.given), piece.prefix)
        for piece in ALL
    }


def at_first(place: FormPlace) -> Typed:
    """What an untouched page sends."""
    found: Typed = {}
    for form in forms_of(place).values():
        for name in form.fields:
            value = form.get_initial_for_field(form.fields[name], name)
            value = form.fields[name].prepare_value(value)
            several = value if isinstance(value, list | tuple) else [value]
            found[form.add_prefix(name)] = ["" if each is None else str(each) for each in several]
    return found


def names_of(form: KindForm) -> list[str]:
    """The names that its fields have on the page."""
    return [form.add_prefix(name) for name in form.fields]


def says(piece: Piece, form: KindForm, names: set[str]) -> dict[str, Any]:
    """The plain values that these names say, without what was left open; {} where that is nothing by itself."""
    form.is_valid()
    found = {
        name: value
        for name, value in form.plain().items()
        if value not in _NOTHING
        and (form.add_prefix(name) in names or (piece.whole and value != form.initial.get(name)))
    }
    if not set(found) - set(piece.slight) - {"party"}:
        return {}
    for name, value in piece.given.items():  # what the entry means nothing without
        if piece.whole:
            found.setdefault(name, value)
    return found
