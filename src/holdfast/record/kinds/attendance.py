"""The attendance: entry, the parties apart, first aid, children, the first account, statements and evidence."""

from typing import Annotated
from typing import ClassVar

from holdfast.record.field import Code
from holdfast.record.field import Count
from holdfast.record.field import Language
from holdfast.record.field import Line
from holdfast.record.field import Name
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

Party = choice("survivor", "suspect", "child", "witness", "other")
StatementForm = choice("written", "video", "notebook", "typed")


class EntryGained(Kind):
    """Officers went into the home, and by which power."""

    power: Annotated[Code, ask("Power used", hint="As the pack names it, or 'consent'.")]
    grounds: Annotated[Words, ask("Grounds")] = ""


class EntryRefused(Kind):
    """Somebody refused or obstructed the officers."""

    by: Annotated[Party, ask("Who refused?")]
    obstructed: Annotated[YesNo, ask("Did they obstruct?")] = "not_known"
    what_followed: Annotated[Words, ask("What did the officers do then?")] = ""


class PartiesSpokenToApart(Kind):
    """The two people were spoken to where neither could hear the other."""

    apart: Annotated[YesNo, ask("Were they apart?")]
    could_be_heard: Annotated[YesNo, ask("Could anyone else hear?")] = "not_known"
    reason: Annotated[Words, ask("If not apart, why?")] = ""


class FirstAidGiven(Kind):
    """First aid was given, or offered and declined."""

    to: Annotated[Party, ask("To whom?")] = "survivor"
    accepted: Annotated[YesNo, ask("Accepted?")] = "yes"


class AmbulanceCalled(Kind):
    """An ambulance was called."""

    to: Annotated[Party, ask("For whom?")] = "survivor"
    taken_to: Annotated[Place, ask("Taken to")] = ""


class MedicalAdviceGiven(Kind):
    """The survivor was advised to see a doctor, and why."""

    after_strangulation: Annotated[YesNo, ask("After strangling, choking or smothering?")] = "not_asked"
    answer: Annotated[choice("will_go", "will_not_go", "went_with_officers"), ask("What did they say?")] = "not_asked"


class MedicalExaminationOffered(Kind):
    """A medical examination was offered; it needs consent."""

    answer: Annotated[choice("accepted", "declined_by_survivor", "later"), ask("What did they say?")]


class ChildSeen(Kind):
    """A child was seen and spoken to, or was not, with the reason."""

    seen: Annotated[YesNo, ask("Was the child seen?")]
    spoken_to: Annotated[YesNo, ask("Was the child spoken to?")]
    reason: Annotated[Words, ask("If not, why?", hint="Only where it is against the child's interest.")] = ""
    name: Annotated[Name, ask("Child's name")] = ""
    age: Annotated[Count | None, ask("Age")] = None
    school: Annotated[Place, ask("School or college")] = ""
    home_educated: Annotated[YesNo, ask("Taught at home?")] = "not_asked"
    words: Annotated[Words, ask("What the child said and how they were")] = ""


class ChildProtected(Kind):
    """A child was taken into police protection, or kept from being moved."""

    until: Annotated[When | None, ask("Until")] = None
    reason: Annotated[Words, ask("Why?")] = ""


class FirstAccountTaken(Kind):
    """Somebody gave a first account."""

    of: Annotated[Party, ask("Whose account?")]
    account: Annotated[Words, ask("The account, in their words")]
    on_video: Annotated[YesNo, ask("On body-worn video?")] = "not_known"
    seen_by_officers: Annotated[Words, ask("What the officers saw and heard themselves")] = ""


class StatementOffered(Kind):
    """The survivor was offered the chance to make a statement, and told that they may refuse."""

    told_may_refuse: Annotated[YesNo, ask("Were they told that they may refuse?")] = "not_known"
    video_offered: Annotated[YesNo, ask("Was a video statement offered?")] = "not_known"


class StatementTaken(Kind):
    """A statement was taken."""

    of: Annotated[Party, ask("Whose statement?")] = "survivor"
    form: Annotated[StatementForm, ask("In what form?")]
    language: Annotated[Language, ask("In which language?")] = ""
    reference: Annotated[Reference, ask("Reference")] = ""
    first_given: Annotated[When | None, ask("When the survivor first gave it")] = None


class StatementReadOver(Kind):
    """The statement was read over to the person who made it."""

    needs_about: ClassVar[bool] = True
    corrections: Annotated[YesNo, ask("Were corrections made?")] = "not_known"


class StatementSigned(Kind):
    """The statement was signed as true."""

    needs_about: ClassVar[bool] = True
    signed_by: Annotated[Party, ask("By whom?")] = "survivor"


