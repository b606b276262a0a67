"""What a call taker asks, in which order, and what they say beside it: the call's script, as data of a place."""

from __future__ import annotations

from collections.abc import Iterable

from holdfast.law.data import Authority
from holdfast.law.data import Data
from holdfast.law.data import InForce
from holdfast.law.data import Source

ENDS = ("officer", "appointment", "partner", "telephone")  # how a call may go on


class CallScript(Data, frozen=True):
    """One question, or one way in which a call goes on, with the words beside it.

    `at` is the field that the answer fills (`CallReceived.safe_now`; `survivor.name` of PersonNamed), or
    one of `ends.officer`, `ends.appointment`, `ends.partner`, `ends.telephone`.
    """

    id: str
    order: int
    at: str
    authority: Authority
    source: Source
    in_force: InForce
    group: str = ""  # the heading that it stands under
    asks: str = ""  # the question as it is said; left out, the field's own
    asks_of_others: str = ""  # as it is said to somebody who calls about another person
    script: str = ""  # what is said to the caller
    staff: str = ""  # what the call taker reads for themselves; never said
    advice: tuple[str, ...] = ()  # of CallAdviceGiven: what saying the script counts as
    pack: str = ""
    file: str = ""

    def holds_on(self, day: str) -> bool:
        """Whether it is in force on a day (YYYY-MM-DD)."""
        begun = self.in_force.from_ in ("not stated", "") or self.in_force.from_ <= day
        return self.in_force.status == "in-force" and begun and (not self.in_force.until or day <= self.in_force.until)


def script_on(scripts: Iterable[CallScript], day: str) -> tuple[CallScript, ...]:
    """What is in force on a day, in its order."""
    return tuple(sorted((each for each in scripts if each.holds_on(day)), key=lambda each: (each.order, each.id)))
