"""How the law's limits, lengths and roles are said, as phrases that a catalogue can put into another language.

>>> amount("2 hours", "within").english()
'within 2 hours'
"""

from __future__ import annotations

from holdfast.law.clock_phrases import amount
from holdfast.law.clock_text import ClockFault
from holdfast.law.clock_text import read as read_clock
from holdfast.law.pack import Alternative
from holdfast.law.pack import Duty
from holdfast.law.pack import Lasts
from holdfast.law.pack import Limit
from holdfast.law.pack import Order
from holdfast.law.pack import Pack
from holdfast.law.phrase import Phrase
from holdfast.record.entry import ROLES

LIMIT = "frame.limit"
ROLE = "frame.role"

# What a condition on a limit says to a reader. One that is not here is said as 'in some cases'.
CASES = {
    ("survivor.enhanced", "True"): "if you have enhanced rights",
    ("survivor.vulnerable", "True"): "if you are vulnerable or afraid",
    ("risk.grade", "high"): "if you are at high risk",
    ("risk.grade", "medium"): "if you are at medium risk",
    ("entry.grade", "high"): "if you are at high risk",
    ("entry.grade", "medium"): "if you are at medium risk",
}
SOME_CASES = "in some cases"
IN_CASE, BOTH = "%(limit)s %(case)s", "%(first)s and %(second)s"
AND_THEN, OTHERWISE = "%(first)s, %(second)s", "%(first)s, otherwise %(second)s"
AT_LEAST, AT_MOST = "at least %(time)s", "at most %(time)s"
NO_LENGTH = "how long is not written in the law; ask the court"


def limit_id(law: Duty | Limit) -> str:
    """The catalogue's id of the words that a duty or limit has for its own clock."""
    return f"{'limit' if isinstance(law, Limit) else 'duty'}.{law.id}.limit"


def limit_phrase(law: Duty | Limit) -> Phrase | None:
    """The limit as the public reads it; None where it cannot be said.

    Where several may apply, all are said, because nobody's case is known to a public page.
    """
    if law.limit_words:
        return Phrase(limit_id(law), law.limit_words)
    said: list[tuple[Phrase, Phrase | None]] = []
    for alternative in law.within:
        clock = _clock(alternative)
        if clock and clock not in [known for known, _ in said]:
            said.append((clock, _case(alternative)))
    if len(said) < 2:
        return said[0][0] if said else None
    found: Phrase | None = None
    for clock, case in said[:-1]:
        found = _then(found, _in_case(clock, case or Phrase(LIMIT, SOME_CASES)))
    clock, case = said[-1]
    return _then(found, _in_case(clock, case)) if case else _then(found, clock, OTHERWISE)


def lasts_phrase(order: Order) -> Phrase:
    """How long an order lasts."""
    lasts: Lasts = order.lasts
    if lasts.words:
        return Phrase(f"order.{order.id}.lasts", lasts.words)
    if lasts.at_least and lasts.at_least == lasts.at_most:
        return amount(lasts.at_least, "bare")
    ends = [
        Phrase(LIMIT, text, parts=(("time", amount(said, "bare")),))
        for text, said in ((AT_LEAST, lasts.at_least), (AT_MOST, lasts.at_most))
        if said
    ]
    if len(ends) == 2:
        return Phrase(LIMIT, BOTH, parts=(("first", ends[0]), ("second", ends[1])))
    return ends[0] if ends else Phrase(LIMIT, NO_LENGTH)


def role_phrase(pack: Pack, role: str) -> Phrase:
    """What a role is called within a sentence: by the place's own name where its terms hold `role-…`."""
    own = f"role-{role.replace('_', '-')}"
    if own in pack.terms:
        return Phrase(f"term.{own}.name", pack.terms[own].name)
    return Phrase(ROLE, ROLES.get(role, role).lower())


def _then(before: Phrase | None, following: Phrase, text: str = AND_THEN) -> Phrase:
    return Phrase(LIMIT, text, parts=(("first", before), ("second", following))) if before else following


def _in_case(clock: Phrase, case: Phrase) -> Phrase:
    return Phrase(LIMIT, IN_CASE, parts=(("limit", clock), ("case", case)))


def _case(alternative: Alternative) -> Phrase | None:
    """When an alternative holds, to a reader whose case is not known here; None for always."""
    found: Phrase | None = None
    for fact, value in alternative.when.items():
        words = CASES.get((fact, str(value)))
        if words is None:
            return Phrase(LIMIT, SOME_CASES)
        case = Phrase(LIMIT, words)
        found = Phrase(LIMIT, BOTH, parts=(("first", found), ("second", case))) if found else case
    return found


def _clock(alternative: Alternative) -> Phrase | None:
    try:
        return read_clock(alternative.limit).phrase()
    except ClockFault:
        return None
