"""The handovers of a case as a page shows them: each document, what it was held against, and what did not arrive."""

import json
from collections.abc import Sequence
from typing import Any
from typing import NamedTuple

from holdfast.doors.api.eido_dangers import STATES
from holdfast.record.entry import Entry
from holdfast.record.field import UNKNOWN

LABELS = {
    "threat_to_kill": "Threat to kill", "weapons": "Weapons", "order_in_force": "Order, notice or bail condition",
    "children": "Children", "strangled": "Strangled, choked or smothered", "hurt": "Somebody is hurt",
    "suspect_there": "The other person is there", "firearms": "Firearms", "code_word": "Code word",
    "interpreter": "Interpreter", "caution_on_contact": "Caution on contact", "place": "Where they are",
    "second_place": "The second place",
}  # fmt: skip
_OTHER = {
    "grade": "Grade", "silent": "What was heard instead of words", "what_happened": "What happened",
    "before": "What happened before", "others": "Who else is there", "history": "Earlier reports",
    "from_before": "What the control room before us told", "people_survivor": "The survivor",
    "people_suspect": "The suspect", "people_child": "Children by name", "people_caller": "The caller",
}  # fmt: skip

_NOBODY_KNOWS = tuple(f": {words}" for state, words in STATES.items() if state in UNKNOWN)


class Loss(NamedTuple):
    """Dangers that did not arrive."""

    number: int
    to_whom: str
    tell: tuple[tuple[str, str], ...]  # each danger as it was sent: its first line, and what more was told of it
    answered: bool  # they have it now


class Held(NamedTuple):
    """One comparison, in words."""

    number: int
    by_what: str
    same: int
    lost: tuple[str, ...]
    weaker: tuple[str, ...]
    changed: tuple[str, ...]


class Transfer(NamedTuple):
    """One document and what became of it."""

    made: Entry
    held: tuple[Held, ...]
    losses: tuple[Loss, ...]


def transfers_of(entries: Sequence[Entry]) -> tuple[Transfer, ...]:
    """The handovers of a case, newest first."""
    answered = {
        number
        for entry in entries
        if entry.kind == "TransferLossAnswered" and entry.fields.they_have_it == "yes"
        for number in entry.about
    }
    found = []
    for made in entries:
        if made.kind != "HandoverDocumentMade":
            continue
        about = [entry for entry in entries if made.number in entry.about]
        held = tuple(_held(entry) for entry in about if entry.kind == "TransferCompared")
        losses = tuple(
            Loss(entry.number, made.fields.to_whom, _to_tell(made, entry.fields.dangers), entry.number in answered)
            for entry in about
            if entry.kind == "TransferLossFound"
        )  # fmt: skip
        found.append(Transfer(made, held, losses))
    return tuple(reversed(found))


def of_number(entries: Sequence[Entry], number: int, kind: str) -> Entry | None:
    """The entry of this number, where it is of this kind."""
    return next((entry for entry in entries if entry.number == number and entry.kind == kind), None)


def sent_in(made: Entry) -> dict[str, Any]:
    """The document that was written."""
    found: dict[str, Any] = json.loads(made.fields.kept)
    return found


def _to_tell(made: Entry, dangers: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What is to be read out to them, in the words of the document; what is said to be so before what nobody knows."""
    notes = {note["$id"].removeprefix("note-"): note["notesActionComments"] for note in sent_in(made)["notesComponent"]}
    texts = [str(notes.get(one, LABELS.get(one, one))).partition("\n") for one in dangers]
    return tuple((first, more) for first, _, more in sorted(texts, key=lambda text: text[0].endswith(_NOBODY_KNOWS)))


def worded(name: str) -> str:
    """A part of a document, in words."""
    if name in LABELS:
        return LABELS[name]
    kind, _, count = name.partition(" ")
    counted = {"call": "When the call came in", "number": "The number it came from", "place": "Place"}
    return f"{counted[kind]} ({count})" if kind in counted and count else _OTHER.get(name, name.replace("_", " "))


def _held(entry: Entry) -> Held:
    said = entry.fields
    by_what = {"their_answer": "Their answer", "their_document": "Their document",
               "read_back_by_telephone": "Read back by telephone"}  # fmt: skip
    return Held(
        entry.number, by_what.get(said.by_what, said.by_what), said.same or 0, tuple(map(worded, said.lost)),
        tuple(map(worded, said.weaker)), tuple(map(worded, said.changed)),
    )  # fmt: skip
