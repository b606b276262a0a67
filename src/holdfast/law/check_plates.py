"""Checking a pack's forms of number plates; their sources are checked with all others."""

from __future__ import annotations

from collections.abc import Iterable

from holdfast.law.fault import Fault
from holdfast.law.pack import Pack


def check_plates(pack: Pack) -> Iterable[Fault]:
    """A fault for each form that could not be looked for, or that nobody can read about."""
    for each in pack.plates:
        if not each.may_be_one:
            yield Fault(
                "law.E073", each.file, f"{each.id}: its form is none of a number plate.",
                "Write A for a letter, 9 for a digit and a space for a gap: 'AA99 AAA'.",
            )  # fmt: skip
        if not each.staff.strip():
            yield Fault("law.E041", each.file, f"{each.id}: its wording is missing.", "Write `staff:`.")
