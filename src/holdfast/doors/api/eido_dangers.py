"""What another control room has to be told, from the record: each danger with how it stands, unknown as unknown.

Each becomes one note whose first line is '<label>: <how it stands>'. What nobody asked is told as 'not asked': left
out, the other side would take it for 'no'. Whatever once was said to be so stays so, by the control room before us too:
a later 'no' is told beside it.
"""

import re
from collections.abc import Iterable
from collections.abc import Sequence
from typing import Any
from typing import NamedTuple

from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.facts import facts_of

STATES = {"yes": "yes", "no": "no", "not_asked": "not asked", "not_known": "not known", "declined": "would not say"}
_KEYS = {words: state for state, words in STATES.items()}
_STATED = "|".join(map(re.escape, _KEYS))


class Told(NamedTuple):
    """One thing that is told."""

    key: str  # a choice of HandoverDocumentMade.dangers, or a name of its own
    label: str
    state: str  # a key of STATES, '' where the words alone are told
    more: tuple[str, ...] = ()
    danger: bool = True

    @property
    def first_line(self) -> str:
        """How it stands, in one line."""
        return f"{self.label}: {STATES[self.state]}" if self.state else self.label

    @property
    def text(self) -> str:
        """All of it, cut where a note ends."""
        return "\n".join((self.first_line, *(line for line in self.more if line)))[:20_000]


# key, label, the fields that say it by kind, and the fields that tell more
_ASKED: tuple[tuple[str, str, dict[str, tuple[str, ...]], tuple[str, ...]], ...] = (
    ("threat_to_kill", "Threat to kill",
     {"CallQuestionsAnswered": ("threat_to_kill",), "WordsHeard": ("threat_to_kill",)}, ("words",)),
    ("weapons", "Weapons", {"CallQuestionsAnswered": ("weapons_used", "weapons_in_home")}, ("weapons",)),
    ("firearms", "Firearms certificate or firearm",
     {"HistoryChecked": ("firearms_certificate",), "FirearmsChecked": ("certificate", "seized")}, ()),
    ("strangled", "Strangled, choked or smothered", {"CallQuestionsAnswered": ("strangled",)}, ()),
    ("hurt", "Somebody is hurt", {"CallQuestionsAnswered": ("hurt", "ambulance_needed")}, ("injuries",)),
    ("order_in_force", "Order, notice or bail condition in force",
     {"CallQuestionsAnswered": ("order_in_force",), "HistoryChecked": ("order_in_force",)}, ("orders",)),
    ("children", "Children there", {"CallQuestionsAnswered": ("children_there",), "UnitArrived": ("children_there",)},
     ("children",)),
    ("suspect_there", "The other person is there",
     {"CallQuestionsAnswered": ("suspect_there",), "UnitArrived": ("suspect_there",)}, ("suspect_whereabouts",)),
    ("interpreter", "Interpreter needed", {"CallQuestionsAnswered": ("interpreter_needed",)},
     ("language", "communication_needs")),
)  # fmt: skip
_FACTS = {"firearms": "suspect.firearms", "children": "child.in_home", "order_in_force": "order.in_force",
          "interpreter": "survivor.needs_interpreter"}  # fmt: skip
_WORDS = (
    ("what_happened", "What happened, in the caller's words", "CallQuestionsAnswered", "what_happened"),
    ("before", "What happened before", "CallQuestionsAnswered", "before"),
    ("others", "Who else is there", "CallQuestionsAnswered", "others"),
    ("history", "What was found of earlier reports", "HistoryChecked", "words"),
    ("from_before", "From the control room before us", "CallTransferredIn", "comments"),
)


def told_of(entries: Sequence[Entry]) -> tuple[Told, ...]:
    """Everything that is told of a call, the caution on contact and the gravest dangers first."""
    standing = sorted(effective(list(entries)), key=lambda entry: (entry.happened_at, entry.number))
    changing, people = facts_of(entries)
    found = [_contact(standing)]
    for key, label, kinds, more in _ASKED:
        fact = str({**changing, **people}.get(_FACTS.get(key, ""), ""))
        found.append(_asked(standing, key, label, kinds, more, fact))
    found += [
        *_code_word(standing),
        *_second_place(standing),
        *_grade(standing),
        *_silent(standing),
        *_people(standing),
    ]
    for key, label, kind, field in _WORDS:
        said = _each(entry.fields for entry in standing if entry.kind == kind)
        if lines := tuple(filter(None, (getattr(one, field) for one in said))):
            found.append(Told(key, f"{label}:", "", lines, danger=False))
    return tuple(found)


