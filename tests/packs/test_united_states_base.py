"""What every state inherits: the days that count, the screens, and what is most dangerous to get wrong."""

import json
import re
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from pathlib import Path

import pytest
from tests.support.packs import pack_of

from holdfast.law.clock_text import read as read_clock
from holdfast.law.pack import Pack
from holdfast.law.placeholders import Placeholder
from holdfast.law.placeholders import parse
from holdfast.law.public import GuidePage
from holdfast.law.risk import score

ROOT = Path(__file__).parents[2]
PACKS = ROOT / "packs"
PACK = pack_of("united-states")
AMERICAN = sorted(
    file.parent.name
    for file in PACKS.glob("*/pack.yaml")
    if re.search(r"^(id|inherits): united-states$", file.read_text(encoding="utf-8"), re.MULTILINE)
)
SCREEN = next(found for found in PACK.instruments if found.id == "lethality-screen")
WEIGHTED = next(found for found in PACK.instruments if found.id == "danger-assessment")
EVERY_DAY = [date(2012, 1, 1) + timedelta(days=number) for number in range(365 * 19 + 5)]


@pytest.fixture(scope="module", params=AMERICAN)
def american(request: pytest.FixtureRequest) -> Pack:
    return pack_of(request.param)


def nth(year: int, month: int, weekday: int, number: int) -> date:
    """The number-th such weekday of a month; -1 is the last."""
    days = [date(year, month, day) for day in range(1, 32) if day <= 28 or _is_day(year, month, day)]
    found = [day for day in days if day.weekday() == weekday]
    return found[number - 1 if number > 0 else number]


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def kept_on(day: date) -> date:
    """5 USC 6103(b): a Saturday's holiday is kept on Friday; a Sunday's, by Executive Order 11582, on Monday."""
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def federal_holidays(year: int) -> set[date]:
    fixed = [(1, 1), (7, 4), (11, 11), (12, 25)] + ([(6, 19)] if year >= 2021 else [])
    moving = {nth(year, 1, 0, 3), nth(year, 2, 0, 3), nth(year, 5, 0, -1), nth(year, 9, 0, 1), nth(year, 10, 0, 2)}
    return {kept_on(date(year, month, day)) for month, day in fixed} | moving | {nth(year, 11, 3, 4)}


@pytest.mark.parametrize("calendar", ["working", "federal"])
def test_a_day_counts_unless_it_is_a_weekend_or_a_holiday_of_the_section(calendar: str) -> None:
    days = PACK.days
    assert days is not None
    holidays = set[date]().union(*(federal_holidays(year) for year in range(2012, 2032)))
    wrong = [
        day
        for day in EVERY_DAY
        if days.counts(calendar, day.toordinal()) != (day.weekday() < 5 and day not in holidays)
    ]
    assert wrong == []


def test_the_published_example_of_the_federal_rule_on_time() -> None:
    vectors = json.loads((ROOT / "tests/samples/date-math/court_time_vectors.json").read_text(encoding="utf-8"))
    example = next(each for each in vectors if each["rule"] == "US-FRCP-6a1")
    days = PACK.days
    assert days is not None
    clock = read_clock(f"{example['days']} days, or the next federal day")
    start = datetime.combine(date.fromisoformat(example["from"]), time(10), days.zone)
    assert days.local(clock.end(start, None, days)).date() == date.fromisoformat(example["expect"])


def test_the_two_keys_that_mean_help_elsewhere_are_nowhere_said_to_be_help(american: Pack) -> None:
    routes = [f"{route.short} {route.says}" for route in american.emergency]
    pages = [f"{page.answer} {page.easy} {page.body}" for page in american.guide]
    steps = [f"{step.asks} {step.says}" for way in american.ways for step in way.steps]
    terms = [term.name for term in american.terms.values()]
    assert [
        text for text in (*routes, *pages, *steps, *terms) if "55" in re.sub(r"\d-\d{3}-\d{3}-\d{4}", "", text)
    ] == []


def test_the_first_two_routes_are_a_call_and_a_silent_call(american: Pack) -> None:
    assert [route.id for route in american.emergency[:2]] == ["emergency", "emergency-silent"]
    assert all(route.number == "911" for route in american.emergency[:2])


def test_no_order_is_made_by_officers(american: Pack) -> None:
    made_by_police = r"^(the )?(police|officer|sheriff|peace officer|sergeant|detective)"
    assert [order.id for order in american.orders if re.match(made_by_police, order.made_by, re.IGNORECASE)] == []
    assert "promise-an-order" in {rule.id for rule in american.prohibitions}


def test_an_order_of_another_state_counts_everywhere_and_needs_no_registration(american: Pack) -> None:
    duty = next(duty for duty in american.duties if duty.id == "check-shown-order")
    assert duty.authority == "statute"
    assert "need not have been registered" in " ".join(duty.says.split())
    kept = {"tell-them-order-was-registered", "put-order-on-the-internet", "ask-for-registration"}
    assert kept <= {rule.id for rule in american.prohibitions}


