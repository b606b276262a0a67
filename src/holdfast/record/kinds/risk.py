"""Risk: assessed by a named instrument, sent in, reviewed, raised, lowered. An instrument identifies factors; it never
predicts.
"""

from typing import Annotated
from typing import ClassVar

from holdfast.record.field import Code
from holdfast.record.field import Count
from holdfast.record.field import Staff
from holdfast.record.field import Words
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind

RiskGrade = choice("standard", "medium", "high")
Why = choice(
    "new_report", "separation", "release", "pregnancy", "order_served", "court_date", "breach", "planned", "other"
)


class RiskAssessed(Kind):
    """The risk questions were asked, with these answers, and a grade was given."""

    instrument: Annotated[Code, ask("Instrument", hint="As the pack names it.")]
    how: Annotated[choice("in_person", "telephone", "video", "from_records"), ask("How was it asked?")]
    where: Annotated[
        choice("home", "police_station", "hospital", "refuge", "telephone", "elsewhere"), ask("Where?")
    ] = "not_known"
    could_hear: Annotated[choice("nobody", "suspect", "children", "others"), ask("Who could hear?")] = "not_known"
    answers: Annotated[dict[Code, YesNo], ask("Every question, and its answer")] = {}
    grade: Annotated[RiskGrade, ask("Grade")]
    reason: Annotated[Words, ask("Reason for the grade")] = ""
    events_in_12_months: Annotated[Count | None, ask("Reports in 12 months")] = None
    why_now: Annotated[Why, ask("Why now?")] = "new_report"

    @property
    def count_yes(self) -> int | None:
        """How many questions were answered 'yes'; None when no answers were recorded (unknown is never 'none')."""
        return sum(answer == "yes" for answer in self.answers.values()) if self.answers else None


class RiskFormSent(Kind):
    """The finished risk form was sent in."""

    needs_about: ClassVar[bool] = True
    to: Annotated[choice("supervisor", "safeguarding_unit", "both"), ask("To whom?")] = "safeguarding_unit"


class RiskRefused(Kind):
    """The survivor did not want to answer the risk questions."""

    grade: Annotated[RiskGrade, ask("Grade from what is known")]
    reason: Annotated[Words, ask("What the grade rests on")] = ""


class RiskReviewed(Kind):
    """A specialist or supervisor looked at the risk again and kept the grade."""

    grade: Annotated[RiskGrade, ask("Grade")]
    why_now: Annotated[Why, ask("Why now?")] = "planned"
    reason: Annotated[Words, ask("Reason")] = ""


class RiskRaised(Kind):
    """The grade was raised. Anyone may raise it."""

    grade: Annotated[RiskGrade, ask("New grade")]
    reason: Annotated[Words, ask("Reason")]
    why_now: Annotated[Why, ask("Why now?")] = "other"


class RiskLowered(Kind):
    """The grade was lowered, with a reason and a second person."""

    needs_about: ClassVar[bool] = True
    grade: Annotated[RiskGrade, ask("New grade")]
    reason: Annotated[Words, ask("Reason")]
    second_person: Annotated[Staff, ask("Second person who agreed")] = ""
