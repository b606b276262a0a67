"""A small book in each of several scripts, and the real one of England and Wales."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tests.support.packs import pack_of

from holdfast.handbook.book import Book
from holdfast.handbook.book import Chapter
from holdfast.handbook.book import Line

DAY = date(2026, 11, 21)
# The same short page, in the languages whose letters need a font, a table or a direction of their own.
SAID = {
    "en-GB": ("What is bail?", "They are let go, with conditions."),
    "cy": ("Beth yw mechnïaeth?", "Mae amodau. Ffoniwch yr heddlu."),
    "fr-CA": ("Qu’est-ce que la mise en liberté ?", "Il y a des conditions à respecter."),
    "es-US": ("¿Qué es la fianza?", "Hay condiciones. Llame a la policía."),
    "pl": ("Czym jest kaucja?", "Są warunki. Zadzwoń na policję."),
    "ur": ("ضمانت کیا ہے؟", "شرائط ہیں۔ پولیس کو فون کریں۔"),
    "pa": ("ਜ਼ਮਾਨਤ ਕੀ ਹੈ?", "ਸ਼ਰਤਾਂ ਹਨ। ਪੁਲਿਸ ਨੂੰ ਫ਼ੋਨ ਕਰੋ।"),
    "ar": ("ما هي الكفالة؟", "هناك شروط. اتصل بالشرطة."),
    "zh-Hans": ("什么是保释？", "有条件。请致电警方。"),
}
RIGHT_TO_LEFT = ("ur", "ar")
BODY = (
    '<p>{0} <a href="#other">{0}</a> <a href="#gone">{0}</a> '
    '<a class="tell" href="tel:08082000247">0808 2000 247</a></p>'
    '<h2>{0}</h2><ul class="promises"><li><p>{0}</p><p class="by"><b>{0}</b></p></li><li>{0}<br>{0}</li></ul>'
    "<details><summary>Show all 2</summary><ol><li>{0}</li><li>{0}</li></ol></details>"
    "<table><thead><tr><th>{0}</th><th>{0}</th></tr></thead><tbody><tr><td>{0}</td><td>24</td></tr></tbody></table>"
    '<p lang="en" dir="ltr">Nobody translated this.</p>'
)


def book_in(language: str) -> Book:
    """A made-up book of two pages."""
    title, text = SAID[language]
    pages = (
        Chapter("bail", 1, title, text, BODY.format(text), easy=f"<p>{text}</p>", sources=f"<ul><li>{text}</li></ul>"),
        Chapter("other", 2, title, "", f"<p>{text}</p>"),
    )
    return Book(
        title=title,
        neutral_title="Information",
        language=language,
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        place="made-up",
        place_name="X",
        day=DAY,
        day_words="21.11.2026",
        chapters=pages,
        licence="MIT",
        attribution="Holdfast",
        emergency=(
            Line("In danger now? Call 999.", "en"),
            Line("Cannot speak? Press 55.", "en"),
            Line("Call 101.", "en"),
        ),
    )


@pytest.fixture(scope="session")
def book() -> Callable[[str], Book]:
    """Makes the small book in a language."""
    return book_in


@pytest.fixture(scope="session")
def england() -> Book:
    """The guide of England and Wales in English."""
    from holdfast.doors.guide.book import book_of

    return book_of(pack_of("england-and-wales"), DAY)
