"""The report: the incident and the crime recorded or refused, confirmed in writing, copied."""

from typing import Annotated
from typing import ClassVar

from holdfast.record.field import Code
from holdfast.record.field import Line
from holdfast.record.field import Reference
from holdfast.record.field import When
from holdfast.record.field import Words
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind


class IncidentRecorded(Kind):
    """The incident was recorded and given a number."""

    reference: Annotated[Reference, ask("Incident number")]
    domestic_abuse: Annotated[YesNo, ask("Marked as domestic abuse?")] = "yes"


class CrimeReported(Kind):
    """What was said amounts to a report of a crime."""

    offence: Annotated[Line, ask("What kind of crime")] = ""
    offence_on: Annotated[When | None, ask("When it was done")] = None


class CrimeRecorded(Kind):
    """The crime was recorded and given a number."""

    reference: Annotated[Reference, ask("Crime number")]
    offence: Annotated[Line, ask("Offence")] = ""
    offence_kind: Annotated[
        choice("common_assault", "assault_with_injury", "strangulation", "coercive_control", "stalking", "harassment",
               "threats_to_kill", "sexual", "criminal_damage", "breach_of_order", "communications", "other"),
        ask("Kind of offence"),
    ] = "not_known"  # fmt: skip
    offence_on: Annotated[When | None, ask("When it was done")] = None


class CrimeNotRecorded(Kind):
    """No crime was recorded, and why."""

    reason: Annotated[choice("no_crime", "contrary_evidence", "another_force", "duplicate", "other"), ask("Why?")]
    words: Annotated[Words, ask("In words")]
    second_person: Annotated[Code, ask("Who agreed", hint="Staff identifier.")] = ""


class ReportRefused(Kind):
    """Somebody refused to take the report."""

    by: Annotated[choice("call_taker", "officer", "counter", "other"), ask("Who refused?")] = "not_known"
    reason: Annotated[Words, ask("Reason given")] = ""


class CrimeCancelled(Kind):
    """A recorded crime was cancelled."""

    reason: Annotated[Words, ask("Why?")]


class ReportConfirmed(Kind):
    """The survivor was sent or given written confirmation of the report."""

    how: Annotated[choice("letter", "email", "text", "by_hand", "portal"), ask("How?")]
    offence_named: Annotated[YesNo, ask("Does it say what was reported?")] = "yes"
    number_given: Annotated[YesNo, ask("Does it give the crime number?")] = "yes"
    officer_named: Annotated[YesNo, ask("Does it say whom to contact?")] = "yes"
    safe: Annotated[YesNo, ask("By a way that they said was safe?")] = "not_asked"


class InvestigationDeclined(Kind):
    """Police decided not to investigate."""

    reason: Annotated[Words, ask("Why?")]


class InvestigationEnded(Kind):
    """Police ended the investigation without a charge."""

    reason: Annotated[choice("evidence", "not_in_public_interest", "suspect_not_found", "other"), ask("Why?")]
    words: Annotated[Words, ask("In words")] = ""


class ReportCopyAsked(Kind):
    """The survivor asked for a copy of the report or of their statement."""

    what: Annotated[choice("report", "statement", "both", "face_sheet", "recording"), ask("Of what?")] = "report"


class ReportCopyGiven(Kind):
    """A copy was given."""

    needs_about: ClassVar[bool] = True
    how: Annotated[choice("by_hand", "letter", "email", "portal"), ask("How?")] = "not_known"


class ReportCopyRefused(Kind):
    """A copy was refused, with the reason."""

    needs_about: ClassVar[bool] = True
    reason: Annotated[Words, ask("Why?")]
    told_how_to_appeal: Annotated[YesNo, ask("Told how to ask for it otherwise?")] = "not_known"


class CounterComplaintMade(Kind):
    """The suspect complained of the survivor, or both were found hurt."""

    both_hurt: Annotated[YesNo, ask("Were both hurt?")] = "not_known"


class ReportForwarded(Kind):
    """The report or its form was sent on to where the law or policy wants it."""

    to: Annotated[
        choice("prosecutor", "state_register", "supervising_office", "child_protection", "other"), ask("To whom?")
    ]
    number: Annotated[Line, ask("Number of the form")] = ""