class StatementDeclined(Kind):
    """The survivor chose not to make a statement."""

    reason: Annotated[Words, ask("Their reason, if they gave one")] = ""
    other_evidence: Annotated[Words, ask("Other evidence that there is")] = ""


class StatementWithdrawn(Kind):
    """The survivor withdrew their support, in a new statement."""

    reason: Annotated[Words, ask("Their reason, in their words")]
    pressed: Annotated[YesNo, ask("Did anyone press them?")] = "not_asked"
    told_may_go_on: Annotated[YesNo, ask("Were they told that the case may go on without them?")] = "not_known"


class InterpreterNeeded(Kind):
    """An interpreter or translation was needed."""

    language: Annotated[Language, ask("Which language?")]
    kind: Annotated[choice("spoken", "signed", "written"), ask("Spoken, signed or written?")] = "spoken"


class InterpreterBooked(Kind):
    """An interpreter was booked."""

    needs_about: ClassVar[bool] = True
    at: Annotated[When | None, ask("For when?")] = None
    by: Annotated[choice("in_person", "telephone", "video"), ask("How?")] = "in_person"


class InterpreterCame(Kind):
    """The interpreter came and interpreted."""

    needs_about: ClassVar[bool] = True
    independent: Annotated[YesNo, ask("Independent of the family?")] = "not_known"


class InterpreterNotFound(Kind):
    """No interpreter could be had."""

    needs_about: ClassVar[bool] = True
    what_was_done: Annotated[Words, ask("What was done instead?")] = ""


class InjuriesPhotographed(Kind):
    """Injuries were photographed or filmed, or the survivor did not want it."""

    done: Annotated[YesNo, ask("Photographed?")]
    which: Annotated[Words, ask("Which injuries")] = ""
    again_on: Annotated[When | None, ask("To be photographed again, as bruises come out")] = None
    reference: Annotated[Reference, ask("Reference")] = ""


class LaterPicturesAgreed(Kind):
    """It was agreed with the survivor that the injuries are photographed again, as bruises come out."""

    on: Annotated[When, ask("When?")]
    which: Annotated[Words, ask("Which injuries")] = ""


class SceneRecorded(Kind):
    """The scene was photographed or filmed, or examined."""

    what: Annotated[Words, ask("What was recorded")] = ""
    reference: Annotated[Reference, ask("Reference")] = ""


class BodyWornVideoRecorded(Kind):
    """Body-worn video was made, or was not, with the reason."""

    recorded: Annotated[YesNo, ask("Was it recorded?")]
    reason: Annotated[Words, ask("If not, why?")] = ""
    reference: Annotated[Reference, ask("Reference")] = ""


class WitnessFound(Kind):
    """Somebody who saw, heard or was told about it was found."""

    who: Annotated[choice("neighbour", "family", "friend", "first_told", "professional", "passer_by"), ask("Who?")] = (
        "not_known"
    )
    name: Annotated[Name, ask("Name")] = ""
    number: Annotated[Phone, ask("How to reach them")] = ""


class WitnessSpokenTo(Kind):
    """A witness was spoken to."""

    needs_about: ClassVar[bool] = True
    account: Annotated[Words, ask("What they said")] = ""
    will_make_statement: Annotated[YesNo, ask("Will they make a statement?")] = "not_asked"


class MedicalRecordsAsked(Kind):
    """Medical records were asked for."""

    consent: Annotated[YesNo, ask("Did the survivor consent?")]
    from_whom: Annotated[Line, ask("From whom")] = ""


class MedicalRecordsReceived(Kind):
    """Medical records came."""

    needs_about: ClassVar[bool] = True
    reference: Annotated[Reference, ask("Reference")] = ""


class MessagesKept(Kind):
    """Threatening messages, e-mails, voicemails or posts were taken as evidence."""

    what: Annotated[
        tuple[choice("text", "chat", "email", "voicemail", "social_media", "call_log", "other"), ...], ask("What?")
    ]
    from_number: Annotated[Phone, ask("From which number or account")] = ""
    reference: Annotated[Reference, ask("Reference")] = ""


class OrderShown(Kind):
    """The survivor showed, or told officers of, an order in force."""

    order: Annotated[Code, ask("Which order?", hint="As the pack names it.")] = ""
    words: Annotated[Words, ask("What it says")] = ""
    in_force: Annotated[YesNo, ask("Checked and in force?")] = "not_known"


class OfficersNamed(Kind):
    """The survivor was given the officers' names and numbers."""

    officers: Annotated[tuple[Staff, ...], ask("Officers' numbers")]
    in_writing: Annotated[YesNo, ask("In writing?")] = "not_known"
    safe_to_keep: Annotated[YesNo, ask("Was it safe for them to keep?")] = "not_asked"


