"""Checking a pack's declarations: what could not be signed, and two that are for one sort of statement on one day."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from holdfast.law.declaration import Declaration
from holdfast.law.fault import Fault
from holdfast.law.pack import Pack


def check_declarations(pack: Pack) -> Iterable[Fault]:
    """Every fault in the declarations that a pack says itself or inherits; sources are checked with all others."""
    for each in pack.declarations:
        if not each.for_:
            yield Fault("law.E072", each.file, f"{each.id}: it is for no sort of statement.", "Name them under `for:`.")
        if not each.says.strip() or not each.staff.strip():
            yield Fault("law.E041", each.file, f"{each.id}: its wording is missing.", "Write `says:` and `staff:`.")
        if each.age_under is not None and not 1 <= each.age_under <= 25:
            yield Fault("law.E072", each.file, f"{each.id}: `age_under` is no such age.", "Write it in years, or not.")
    for one, other in combinations(pack.declarations, 2):
        both = sorted(set(one.for_) & set(other.for_))
        if both and _meet(one, other):
            yield Fault(
                "law.E072", other.file, f"{other.id}: '{both[0]}' is also in {one.id} on the same day.",
                "Let one declaration be for a sort of statement on a day, or nobody knows which is signed.",
            )  # fmt: skip


def _meet(one: Declaration, other: Declaration) -> bool:
    starts = [each.in_force.from_ for each in (one, other) if each.in_force.from_ != "not stated"]
    ends = [each.in_force.until for each in (one, other) if each.in_force.until]
    return not starts or not ends or max(starts) <= min(ends)
