"""What the call screen asks, in the order of the place's script, each question with what is said beside it."""

from collections.abc import Iterable
from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple

from django.forms.boundfield import BoundField

from holdfast.doors.desk.calls.pieces import CALL
from holdfast.doors.desk.calls.pieces import OF_KIND
from holdfast.doors.desk.calls.pieces import OPENING
from holdfast.doors.desk.calls.pieces import PIECES
from holdfast.doors.desk.forms.kind_form import KindForm
from holdfast.law.call_script import CallScript

MOST_KEYS = 9
_NEVER_ASKED = frozenset({"case-pack", "case-reference", "case-invented", "survivor-party", "suspect-party"})
_REST = {
    "call": "More about the call",
    "where": "How it was found, and where in figures",
    "survivor": "More about the caller, or whom it is about",
    "suspect": "More about the other person",
    "silent": "If the caller cannot speak",
    "asked": "Other questions",
    "heard": "What else was heard",
    "safe": "More about reaching them",
    "grade": "More about the grade",
    "case": "Force and area",
}


class Row(NamedTuple):
    """One question, or a way in which the call goes on, with what is said and read beside it."""

    id: str
    field: BoundField | None = None
    script: str = ""
    staff: str = ""
    unchecked: bool = False  # nobody has looked up where it comes from
    key: str = ""  # the one key that records that it was said; '' where saying it is no advice
    advises: bool = False
    said_at: str = ""


class Group(NamedTuple):
    """A heading and its questions. What the script does not name is folded away until something is in it."""

    legend: str
    rows: tuple[Row, ...]
    folded: bool = False
    begun: bool = False


def asked(
    forms: Mapping[str, KindForm], scripts: Iterable[CallScript], said: Mapping[str, str], *, of_others: bool
) -> tuple[Group, ...]:
    """The questions of the script in its order, then everything else that the entries hold, folded."""
    scripts = tuple(scripts)
    keys = keys_of(scripts)
    rows: list[tuple[str, Row]] = []
    named: set[str] = set()
    for each in scripts:
        bound = _field(each.at, forms)
        if bound is None:
            continue
        bound.label = (each.asks_of_others if of_others else "") or each.asks or bound.label
        if each.staff:
            bound.help_text = ""  # the place's own words stand beside it
        named.add(bound.html_name)
        rows.append((each.group, _row(each, keys, said, bound)))
    found = [Group(legend, tuple(row for _, row in part)) for legend, part in groupby(rows, key=lambda each: each[0])]
    for piece in (*PIECES, CALL, OPENING):
        form = forms[piece.prefix]
        left = [
            form[name] for name in form.fields
            if form.add_prefix(name) not in named and form.add_prefix(name) not in _NEVER_ASKED
        ]  # fmt: skip
        if left:
            begun = any(form.is_bound and _begun(bound, form) for bound in left)
            legend = _REST.get(piece.prefix, piece.prefix)
            found.append(Group(legend, tuple(Row(bound.html_name, bound) for bound in left), True, begun))
    return tuple(found)


def ways_on(scripts: Iterable[CallScript], said: Mapping[str, str]) -> dict[str, Row]:
    """What is said and read beside each way in which the call goes on."""
    scripts = tuple(scripts)
    keys = keys_of(scripts)
    return {each.at.removeprefix("ends."): _row(each, keys, said) for each in scripts if each.at.startswith("ends.")}


def keys_of(scripts: Iterable[CallScript]) -> dict[str, str]:
    """Which key records that a part of the script was said."""
    advising = [each.id for each in scripts if each.advice]
    return {name: str(number) for number, name in enumerate(advising[:MOST_KEYS], 1)}


def _row(each: CallScript, keys: Mapping[str, str], said: Mapping[str, str], bound: BoundField | None = None) -> Row:
    unchecked = not each.source.may_be_shown
    return Row(
        each.id, bound, each.script, each.staff, unchecked, keys.get(each.id, ""), bool(each.advice),
        said.get(each.script, ""),
    )  # fmt: skip


def _field(at: str, forms: Mapping[str, KindForm]) -> BoundField | None:
    kind, _, name = at.partition(".")
    form = forms.get(OF_KIND.get(kind, ""))
    return form[name] if form is not None and name in form.fields else None


def _begun(bound: BoundField, form: KindForm) -> bool:
    first = form.fields[bound.name].prepare_value(form.get_initial_for_field(form.fields[bound.name], bound.name))
    return bool(bound.errors) or bound.value() not in (None, "", "not_asked", "not_known", first)
