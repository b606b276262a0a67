"""The call: every way in, what was asked and answered, the grade and its clock, who was sent."""

from typing import Annotated
from typing import ClassVar

from holdfast.record.field import Code
from holdfast.record.field import Count
from holdfast.record.field import Day
from holdfast.record.field import Document
from holdfast.record.field import Language
from holdfast.record.field import Latitude
from holdfast.record.field import Line
from holdfast.record.field import Longitude
from holdfast.record.field import Metres
from holdfast.record.field import Minutes
from holdfast.record.field import Phone
from holdfast.record.field import Place
from holdfast.record.field import Reference
from holdfast.record.field import Staff
from holdfast.record.field import When
from holdfast.record.field import Words
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind

Route = choice("voice", "silent", "text", "relay", "sign_language_relay", "online", "counter", "another_control_room")
Caller = choice("survivor", "child", "neighbour", "friend_or_family", "professional", "passer_by", "suspect", "other")
Grade = choice("immediate", "priority", "scheduled", "by_telephone", "referred", "no_attendance")
Advice = choice(
    "stay_on_the_line",
    "get_out_if_safe",
    "lock_yourself_in",
    "go_to_a_safe_place",
    "do_not_wash_or_tidy_evidence",
    "keep_messages",
    "first_aid",
    "call_again_if_it_changes",
    "do_not_hang_up_after_55",
    "register_for_emergency_text",
    "other",
)


class CallReceived(Kind):
    """A call or report came in, by whichever way."""

    route: Annotated[Route, ask("How did it come in?", group="The call")]
    caller: Annotated[Caller, ask("Who is calling?", group="The call")] = "not_asked"
    safe_now: Annotated[YesNo, ask("Are you safe now?", group="First of all")] = "not_asked"
    can_talk: Annotated[YesNo, ask("Can you talk?", group="First of all")] = "not_asked"
    wants_to_talk_alone: Annotated[YesNo, ask("Do you want to talk alone?", group="First of all")] = "not_asked"
    line: Annotated[
        choice("mobile", "landline", "internet", "payphone", "other"), ask("Kind of line", group="The call")
    ] = "not_asked"
    number: Annotated[
        Phone, ask("Number the call came from", group="The call", hint="Not a safe number until asked.")
    ] = ""
    silent: Annotated[YesNo, ask("Was the call silent?", group="The call")] = "not_asked"
    second_call: Annotated[YesNo, ask("Is this a second call about the same thing?", group="The call")] = "not_asked"
    reference: Annotated[Reference, ask("Control room's reference", group="The call")] = ""


class SilentCallHandled(Kind):
    """A caller could not speak, and was asked to answer by keys, taps or a cough."""

    prompt_played: Annotated[YesNo, ask("Was the prompt played?")] = "not_asked"
    answered_by: Annotated[
        choice("pressed_55", "other_keys", "tap_or_cough", "noise_heard", "nothing"), ask("How did the caller answer?")
    ] = "not_asked"
    passed_to: Annotated[choice("police", "call_taker", "nobody"), ask("Who was the call put through to?")] = (
        "not_asked"
    )
    words: Annotated[Words, ask("Yes/no questions asked, and the answers")] = ""


