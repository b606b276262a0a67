"""The suspect: arrest, interview, detention, bail, notices and orders, and their breach."""

from typing import Annotated
from typing import ClassVar

from holdfast.record.field import Code
from holdfast.record.field import Line
from holdfast.record.field import Place
from holdfast.record.field import Reference
from holdfast.record.field import Staff
from holdfast.record.field import When
from holdfast.record.field import Words
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind
from holdfast.record.kind import Part

ConditionType = choice("no_direct_contact", "no_indirect_contact", "keep_from_place", "keep_distance", "live_at", "report_to",
                       "curfew", "tag", "surrender_documents", "other")  # fmt: skip
NotArrestedReason = choice("suspect_not_found", "not_necessary", "no_breach_found", "survivor_not_asked", "other")


class Condition(Part):
    """One thing that bail, a notice or an order forbids or requires."""

    type: Annotated[ConditionType, ask("What it forbids or requires")]
    place: Annotated[Place, ask("Place", hint="Never the survivor's confidential address.")] = ""
    words: Annotated[Words, ask("In words")] = ""


class SuspectArrested(Kind):
    """The suspect was arrested."""

    for_what: Annotated[
        choice("offence", "breach_of_bail", "breach_of_court_bail", "breach_of_notice", "breach_of_order", "breach_of_peace",
               "warrant", "recall"),
        ask("For what?"),
    ]  # fmt: skip
    offence: Annotated[Line, ask("Offence")] = ""
    necessity: Annotated[
        tuple[
            choice("find_name", "find_address", "prevent_injury", "prevent_damage", "protect_child_or_vulnerable",
                   "prompt_investigation", "prevent_disappearance"),
            ...,
        ],
        ask("Why arrest was necessary"),
    ] = ()  # fmt: skip
    station: Annotated[Line, ask("Police station")] = ""


class SuspectInterviewed(Kind):
    """The suspect was interviewed under caution."""

    voluntary: Annotated[YesNo, ask("Did they come of their own accord?")] = "no"
    again: Annotated[YesNo, ask("A further interview?")] = "no"


class SuspectDetained(Kind):
    """Detention at the station was authorised."""

    relevant_time: Annotated[When, ask("When the detention clock began")]
    indictable: Annotated[YesNo, ask("For an indictable offence?")] = "not_known"


class DetentionExtended(Kind):
    """Longer detention was authorised."""

    needs_about: ClassVar[bool] = True
    until: Annotated[When, ask("Until")]
    by: Annotated[choice("superintendent", "magistrates"), ask("By whom?")]


class BailViewsSought(Kind):
    """The survivor was asked which bail conditions would keep them safe, or could not be."""

    asked: Annotated[YesNo, ask("Were they asked?")]
    views: Annotated[Words, ask("What they said")] = ""
    passed_on: Annotated[YesNo, ask("Passed to the officer deciding?")] = "not_known"
    reason: Annotated[Words, ask("If not asked, why it was not practicable")] = ""


class SuspectReleased(Kind):
    """The suspect was released from the station without charge."""

    how: Annotated[choice("under_investigation", "no_further_action", "after_voluntary_interview"), ask("How?")]
    reason: Annotated[Words, ask("Why no bail?")] = ""


class BailGranted(Kind):
    """The suspect was released on bail before charge."""

    started_at: Annotated[When | None, ask("Bail start date", hint="The day after the arrest.")] = None
    ends_at: Annotated[When, ask("Until")]
    conditions: Annotated[tuple[Condition, ...], ask("Conditions")] = ()
    authorised_by: Annotated[
        choice("custody_officer", "inspector", "superintendent", "other"), ask("Authorised by")
    ] = "custody_officer"


class BailVaried(Kind):
    """Bail conditions before charge were changed."""

    needs_about: ClassVar[bool] = True
    conditions: Annotated[tuple[Condition, ...], ask("Conditions now")] = ()
    reason: Annotated[Words, ask("Why?")] = ""


class BailExtended(Kind):
    """Bail before charge was extended."""

    needs_about: ClassVar[bool] = True
    ends_at: Annotated[When, ask("Until")]
    by: Annotated[choice("inspector", "superintendent", "assistant_chief_constable", "magistrates"), ask("By whom?")]


class BailEnded(Kind):
    """Bail before charge ended."""

    needs_about: ClassVar[bool] = True
    how: Annotated[
        choice("time_ran_out", "charged", "no_further_action", "under_investigation", "cancelled"), ask("How?")
    ]


class BailBreached(Kind):
    """A breach of police bail was reported."""

    how: Annotated[ConditionType, ask("Which condition?")] = "not_known"
    reported_by: Annotated[choice("survivor", "officer", "tag", "other"), ask("Who reported it?")] = "survivor"
    words: Annotated[Words, ask("What happened")] = ""


class CourtBailBreached(Kind):
    """A breach of court bail was reported."""

    how: Annotated[ConditionType, ask("Which condition?")] = "not_known"
    reported_by: Annotated[choice("survivor", "officer", "tag", "other"), ask("Who reported it?")] = "survivor"
    words: Annotated[Words, ask("What happened")] = ""


class BreachNotActedOn(Kind):
    """No arrest was made for a breach, and why."""

    needs_about: ClassVar[bool] = True
    reason: Annotated[NotArrestedReason, ask("Reason")]
    words: Annotated[Words, ask("In words")]
    second_person: Annotated[Staff, ask("Supervisor who agreed")] = ""


class NoticeIssued(Kind):
    """A police protection notice was authorised."""

    notice: Annotated[Code, ask("Which notice?", hint="As the pack names it: dvpn, dapn.")]
    authorised_by: Annotated[choice("inspector", "superintendent", "above"), ask("Rank that authorised it")]
    survivor_view: Annotated[Words, ask("What the survivor thought", hint="Asked for, never decisive.")] = ""
    conditions: Annotated[tuple[Condition, ...], ask("What it forbids")] = ()


