"""Safeguarding: the specialist, the adviser, consent and sharing, the conference, children, disclosure."""

from typing import Annotated
from typing import ClassVar

from holdfast.record.field import Code
from holdfast.record.field import Day
from holdfast.record.field import Line
from holdfast.record.field import Phone
from holdfast.record.field import Staff
from holdfast.record.field import When
from holdfast.record.field import Words
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind

Service = choice("independent_adviser", "outreach", "sexual_violence_adviser", "child_adviser", "victim_support", "refuge",
                 "health", "housing", "other")  # fmt: skip
SharedWith = choice("adviser", "conference", "children_services", "adult_services", "school", "health", "housing",
                    "probation", "prosecutor", "witness_service", "other")  # fmt: skip
LegalGround = choice("consent", "crime_and_disorder", "vital_interests", "public_interest", "safeguarding",
                     "legal_duty", "court_order", "other")  # fmt: skip


class SpecialistNamed(Kind):
    """A specialist domestic abuse officer was named for the survivor."""

    officer: Annotated[Staff, ask("Officer")]
    number: Annotated[Phone, ask("How the survivor reaches them")] = ""


class SpecialistContacted(Kind):
    """The specialist made contact with the survivor, or tried."""

    reached: Annotated[YesNo, ask("Was the survivor reached?")]
    safe_to_talk: Annotated[YesNo, ask("Could they talk safely?")] = "not_asked"


class NeedsAssessed(Kind):
    """The survivor's needs were asked about: support, language, access, whether they feel at risk."""

    enhanced: Annotated[YesNo, ask("Entitled to enhanced rights?")] = "not_known"
    vulnerable: Annotated[YesNo, ask("Vulnerable or intimidated?")] = "not_known"
    under_18: Annotated[YesNo, ask("Under 18?")] = "not_known"
    needs: Annotated[Words, ask("What they need")] = ""


class SupportReferred(Kind):
    """The survivor was referred to a support service."""

    service: Annotated[Service, ask("Which service?")]
    consent: Annotated[YesNo, ask("Did they agree?")] = "not_asked"
    named: Annotated[Line, ask("Name of the service")] = ""


class SupportAnswered(Kind):
    """The service answered a referral."""

    needs_about: ClassVar[bool] = True
    answer: Annotated[choice("accepted", "not_accepted", "waiting_list", "not_reached"), ask("What did it answer?")]


class SupportDeclined(Kind):
    """The survivor did not want to be referred."""

    service: Annotated[Service, ask("Which service?")] = "not_known"
    may_ask_again: Annotated[YesNo, ask("May they be asked again?")] = "not_asked"


class SharingAdviceGiven(Kind):
    """The survivor was told who may be told what, and when their agreement is not needed."""

    without_agreement: Annotated[YesNo, ask("Told when sharing does not need their agreement?")] = "not_known"
    words: Annotated[Words, ask("What they were told")] = ""


class SafetyPlanMade(Kind):
    """A safety plan was made with the survivor."""

    covers: Annotated[
        tuple[
            choice("safe_contact", "code_word", "leaving", "documents", "phone_and_devices", "children", "school", "work",
                   "pets", "locks", "alarm", "neighbours", "money", "immigration", "health", "orders", "bail_end"),
            ...,
        ],
        ask("What it covers"),
    ] = ()  # fmt: skip
    plan: Annotated[Words, ask("The plan")] = ""
    review_on: Annotated[Day | None, ask("To be looked at again on")] = None


class SafetyPlanReviewed(Kind):
    """The safety plan was looked at again."""

    changed: Annotated[YesNo, ask("Was it changed?")] = "not_known"
    why: Annotated[choice("planned", "release", "order", "breach", "moved", "court", "other"), ask("Why now?")] = (
        "planned"
    )


class ConsentGiven(Kind):
    """The survivor agreed to something being shared."""

    with_whom: Annotated[SharedWith, ask("With whom?")]
    what: Annotated[Words, ask("What")] = ""
    until: Annotated[Day | None, ask("Until")] = None


class ConsentRefused(Kind):
    """The survivor did not agree to something being shared."""

    with_whom: Annotated[SharedWith, ask("With whom?")]
    reason: Annotated[Words, ask("Their reason, if they gave one")] = ""


class ConsentWithdrawn(Kind):
    """The survivor took back their agreement."""

    needs_about: ClassVar[bool] = True
    reason: Annotated[Words, ask("Their reason, if they gave one")] = ""


class InformationShared(Kind):
    """Information was shared, with or without consent, on a legal ground."""

    with_whom: Annotated[SharedWith, ask("With whom?")]
    consent: Annotated[YesNo, ask("With the survivor's consent?")]
    ground: Annotated[LegalGround, ask("Legal ground")]
    what: Annotated[Words, ask("What was shared, and why it was needed")] = ""
    decided_by: Annotated[Staff, ask("Who decided")] = ""


