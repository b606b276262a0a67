"""A case with evidence to be disclosed, for tests of bundles: taken by officers or given by the survivor, for real."""

import io
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from uuid import UUID
from uuid import uuid4

from tests.doors.desk.conftest import a_case
from tests.vault import bundles

from holdfast.casefile.append import Draft
from holdfast.casefile.reading import CaseFile
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.reading import read_case
from holdfast.doors.evidence.recording import took
from holdfast.record.entry import By
from holdfast.vault.bundle_chosen import Chosen
from holdfast.vault.items import KnownItem
from holdfast.vault.place import intake_folder
from holdfast.vault.place import key_of
from holdfast.vault.place import store
from holdfast.vault.taking import take

AT = datetime.now(UTC) - timedelta(hours=2)
INVESTIGATOR = By("investigator", "DC4")
SURVIVOR = By("survivor")
SEEN = {"seen": "yes", "spoken_to": "no", "school": bundles.SCHOOL, "name": "Bea"}


def a_protected_case(*more: Draft, pack: str = "england-and-wales") -> str:
    """A case that knows where the survivor and the children are."""
    return a_case(
        Draft("PersonNamed", {"party": "survivor", "name": "Ada Lovelace", "address": bundles.HOME,
                              "number": bundles.NUMBER}, AT, by=INVESTIGATOR),
        Draft("ChildSeen", SEEN, AT, by=INVESTIGATOR),
        Draft("ShelterAsked", {}, AT, by=INVESTIGATOR),
        Draft("ShelterFound", {"through": bundles.REFUGE}, AT, (4,), by=INVESTIGATOR),
        Draft("LocationFound", {"how": "device", "latitude": bundles.POINT[0], "longitude": bundles.POINT[1]}, AT,
              by=INVESTIGATOR),
        *more,
        pack=pack,
    )  # fmt: skip


def file_of(code: str) -> CaseFile:
    return read_case(case_by_code(code))


def gives(code: str, content: bytes, *, by: By = INVESTIGATOR, **said: object) -> KnownItem:
    """Something is taken into the case's vault and looked into."""
    case = case_by_code(code)
    taken = take(io.BytesIO(content), store(), intake_folder(), case=case, item=uuid4(), case_key=key_of(case))
    return took(case, taken, {"what": "photograph", "source": "survivor", **said}, by=by, at=AT)


def as_they_are(*items: KnownItem | UUID) -> tuple[Chosen, ...]:
    return tuple(Chosen(each if isinstance(each, UUID) else each.item, "as_it_is") for each in items)
