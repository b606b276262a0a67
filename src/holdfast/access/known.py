"""What `may` has to know about a case, read from its entries and the walls: nothing is known that nobody wrote down.

- A referral lets a partner in only beside a consent that stands, or a legal ground that was stated. A consent that was
  not clearly given was not given; a refusal, or a service declined, ends those given before to that kind of agency.
- A day stands until it ends, in the case's own zone. A correction counts as the record counts it (`facts.effective`).
- A case about a member of staff (it was established, or the suspect has a name and an address or number of theirs) goes
  to the separate unit by itself. Whoever answered the call keeps it while it is new: somebody has to go there.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from holdfast.access.connections import Match
from holdfast.access.connections import matches_in
from holdfast.access.emergency import found_wrong
from holdfast.access.emergency import openings_in
from holdfast.access.emergency import recorded_openly
from holdfast.access.emergency import written_in_emergency
from holdfast.access.partners import OF_SERVICE
from holdfast.access.partners import OF_SHARED_WITH
from holdfast.access.partners import ROLES as PARTNER_ROLES
from holdfast.access.partners import SHARED_FOR
from holdfast.access.partners import TOLD
from holdfast.access.partners import hides
from holdfast.access.partners import is_ground
from holdfast.access.partners import is_partner
from holdfast.access.partners import reads
from holdfast.access.person import SEPARATE_UNIT
from holdfast.access.person import CaseKnown
from holdfast.access.person import Consent
from holdfast.access.person import Person
from holdfast.access.person import Referral
from holdfast.access.person import same_name
from holdfast.access.reach import CaseApart
from holdfast.access.reach import signing_in
from holdfast.access.staff import StaffMember
from holdfast.access.walls import walled_off
from holdfast.access.walls import walled_off_by_record
from holdfast.casefile.models import Case
from holdfast.casefile.models import DutyRow
from holdfast.casefile.models import StoredEntry
from holdfast.casefile.reading import CaseFile
from holdfast.record.entry import STAFF_ROLES
from holdfast.record.entry import Entry
from holdfast.record.facts import effective

LIVE_FOR = timedelta(hours=72)  # a Friday night's call is still the shift's work on Monday
_COMES_IN = frozenset({"CaseOpened", "CallReceived", "SecondCallMade", "CaseReopened"})


def case_known(file: CaseFile, zone: ZoneInfo) -> CaseKnown:
    """What is known of a case that was read. Three short queries, and one pass over its entries."""
    entries = effective(list(file.entries))
    matches = matches_in(entries)
    shut_out, cleared = walled_off_by_record(entries, matches)
    live_until = _live_until(entries)
    given_to = [entry for entry in entries if entry.kind == "CaseGivenToSeparateUnit"]
    by_itself = given_to[-1].by.role == "feed" if given_to else is_about_staff(entries, matches)
    unit = given_to[-1].fields.unit if given_to else SEPARATE_UNIT if by_itself else ""
    known = CaseKnown(
        code=file.code,
        force=file.force,
        area=file.area,
        unit=unit,
        unit_has_staff=not unit or StaffMember.objects.filter(unit=unit, user__is_active=True).exists(),
        responding_until=live_until if by_itself else None,
        recorded=recorded_openly(entries),
        referrals=tuple(referrals_in(entries)),
        consents=tuple(consents_in(entries, zone)),
        walled_off=shut_out | (walled_off(file.code) - cleared),
        opened_in_emergency=openings_in(entries),
        not_again=frozenset(found_wrong(entries)),
    )
    known = _with_work(known, file.id, entries)
    broke_in = written_in_emergency(entries)
    if not broke_in:
        return known
    return known._replace(
        without_own={staff: _with_work(known, file.id, entries, without) for staff, without in broke_in.items()}
    )


def _with_work(
    known: CaseKnown, case: UUID, entries: Sequence[Entry], without: frozenset[int] = frozenset()
) -> CaseKnown:
    """The case with whom its work belongs to, as the entries say it that are not left out."""
    counted = [entry for entry in entries if entry.number not in without] if without else entries
    assigned = _assigned(counted)
    return known._replace(
        live_until=_live_until(counted),
        closed=_is_closed(counted),
        assigned=assigned,
        teams=_teams(assigned),
        units=frozenset(entry.fields.unit for entry in counted if entry.kind in ("UnitSent", "UnitArrived")) - {""},
        owed_by=_owed_by(case, without),
    )


def _live_until(entries: Iterable[Entry]) -> datetime:
    return max(entry.recorded_at for entry in entries if entry.kind in _COMES_IN) + LIVE_FOR


def seen_by(person: Person, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that this person is shown, once `may` has let them into the case: all, or a partner's own work."""
    if not is_partner(person):
        return tuple(entries)
    shown: list[Entry] = []
    numbers: set[int] = set()
    for entry in entries:
        # What corrects a shown entry is shown too: a partner must not work by what was said to be wrong.
        corrects = entry.kind == "EntryCorrected" and numbers.issuperset(entry.about)
        theirs = reads(person, entry.kind) and not hides(person, entry.kind, getattr(entry.fields, "party", ""))
        if corrects or theirs:
            shown.append(entry)
            numbers.add(entry.number)
    return tuple(shown)


