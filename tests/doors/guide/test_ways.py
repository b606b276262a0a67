"""A guided way is links from step to step: its answers have numbers, and nothing that is answered goes anywhere."""

import re

import pytest
from django.test import Client
from django.utils.html import escape

from holdfast.doors.guide.places import places

HERE = "/guide/england-and-wales/way/now/"


def main_of(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().split("<main")[1].split("</main")[0]


def test_every_step_of_every_place_asks_or_ends() -> None:
    steps = [(pack.id, way.id, step) for pack in places().values() for way in pack.ways for step in way.steps]
    assert steps
    for place, way, step in steps:
        main = main_of(f"/guide/{place}/way/{way}/{step.number}")
        leads = re.findall(rf'href="/guide/{place}/way/{way}/(\d+)"', main)
        assert {str(answer.to) for answer in step.answers} <= set(leads)
        assert all(f'href="/guide/{place}/{page_id}"' in main for page_id in step.pages)
        assert "<form" not in main
        assert main.count("<h1>") == 1
        assert "<h1></h1>" not in main


def test_nothing_is_kept_of_an_answer() -> None:
    browser = Client()
    first = browser.get(f"{HERE}1")
    assert not first.cookies
    assert first["Cache-Control"] == "no-store"
    assert "?" not in "".join(re.findall(r'href="(/guide/[^"]*/way/[^"]*)"', first.content.decode()))


@pytest.mark.parametrize("address", [f"{HERE}999", "/guide/england-and-wales/way/no-such-way/1", f"{HERE}x"])
def test_a_step_that_is_not_there_is_not_found(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_an_unchecked_question_has_the_english_beside_it(with_drafts: None) -> None:
    way = next(each for each in places()["england-and-wales"].ways if each.id == "now")
    first = way.steps[0]
    page = Client().get(f"/guide/england-and-wales/ar/way/now/{first.number}").content.decode()
    for text in (first.asks, *(answer.says for answer in first.answers)):
        assert f'<span class="small answer" lang="en" dir="ltr">{escape(text)}</span>' in page, text
    checked = Client().get(f"/guide/england-and-wales/cy/way/now/{first.number}").content.decode()
    assert escape(first.asks) not in checked
