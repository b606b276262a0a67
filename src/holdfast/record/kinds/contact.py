"""Contact: whether, how and when the survivor may safely be reached, what they were told, what they asked."""

from typing import Annotated
from typing import ClassVar

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

Channel = choice("telephone", "in_person", "text", "email", "letter", "portal", "through_adviser", "through_other")
Told = choice(
    "what_happens_next", "who_to_contact", "report_number", "arrest", "interview", "release", "bail", "bail_change",
    "bail_end", "no_investigation", "no_charge", "charge", "notice", "order", "order_change", "order_end", "order_served",
    "breach_outcome", "hearing", "bail_decision", "warrant", "witness_needed", "witness_excused", "special_measures", "plea",
    "verdict", "sentence", "appeal", "release_from_prison", "prosecution_stopped", "charges_changed", "review_outcome",
    "rights", "support_services", "conference", "conference_outcome", "sharing", "disclosure", "delay", "risk_outcome",
    "new_owner", "impact_statement_use", "property", "investigation_progress", "other",
)  # fmt: skip


class ContactAgreed(Kind):
    """The survivor said how, when and by whom they may safely be reached."""

    channel: Annotated[Channel, ask("Safest way")]
    number: Annotated[Phone, ask("Number or address for it")] = ""
    times: Annotated[Line, ask("Safe times")] = ""
    never: Annotated[tuple[Channel, ...], ask("Never by")] = ()
    say_who: Annotated[YesNo, ask("May we say who is calling?")] = "not_asked"
    leave_message: Annotated[YesNo, ask("May a message be left?")] = "not_asked"
    code_word: Annotated[Line, ask("Code word")] = ""
    every_days: Annotated[Line, ask("How often they want to hear")] = ""
    language: Annotated[Line, ask("Language")] = ""
    review_on: Annotated[Day | None, ask("Ask again on")] = None


class ContactChanged(Kind):
    """The way to reach the survivor changed, or stopped being safe."""

    channel: Annotated[Channel, ask("Safest way now")]
    number: Annotated[Phone, ask("Number or address for it")] = ""
    times: Annotated[Line, ask("Safe times")] = ""
    never: Annotated[tuple[Channel, ...], ask("Never by")] = ()
    reason: Annotated[Words, ask("Why?")] = ""


class SurvivorTold(Kind):
    """The survivor was told something, and it is known that they have it."""

    what: Annotated[tuple[Told, ...], ask("What were they told?")]
    channel: Annotated[Channel, ask("How?")]
    confirmed: Annotated[YesNo, ask("Did they say that they had understood?")] = "not_known"
    reasons_given: Annotated[YesNo, ask("With the reasons?")] = "not_asked"
    review_explained: Annotated[YesNo, ask("Told how to ask for a review?")] = "not_asked"
    words: Annotated[Words, ask("What was said")] = ""


class SurvivorNotReached(Kind):
    """Somebody tried to reach the survivor and could not."""

    channel: Annotated[Channel, ask("How did you try?")]
    why: Annotated[
        choice("no_answer", "answered_by_other", "number_dead", "not_safe", "returned"), ask("What happened?")
    ] = "not_known"


class OtherRouteTried(Kind):
    """Another safe way was tried: a visit, the adviser, another safe number."""

    needs_about: ClassVar[bool] = True
    channel: Annotated[Channel, ask("Which way?")]
    reached: Annotated[YesNo, ask("Was the survivor reached?")]


class SurvivorReached(Kind):
    """The survivor was reached again."""

    needs_about: ClassVar[bool] = True
    channel: Annotated[Channel, ask("How?")]


class MessageReceived(Kind):
    """The survivor wrote or left a message."""

    channel: Annotated[Channel, ask("How?")]
    words: Annotated[Words, ask("What they said")]
    asks_for_answer: Annotated[YesNo, ask("Does it want an answer?")] = "not_known"


class MessageSent(Kind):
    """A message was given to the survivor by the agreed way."""

    channel: Annotated[Channel, ask("How?")]
    words: Annotated[Words, ask("What it said")] = ""


class QuestionAsked(Kind):
    """The survivor asked a question."""

    question: Annotated[Words, ask("The question")]


class QuestionAnswered(Kind):
    """The question was answered."""

    needs_about: ClassVar[bool] = True
    answer: Annotated[Words, ask("The answer")] = ""


class ComplaintMade(Kind):
    """The survivor complained."""

    about_whom: Annotated[choice("police", "prosecutor", "court", "support_service", "other"), ask("About whom?")] = (
        "police"
    )
    words: Annotated[Words, ask("What about")] = ""


class ComplaintAcknowledged(Kind):
    """The complaint was acknowledged."""

    needs_about: ClassVar[bool] = True


class ComplaintAnswered(Kind):
    """The complaint was answered."""

    needs_about: ClassVar[bool] = True
    upheld: Annotated[YesNo, ask("Was it upheld?")] = "not_known"
    told_next_step: Annotated[YesNo, ask("Told where to go next?")] = "not_known"


class OwnerNamed(Kind):
    """An officer was named as the one who answers for the case."""

    owner: Annotated[Staff, ask("Officer")]
    number: Annotated[Phone, ask("How the survivor reaches them")] = ""


class OwnerChanged(Kind):
    """Another officer took over the case."""

    owner: Annotated[Staff, ask("New officer")]
    number: Annotated[Phone, ask("How the survivor reaches them")] = ""
    handed_over: Annotated[YesNo, ask("Was the case handed over in person?")] = "not_known"


class RightsExplained(Kind):
    """The survivor was told their rights and given them in a form that they can use."""

    given: Annotated[choice("leaflet", "link", "by_voice", "easy_read", "translated"), ask("In what form?")] = (
        "not_known"
    )


class UpdatesAgreed(Kind):
    """How often and how the survivor will be told was agreed."""

    every: Annotated[choice("each_event", "weekly", "every_two_weeks", "monthly", "only_big_news"), ask("How often?")]
    channel: Annotated[Channel, ask("How?")] = "not_asked"


class UpdatesDeclined(Kind):
    """The survivor does not want to be told about something."""

    what: Annotated[tuple[Told, ...], ask("About what?")] = ()
    ask_again_on: Annotated[Day | None, ask("Ask again on")] = None


class PromiseDisputed(Kind):
    """The survivor said that something which the record calls done did not happen."""

    needs_about: ClassVar[bool] = True
    duty: Annotated[Line, ask("Which promise?")] = ""
    words: Annotated[Words, ask("What they say")] = ""


class DisputeAnswered(Kind):
    """A supervisor answered the survivor's dispute."""

    needs_about: ClassVar[bool] = True
    outcome: Annotated[choice("it_did_not_happen", "it_happened", "cannot_be_known"), ask("What was found?")]
    put_right: Annotated[Words, ask("What was done to put it right")] = ""
    told_at: Annotated[When | None, ask("When the survivor was told")] = None
