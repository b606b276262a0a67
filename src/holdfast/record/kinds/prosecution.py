"""The prosecution: the file, the charge, hearings, witnesses, the impact statement, verdict, sentence, appeal,
release.
"""

from typing import Annotated
from typing import ClassVar

from holdfast.record.field import Code
from holdfast.record.field import Count
from holdfast.record.field import Day
from holdfast.record.field import Line
from holdfast.record.field import Months
from holdfast.record.field import Reference
from holdfast.record.field import Staff
from holdfast.record.field import When
from holdfast.record.field import Words
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind
from holdfast.record.kinds.suspect import Condition

# What a court decides reaches witness care later: the survivor's clock starts when it does.
Received = Annotated[When | None, ask("When witness care received it", group="Receipt")]


class FileSent(Kind):
    """The file was sent to the prosecutor."""

    for_what: Annotated[choice("charging_decision", "early_advice", "trial", "breach"), ask("For what?")] = (
        "charging_decision"
    )


class MoreEvidenceAsked(Kind):
    """The prosecutor asked for more."""

    by_when: Annotated[When | None, ask("By when?")] = None
    what: Annotated[Words, ask("What")] = ""


class SuspectCharged(Kind):
    """The suspect was charged, or a summons or requisition was sent."""

    charges: Annotated[tuple[Line, ...], ask("Charges")]
    decided_by: Annotated[choice("prosecutor", "police"), ask("Who decided?")] = "prosecutor"
    held: Annotated[choice("in_custody", "on_bail", "summonsed"), ask("Held or bailed until court?")] = "not_known"
    conditions: Annotated[tuple[Condition, ...], ask("Bail conditions after charge")] = ()


class ChargeRefused(Kind):
    """It was decided not to charge."""

    decided_by: Annotated[choice("prosecutor", "police"), ask("Who decided?")]
    reason: Annotated[choice("evidence", "not_in_public_interest", "other"), ask("Why?")]
    words: Annotated[Words, ask("Reasons in words")] = ""


class DealtWithOutOfCourt(Kind):
    """The suspect was dealt with without a court."""

    how: Annotated[choice("caution", "conditional_caution", "community_resolution", "other"), ask("How?")]


class ChargesChanged(Kind):
    """The charges were changed."""

    needs_about: ClassVar[bool] = True
    charges: Annotated[tuple[Line, ...], ask("Charges now")]
    reason: Annotated[Words, ask("Why?")] = ""


class ProsecutionStopped(Kind):
    """The prosecution was stopped."""

    how: Annotated[choice("discontinued", "withdrawn_in_court", "no_evidence_offered"), ask("How?")]
    reason: Annotated[Words, ask("Why?")] = ""


class EvidenceLedConsidered(Kind):
    """It was considered whether the case can go on without the survivor's evidence."""

    decided: Annotated[choice("go_on", "ask_prosecutor", "cannot_go_on"), ask("What was decided?")]
    reason: Annotated[Words, ask("Why?", hint="Call recording, video, injuries, witnesses, admissions.")] = ""
    second_person: Annotated[Staff, ask("Supervisor who agreed")] = ""


class ReviewAsked(Kind):
    """The survivor asked for a decision to be looked at again."""

    needs_about: ClassVar[bool] = True
    of: Annotated[choice("police_decision", "prosecutor_decision"), ask("Whose decision?")]


class ReviewAcknowledged(Kind):
    """The request for a review was acknowledged."""

    needs_about: ClassVar[bool] = True


class ReviewAnswered(Kind):
    """The review was answered."""

    needs_about: ClassVar[bool] = True
    outcome: Annotated[choice("upheld", "overturned", "too_late_to_change"), ask("What was decided?")]
    stage: Annotated[choice("local", "independent"), ask("Which stage?")] = "not_known"


class HearingListed(Kind):
    """A hearing was listed."""

    at: Annotated[When, ask("When")]
    week_only: Annotated[YesNo, ask("Only the week is known?")] = "no"
    type: Annotated[
        choice("first_hearing", "bail", "plea", "case_management", "trial", "sentence", "order", "appeal", "other"),
        ask("What for?"),
    ]
    court: Annotated[Line, ask("Court")] = ""
    received_at: Received = None


class HearingHeld(Kind):
    """A hearing was held."""

    needs_about: ClassVar[bool] = True
    outcome: Annotated[choice("went_ahead", "adjourned", "vacated"), ask("What came of it?")]
    adjourned_to: Annotated[When | None, ask("Adjourned to")] = None
    received_at: Received = None


class CourtBailDecided(Kind):
    """A court decided on bail: granted, changed, refused."""

    decided: Annotated[choice("granted", "changed", "refused", "unconditional"), ask("What was decided?")]
    conditions: Annotated[tuple[Condition, ...], ask("Conditions")] = ()
    reason: Annotated[Words, ask("Reasons")] = ""
    received_at: Received = None


class SuspectRemanded(Kind):
    """A court kept the suspect in custody."""

    until: Annotated[When | None, ask("Until")] = None
    received_at: Received = None


class WarrantIssued(Kind):
    """A court issued a warrant for the arrest of the suspect."""

    backed_for_bail: Annotated[YesNo, ask("Backed for bail?")] = "not_known"
    received_at: Received = None


class WeaponsWarrantIssued(Kind):
    """A court issued a warrant to search for the suspect's weapons and take them."""

    received_at: Received = None


class WarrantExecuted(Kind):
    """The suspect was arrested on the warrant, and dealt with."""

    needs_about: ClassVar[bool] = True
    outcome: Annotated[choice("remanded", "bailed", "dealt_with"), ask("What came of it?")] = "not_known"
    received_at: Received = None


