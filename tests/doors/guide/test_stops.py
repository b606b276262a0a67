"""What is told of a service ends its sentences as the reader's language does."""

import pytest

from holdfast.doors.guide.voice import Voice
from holdfast.doors.guide.words import service_block
from holdfast.law.data import Source
from holdfast.law.language import ENGLISH
from holdfast.law.language import Row
from holdfast.law.language import Tongue
from holdfast.law.public import Service

LINE = Service(id="line", name="N", for_whom="Anyone", hours="Always", source=Source(title="x", confidence="verified"))


def about(tongue: Tongue) -> str:
    return service_block(LINE, Voice(tongue)).split('<p class="by">')[1].split("</p>")[0]


@pytest.mark.parametrize(
    ("tag", "said"), [("pl", "aaa. bbb."), ("ur", "aaa۔ bbb۔"), ("pa", "aaa। bbb।"), ("zh-Hans", "aaa。bbb。")]
)
def test_each_fact_is_stopped_as_its_language_does(tag: str, said: str) -> None:
    rows = {
        ("service.line.for_whom", "Anyone"): Row(("aaa",), "reviewed"),
        ("service.line.hours", "Always"): Row(("bbb",), "reviewed"),
    }
    assert about(Tongue(tag, rows)) == said


def test_english_beside_it_keeps_its_own() -> None:
    assert about(ENGLISH) == "Anyone. Always."
    found = about(Tongue("zh-Hans", {("service.line.for_whom", "Anyone"): Row(("aaa",), "reviewed")}))
    assert found.startswith("aaa。<")
    assert found.endswith("Always</span>.")
