"""Earlier history: a link that was proposed and what a person said to it, and the check before officers leave.

A link that stands is `ReportLinked` (case.py) in both cases, written together with `LinkAccepted`. What nobody has
answered is no link. What this system does not hold (a national computer, a firearms register) is never 'no' here.
"""

from typing import Annotated
from typing import ClassVar

from holdfast.record.field import Code
from holdfast.record.field import Count
from holdfast.record.field import Day
from holdfast.record.field import Line
from holdfast.record.field import Name
from holdfast.record.field import When
from holdfast.record.field import Words
from holdfast.record.field import YesNo
from holdfast.record.field import ask
from holdfast.record.field import choice
from holdfast.record.kind import Kind
from holdfast.record.kind import Part

Party = choice("survivor", "suspect", "child", "witness", "caller", "other")
Why = choice("same_survivor", "same_suspect", "same_people", "same_address", "counter_allegation")
Sureness = choice("certain", "likely", "possible")
LookedIn = choice(
    "this_case", "linked_cases", "earlier_reports", "national_computer", "courts", "firearms_register", "other_forces"
)


class LinkMatch(Part):
    """One thing that somebody here and somebody there have in common."""

    here: Annotated[Party, ask("Who in this case")] = "not_known"
    there: Annotated[Party, ask("Who in the other case")] = "not_known"
    what: Annotated[choice("name", "born", "number", "address"), ask("What is alike")] = "not_known"
    how: Annotated[Line, ask("How it is alike")] = ""


class LinkProposed(Kind):
    """Two reports look as if they were about the same people, and a person is asked to say."""

    to_case: Annotated[Code, ask("Which case?")]
    why: Annotated[Why, ask("Why?")]
    sureness: Annotated[Sureness, ask("How surely?")] = "not_known"
    found_by: Annotated[choice("look_up", "overnight_pass", "person"), ask("Found by")] = "not_known"
    double: Annotated[YesNo, ask("May it be one report, taken twice?")] = "not_known"
    matched: Annotated[tuple[LinkMatch, ...], ask("What is alike")] = ()


class LinkAccepted(Kind):
    """Somebody looked at a proposed link and said that it stands."""

    needs_about: ClassVar[bool] = True
    to_case: Annotated[Code, ask("Which case?")]
    why: Annotated[Why, ask("Why?")]
    double: Annotated[YesNo, ask("Is it one report, taken twice?")] = "not_asked"


class LinkRefused(Kind):
    """Somebody looked at a proposed link and said that it does not stand."""

    needs_about: ClassVar[bool] = True
    to_case: Annotated[Code, ask("Which case?")]
    reason: Annotated[choice("different_people", "only_the_name", "only_the_place", "other"), ask("Why not?")]
    explained: Annotated[Words, ask("How do you know?")] = ""


class PersonThere(Part):
    """Somebody who is at the scene."""

    party: Annotated[Party, ask("Who in the case")] = "not_known"
    name: Annotated[Name, ask("Name")] = ""
    born_on: Annotated[Day | None, ask("Date of birth")] = None
    known_from: Annotated[
        choice("this_case", "linked_case", "earlier_report", "only_what_they_said"), ask("Known from")
    ] = "not_known"
    in_case: Annotated[Code, ask("In which case")] = ""
    sureness: Annotated[Sureness, ask("How surely it is they")] = "not_known"
    order_in_force: Annotated[YesNo, ask("Order or notice in force against them?")] = "not_known"
    bail: Annotated[YesNo, ask("On bail?")] = "not_known"
    firearms_certificate: Annotated[YesNo, ask("Firearms certificate?")] = "not_known"


class BondFound(Part):
    """An order, notice or bail that was found to bind somebody."""

    what: Annotated[choice("bail", "court_bail", "notice", "order", "told_of"), ask("What")] = "not_known"
    order: Annotated[Code, ask("Which order or notice")] = ""
    in_case: Annotated[Code, ask("In which case")] = ""
    entry: Annotated[Count | None, ask("Which entry of that case")] = None
    ends_at: Annotated[When | None, ask("Until")] = None
    served: Annotated[YesNo, ask("Served?")] = "not_known"


class SceneChecked(Kind):
    """Before officers left, who is there was held against orders, bail and firearms certificates."""

    there: Annotated[tuple[PersonThere, ...], ask("Who is there")] = ()
    everybody: Annotated[YesNo, ask("Is that everybody who is there?")] = "not_asked"
    order_in_force: Annotated[YesNo, ask("Order or notice in force against somebody there?")] = "not_known"
    bail: Annotated[YesNo, ask("Is somebody there on bail?")] = "not_known"
    firearms_certificate: Annotated[YesNo, ask("Does somebody there hold a firearms certificate?")] = "not_known"
    bonds: Annotated[tuple[BondFound, ...], ask("What was found")] = ()
    looked_in: Annotated[tuple[LookedIn, ...], ask("Looked in")] = ()
    not_looked_in: Annotated[tuple[LookedIn, ...], ask("Not looked in")] = ()
    not_shown: Annotated[Count | None, ask("Cases that fit and could not be opened")] = None
    officers_told: Annotated[YesNo, ask("Were the officers there told?")] = "not_asked"