def test_what_is_owed_in_federal_cases_only_says_so(american: Pack) -> None:
    federal = [duty for duty in american.duties if "federal" in duty.only_in and not duty.chases]
    assert len(federal) == 9
    assert all(duty.says.startswith("If it is a federal case, ") for duty in federal)


def test_immigration_facts_stay_where_they_are(american: Pack) -> None:
    rules = {rule.id: rule for rule in american.prohibitions}
    assert "CertificationAsked" in rules["share-immigration-facts"].at
    # 8 USC 1367 binds federal officials: it is not said of the police.
    assert rules["disclose-protected-request"].says.startswith("Federal officials")


def test_an_unchecked_source_is_shown_to_nobody(american: Pack) -> None:
    unchecked = {service.id for service in american.services if not service.source.may_be_shown}
    named = {
        piece.name
        for page in american.guide
        for piece in parse(f"{page.easy}\n{page.body}")
        if isinstance(piece, Placeholder) and piece.verb in ("service", "number")
    }
    stepped = {name for way in american.ways for step in way.steps for name in step.services}
    assert unchecked & (named | stepped) == set()


@pytest.mark.parametrize("name", ["q01", "q02", "q03"])
def test_one_yes_to_the_first_three_is_enough(name: str) -> None:
    answers = {topic.id: "no" for topic in SCREEN.topics} | {name: "yes"}
    assert [way.id for way in score(SCREEN, answers, believes=False).ways_in] == ["any-of-the-first-three"]


def test_four_of_the_rest_are_enough_and_three_are_not() -> None:
    answers = {topic.id: "no" for topic in SCREEN.topics}
    three = score(SCREEN, answers | dict.fromkeys(["q04", "q05", "q11"], "yes"), believes=False)
    four = score(SCREEN, answers | dict.fromkeys(["q04", "q05", "q10", "q11"], "yes"), believes=False)
    assert three.ways_in == three.ways_open == ()
    assert [way.id for way in four.ways_in] == ["four-of-the-rest"]
    assert score(SCREEN, answers | {"q12": "yes"}, believes=False).ways_in == ()


def test_the_belief_of_the_officer_is_enough_and_silence_is_not_a_no() -> None:
    answers = {topic.id: "no" for topic in SCREEN.topics}
    assert [way.id for way in score(SCREEN, answers, believes=True).ways_in] == ["officer-belief"]
    assert {way.id for way in score(SCREEN, {}).ways_open} == {
        "any-of-the-first-three",
        "four-of-the-rest",
        "officer-belief",
    }


def test_the_weights_come_to_the_published_highest_sum_and_leave_no_gap_between_bands() -> None:
    everything = {topic.id: "yes" for topic in WEIGHTED.topics} | {"q03a": "no"}
    assert score(WEIGHTED, everything).high == 37
    flags = {band.flag: (band.from_, band.to) for band in WEIGHTED.scoring.bands}
    assert flags == {
        "variable-danger": (0, 7),
        "increased-danger": (8, 13),
        "severe-danger": (14, 17),
        "extreme-danger": (18, None),
    }
    assert not WEIGHTED.source.may_be_shown


def prose(page: GuidePage) -> str:
    words = "".join(piece if isinstance(piece, str) else "word" for piece in parse(page.body))
    return re.sub(r"[*#]", "", f"{page.answer}\n\n{words}")


def own_pages(pack: Pack) -> list[GuidePage]:
    """The pages that a pack says itself: what it inherits is looked at where it is said."""
    return [page for page in pack.guide if page.pack == pack.id]


def test_pages_are_short_ask_a_question_and_answer_it_in_one_sentence(american: Pack) -> None:
    for page in own_pages(american):
        assert page.title.endswith("?"), page.id
        assert len(re.findall(r"[.?!](?:\s|$)", page.answer)) == 1, page.id
        assert len(page.answer.split()) <= 30, page.id
        assert len(prose(page).split()) <= 320, page.id
        assert 4 <= len(page.easy.splitlines()) <= 8, page.id


def test_sentences_are_short_enough_for_a_child_of_ten(american: Pack) -> None:
    for page in own_pages(american):
        blocks = re.split(r"\n\s*\n|\n- ", prose(page))
        found = [each for block in blocks for each in re.split(r"(?<=[.?!:])\s+", " ".join(block.split())) if each]
        counts = [len(each.split()) for each in found]
        assert sum(counts) / len(counts) <= 14, page.id
        assert max(counts) <= 34, page.id


def test_no_page_promises_what_the_police_or_a_court_decide(american: Pack) -> None:
    promised = (
        r"(police|officers|they|court|judge) will (always )?(come|arrest|charge|stop them|keep you safe|give you)"
    )
    assert [page.id for page in own_pages(american) if re.search(promised, prose(page), re.IGNORECASE)] == []


def test_a_refused_report_and_the_detective_come_by_the_next_business_day() -> None:
    duties = {duty.id: duty for duty in PACK.duties}
    assert [choice.limit for choice in duties["take-refused-report"].within] == ["end of the next working day"]
    assert [choice.limit for choice in duties["name-detective"].within] == ["end of the next working day"]