def is_about_staff(entries: Sequence[Entry], matches: Iterable[Match]) -> bool:
    """Whether the suspect is a member of staff: it was established, or two things of theirs are the same."""
    said = [entry for entry in entries if entry.kind == "FactEstablished" and entry.fields.fact == "suspect_is_police"]
    if said and said[-1].fields.is_so == "yes":
        return True
    in_common: dict[str, set[str]] = {}
    for match in matches:
        if match.party == "suspect":
            in_common.setdefault(match.staff, set()).add(match.what)
    return any("name" in what and what & {"address", "number"} for what in in_common.values())


def referrals_in(entries: Iterable[Entry]) -> list[Referral]:
    """Every referral to a partner, each until it ended."""
    found: dict[int, Referral] = {}
    for entry in entries:
        said = entry.fields
        if entry.kind == "SupportReferred" and said.service in OF_SERVICE:
            found[entry.number] = Referral(OF_SERVICE[said.service], same_name(said.named), entry.happened_at)
        elif entry.kind in TOLD:
            found[entry.number] = Referral(TOLD[entry.kind], "", entry.happened_at)
        elif entry.kind == "ReferralEnded" or (entry.kind == "SupportAnswered" and said.answer == "not_accepted"):
            for number in entry.about:
                if number in found:
                    found[number] = found[number]._replace(until=entry.happened_at)
    return list(found.values())


def consents_in(entries: Iterable[Entry], zone: ZoneInfo) -> list[Consent]:
    """What lets a kind of partner be told, each until it ended: the survivor's consent, or a legal ground."""
    found: dict[int, Consent] = {}
    for entry in entries:
        ended, gone = _takes_back(entry), entry.about if entry.kind == "ConsentWithdrawn" else ()
        for number, consent in found.items():
            if number in gone or (consent.agency == ended and not consent.by_law):
                found[number] = consent._replace(until=min(consent.until or entry.happened_at, entry.happened_at))
        given = _gives(entry, zone)
        if given is not None:
            found[entry.number] = given
    return list(found.values())


def _gives(entry: Entry, zone: ZoneInfo) -> Consent | None:
    said = entry.fields
    if entry.kind == "SupportReferred" and said.consent == "yes" and said.service in OF_SERVICE:
        return Consent(OF_SERVICE[said.service], entry.happened_at)
    if entry.kind == "ConsentGiven" and said.with_whom in OF_SHARED_WITH:
        until = _end_of(said.until, zone) if said.until else None
        return Consent(OF_SHARED_WITH[said.with_whom], entry.happened_at, until)
    if entry.kind == "InformationShared" and said.with_whom in OF_SHARED_WITH and is_ground(said.ground):
        until = entry.happened_at + SHARED_FOR
        return Consent(OF_SHARED_WITH[said.with_whom], entry.happened_at, until, by_law=True)
    return None


def _takes_back(entry: Entry) -> str:
    """The kind of agency for which a survivor's consent ended with this entry, or ''."""
    said = entry.fields
    if entry.kind == "SupportReferred" and said.consent in ("no", "declined"):
        return OF_SERVICE.get(said.service, "")
    if entry.kind == "ConsentRefused":
        return OF_SHARED_WITH.get(said.with_whom, "")
    return OF_SERVICE.get(said.service, "support_service") if entry.kind == "SupportDeclined" else ""


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone)


def _assigned(entries: Iterable[Entry]) -> frozenset[str]:
    """To whom it was given last, role by role, and who answers for it. A partner is let in by a referral alone."""
    holders: dict[str, str] = {}
    for entry in entries:
        if entry.kind == "CaseAllocated" and entry.fields.role not in PARTNER_ROLES:
            holders[entry.fields.role] = entry.fields.staff
        elif entry.kind in ("OwnerNamed", "OwnerChanged"):
            holders["investigator"] = entry.fields.owner
        elif entry.kind == "SpecialistNamed":
            holders["specialist"] = entry.fields.officer
    return frozenset(holders.values()) - {""}


def _owed_by(case: UUID, without: frozenset[int] = frozenset()) -> frozenset[str]:
    """The roles that owe something in it which is nobody's yet, or somebody's who signs in no longer."""
    live = DutyRow.objects.filter(case_id=case, live=True).exclude(started_by__in=without)
    rows = set(live.values_list("owed_by", "staff").distinct())
    gone = {staff for _role, staff in rows} - signing_in({staff for _role, staff in rows})
    return frozenset(role for role, staff in rows if staff in gone)


def _teams(assigned: frozenset[str]) -> frozenset[str]:
    if not assigned:
        return frozenset()
    return frozenset(StaffMember.objects.filter(staff__in=assigned).values_list("team", flat=True)) - {""}


def _is_closed(entries: Iterable[Entry]) -> bool:
    closed = False
    for entry in entries:
        if entry.kind == "CaseClosed":
            closed = True
        elif entry.kind in _COMES_IN:
            closed = False
    return closed


def known_by_rows(code: str) -> CaseKnown | None:
    """What the plain columns tell of a case whose entries cannot be read; None where there is no such case.

    Nothing of partners is known then: a referral and a consent are in the entries alone.
    """
    case = Case.objects.filter(code=code).first()
    if case is None:
        return None
    kept = StoredEntry.objects.filter(case_id=case.id, role__in=STAFF_ROLES)
    apart = CaseApart.objects.filter(case=code).first()
    return CaseKnown(
        code=code,
        force=case.force,
        unit=apart.unit if apart else "",
        live_until=case.opened_at + LIVE_FOR,
        recorded=frozenset(kept.exclude(kind="FileOpenedInEmergency").values_list("staff", flat=True)),
        owed_by=_owed_by(case.id),
        walled_off=walled_off(code),
    )
