"""What somebody declares when they sign a statement, as the law of a place puts it; dated, and with its source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from holdfast.law.data import Authority
from holdfast.law.data import Data
from holdfast.law.data import InForce
from holdfast.law.data import Source

Sort = Literal["witness", "later", "withdrawal", "impact"]


class Declaration(Data, frozen=True, rename={"for_": "for"}):
    """One declaration. `says` is signed word for word; `read_by` is what whoever read it aloud declares."""

    id: str
    for_: tuple[Sort, ...]
    says: str
    staff: str
    authority: Authority
    source: Source
    in_force: InForce
    read_by: str = ""  # where they could not read it themselves: the reader's own declaration
    age_under: int | None = None  # the age of whoever is younger has to be stated
    pack: str = ""
    file: str = ""

    def holds_on(self, day: str) -> bool:
        """Whether it is law on a day (YYYY-MM-DD)."""
        begun = self.in_force.from_ in ("not stated", "") or self.in_force.from_ <= day
        return self.in_force.status == "in-force" and begun and (not self.in_force.until or day <= self.in_force.until)


def declaration_for(declarations: Iterable[Declaration], sort: str, day: str) -> Declaration | None:
    """The one that is signed under a statement of this sort on this day, or None.

    One whose source was not checked is none: a survivor is never asked to sign what nobody has looked up.
    """
    for each in declarations:
        if sort in each.for_ and each.holds_on(day) and each.source.may_be_shown:
            return each
    return None
