"""A file says of itself that nobody checked it as soon as any sentence in it is a draft."""

from datetime import date

import pytest
from tests.support.packs import pack_of

from holdfast.doors.guide.book import book_of
from holdfast.doors.look.languages import DRAFT
from holdfast.doors.look.languages import FILE
from holdfast.doors.look.languages import FRAME
from holdfast.doors.look.languages import frame
from holdfast.law.catalogue import messages
from holdfast.law.language import Row
from holdfast.law.language import Tongue

PACK = pack_of("england-and-wales")
WHOLE = [*messages(PACK), *frame()]
EASY = next(each for each in WHOLE if each.context.endswith(".easy"))


def tongue(*, draft: tuple[str, str] | None = None, drafts: bool = True) -> Tongue:
    """Everything checked, 'translated' by its own English, but for one sentence."""
    rows = {
        (each.context, each.one): Row(
            (each.one, each.many) if each.many else (each.one,),
            "draft" if (each.context, each.one) == draft else "reviewed",
        )
        for each in WHOLE
    }
    return Tongue("pl", rows, drafts, plural=lambda n: int(n != 1))


@pytest.mark.parametrize(
    "draft",
    [(FILE, "Officer"), ("place.name", PACK.name), (FRAME, "Checked on %(day)s."), (EASY.context, EASY.one)],
    ids=str,
)
def test_one_unchecked_sentence_anywhere_is_said_at_the_front(draft: tuple[str, str]) -> None:
    assert draft in tongue().rows
    assert book_of(PACK, date(2026, 11, 21), tongue(draft=draft)).words.draft == DRAFT


def test_what_was_checked_throughout_says_nothing_of_it() -> None:
    assert book_of(PACK, date(2026, 11, 21), tongue()).words.draft == ""
    hidden = book_of(PACK, date(2026, 11, 21), tongue(draft=(FILE, "Officer"), drafts=False))
    assert (hidden.words.draft, hidden.words.officer) == ("", "Officer")