class CallQuestionsAnswered(Kind):
    """The call taker asked the control-room questions, and these were the answers."""

    what_happened: Annotated[Words, ask("What has happened, in the caller's words?", group="Now")] = ""
    hurt: Annotated[YesNo, ask("Is anyone hurt?", group="Now")] = "not_asked"
    injuries: Annotated[Words, ask("Injuries", group="Now")] = ""
    ambulance_needed: Annotated[YesNo, ask("Is an ambulance needed?", group="Now")] = "not_asked"
    suspect_there: Annotated[YesNo, ask("Is the other person there now?", group="The other person")] = "not_asked"
    suspect_whereabouts: Annotated[
        Words, ask("Where are they, which way did they go, what do they look like, vehicle?", group="The other person")
    ] = ""
    weapons_used: Annotated[YesNo, ask("Was a weapon used or shown?", group="Danger")] = "not_asked"
    weapons_in_home: Annotated[YesNo, ask("Are there other weapons in the home?", group="Danger")] = "not_asked"
    weapons: Annotated[Words, ask("Which weapons?", group="Danger")] = ""
    drink_or_drugs: Annotated[YesNo, ask("Has anyone been drinking or taking drugs?", group="Danger")] = "not_asked"
    threat_to_kill: Annotated[YesNo, ask("Has there been a threat to kill?", group="Danger")] = "not_asked"
    strangled: Annotated[YesNo, ask("Was anyone strangled, choked or smothered?", group="Danger")] = "not_asked"
    how_safe: Annotated[
        choice("safe", "uneasy", "unsafe", "in_fear_of_death"), ask("How unsafe do you feel?", group="Danger")
    ] = "not_asked"
    children_there: Annotated[YesNo, ask("Are there children there?", group="Who is there")] = "not_asked"
    children: Annotated[Count | None, ask("How many children?", group="Who is there")] = None
    others_need_help: Annotated[YesNo, ask("Does anyone else need help?", group="Who is there")] = "not_asked"
    others: Annotated[Words, ask("Who else is there or needs help?", group="Who is there")] = ""
    witnesses: Annotated[Words, ask("Who saw or heard it?", group="Who is there")] = ""
    happened_before: Annotated[YesNo, ask("Has it happened before?", group="Before today")] = "not_asked"
    before: Annotated[Words, ask("What happened before?", group="Before today")] = ""
    order_in_force: Annotated[YesNo, ask("Is there a court order, notice or bail condition?", group="Before today")] = (
        "not_asked"
    )
    orders: Annotated[Words, ask("Which orders or conditions?", group="Before today")] = ""
    language: Annotated[Language, ask("Language needed", group="Talking")] = ""
    interpreter_needed: Annotated[YesNo, ask("Is an interpreter needed?", group="Talking")] = "not_asked"
    communication_needs: Annotated[Words, ask("Hearing, speech or other needs", group="Talking")] = ""


class SafeNumberGiven(Kind):
    """The survivor said which number and time are safe."""

    number: Annotated[Phone, ask("Safe number")]
    times: Annotated[Line, ask("Safe times")] = ""
    code_word: Annotated[Line, ask("Code word agreed")] = ""


class SecondCallMade(Kind):
    """The caller rang again, or from a new and confidential place."""

    new_place: Annotated[Place, ask("Where they are calling from now")] = ""
    place_confidential: Annotated[YesNo, ask("Must this place be kept from the other person?")] = "not_asked"
    why: Annotated[
        choice("nobody_came", "moved_to_a_safer_place", "it_got_worse", "line_was_cut", "other"), ask("Why again?")
    ] = "not_asked"


class WordsHeard(Kind):
    """Words or noises were heard on the line."""

    speaker: Annotated[choice("survivor", "suspect", "child", "other"), ask("Who was heard?")] = "not_known"
    words: Annotated[Words, ask("Words, exactly as heard")] = ""
    noises: Annotated[Words, ask("Noises and demeanour")] = ""
    threat_to_kill: Annotated[YesNo, ask("Was a threat to kill heard?")] = "not_known"


class LocationFound(Kind):
    """The place of the caller became known, and how surely."""

    how: Annotated[
        choice("said", "subscriber_record", "device", "another_control_room", "text", "live_link", "earlier_history"),
        ask("How was it found?"),
    ]
    place: Annotated[Place, ask("Place")] = ""
    latitude: Annotated[Latitude | None, ask("Latitude")] = None
    longitude: Annotated[Longitude | None, ask("Longitude")] = None
    uncertainty: Annotated[Metres | None, ask("Uncertainty, in metres")] = None
    link: Annotated[Line, ask("Where the position can be asked for")] = ""
    confirmed: Annotated[YesNo, ask("Confirmed with the caller?")] = "not_asked"