class ConferenceReferred(Kind):
    """The case was referred to the multi-agency conference."""

    criterion: Annotated[
        choice("judgement", "visible_high_risk", "escalation", "repeat", "transfer"), ask("On which criterion?")
    ]
    consent: Annotated[YesNo, ask("Did the survivor agree?")] = "not_asked"
    survivor_told: Annotated[YesNo, ask("Was the survivor told?")] = "not_known"


class ConferenceListed(Kind):
    """The conference's date was set."""

    needs_about: ClassVar[bool] = True
    at: Annotated[When, ask("When")]
    emergency: Annotated[YesNo, ask("An emergency meeting?")] = "no"


class ConferenceHeld(Kind):
    """The conference heard the case."""

    needs_about: ClassVar[bool] = True
    adviser_there: Annotated[YesNo, ask("Did an adviser speak for the survivor?")] = "not_known"
    repeat: Annotated[YesNo, ask("A repeat within 12 months?")] = "not_known"


class ConferenceMinutesSent(Kind):
    """The conference's minutes were sent."""

    needs_about: ClassVar[bool] = True
    reference: Annotated[Code, ask("Reference")] = ""


class ConferenceActionAgreed(Kind):
    """The conference agreed that somebody would do something by a day."""

    needs_about: ClassVar[bool] = True
    action: Annotated[Words, ask("What is to be done")]
    by_whom: Annotated[Line, ask("Which agency")]
    by_day: Annotated[Day, ask("By which day")]


class ConferenceActionDone(Kind):
    """A conference action was done, or could not be."""

    needs_about: ClassVar[bool] = True
    done: Annotated[YesNo, ask("Done?")]
    reason: Annotated[Words, ask("If not, why?")] = ""


class MarkerPlaced(Kind):
    """A warning marker was placed, so that the next call is answered as an emergency."""

    on: Annotated[choice("address", "number", "survivor", "suspect", "all"), ask("On what?")]
    until: Annotated[Day | None, ask("Until")] = None


class SchoolTold(Kind):
    """A child's school, college or local authority was told."""

    told: Annotated[choice("school", "college", "local_authority"), ask("Who was told?")]
    child_voice: Annotated[YesNo, ask("With what the child said?")] = "not_known"


class ChildrenServicesTold(Kind):
    """Children's social care was told."""

    urgent: Annotated[YesNo, ask("Urgent?")] = "not_known"
    answer: Annotated[Words, ask("What they answered")] = ""


class ChildrenServicesAnswered(Kind):
    """Children's social care said what they will do about a child."""

    needs_about: ClassVar[bool] = True
    decided: Annotated[
        choice("urgent_action", "assessment", "early_help", "already_open", "no_further_action"),
        ask("What did they decide?"),
    ]
    reason: Annotated[Words, ask("Their reasons")] = ""


class AdultServicesTold(Kind):
    """Adult social care was told of somebody with care needs."""

    answer: Annotated[Words, ask("What they answered")] = ""


class DisclosureAsked(Kind):
    """Somebody asked about a partner's past, or an agency thought that they should be told."""

    route: Annotated[choice("right_to_ask", "right_to_know"), ask("Right to ask or right to know?")]
    identity_checked: Annotated[YesNo, ask("Was the person's identity checked?")] = "not_known"


class DisclosureChecked(Kind):
    """The first checks were made."""

    needs_about: ClassVar[bool] = True
    immediate_danger: Annotated[YesNo, ask("Did they show immediate danger?")]


class DisclosureDecided(Kind):
    """It was decided whether to tell."""

    needs_about: ClassVar[bool] = True
    tell: Annotated[YesNo, ask("Is the person to be told?")]
    reason: Annotated[Words, ask("Why?")] = ""


class DisclosureMade(Kind):
    """The person was told, in person and safely, or told that there is nothing to disclose."""

    needs_about: ClassVar[bool] = True
    outcome: Annotated[choice("told", "nothing_to_tell", "not_safe_to_tell"), ask("What was said?")]
    supporter_there: Annotated[YesNo, ask("Was an adviser with them?")] = "not_known"


class HomeSafetyAsked(Kind):
    """Locks, alarms or rehousing were asked for, to stay safe at home or to move."""

    what: Annotated[tuple[choice("locks", "alarm", "panic_room", "rehousing", "marker", "other"), ...], ask("What?")]


class WelfareChecked(Kind):
    """Somebody saw or spoke to the survivor to make sure that they were safe."""

    safe: Annotated[YesNo, ask("Were they safe?")]
    how: Annotated[choice("visit", "telephone", "through_adviser"), ask("How?")] = "not_known"


class AdvocateCalled(Kind):
    """An advocate or hotline was rung with the survivor, or for them, from where they were."""

    spoke: Annotated[YesNo, ask("Did the survivor speak with them?")] = "not_asked"
