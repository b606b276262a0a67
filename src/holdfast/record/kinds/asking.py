"""What people are told to ask for or insist on: asked, and answered."""

from typing import Annotated
from typing import ClassVar

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
    "interpreter",
    "officer_of_a_gender",
    "talk_alone",
    "companion",
    "medical_help",
    "witnesses_spoken_to",
    "messages_looked_at",
    "referral",
    "order",
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
