"""Whether a force and an area are the pack's own.

Duties that hold only in some places are found by these codes. One that the pack does not know would leave such duties
out, and nobody would be told.
"""

from collections.abc import Iterable

from holdfast.law.pack import Pack
from holdfast.record.kind import FieldFault


def faults_of_place(force: str, area: str, pack: Pack) -> list[FieldFault]:
    """Why a case cannot be where it is said to be. Empty is not known yet, and no fault."""
    known = {each.id: each for each in pack.forces}
    if force and force not in known:
        return [FieldFault("force", _not_known("police force", known))]
    among = [known[force]] if force else known.values()
    areas = {code for each in among for code in each.areas}
    if area and area not in areas:
        return [FieldFault("area", _not_known("area of this force" if force else "area", areas))]
    return []


def _not_known(what: str, codes: Iterable[str]) -> str:
    listed = ", ".join(sorted(codes))
    return f"is no {what} that the pack knows; it knows: {listed or 'none, so leave it empty'}"