class PleaEntered(Kind):
    """The defendant pleaded."""

    plea: Annotated[choice("guilty", "not_guilty", "mixed", "none"), ask("Plea")]
    received_at: Received = None


class WitnessCalled(Kind):
    """The survivor must come to give evidence."""

    at: Annotated[When, ask("When")]
    summonsed: Annotated[YesNo, ask("By summons?")] = "no"
    received_at: Received = None


class WitnessExcused(Kind):
    """The survivor need not come to give evidence."""

    needs_about: ClassVar[bool] = True
    reason: Annotated[choice("pleaded_guilty", "evidence_agreed", "trial_put_off", "other"), ask("Why?")] = "not_known"
    received_at: Received = None


class WitnessSupportOffered(Kind):
    """Support for witnesses was offered."""

    accepted: Annotated[YesNo, ask("Accepted?")] = "not_asked"


class CourtVisitOffered(Kind):
    """A visit to the court before the trial was offered."""

    accepted: Annotated[YesNo, ask("Accepted?")] = "not_asked"


class CourtVisitMade(Kind):
    """The survivor visited the court before the trial."""

    needs_about: ClassVar[bool] = True


class SpecialMeasuresDiscussed(Kind):
    """The survivor was asked what would help them give evidence."""

    wanted: Annotated[
        tuple[
            choice("screens", "live_link", "public_cleared", "recorded_evidence", "intermediary", "aids", "none"), ...
        ],
        ask("What they want"),
    ] = ()


class SpecialMeasuresAsked(Kind):
    """Special measures were asked for from the court."""

    measures: Annotated[
        tuple[choice("screens", "live_link", "public_cleared", "recorded_evidence", "intermediary", "aids"), ...],
        ask("Which?"),
    ]


class SpecialMeasuresDecided(Kind):
    """The court decided on special measures."""

    needs_about: ClassVar[bool] = True
    granted: Annotated[YesNo, ask("Granted?")]
    received_at: Received = None


class ProsecutorMet(Kind):
    """The survivor met the prosecutor, or was offered to."""

    met: Annotated[YesNo, ask("Did they meet?")]
    where: Annotated[choice("before_court_day", "at_court"), ask("When?")] = "not_known"


class ImpactStatementOffered(Kind):
    """The survivor was offered the chance to say how the crime has affected them."""

    told_may_update: Annotated[YesNo, ask("Told that it can be updated?")] = "not_known"


class ImpactStatementMade(Kind):
    """The survivor made or updated their impact statement."""

    wants_to_read: Annotated[YesNo, ask("Do they want to read it out?")] = "not_asked"


class ImpactStatementDeclined(Kind):
    """The survivor did not want to make an impact statement."""

    needs_about: ClassVar[bool] = True


class VerdictGiven(Kind):
    """The court gave its verdict."""

    verdict: Annotated[choice("guilty", "not_guilty", "mixed", "no_verdict", "found_to_have_done_it"), ask("Verdict")]
    received_at: Received = None


class SentencePassed(Kind):
    """The court passed sentence."""

    sentence: Annotated[
        choice("custody", "suspended", "community_order", "fine", "discharge", "hospital_order", "other"),
        ask("Sentence"),
    ]
    months: Annotated[Months | None, ask("Length of custody, in months")] = None
    violent_or_sexual: Annotated[YesNo, ask("For a violent or sexual offence?")] = "not_known"
    restraining_order: Annotated[YesNo, ask("With a restraining order?")] = "not_known"
    compensation: Annotated[YesNo, ask("With compensation?")] = "not_known"
    received_at: Received = None


class AppealLodged(Kind):
    """An appeal was lodged."""

    by: Annotated[choice("defendant", "prosecution"), ask("By whom?")]
    against: Annotated[choice("conviction", "sentence", "both", "order"), ask("Against what?")] = "not_known"
    received_at: Received = None


class AppealDecided(Kind):
    """The appeal was decided."""

    needs_about: ClassVar[bool] = True
    outcome: Annotated[choice("dismissed", "allowed", "partly_allowed", "abandoned"), ask("What was decided?")]
    received_at: Received = None


class VictimContactOffered(Kind):
    """The survivor was offered to be told about the sentence and the release."""

    answer: Annotated[choice("accepted", "declined_by_survivor", "later"), ask("What did they say?")] = "not_asked"


class ReleasePlanned(Kind):
    """The date of a release from prison became known."""

    on: Annotated[Day, ask("Released on")]
    temporary: Annotated[YesNo, ask("A temporary release?")] = "no"


class PrisonerReleased(Kind):
    """The offender was released from prison."""

    conditions: Annotated[tuple[Condition, ...], ask("Licence conditions")] = ()
    planned: Annotated[YesNo, ask("As planned?")] = "not_known"


class ExpensesClaimed(Kind):
    """The survivor claimed the costs of going to court."""

    reference: Annotated[Reference, ask("Reference")] = ""


class ExpensesPaid(Kind):
    """The costs were paid, or the claim was refused."""

    needs_about: ClassVar[bool] = True
    paid: Annotated[YesNo, ask("Paid?")]


class PropertyKept(Kind):
    """Property of the survivor was kept as evidence."""

    items: Annotated[Count | None, ask("How many items")] = None
    reference: Annotated[Code, ask("Reference")] = ""


class PropertyReturned(Kind):
    """Property was given back."""

    needs_about: ClassVar[bool] = True


class PleaAgreed(Kind):
    """Prosecutor and defence agreed on a plea, before the court was told."""