def dangers_in(told: Iterable[Told]) -> tuple[str, ...]:
    """The dangers that are said to be so: what the other side may not be without."""
    return tuple(one.key for one in told if one.danger and one.state in ("yes", ""))


def _asked(
    entries: Sequence[Entry], key: str, label: str, kinds: dict[str, tuple[str, ...]], more: tuple[str, ...], fact: str
) -> Told:
    said: list[str] = []
    lines: list[str] = []
    for entry in entries:
        answers = [getattr(entry.fields, name) for name in kinds.get(entry.kind, ())]
        said += [answer for answer in answers if answer != "not_asked"]
        if entry.kind == "CallQuestionsAnswered" or "yes" in answers:
            lines += [_line(name, getattr(entry.fields, name, None)) for name in more]
        if entry.kind == "CallTransferredIn":
            before = re.findall(rf"^{re.escape(label)}: ({_STATED})$", entry.fields.comments, re.MULTILINE)
            said += [_KEYS[one] for one in before if one != STATES["not_asked"]]
            lines += ["As the control room before us told it."] if before else []
    if fact in ("yes", "no"):
        said.append(fact)
    state = "yes" if "yes" in said else said[-1] if said else "not_asked"
    if state == "yes" and "no" in said:
        lines.append("At another time the answer was no.")
    return Told(key, label, state, tuple(dict.fromkeys(filter(None, lines))))


def _line(name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    return f"How many: {value}" if name == "children" else f"Language: {value}" if name == "language" else str(value)


def _contact(entries: Sequence[Entry]) -> Told:
    label = "Caution on contact"
    safe = [entry.fields for entry in entries if entry.kind == "SafeNumberGiven"]
    caution = "Do not ring or text the number that the call came from unless the record says that it is safe."
    if not safe:
        return Told("caution_on_contact", label, "", (f"No safe number was given. {caution}",))
    one = safe[-1]
    times = f" Safe times: {one.times}." if one.times else ""
    return Told("caution_on_contact", label, "", (f"Safe number, by their own word: {one.number}.{times} {caution}",))


def _code_word(entries: Sequence[Entry]) -> list[Told]:
    words = [entry.fields.code_word for entry in entries if getattr(entry.fields, "code_word", "")]
    return [Told("code_word", "Code word agreed", "yes", (f"The word: {words[-1]}",))] if words else []


def _second_place(entries: Sequence[Entry]) -> list[Told]:
    moved = [entry.fields for entry in entries if entry.kind == "SecondCallMade" and entry.fields.new_place]
    if not moved:
        return []
    keep = "" if moved[-1].place_confidential == "no" else "Keep this place from the other person."
    lines = (f"They ring from: {moved[-1].new_place}", keep, "Check the first address as well.")
    return [Told("second_place", "Second place", "yes", lines)]


def _grade(entries: Sequence[Entry]) -> list[Told]:
    graded = [entry.fields for entry in entries if entry.kind in ("CallGraded", "CallRegraded")]
    if not graded:
        return [Told("grade", "Grade of response", "not_asked", danger=False)]
    within = f", attend within {graded[-1].attend_within} minutes" if graded[-1].attend_within else ""
    return [Told("grade", f"Grade of response: {graded[-1].grade.replace('_', ' ')}{within}", "", danger=False)]


def _silent(entries: Sequence[Entry]) -> list[Told]:
    heard = [entry.fields for entry in entries if entry.kind == "SilentCallHandled"]
    if not heard:
        return []
    how = heard[-1].answered_by.replace("_", " ")
    return [Told("silent", f"The caller could not speak. Heard: {how}. This says nothing of where they are.", "",
                 tuple(filter(None, (one.words for one in heard))), danger=False)]  # fmt: skip


def _people(entries: Sequence[Entry]) -> list[Told]:
    found = []
    for party in ("survivor", "suspect", "child", "caller"):
        lines = []
        for one in (entry.fields for entry in entries if entry.kind == "PersonNamed" and entry.fields.party == party):
            born = f", born {one.born_on.isoformat()}" if one.born_on else f", {one.age} years old" if one.age else ""
            lines.append(f"{one.name}{born}".strip(", "))
            if one.address:
                keep = "" if one.address_confidential == "no" else " (keep it from the other person)"
                lines.append(f"Address: {one.address}{keep}")
        if any(lines):
            found.append(Told(f"people_{party}", f"People, {party}:", "", tuple(filter(None, lines)), danger=False))
    return found


def _each(fields: Iterable[Any]) -> list[Any]:
    return list(fields)
