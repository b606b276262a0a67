"""How number plates are written in a place: what the look-through before anything leaves takes for one."""

from __future__ import annotations

import re

from holdfast.law.data import Authority
from holdfast.law.data import Data
from holdfast.law.data import InForce
from holdfast.law.data import Source

FORM = re.compile(r"[A9 ]{4,10}")


class Plate(Data, frozen=True):
    """One form: `A` stands for a letter, `9` for a digit, a space for a gap that a writer may leave out."""

    id: str
    form: str
    staff: str
    authority: Authority
    source: Source
    in_force: InForce
    pack: str = ""
    file: str = ""

    @property
    def may_be_one(self) -> bool:
        """Whether the form tells a plate from a word and from a number: letters and digits, at least four together."""
        signs = self.form.replace(" ", "")
        return FORM.fullmatch(self.form) is not None and {"A", "9"} == set(signs) and len(signs) >= 4