class RecordingKept(Kind):
    """The recording of the call was marked to be kept."""

    reference: Annotated[Reference, ask("Recording reference")] = ""
    held_until: Annotated[Day | None, ask("Otherwise deleted on")] = None


class CallAdviceGiven(Kind):
    """The caller was given advice to get or stay safe."""

    advice: Annotated[tuple[Advice, ...], ask("Advice given")]
    words: Annotated[Words, ask("Other advice")] = ""


class LiveLinkOffered(Kind):
    """A link to show what is happening was offered, or was not because it would raise the danger."""

    answer: Annotated[
        choice("accepted", "declined_by_caller", "not_safe_to_offer", "did_not_work"), ask("What came of it?")
    ]


class HistoryChecked(Kind):
    """Earlier calls, warnings, orders and firearms were looked for before officers arrived."""

    earlier_reports: Annotated[YesNo, ask("Earlier reports found?", group="Found")] = "not_known"
    earlier_report_count: Annotated[Count | None, ask("Earlier reports in 12 months", group="Found")] = None
    other_forces_checked: Annotated[YesNo, ask("Other forces checked?", group="Looked in")] = "not_known"
    warning_markers: Annotated[YesNo, ask("Warning markers found?", group="Found")] = "not_known"
    order_in_force: Annotated[YesNo, ask("Order, notice or bail condition in force?", group="Found")] = "not_known"
    high_risk_before: Annotated[YesNo, ask("Graded high risk before?", group="Found")] = "not_known"
    conference_in_12_months: Annotated[YesNo, ask("Heard at a conference in 12 months?", group="Found")] = "not_known"
    serial_suspect: Annotated[YesNo, ask("Reports against the suspect by others?", group="Found")] = "not_known"
    firearms_certificate: Annotated[YesNo, ask("Firearms certificate held?", group="Found")] = "not_known"
    children_known: Annotated[YesNo, ask("Children known to social care?", group="Found")] = "not_known"
    foster_home: Annotated[YesNo, ask("Is the address that of a foster home?", group="Found")] = "not_known"
    on_supervision: Annotated[YesNo, ask("Is the suspect on probation or parole?", group="Found")] = "not_known"
    words: Annotated[Words, ask("What was found", group="Found")] = ""


class CallGraded(Kind):
    """The call was given a grade of response, with its clock."""

    grade: Annotated[Grade, ask("Grade")]
    attend_within: Annotated[Minutes | None, ask("Attend within, in minutes", hint="The force's own figure.")] = None
    reason: Annotated[Words, ask("Reason for the grade")] = ""


class CallRegraded(Kind):
    """The grade was changed."""

    needs_about: ClassVar[bool] = True
    grade: Annotated[Grade, ask("New grade")]
    direction: Annotated[choice("up", "down", "same"), ask("Up or down?")]
    attend_within: Annotated[Minutes | None, ask("Attend within, in minutes")] = None
    reason: Annotated[Words, ask("Reason")]
    second_person: Annotated[Staff, ask("Second person who agreed", hint="Needed to lower a grade.")] = ""


class UnitSent(Kind):
    """A unit was sent."""

    unit: Annotated[Staff, ask("Unit")]
    to_second_place: Annotated[YesNo, ask("Sent to the place of the second call?")] = "not_asked"


class UnitDiverted(Kind):
    """A unit on its way was sent elsewhere."""

    needs_about: ClassVar[bool] = True
    reason: Annotated[Words, ask("Reason")]
    replaced: Annotated[YesNo, ask("Was another unit sent instead?")] = "not_known"


class UnitArrived(Kind):
    """Officers arrived."""

    unit: Annotated[Staff, ask("Unit")] = ""
    suspect_there: Annotated[YesNo, ask("Is the suspect there?")] = "not_known"
    children_there: Annotated[YesNo, ask("Are children there, or do they live there?")] = "not_known"


