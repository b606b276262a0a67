"""What people are told to ask for or insist on: asked, and answered."""

from typing import Annotated
from typing import ClassVar

from holdfast.record.field import Line
from holdfast.record.field import Words
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind

Asked = choice(
    "photographs",
    "shelter",
    "help_to_leave",
    "names_and_numbers",
    "report_number",
    "copy_of_report",
    "copy_of_order",
    "interpreter",
    "officer_of_a_gender",
    "talk_alone",
    "companion",
    "medical_help",
    "witnesses_spoken_to",
    "messages_looked_at",
    "referral",
    "order",
    "order_served",
    "home_visit",
    "change_of_officer",
    "other",
)


class RequestMade(Kind):
    """The survivor asked for something."""

    asked_for: Annotated[Asked, ask("What did they ask for?")]
    words: Annotated[Words, ask("In their words")] = ""


class RequestAnswered(Kind):
    """What was asked for was given, or refused with the reason."""

    needs_about: ClassVar[bool] = True
    answer: Annotated[choice("given", "partly", "refused", "passed_on"), ask("What was the answer?")]
    reason: Annotated[Words, ask("If not given, why?")] = ""
    told: Annotated[YesNo, ask("Was the survivor told?")] = "not_known"


class PrivateChargeFiled(Kind):
    """The survivor, or somebody for them, laid a private charge before a court."""

    offence: Annotated[Line, ask("Offence")] = ""
    police_involved: Annotated[YesNo, ask("Were the police involved before?")] = "not_asked"


class PrivateChargeDecided(Kind):
    """A judge or justice decided about a private charge."""

    needs_about: ClassVar[bool] = True
    decided: Annotated[choice("process_issued", "refused", "taken_over", "stopped"), ask("What was decided?")]


class CompensationClaimed(Kind):
    """A claim for money for victims of crime was made, or was helped to be made."""

    fund: Annotated[choice("compensation", "quick_help", "restitution", "other"), ask("From which fund?")] = "not_known"
    complete: Annotated[YesNo, ask("Is the claim complete?")] = "not_known"
    for_what: Annotated[choice("immediate_needs", "counselling", "serious_injury", "other"), ask("For what?")] = (
        "not_known"
    )


class CompensationDecided(Kind):
    """A claim for money was decided."""

    needs_about: ClassVar[bool] = True
    decided: Annotated[choice("paid", "partly", "refused", "more_asked"), ask("What was decided?")]


class CertificationAsked(Kind):
    """The survivor asked for a signed form that they may need for their immigration status."""

    form: Annotated[choice("helpfulness", "trafficking", "other"), ask("Which form?")] = "not_known"
    removal_proceedings: Annotated[YesNo, ask("Are they in removal proceedings?")] = "not_asked"


class CertificationDecided(Kind):
    """The form was signed, or refused with the reason."""

    needs_about: ClassVar[bool] = True
    decided: Annotated[choice("signed", "refused", "passed_on"), ask("What was decided?")]
    reason: Annotated[Words, ask("If not signed, why?")] = ""


class CustodyNoticeAsked(Kind):
    """The survivor asked to be told when the suspect is let out, moved or escapes."""

    system: Annotated[Line, ask("With which service?")] = ""
    covered: Annotated[YesNo, ask("Does it cover the place where the suspect is held?")] = "not_known"


class CustodyNoticeConfirmed(Kind):
    """The service confirmed that the survivor is on its list."""

    needs_about: ClassVar[bool] = True


class CustodyStatusAsked(Kind):
    """The survivor left a message asking where the suspect is held."""


class CustodyStatusAnswered(Kind):
    """Somebody rang back about where the suspect is held."""

    needs_about: ClassVar[bool] = True


class LegalHelpGiven(Kind):
    """Legal advice or a paper that pays for it was given."""

    help: Annotated[choice("advice", "authorisation", "certificate", "lawyer_named", "other"), ask("What?")] = (
        "not_known"
    )
    urgent: Annotated[YesNo, ask("Was it urgent?")] = "not_known"


class LegalHelpAsked(Kind):
    """The survivor asked for legal help."""

    urgent: Annotated[YesNo, ask("Is it urgent?")] = "not_asked"


class HousingStatementGiven(Kind):
    """A statement or paper was given with which the survivor can end a tenancy or change their locks."""
