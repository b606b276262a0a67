"""What a partner agency sees of a case: what is its own work, while a referral and a consent stand. Pure.

- Both have to stand now: referred to this very organisation, and the survivor agreed that its kind is told. A legal
  ground that somebody stated (InformationShared) stands in for the survivor's consent, for SHARED_FOR.
- A referral that names no organisation is to those who name none: where there are several services, the entry has to
  say which one, or nobody is let in.
- Then only the entries of its own work are shown, and only those of its own are recorded.
"""

from datetime import datetime
from datetime import timedelta

from holdfast.access.person import CaseKnown
from holdfast.access.person import Consent
from holdfast.access.person import Person
from holdfast.access.person import Referral
from holdfast.access.person import same_name
from holdfast.record.kind import stage
from holdfast.record.kinds import KINDS

ROLES = frozenset({"adviser", "outreach_worker"})
AGENCIES = frozenset({"support_service", "health", "housing", "school", "children_services", "adult_services"})
SHARED_FOR = timedelta(days=28)  # what was shared on a legal ground was shared for what stood then, not for good

# Which kind of agency a referral or a consent is to. What is not here (a conference, 'other') lets nobody in.
OF_SERVICE = {
    "independent_adviser": "support_service",
    "outreach": "support_service",
    "sexual_violence_adviser": "support_service",
    "child_adviser": "support_service",
    "victim_support": "support_service",
    "refuge": "support_service",
    "health": "health",
    "housing": "housing",
}
OF_SHARED_WITH = {
    "adviser": "support_service",
    "health": "health",
    "housing": "housing",
    "school": "school",
    "children_services": "children_services",
    "adult_services": "adult_services",
}
# An agency that was told, where being told is the referral.
TOLD = {
    "SchoolTold": "school",
    "ChildrenServicesTold": "children_services",
    "AdultServicesTold": "adult_services",
}
_GROUNDS = frozenset(
    {"crime_and_disorder", "vital_interests", "public_interest", "safeguarding", "legal_duty", "court_order"}
)

_SUPPORT_STAGES = frozenset({"asking", "risk", "safeguarding", "contact"})
_ALWAYS = frozenset({"CaseOpened", "PersonNamed"})  # of the people: the survivor and the children (`hides`)
# A survivor's adviser plans for the day on which he is out: bail, release and orders are theirs to know.
_FOR_SAFETY = frozenset(
    {"SuspectReleased", "BailGranted", "BailVaried", "BailExtended", "BailEnded", "NoticeServed", "OrderMade",
     "OrderServed", "OrderVaried", "OrderEnded", "CourtBailDecided", "PrisonerReleased", "HearingListed"}
)  # fmt: skip
_REACHING = frozenset({"ContactAgreed", "ContactChanged"})
_CHILDREN = frozenset({"ChildSeen", "ChildProtected", "SchoolTold", "ChildrenServicesTold", "ChildrenServicesAnswered"})

# Of the kinds of holding a file, none is a partner's; of a partner's own, these are what they record.
_RECORDS: dict[str, frozenset[str]] = {
    "support_service": frozenset(
        name for name, kind in KINDS.items() if stage(kind) in _SUPPORT_STAGES and name != "InformationShared"
    ) | {"ReferralEnded", "DutyUnsafe"},
    "health": frozenset({"SupportAnswered", "ReferralEnded", "SafetyPlanReviewed"}),
    "housing": frozenset({"SupportAnswered", "ReferralEnded", "HomeSafetyAsked", "HousingStatementGiven"}),
    "school": frozenset({"ChildSeen"}),
    "children_services": frozenset({"ChildSeen", "ChildrenServicesAnswered"}),
    "adult_services": frozenset({"NeedsAssessed"}),
}  # fmt: skip
_READS: dict[str, frozenset[str]] = {
    "support_service": _RECORDS["support_service"] | _ALWAYS | _FOR_SAFETY | {"InformationShared"},
    "health": _RECORDS["health"] | _ALWAYS | _REACHING | {"SafetyPlanMade", "SupportReferred"},
    "housing": _RECORDS["housing"] | _ALWAYS | _REACHING | {"SafetyPlanMade", "SupportReferred"},
    "school": _RECORDS["school"] | _ALWAYS | _REACHING | {"SchoolTold", "ChildProtected"},
    "children_services": _RECORDS["children_services"] | _ALWAYS | _REACHING | _CHILDREN | {"RiskAssessed"},
    "adult_services": _RECORDS["adult_services"] | _ALWAYS | _REACHING | {"AdultServicesTold"},
}
_THEIR_PARTIES = frozenset({"survivor", "child"})


def is_partner(person: Person) -> bool:
    """Whether somebody is of a partner agency: by their role or by their agency, whichever says so."""
    return person.role in ROLES or person.agency in AGENCIES


def agency_of(person: Person) -> str:
    """Their kind of agency. An adviser is independent of the police whatever the account says."""
    return person.agency if person.agency in AGENCIES else "support_service"


def is_ground(ground: str) -> bool:
    """Whether a stated legal ground stands without the survivor's consent; one that is not known never does."""
    return ground in _GROUNDS


def shared_with(person: Person, case: CaseKnown, at: datetime) -> str:
    """By what a partner may open this case now: 'referral-and-consent', 'referral-and-legal-ground', or ''."""
    agency, mine = agency_of(person), same_name(person.organisation)
    if not any(
        referral.agency == agency and referral.organisation == mine and _stands(referral, at)
        for referral in case.referrals
    ):
        return ""
    for consent in case.consents:
        if consent.agency == agency and _stands(consent, at):
            return "referral-and-legal-ground" if consent.by_law else "referral-and-consent"
    return ""


def _stands(given: Referral | Consent, at: datetime) -> bool:
    return given.since <= at and (given.until is None or at < given.until)


def reads(person: Person, kind: str) -> bool:
    """Whether entries of this kind are of a partner's own work."""
    return kind in _READS.get(agency_of(person), frozenset())


def records(person: Person, kind: str) -> bool:
    """Whether a partner may record such an entry."""
    return kind in _RECORDS.get(agency_of(person), frozenset())


def hides(person: Person, kind: str, party: str) -> bool:
    """Whether an entry about somebody is kept from a partner: only the survivor and the children are theirs."""
    return kind == "PersonNamed" and party not in _THEIR_PARTIES and agency_of(person) != "support_service"
