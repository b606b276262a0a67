"""What a case tells of where the survivor and the children are and how they are reached: what the lint looks for.

Everybody's but the suspect's: a witness's or a caller's address in a copy would endanger them as much.
"""

from collections.abc import Iterable

from holdfast.access.copies.lint import PLATE_FORMS
from holdfast.access.copies.lint import Known
from holdfast.record.entry import Entry

_PLACES = {
    "PersonNamed": ("address",), "ChildSeen": ("school",), "SecondCallMade": ("new_place",),
    "LocationFound": ("place",),
    "ShelterFound": ("through",), "BelongingsStoodBy": ("where",), "AppointmentMade": ("where",),
    "SupportReferred": ("named",), "AmbulanceCalled": ("taken_to",),
}  # fmt: skip
_NUMBERS = {
    "PersonNamed": ("number",), "CallReceived": ("number",), "SafeNumberGiven": ("number",),
    "ContactAgreed": ("number",),
    "ContactChanged": ("number",), "WitnessFound": ("number",), "SpecialistNamed": ("number",),
}  # fmt: skip


def known_in(entries: Iterable[Entry], region: str = "GB", plate_forms: tuple[str, ...] = PLATE_FORMS) -> Known:
    """What the entries of a case know, the suspect's own left out; `plate_forms` as the case's pack says them."""
    places: list[str] = []
    numbers: list[str] = []
    points: list[tuple[float, float]] = []
    references: list[str] = []
    for entry in entries:
        said = entry.fields
        references.append(getattr(said, "exhibit", ""))
        if entry.kind == "PersonNamed" and said.party == "suspect":
            continue
        places += [getattr(said, name) for name in _PLACES.get(entry.kind, ())]
        numbers += [getattr(said, name) for name in _NUMBERS.get(entry.kind, ())]
        if entry.kind == "LocationFound" and said.latitude is not None and said.longitude is not None:
            points.append((said.latitude, said.longitude))
    return Known(
        places=tuple(filter(None, places)),
        numbers=tuple(filter(None, numbers)),
        points=tuple(points),
        region=region,
        plate_forms=plate_forms,
        references=tuple(sorted({*filter(None, references)})),
    )
