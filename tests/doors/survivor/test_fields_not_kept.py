"""What somebody types and does not send stays in no file of the browser's: Chromium keeps fields with its tabs.

tests/journeys/test_profile.py looks into such files. Only fields of forms that ask for it are left out of them.
"""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[3] / "src/holdfast/doors/survivor/templates/survivor"
FORM = re.compile(r"<form\b[^>]*>")


@pytest.mark.parametrize("template", sorted(each.name for each in TEMPLATES.glob("*.html")))
def test_every_form_asks_the_browser_to_keep_nothing(template: str) -> None:
    forms = FORM.findall((TEMPLATES / template).read_text(encoding="utf-8"))
    assert [form for form in forms if 'method="post"' in form and 'autocomplete="off"' not in form] == []


def test_there_are_forms() -> None:
    assert sum(len(FORM.findall(each.read_text(encoding="utf-8"))) for each in TEMPLATES.glob("*.html")) > 10
