"""A guide's pages stand under headings that follow the story, each page once and in the pack's order."""

from holdfast.doors.look.phases import MORE
from holdfast.doors.look.phases import phases
from holdfast.law.public import GuidePage


def pages(*stages):
    return [GuidePage(id=f"p{at}", title="?", answer=".", order=at, stage=stage) for at, stage in enumerate(stages)]


def test_pages_of_one_part_stand_together_and_numbers_run_on():
    found = phases(pages("call", "call", "attendance", "asking", "attendance", "prosecution"))
    assert [(phase.title, phase.first, len(phase.pages)) for phase in found] == [
        ("When you call", 1, 2),
        ("When officers come", 3, 3),
        ("Charge and court", 6, 1),
    ]


def test_what_comes_back_to_an_earlier_part_is_gathered_under_one_last_heading():
    found = phases(pages("call", "contact", "call", "safeguarding", "contact"))
    assert [phase.title for phase in found] == ["When you call", "What you are told", MORE]
    assert len(found[-1].pages) == 3


def test_no_page_is_lost_whatever_its_stage():
    given = pages("", "nonsense", "suspect", "", "call")
    assert [page for phase in phases(given) for page in phase.pages] == given
