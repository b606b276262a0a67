"""The parts in which the story is told to those it happens to: headings for a guide's pages, and for promises.

A guide's pages keep the order that the pack gives them. A heading stands where a later part of the story begins; what
comes back to an earlier part afterwards is gathered under one last heading.
"""

from collections.abc import Sequence
from typing import NamedTuple

from holdfast.law.public import GuidePage

PHASES = (
    ("When you call", ("call",)),
    ("When officers come", ("attendance", "report", "asking")),
    ("Getting safe", ("risk", "safeguarding")),
    ("The other person", ("suspect",)),
    ("Charge and court", ("prosecution",)),
    ("What you are told", ("contact", "case")),
)
MORE = "More questions"


class Phase(NamedTuple):
    """A heading with its pages, each with its number in the whole guide."""

    title: str
    first: int
    pages: tuple[GuidePage, ...]


def phases(pages: Sequence[GuidePage]) -> list[Phase]:
    """The pages under their headings."""
    found: list[Phase] = []
    reached, turned_back = 0, False
    for number, page in enumerate(pages, start=1):
        at = phase_of(page.stage, reached)
        turned_back = turned_back or at < reached
        title = MORE if turned_back else PHASES[at][0]
        reached = max(reached, at)
        if found and found[-1].title == title:
            found[-1] = found[-1]._replace(pages=(*found[-1].pages, page))
        else:
            found.append(Phase(title, number, (page,)))
    return found


def phase_of(stage: str, otherwise: int = len(PHASES) - 1) -> int:
    """The place in PHASES of a stage."""
    return next((at for at, (_, stages) in enumerate(PHASES) if stage in stages), otherwise)
