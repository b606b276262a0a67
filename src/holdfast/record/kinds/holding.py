"""Holding the file: who came in and how, who looked and why, who is kept out, how long it is kept, when it is erased.

No entry of this stage is read to the survivor's page by itself: what it may say there is decided kind by kind.
"""

from typing import Annotated
from typing import ClassVar

from holdfast.record.field import Code
from holdfast.record.field import Count
from holdfast.record.field import Day
from holdfast.record.field import Line
from holdfast.record.field import Name
from holdfast.record.field import Staff
from holdfast.record.field import When
from holdfast.record.field import Words
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind

SupporterMay = choice("see_next_steps", "see_what_happened", "see_contact", "ask_questions", "say_what_was_not_done")
UnusualPattern = choice("many_cases", "no_assignment", "same_surname", "same_address_or_number", "out_of_hours")


class FileOpenedInEmergency(Kind):
    """Somebody without the right to this file opened it because life was at risk, and said why."""

    reason: Annotated[Words, ask("Why must you open it now?")]
    until: Annotated[When | None, ask("Open until")] = None


class EmergencyOpeningReviewed(Kind):
    """A supervisor looked at an emergency opening and said whether it was right."""

    needs_about: ClassVar[bool] = True
    justified: Annotated[YesNo, ask("Was it right to open it?")]
    action: Annotated[Words, ask("What was done about it")] = ""


class UnusualOpeningFound(Kind):
    """The log of who opened files shows something that has to be looked into."""

    pattern: Annotated[UnusualPattern, ask("What is unusual?")]
    staff: Annotated[Staff, ask("Whose openings?")]
    openings: Annotated[Count | None, ask("How many")] = None


class UnusualOpeningLookedInto(Kind):
    """A supervisor looked into an unusual opening."""

    needs_about: ClassVar[bool] = True
    found: Annotated[choice("part_of_the_work", "mistake", "misuse"), ask("What was found?")]
    action: Annotated[Words, ask("What was done about it")] = ""


class OpeningQuestioned(Kind):
    """The survivor asked why their file was opened."""

    opened_on: Annotated[Day | None, ask("On which day was it opened?")] = None
    in_role: Annotated[Line, ask("In what role?")] = ""
    words: Annotated[Words, ask("What they ask")] = ""


class OpeningExplained(Kind):
    """The survivor was told why their file was opened."""

    needs_about: ClassVar[bool] = True
    outcome: Annotated[
        choice("part_of_the_work", "should_not_have_been_opened", "cannot_be_known"), ask("What was found?")
    ]
    answer: Annotated[Words, ask("What they were told")] = ""


class WrongWordsTried(Kind):
    """Somebody tried to open the survivor's page with wrong words, again and again."""

    tries: Annotated[Count | None, ask("How many tries")] = None


class SecondWordsAgreed(Kind):
    """With a person beside them, the survivor set words that open a harmless page."""

    with_whom: Annotated[Staff, ask("Who was with them?")]


class SecondWordsUsed(Kind):
    """The harmless page was opened: the survivor may be under pressure now."""


class PasskeyAdded(Kind):
    """The survivor added a passkey to open their page."""

    account_theirs_alone: Annotated[YesNo, ask("Is the account that it is copied to theirs alone?")]


class PasskeyEnded(Kind):
    """A passkey of the survivor's no longer opens the page."""

    reason: Annotated[choice("survivor_asked", "not_theirs_alone", "device_lost", "new_words"), ask("Why?")] = (
        "survivor_asked"
    )


class SupporterNamed(Kind):
    """The survivor named somebody who may open part of their page, until a day."""

    name: Annotated[Name, ask("Name")]
    who: Annotated[choice("friend", "family", "adviser", "interpreter", "lawyer", "other"), ask("Who are they?")] = (
        "not_asked"
    )
    may: Annotated[tuple[SupporterMay, ...], ask("What may they do?")]
    until: Annotated[Day, ask("Until which day?")]


class SupporterEnded(Kind):
    """A supporter may no longer open anything."""

    needs_about: ClassVar[bool] = True
    reason: Annotated[choice("survivor_asked", "not_safe", "day_passed"), ask("Why?")] = "survivor_asked"


class StaffConnectionFound(Kind):
    """A member of staff is, or may be, connected with somebody in the case, and was kept out of it."""

    staff: Annotated[Staff, ask("Which member of staff?")]
    how: Annotated[
        choice("said_so", "same_name", "same_address", "same_number", "told_by_other"), ask("How was it found?")
    ]


class StaffConnectionCleared(Kind):
    """A supervisor found that a member of staff is not connected with anybody in the case."""

    needs_about: ClassVar[bool] = True
    reason: Annotated[Words, ask("Why not?")]
    second_person: Annotated[Staff, ask("Second person who agreed")]


class CaseGivenToSeparateUnit(Kind):
    """The case is about a member of staff, and went to a unit apart from theirs."""

    unit: Annotated[Code, ask("Which unit?")]
    reason: Annotated[Words, ask("Why?")] = ""


class ReferralEnded(Kind):
    """A partner agency's part in the case ended: it may no longer open it."""

    needs_about: ClassVar[bool] = True
    reason: Annotated[choice("survivor_asked", "work_done", "not_accepted", "moved_away"), ask("Why?")] = "not_known"


class KeepingHeld(Kind):
    """The file must be kept, whatever its retention says: a court, an inquiry or a review needs it."""

    for_what: Annotated[
        choice("court", "appeal", "inquiry", "review_of_death", "complaint", "survivor_asked"), ask("For what?")
    ]
    until: Annotated[Day | None, ask("Until, if that is known")] = None


class KeepingReleased(Kind):
    """The file need no longer be kept for that."""

    needs_about: ClassVar[bool] = True
    reason: Annotated[Words, ask("Why?")] = ""


class FileCopyGiven(Kind):
    """A copy of the file was given out, with what could endanger somebody left out."""

    to_whom: Annotated[choice("survivor", "survivors_lawyer", "court", "inquiry", "other"), ask("To whom?")]
    entries: Annotated[Count | None, ask("How many entries it holds")] = None
    left_out: Annotated[Count | None, ask("How many were left out")] = None
    looked_over_by: Annotated[Staff, ask("Who looked it over before it left?")]


class FileErased(Kind):
    """The last entry of a case: its key was destroyed after this, and its words cannot be read again."""

    reason: Annotated[choice("retention_ended", "survivor_asked", "court_ordered"), ask("Why?")]
    rule: Annotated[Code, ask("By which rule of the pack")] = ""
    second_person: Annotated[Staff, ask("Second person who agreed")]
