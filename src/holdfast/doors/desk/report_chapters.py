"""Which entries the printed report holds, and in which chapter: every entry has a place in it, or a reason why not.

- A chapter names its kinds, and a kind may be narrowed to whose account it is: 'FirstAccountTaken:suspect'.
- What no chapter names, of the stages that a report is about, stands in the last one: a new kind is never passed over.
- A report is copied, disclosed and read out, to the suspect too. What would lead somebody to the survivor, tells when
  and how the survivor is reached, or what the survivor said about the suspect in confidence, is kept out by name.
"""

from holdfast.record.entry import Entry
from holdfast.record.kind import stage
from holdfast.record.kinds import KINDS

CHAPTERS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "How it was reported",
        ("CallReceived", "SilentCallHandled", "CallQuestionsAnswered", "WordsHeard", "SecondCallMade",
         "FirstAddressChecked", "CallGraded", "CallRegraded", "CallTransferredIn"),
        "No call is recorded.",
    ),
    (
        "The survivor’s account",
        ("FirstAccountTaken:survivor", "StatementTaken:survivor", "StatementDeclined", "StatementWithdrawn"),
        "No account of the survivor is recorded.",
    ),
    (
        "The suspect’s account",
        ("FirstAccountTaken:suspect", "SuspectInterviewed"),
        "No account of the suspect is recorded.",
    ),
    ("Children", ("ChildSeen", "ChildProtected", "FirstAccountTaken:child"), "No child is recorded as seen."),
    (
        "Witnesses",
        ("WitnessFound", "WitnessSpokenTo", "FirstAccountTaken:witness", "FirstAccountTaken:other"),
        "No witness is recorded.",
    ),
    (
        "Injuries and medical help",
        ("InjuriesPhotographed", "FirstAidGiven", "AmbulanceCalled", "MedicalAdviceGiven", "MedicalExaminationOffered",
         "MedicalRecordsReceived"),
        "No injury is recorded.",
    ),
    (
        "Evidence",
        ("SceneRecorded", "BodyWornVideoRecorded", "MessagesKept", "RecordingKept", "DevicesSeized", "FirearmsSeized",
         "FirearmsChecked", "OfficerStatementMade"),
        "No evidence is recorded.",
    ),
    (
        "What police did",
        ("UnitArrived", "EntryGained", "EntryRefused", "PartiesSpokenToApart", "SuspectArrested", "NotArrested",
         "SuspectOutstanding", "NoticeConsidered", "SafetyAsked", "OfficersLeft"),
        "Nothing is recorded.",
    ),
    (
        "Recorded as",
        ("IncidentRecorded", "CrimeReported", "CrimeRecorded", "CrimeNotRecorded", "CrimeCancelled"),
        "No crime or incident number is recorded yet.",
    ),
)  # fmt: skip
ALSO = ("Also recorded", "Nothing else is recorded.")
PRINTED_STAGES = frozenset({"call", "attendance", "report", "suspect"})
NOT_PRINTED_STAGES = {
    "asking": "what somebody asked of police is answered to them, apart from the report",
    "risk": "how much danger police see is for those who protect the survivor",
    "safeguarding": "who protects the survivor, and how, is not for whoever the report is disclosed to",
    "contact": "when and how the survivor is safely reached stays with those who reach them",
    "prosecution": "it comes after the report, and is the prosecutor's to disclose",
    "holding": "who came in and who looked is for those who answer for the file, and could lead to the survivor",
    "evidence": "what there is and where it went is told by the schedule of a bundle, looked through before it leaves",
    "live": "what the scene showed is told by the items that came of it, looked through before they leave",
    "statement": "a statement is a document of its own, and leaves as one, looked through before it does",
    "telephone": "what was heard on the line is in its recording, looked through before that leaves",
    "history": "what other files hold, and who was at the scene, is for those who protect the survivor",
    "alarm": "who was rung in the control room, and when, is the control room's own watch over what is owed",
    "transfer": "what another control room was told is the control rooms' own, with places and numbers in it",
    "coming": "where a telephone was, and what came that nobody could read, could lead to the survivor",
    "case": "how the case is kept; the names stand at the head of the report",
}
NOT_PRINTED = {
    "LocationFound": "it says where the survivor was found",
    "SafeNumberGiven": "it says where the survivor is safely reached",
    "LiveLinkOffered": "it says that the survivor's telephone can be located",
    "CallBackPromised": "it says when the survivor will be rung",
    "AppointmentMade": "it says when and where the survivor will be met",
    "BailViewsSought": "the survivor's views of the suspect's bail are given in confidence",
    "VariationViewsSought": "the survivor's views of a change are given in confidence",
    "HelpToLeaveGiven": "it says that and how the survivor left",
    "ShelterAsked": "it says that the survivor looks for a safe place",
    "ShelterFound": "it leads to the survivor's safe place",
    "ShelterFull": "it says where the survivor looked for a safe place",
    "LaterPicturesAgreed": "it says when somebody comes to the survivor",
    "MedicalConsentGiven": "which doctor they saw, and what they agreed to, is given in confidence",
    "MedicalConsentWithdrawn": "what they agreed to, and why no longer, is given in confidence",
    "BelongingsStoodBy": "it says where the survivor came back to",
}
# Fields that are left out of whatever is printed: by what they hold, and by name.
NOT_PRINTED_HOLDS = frozenset({"place", "phone"})
NOT_PRINTED_FIELDS = {
    "kept": "the rest of a document that was handed over, with addresses and numbers in it",
    "seen_by_officers": "it has a section of its own",
    "survivor_view": "what the survivor thought of a notice is given in confidence",
    "place_confidential": "it says that there is a place to look for",
    "survivor_where": "it says where the survivor went",
}


def belongs(entry: Entry, kinds: tuple[str, ...]) -> bool:
    """Whether a chapter of these kinds holds the entry."""
    return entry.kind in kinds or f"{entry.kind}:{getattr(entry.fields, 'of', '')}" in kinds


def also_recorded(entry: Entry) -> bool:
    """Whether the last chapter holds the entry."""
    if entry.kind in NOT_PRINTED or stage(KINDS[entry.kind]) not in PRINTED_STAGES:
        return False
    return not any(belongs(entry, kinds) for _, kinds, _ in CHAPTERS)
