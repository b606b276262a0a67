"""Whether the survivor's consent to medical records stands: which, what for, until when, and whether it was withdrawn.

What nobody recorded is no consent. One that was withdrawn, or whose day has passed, is none from then on: what rests on
it is kept, and neither shown nor copied any further.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.vault.items import KnownItem


class Consent(NamedTuple):
    """One consent. `ended` says why it stands no longer, '' while it does."""

    number: int
    what: str
    from_whom: str
    purpose: str
    until: str
    ended: str


def consents(entries: Iterable[Entry], at: datetime, zone: ZoneInfo) -> tuple[Consent, ...]:
    """Every consent to medical records that was given, in order."""
    known = effective(list(entries))
    withdrawn = {number for entry in known if entry.kind == "MedicalConsentWithdrawn" for number in entry.about}
    found = []
    for entry in known:
        if entry.kind != "MedicalConsentGiven":
            continue
        said = entry.fields
        past = said.until is not None and said.until < at.astimezone(zone).date()
        ended = "was withdrawn" if entry.number in withdrawn else "has run out" if past else ""
        until = f"{said.until.day} {said.until:%B %Y}" if said.until else ""
        found.append(Consent(entry.number, said.what, said.from_whom, said.purpose, until, ended))
    return tuple(found)


def why_not_used(item: KnownItem, entries: Iterable[Entry], given: Iterable[Consent]) -> str:
    """Why a medical record may not be looked at or copied now; '' where it may, and for whatever is none."""
    if item.what != "medical_record":
        return ""
    taken = next(
        (each for each in entries if each.kind == "ItemTaken" and each.fields.item == str(item.of or item.item)), None
    )
    rests_on = taken.fields.consent if taken is not None else None
    consent = next((each for each in given if each.number == rests_on), None)
    if consent is None:
        return "No consent of the survivor is recorded for it. It is kept, and shown to nobody until one is."
    if consent.ended:
        return f"The survivor's consent (entry {consent.number}) {consent.ended}. It is kept, and not used further."
    return ""