class OfficersBriefed(Kind):
    """The control room told the officers what they needed before they arrived."""

    told: Annotated[
        tuple[
            choice(
                "first_words", "injuries", "weapons", "drink_or_drugs", "children", "suspect_description", "history",
                "orders_in_force", "conference_marker", "communication_needs", "firearms", "code_word",
            ),
            ...,
        ],
        ask("What they were told"),
    ]  # fmt: skip


class CallerToldOfDelay(Kind):
    """The caller was told that help would be late, or could not safely be told."""

    needs_about: ClassVar[bool] = True
    how: Annotated[choice("by_voice", "by_text", "in_person", "not_safe_to_tell"), ask("How?")]
    new_time: Annotated[When | None, ask("New time given")] = None


class CallBackPromised(Kind):
    """Somebody promised to ring back by a time."""

    by_when: Annotated[When, ask("By when?")]
    number_is_safe: Annotated[YesNo, ask("Is the number safe to ring?")] = "not_asked"
    reason: Annotated[Words, ask("What about?")] = ""


class CallBackMade(Kind):
    """The promised call was made."""

    needs_about: ClassVar[bool] = True
    reached: Annotated[YesNo, ask("Was the caller reached?")]
    safe: Annotated[YesNo, ask("Did they say that they were safe?")] = "not_asked"


class CallCutOff(Kind):
    """The line was lost."""

    how: Annotated[choice("hung_up", "taken_from_caller", "line_failed", "recalled_no_answer"), ask("How?")] = (
        "not_known"
    )
    words: Annotated[Words, ask("What was heard last")] = ""


class AppointmentMade(Kind):
    """A time and place to meet an officer were agreed."""

    at: Annotated[When, ask("When?")]
    where: Annotated[Place, ask("Where?")] = ""
    officer_gender: Annotated[choice("woman", "man", "no_preference"), ask("Officer asked for")] = "not_asked"


class AppointmentKept(Kind):
    """The meeting took place."""

    needs_about: ClassVar[bool] = True
    by_phone: Annotated[YesNo, ask("Was it by telephone?")] = "no"


class AppointmentMissed(Kind):
    """The meeting did not take place."""

    needs_about: ClassVar[bool] = True
    by_whom: Annotated[choice("police", "survivor", "both"), ask("Who was not there?")]
    reason: Annotated[Words, ask("Why?")] = ""


class CallTransferredIn(Kind):
    """Another control room or force handed the call over."""

    from_whom: Annotated[Line, ask("From which control room or force")]
    document: Annotated[Reference, ask("Handover document")] = ""
    kept: Annotated[Document, ask("Parts of the handover that this record has no field for, kept as they came")] = ""
    comments: Annotated[Words, ask("Comments in the handover")] = ""
    unread: Annotated[tuple[Line, ...], ask("Names of the parts that were not read")] = ()


class CallTransferredOut(Kind):
    """The call was handed to another control room or force."""

    to_whom: Annotated[Line, ask("To which control room or force")]
    danger_passed_on: Annotated[YesNo, ask("Were threats, weapons and orders passed on?")] = "not_known"


class TransferAccepted(Kind):
    """The other control room or force said that it had taken the call."""

    needs_about: ClassVar[bool] = True
    accepted_by: Annotated[Line, ask("Who accepted?")] = ""


class CallClosed(Kind):
    """The control room closed the call."""

    reason: Annotated[
        choice("officers_attended", "appointment_made", "passed_to_another_force", "dealt_with_by_telephone",
               "silent_call_resolved", "not_domestic_abuse", "other"),
        ask("Why?"),
    ]  # fmt: skip
    caller_agreed: Annotated[YesNo, ask("Did the caller agree?")] = "not_asked"
    force_code: Annotated[Code, ask("Closing code")] = ""


class TextSessionOpened(Kind):
    """A session of text messages was opened beside a voice call."""