class ReportNumberGiven(Kind):
    """The survivor was given the report's number."""

    reference: Annotated[Reference, ask("Number")]
    how: Annotated[choice("by_voice", "on_paper", "by_text", "by_email", "by_letter"), ask("How?")] = "not_known"
    safe: Annotated[YesNo, ask("By a way that they said was safe?")] = "not_asked"


class SafetyAsked(Kind):
    """Before leaving, officers asked whether the survivor would be safe when they had gone."""

    safe_when_we_go: Annotated[YesNo, ask("Will you be safe when we go?")]
    reason: Annotated[Words, ask("Why?")] = ""
    plan: Annotated[Words, ask("What was arranged")] = ""


class HelpToLeaveGiven(Kind):
    """The survivor was helped to leave."""

    how: Annotated[
        tuple[choice("taken_to_a_place", "transport_paid", "belongings", "children_fetched", "pets", "other"), ...],
        ask("How?"),
    ]
    place_confidential: Annotated[YesNo, ask("Must the place be kept secret?")] = "not_asked"


class ShelterAsked(Kind):
    """A safe place to stay was asked for."""

    for_children: Annotated[Count | None, ask("Children with them")] = None
    needs: Annotated[Words, ask("Access, language or other needs")] = ""


class ShelterFound(Kind):
    """A safe place to stay was found. Its address is never recorded here."""

    needs_about: ClassVar[bool] = True
    through: Annotated[Line, ask("Through which service")] = ""


class ShelterFull(Kind):
    """No place could be found."""

    needs_about: ClassVar[bool] = True
    tried: Annotated[Count | None, ask("How many were tried")] = None
    what_instead: Annotated[Words, ask("What was done instead?")] = ""


class BelongingsStoodBy(Kind):
    """Officers stood by while the survivor fetched belongings."""

    where: Annotated[Place, ask("Where")] = ""


class NotArrested(Kind):
    """The suspect was not arrested, and why."""

    reason: Annotated[
        choice("no_offence_suspected", "not_necessary", "suspect_gone", "voluntary_interview", "other"),
        ask("Reason"),
    ]
    words: Annotated[Words, ask("Reason in words")] = ""
    instead: Annotated[Words, ask("Other action taken")] = ""


class FirearmsChecked(Kind):
    """Firearms certificates and weapons were checked for."""

    certificate: Annotated[YesNo, ask("Does the suspect hold a certificate?")]
    seized: Annotated[YesNo, ask("Were weapons or certificates seized?")] = "not_asked"


class OfficersLeft(Kind):
    """Officers left the scene."""

    suspect_where: Annotated[
        choice("arrested", "left_before", "left_by_agreement", "still_there", "not_found"),
        ask("Where was the suspect?"),
    ] = "not_known"
    survivor_where: Annotated[
        choice("at_home", "with_family_or_friends", "refuge", "hospital", "police_station", "other"),
        ask("Where was the survivor?"),
    ] = "not_known"


class SuspectOutstanding(Kind):
    """The suspect was gone and is being looked for."""

    circulated: Annotated[YesNo, ask("Circulated as wanted?")] = "not_known"
    words: Annotated[Words, ask("Enquiries made")] = ""


class OfficerStatementMade(Kind):
    """An officer wrote down what they saw and heard."""

    reference: Annotated[Reference, ask("Reference")] = ""


class AttendanceSupervised(Kind):
    """A supervisor checked how the report was handled."""

    history_checked: Annotated[YesNo, ask("History checked before arrival?")] = "not_known"
    control_asked_about: Annotated[YesNo, ask("Controlling or coercive behaviour asked about?")] = "not_known"
    children_seen: Annotated[YesNo, ask("Every child seen?")] = "not_known"
    plan_in_place: Annotated[YesNo, ask("Safety plan in place?")] = "not_known"
    notice_considered: Annotated[YesNo, ask("Protection notice considered?")] = "not_known"
    words: Annotated[Words, ask("What is to be put right")] = ""


class NoticeConsidered(Kind):
    """A protection notice was considered, and what was decided."""

    decided: Annotated[choice("apply", "do_not_apply", "later"), ask("What was decided?")]
    reason: Annotated[Words, ask("Why?")] = ""


class CompanionOffered(Kind):
    """The survivor was told that somebody may be with them while they are interviewed."""

    answer: Annotated[choice("wants", "does_not_want"), ask("What did they say?")] = "not_asked"


class AggressorIdentified(Kind):
    """Officers decided who the main aggressor is, on injuries, threats, history and self-defence, not on who struck first."""

    who: Annotated[choice("suspect", "survivor", "neither"), ask("Who?")]
    reason: Annotated[Words, ask("Why?")] = ""
    second_person: Annotated[Code, ask("Who agreed, if both are to be charged", hint="Staff identifier.")] = ""
