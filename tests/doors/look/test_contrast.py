"""Contrast that is too low is found wherever it is on a long page, though most of its rows are drawn alike."""

import pytest
from tests.support.axe import found_by_axe
from tests.support.browser import at_each_width
from tests.support.browser import context

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><head><title>Rows</title><style>
body {{ color: #111; background: #fff }} {style}
</style></head><body><main><h1>Rows</h1><ul>{rows}</ul></main></body></html>"""
FAINT = "color: #bbb"
FORM = '<form><label style="{style}">Row <input name="children"></label></form>'


@pytest.fixture(scope="module")
def page(chromium):
    opened = context(chromium)
    yield opened.new_page()
    opened.close()


def rows(of_one: str = "<span>Row</span>", *, odd: str = "", at: int = 40) -> str:
    return "".join(f"<li>{odd if odd and number == at else of_one}</li>" for number in range(60))


@pytest.mark.parametrize(
    ("style", "body"),
    [
        ("", rows(odd=f'<span style="{FAINT}">Row</span>')),
        ("", rows(odd='<span style="background: #222">Row</span>')),
        ("", rows(odd='<span style="opacity: .3">Row</span>')),
        ("li:nth-child(41) { background: #222 }", rows()),
        ("li:nth-child(41) { background: #222 }", rows("<p>Row <b>in bold</b></p>")),
        (f"span {{ {FAINT} }}", rows()),
        # a field may be called as what every element has
        ("", rows(FORM.format(style=""), odd=FORM.format(style=FAINT))),
        # of one sign alone, nothing is known; the longer ones after it are another matter
        (f"span {{ {FAINT} }}", rows("<span>1</span>", odd="<span>many</span>")),
        # what lies over something else is known by nothing around it
        (
            "li { position: relative; height: 3em } i { position: absolute; inset: 0 } .dark { background: #222 }",
            rows("<i></i><i><b>Row</b></i>", odd='<i class="dark"></i><i><b>Row</b></i>'),
        ),
    ],
)
def test_one_row_of_sixty_is_found(page, style, body):
    page.set_content(PAGE.format(style=style, rows=body))
    assert [fault.split(":")[0] for fault in found_by_axe(page)] == ["axe color-contrast"]


def test_nothing_is_found_where_all_is_well(page):
    page.set_content(PAGE.format(style="", rows=rows()))
    assert found_by_axe(page) == []


def test_what_is_faint_in_one_width_alone_is_found_there(page):
    style = f"@media (max-width: 500px) {{ li:nth-child(41) {{ {FAINT} }} }}"
    page.set_content(PAGE.format(style=style, rows=rows()))
    assert [bool(found_by_axe(page)) for _ in at_each_width(page, 1280, 390, 1280)] == [False, True, False]


def test_whoever_asks_for_it_has_the_contrast_of_every_text(page, monkeypatch):
    monkeypatch.delenv("HOLDFAST_EVERY_TEXT", raising=False)
    page.set_content(PAGE.format(style=f"span {{ {FAINT} }}", rows=rows()))
    assert found_by_axe(page)
    assert page.locator("span[data-contrast]").count() == 3
    monkeypatch.setenv("HOLDFAST_EVERY_TEXT", "1")
    page.set_content(PAGE.format(style=f"span {{ {FAINT} }}", rows=rows()))
    page.evaluate("delete window.axe")
    assert found_by_axe(page)
    assert page.locator("[data-contrast]").count() == 0
