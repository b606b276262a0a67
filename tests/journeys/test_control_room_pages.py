"""The control room's pages in letters twice as large, and from right to left: nothing is cut off, torn or apart."""

from collections.abc import Callable
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from tests.journeys.dated import Dated
from tests.journeys.staff import Dispatcher
from tests.support.served import Served

pytestmark = pytest.mark.browser

# A code that begins with a figure: from right to left, its two halves would change places.
TORN = """() => {
  const code = document.createElement("a");
  code.className = "code";
  code.textContent = "4645 MJ4R";
  document.querySelector("main").append(code);
  const from = (start, end) => {
    const range = document.createRange();
    range.setStart(code.firstChild, start);
    range.setEnd(code.firstChild, end);
    return range.getBoundingClientRect().left;
  };
  const torn = from(0, 4) > from(5, 9);
  code.remove();
  return torn;
}"""
APART = """() => [...document.querySelectorAll("fieldset.asked")].filter((each) => each.offsetParent).filter((each) => {
  const legend = each.querySelector("legend"), chips = each.querySelector(".chips");
  if (!legend || !chips || chips.getBoundingClientRect().top > legend.getBoundingClientRect().top + 20) return false;
  return legend.getBoundingClientRect().left < chips.querySelector(".chip").getBoundingClientRect().left;
}).length"""


@pytest.fixture
def code(served: Served) -> Iterator[str]:
    dated = Dated(served)
    yield dated.call(
        ("CallGraded", {"grade": "immediate", "attend_within": 60}, 3),
        ("LocationFound", {"how": "said", "place": "7 Example Rise"}, 3),
    )
    dated.stop()


def sideways(page: Page) -> bool:
    found: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return found


@pytest.mark.parametrize("width", [390, 1280])
def test_twice_as_large_and_from_right_to_left(
    width: int, code: str, opens: Callable[..., object], served: Served
) -> None:
    who = Dispatcher(opens(width=width).new_page(), served)  # type: ignore[attr-defined]
    page = who.page
    for where in (f"call/{code}", "call", f"case/{code}/chase", f"case/{code}/hand-over", f"case/{code}/history",
                  f"case/{code}/who-is-there", "unread"):  # fmt: skip
        page.goto(f"{served.at}/desk/{where}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not sideways(page), where
        narrow = page.locator(".asking > div").evaluate_all(
            "all => all.filter(each => each.offsetParent && each.clientWidth < Math.min(400, innerWidth / 2)).length"
        )
        assert not narrow, where
        page.evaluate("document.documentElement.style.fontSize = ''; document.documentElement.dir = 'rtl'")
        assert not sideways(page), where
        assert page.evaluate(APART) == 0, where
        assert not page.evaluate(TORN), where
    assert who.complaints == []
