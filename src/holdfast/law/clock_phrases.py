"""What a limit is called: the phrases of the clock algebra, each whole, so that it can be translated whole.

>>> amount("1 working day", "within").english()
'within 1 working day'
>>> amount("48 hours on hearing days", "within").one
'within %(n)d hour on hearing days'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfast.law.phrase import Phrase

CONTEXT = "clock"
EVENT = "clock.event"

IN_WORDS = (
    "at once",
    "while it happens",
    "promptly",
    "as soon as possible",
    "as soon as practicable",
    "without delay",
    "without unjustified delay",
    "before the officers leave",
    "from the start",
    "at every contact",
    "before it is decided",
    "at the same time",
)

# What a survivor reads for a field that holds a time: a field's own name is for forms.
_NAMED = {
    "ends_at": "it ends",
    "until": "it ends",
    "hearing_at": "the hearing",
    "by_when": "the time that was promised",
    "by_day": "the day that was agreed",
    "new_time": "the new time that was given",
}
_SET = "the day that was set"
_UNITS = ("minute", "hour", "day", "working day", "court day", "clear day", "calendar day", "week", "month", "year")
_FORMS = {"within": "within %(n)d {}", "before": "%(n)d {} before %(event)s", "bare": "%(n)d {}"}
_AMOUNT = re.compile(r"(?P<number>\d+) (?P<unit>(?:[a-z][a-z-]* ){0,2}(?:minute|hour|day|week|month|year))s?")
_ON_DAYS = re.compile(r"(?P<number>\d+) hours? on (?P<calendar>[a-z][a-z-]*) days")
_MIDNIGHT = re.compile(r"midnight on day (?P<number>\d+)")


def amount(said: str, form: str, **parts: Phrase) -> Phrase:
    """A length of time as the pack writes it, 'within' it, so long 'before' something, or 'bare'."""
    given = tuple(parts.items())
    if found := _AMOUNT.fullmatch(said):
        one, many = (_FORMS[form].format(unit) for unit in (found["unit"], found["unit"] + "s"))
        return Phrase(CONTEXT, one, many, int(found["number"]), given)
    if found := _ON_DAYS.fullmatch(said):
        days = f" on {found['calendar']} days"
        one, many = (_FORMS[form].format(unit + days) for unit in ("hour", "hours"))
        return Phrase(CONTEXT, one, many, int(found["number"]), given)
    if found := _MIDNIGHT.fullmatch(said):
        text = _FORMS[form].replace("%(n)d {}", "midnight on day %(n)d")
        return Phrase(CONTEXT, text, "", int(found["number"]), given)
    return Phrase(CONTEXT, _FORMS[form].replace("%(n)d {}", "%(amount)s"), parts=(*given, ("amount", said)))


def end_of(said: str) -> Phrase:
    """'by the end of the day', or of the next one, or of the next that counts."""
    return Phrase(CONTEXT, f"by the {said}")


def at_field(field: str) -> Phrase:
    """By the time that a field of the starting entry holds, under the name that a survivor knows."""
    named = _NAMED.get(field, _SET)
    return Phrase(CONTEXT, f"before {named}" if named == "it ends" else f"by {named}")


def before_field(said: str, field: str) -> Phrase:
    """Some time before what a field holds."""
    return amount(said, "before", event=Phrase(EVENT, _NAMED.get(field, _SET)))


def time_given() -> Phrase:
    """The minutes that the starting entry records."""
    return Phrase(CONTEXT, "within the time given")


def in_words(said: str) -> Phrase:
    """A limit that the law gives in words."""
    return Phrase(CONTEXT, said)


def either(first: Phrase, second: Phrase, later: bool) -> Phrase:
    """The earlier or the later of two."""
    joint = "whichever is later" if later else "whichever is sooner"
    return Phrase(CONTEXT, f"%(first)s or %(second)s, {joint}", parts=(("first", first), ("second", second)))


def moved(counted: Phrase, calendar: str) -> Phrase:
    """A length of time that ends on the next day that counts where its last day does not."""
    return Phrase(CONTEXT, f"%(time)s, or by the next {calendar} day where that is none", parts=(("time", counted),))


def any_place() -> Iterator[Phrase]:
    """Every phrase that a clock of any place may use, for the frame's catalogue. What counts days of a place's own is
    in that place's catalogue.
    """
    event = Phrase(EVENT, _SET)
    for form in _FORMS:
        for unit in _UNITS:
            yield amount(f"2 {unit}s", form, **({"event": event} if form == "before" else {}))
    yield amount("midnight on day 2", "within")
    for said in ("end of the day", "end of the next day", "end of the next working day"):
        yield end_of(said)
    for field in (*_NAMED, ""):
        yield at_field(field)
        yield Phrase(EVENT, _NAMED.get(field, _SET))
    yield time_given()
    yield from (in_words(said) for said in IN_WORDS)
    yield from (either(event, event, later) for later in (False, True))
    yield from (moved(event, calendar) for calendar in ("working", "court"))
