"""No page shows its own marks: what a translator made strong is strong, and not two stars on either side."""

from datetime import date

import pytest
from django.test import override_settings
from tests.support.packs import PLACES

from holdfast.doors.guide.page import render
from holdfast.doors.guide.page import render_easy
from holdfast.doors.guide.places import places
from holdfast.doors.guide.tongues import tongues

DAY = date(2026, 11, 21)


def test_the_guide_has_every_place_in_which_a_case_can_be_opened() -> None:
    assert sorted(places()) == PLACES


@pytest.mark.parametrize("place", PLACES)
@override_settings(HOLDFAST_DRAFTS=True)
def test_no_page_of_any_language_shows_its_marks(place: str) -> None:
    pack = places()[place]
    link = f"/guide/{place}/"
    found = [
        (tongue.tag, page.id)
        for tongue in tongues(pack, drafts=True)
        for page in pack.guide
        for shown in (render(pack, page, DAY, link, tongue), render_easy(pack, page, DAY, link, tongue))
        if any("**" in words or "{{" in words for words in (shown.title, shown.answer, shown.html))
    ]
    assert found == []