class NoticeServed(Kind):
    """The notice was given to the suspect in person."""

    needs_about: ClassVar[bool] = True
    address_for_hearing: Annotated[YesNo, ask("Was an address for the hearing asked for?")] = "not_known"


class NoticeBreached(Kind):
    """A breach of the notice was reported."""

    how: Annotated[ConditionType, ask("Which condition?")] = "not_known"
    reported_by: Annotated[choice("survivor", "officer", "tag", "other"), ask("Who reported it?")] = "survivor"
    words: Annotated[Words, ask("What happened")] = ""


class OrderAppliedFor(Kind):
    """A court order was applied for."""

    order: Annotated[Code, ask("Which order?", hint="As the pack names it.")]
    by: Annotated[choice("police", "survivor", "third_party", "court_itself"), ask("By whom?")]
    hearing_at: Annotated[When | None, ask("Hearing on")] = None


class OrderMade(Kind):
    """A court made an order."""

    order: Annotated[Code, ask("Which order?", hint="As the pack names it.")]
    ends_at: Annotated[When | None, ask("Until", hint="Empty when it lasts until further order.")] = None
    until_further_order: Annotated[YesNo, ask("Until further order?")] = "not_known"
    interim: Annotated[YesNo, ask("An interim order?")] = "no"
    power_of_arrest: Annotated[YesNo, ask("With a power of arrest?")] = "not_known"
    conditions: Annotated[tuple[Condition, ...], ask("What it forbids or requires")] = ()
    court: Annotated[Line, ask("Court")] = ""
    reference: Annotated[Reference, ask("Number")] = ""


class OrderRefused(Kind):
    """A court did not make the order."""

    order: Annotated[Code, ask("Which order?")]
    reason: Annotated[Words, ask("Why?")] = ""


class OrderServed(Kind):
    """The order was served on the suspect."""

    needs_about: ClassVar[bool] = True
    how: Annotated[choice("in_person", "in_court", "by_post", "other"), ask("How?")] = "in_person"


class OrderNotServed(Kind):
    """The order could not be served."""

    needs_about: ClassVar[bool] = True
    reason: Annotated[Words, ask("Why?")] = ""


class OrderVaried(Kind):
    """A court changed the order."""

    needs_about: ClassVar[bool] = True
    ends_at: Annotated[When | None, ask("Until")] = None
    conditions: Annotated[tuple[Condition, ...], ask("What it forbids or requires now")] = ()


class OrderEnded(Kind):
    """The order ended."""

    needs_about: ClassVar[bool] = True
    how: Annotated[choice("time_ran_out", "discharged", "replaced"), ask("How?")]


class OrderBreached(Kind):
    """A breach of a court order was reported."""

    order: Annotated[Code, ask("Which order?")] = ""
    reported_by: Annotated[choice("survivor", "officer", "tag", "other"), ask("Who reported it?")] = "survivor"
    words: Annotated[Words, ask("What happened")] = ""


class SuspectWarned(Kind):
    """The suspect was warned in words or by letter. A warning has no legal force."""

    how: Annotated[choice("in_person", "by_letter", "by_telephone"), ask("How?")] = "not_known"


class FirearmsSeized(Kind):
    """Firearms or certificates were taken."""

    what: Annotated[tuple[choice("firearms", "shotguns", "ammunition", "certificates"), ...], ask("What?")]


class DevicesSeized(Kind):
    """Telephones or computers of the suspect were taken."""

    what: Annotated[Words, ask("What")] = ""
    spyware_looked_for: Annotated[YesNo, ask("Looked for tracking or spying on the survivor?")] = "not_known"


class SuspectPresentedInCourt(Kind):
    """The suspect was brought before a judge, justice or magistrate after arrest."""


class OrderRegistered(Kind):
    """The order was entered where every police officer can see it."""

    needs_about: ClassVar[bool] = True
    register: Annotated[Line, ask("Where was it entered?")] = ""


class OrderCopyGiven(Kind):
    """The survivor was given a copy of an order, of bail conditions or of a notice."""

    needs_about: ClassVar[bool] = True


class OrderRightsExplained(Kind):
    """The survivor was told that a judge can be asked for an order, how, and when one already made runs out."""

    emergency: Annotated[YesNo, ask("About an order that can be had at any hour?")] = "not_known"


class VariationAsked(Kind):
    """Somebody asked a court, or the prosecutor, to change or end conditions or an order."""

    needs_about: ClassVar[bool] = True
    by: Annotated[choice("suspect", "survivor", "police", "prosecutor", "other"), ask("Who asked?")] = "not_known"


class VariationViewsSought(Kind):
    """The survivor was asked what a change of the conditions or order would mean for their safety."""

    needs_about: ClassVar[bool] = True
    asked: Annotated[YesNo, ask("Could they be asked?")] = "yes"


class FirearmsSurrendered(Kind):
    """Guns, ammunition or licences were handed over, or proof of it was filed."""

    proof_filed: Annotated[YesNo, ask("Was proof filed?")] = "not_known"


class FirearmsReturned(Kind):
    """Guns that had been taken were given back, or a court was asked to keep them."""

    needs_about: ClassVar[bool] = True
    outcome: Annotated[choice("returned", "kept_by_court", "petition_filed"), ask("What happened?")] = "not_known"


class FirearmsLicenceReported(Kind):
    """Whoever licenses guns was told of suspected violence at home or of an order."""


class FirearmsLicenceRevoked(Kind):
    """A licence for guns was revoked or suspended."""


class SupervisionTold(Kind):
    """The office that supervises the suspect (probation, parole) was told."""
