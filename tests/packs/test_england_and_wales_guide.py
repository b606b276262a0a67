"""The public pages for England and Wales: can a frightened person read them, and do they repeat what was wrong?"""

import re

import pytest
from tests.support.packs import pack_of

from holdfast.law.pack import Pack
from holdfast.law.placeholders import Placeholder
from holdfast.law.placeholders import parse
from holdfast.law.public import GuidePage

PACK = pack_of("england-and-wales")
PAGES = pytest.mark.parametrize("page", PACK.guide, ids=[page.id for page in PACK.guide])


@pytest.fixture(scope="module")
def pack() -> Pack:
    return PACK


def prose(page: GuidePage) -> str:
    """The page's own words, each placeholder standing as one word."""
    words = "".join(piece if isinstance(piece, str) else "word" for piece in parse(page.body))
    return re.sub(r"[*#]", "", f"{page.answer}\n\n{words}")


def sentences(page: GuidePage) -> list[str]:
    blocks = re.split(r"\n\s*\n|\n- ", prose(page))
    return [found for block in blocks for found in re.split(r"(?<=[.?!:])\s+", " ".join(block.split())) if found]


@PAGES
def test_the_answer_is_one_sentence_of_at_most_thirty_words(page: GuidePage) -> None:
    assert page.answer.endswith(".")
    assert len(re.findall(r"[.?!](?:\s|$)", page.answer)) == 1
    assert len(page.answer.split()) <= 30


@PAGES
def test_the_title_asks_a_question(page: GuidePage) -> None:
    assert page.title.endswith("?")


@PAGES
def test_sentences_are_short_enough_for_a_child_of_ten(page: GuidePage) -> None:
    counts = [len(sentence.split()) for sentence in sentences(page)]
    assert sum(counts) / len(counts) <= 14
    assert max(counts) <= 34


@PAGES
def test_a_page_can_be_read_in_two_minutes(page: GuidePage) -> None:
    assert len(prose(page).split()) <= 320


@PAGES
def test_no_page_types_a_figure(page: GuidePage) -> None:
    assert re.findall(r"[0-9]", prose(page)) == []


@PAGES
def test_no_page_speaks_like_a_form(page: GuidePage) -> None:
    stiff = r"\b(perpetrator|alleged|shall|pursuant|victimi[sz]ed|attend the scene|deemed|incident)\b"
    assert re.findall(stiff, prose(page), re.IGNORECASE) == []


def test_orders_of_pages_are_all_different(pack: Pack) -> None:
    orders = [page.order for page in pack.guide]
    assert len(orders) == len(set(orders))


def test_every_service_that_may_be_shown_is_on_the_page_of_services(pack: Pack) -> None:
    page = next(page for page in pack.guide if page.id == "help")
    named = {piece.name for piece in parse(page.body) if isinstance(piece, Placeholder) and piece.verb == "service"}
    shown = {service.id for service in pack.services if service.source.may_be_shown}
    assert shown - named == {"nspcc"}  # for adults who worry about a child: on the page for somebody else


def test_pressing_the_keys_is_said_not_to_give_the_place_nor_to_bring_officers(pack: Pack) -> None:
    page = next(page for page in pack.guide if page.id == "cannot-speak")
    assert "does **not** tell the police where you are" in page.body
    assert "**not** always sent" in page.body
    assert "Do not hang up" in page.body


def test_the_first_two_routes_are_a_call_and_a_silent_call(pack: Pack) -> None:
    assert [route.id for route in pack.emergency[:2]] == ["emergency", "emergency-silent"]
    assert all(route.source.may_be_shown and route.short for route in pack.emergency)


def test_no_page_promises_what_the_police_or_a_court_decide(pack: Pack) -> None:
    promised = r"(police|officers|they|court) will (always )?(come|arrest|charge|stop them|keep you safe)"
    for page in pack.guide:
        assert re.findall(promised, prose(page), re.IGNORECASE) == [], page.id
