"""The case: opened, its people, linked, allocated, a duty waived or not safe, corrected, closed."""

from typing import Annotated
from typing import Any
from typing import ClassVar

from holdfast.record.field import Code
from holdfast.record.field import Count
from holdfast.record.field import Day
from holdfast.record.field import Language
from holdfast.record.field import Line
from holdfast.record.field import Name
from holdfast.record.field import Phone
from holdfast.record.field import Place
from holdfast.record.field import Reference
from holdfast.record.field import Staff
from holdfast.record.field import Words
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind

HowKnown = choice("met_in_person", "known_from_the_case", "through_adviser", "answered_from_the_record")


class CaseOpened(Kind):
    """A report opened a case."""

    pack: Annotated[Code, ask("Place whose law runs the case")]
    force: Annotated[Code, ask("Police force", hint="As the pack names it.")] = ""
    area: Annotated[Code, ask("Area of the force", hint="As the pack names it.")] = ""
    reference: Annotated[Reference, ask("Reference")] = ""
    invented: Annotated[YesNo, ask("An invented example?")] = "no"


class PersonNamed(Kind):
    """Somebody in the case became known, or better known."""

    party: Annotated[choice("survivor", "suspect", "child", "witness", "caller", "other"), ask("Who in the case?")]
    name: Annotated[Name, ask("Name")] = ""
    born_on: Annotated[Day | None, ask("Date of birth")] = None
    age: Annotated[Count | None, ask("Age, if the date is not known")] = None
    address: Annotated[Place, ask("Address", hint="A refuge's address is never recorded.")] = ""
    address_confidential: Annotated[
        YesNo, ask("Must the address be kept from the other person?", hint="Blank means yes.")
    ] = "not_asked"
    number: Annotated[Phone, ask("Number")] = ""
    relationship: Annotated[Line, ask("How they are connected")] = ""
    in_armed_forces: Annotated[YesNo, ask("Serving in the armed forces?")] = "not_known"
    language: Annotated[Language, ask("Language")] = ""


class ReportLinked(Kind):
    """An earlier or later report about the same people was linked."""

    to_case: Annotated[Code, ask("Which case?")]
    why: Annotated[
        choice("same_survivor", "same_suspect", "same_people", "same_address", "counter_allegation"), ask("Why?")
    ]
    in_12_months: Annotated[YesNo, ask("Within 12 months?")] = "not_known"


class RepeatFound(Kind):
    """A search showed that this may not be the first report."""

    reports: Annotated[Count | None, ask("How many earlier reports")] = None
    looked_by: Annotated[choice("name", "number", "address", "several"), ask("Found by")] = "several"


class CaseAllocated(Kind):
    """The case was given to somebody."""

    role: Annotated[Code, ask("To which role")]
    staff: Annotated[Staff, ask("To whom")] = ""


class DutyWaived(Kind):
    """Somebody with the right to do so decided that a duty need not be done, with the reason."""

    needs_about: ClassVar[bool] = True
    duty: Annotated[Code, ask("Which duty?")]
    reason: Annotated[Words, ask("Why?")]
    survivor_asked: Annotated[YesNo, ask("Does the survivor want this?")] = "not_asked"
    second_person: Annotated[Staff, ask("Second person who agreed")]
    try_again_on: Annotated[Day | None, ask("Look at it again on")] = None


class DutyUnsafe(Kind):
    """Doing what is owed would put the survivor in danger, and why."""

    needs_about: ClassVar[bool] = True
    duty: Annotated[Code, ask("Which duty?")]
    reason: Annotated[Words, ask("Why would it be dangerous?")]
    second_person: Annotated[Staff, ask("Second person who agreed")]
    try_again_on: Annotated[Day | None, ask("Look at it again on")] = None


class EntryCorrected(Kind):
    """An entry was wrong, and this is what it should have said. The first stays as it was."""

    needs_about: ClassVar[bool] = True
    corrected: Annotated[dict[Code, Any], ask("Fields and their right values")] = {}
    struck: Annotated[YesNo, ask("Did it not happen at all?")] = "no"
    reason: Annotated[Words, ask("Why?")]
    second_person: Annotated[
        Staff, ask("Second person who agreed", hint="Needed where the correction takes away something that is owed.")
    ] = ""


class FactEstablished(Kind):
    """Something about the people that the law asks for became known."""

    fact: Annotated[
        choice("survivor_under_18", "survivor_vulnerable", "survivor_has_care_needs", "suspect_under_18", "child_in_home",
               "child_of_school_age", "personally_connected", "suspect_has_firearms", "survivor_pregnant",
               "survivor_insecure_immigration", "suspect_is_police"),
        ask("What?"),
    ]  # fmt: skip
    is_so: Annotated[YesNo, ask("Is it so?")]


class SurvivorDied(Kind):
    """The survivor died."""

    referred_for_review: Annotated[YesNo, ask("Referred for a review of the death?")] = "not_known"


class SurvivorWordsIssued(Kind):
    """The survivor was given the words that open their own page."""

    how: Annotated[choice("on_paper", "read_aloud"), ask("How?")]
    safe: Annotated[YesNo, ask("Is it safe for them to keep?")] = "not_asked"
    known: Annotated[HowKnown, ask("How do you know that it is the survivor?")] = "not_asked"


class CaseClosed(Kind):
    """The case was closed."""

    reason: Annotated[
        choice("sentence_served", "court_finished", "no_further_action", "transferred", "other"), ask("Why?")
    ]
    survivor_told: Annotated[YesNo, ask("Was the survivor told?")] = "not_known"


class CaseReopened(Kind):
    """The case was opened again."""

    reason: Annotated[Words, ask("Why?")] = ""
