"""What is planted is found in each form in which anything leaves, in text, PDF, what a picture carries, and a copy.

Nothing leaves before a person decided about each find and said that they read all of it; finding nothing is no safety.
"""

from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from html import unescape

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.disclosure import AT
from tests.doors.desk.disclosure import INVESTIGATOR
from tests.doors.desk.disclosure import a_protected_case
from tests.doors.desk.disclosure import as_they_are
from tests.doors.desk.disclosure import file_of
from tests.doors.desk.disclosure import gives
from tests.doors.desk.kept import FOR
from tests.doors.desk.kept import at
from tests.doors.desk.kept import of_kind
from tests.doors.desk.leaves import confirmed
from tests.doors.desk.leaves import decided
from tests.doors.desk.leaves import found_on
from tests.vault import bundles as made_up

from holdfast.access.copies.giving import draft_copy
from holdfast.access.looks import looks_at
from holdfast.casefile.append import append
from holdfast.doors.evidence import disclosing
from holdfast.doors.evidence.bundle_lint import WHAT
from holdfast.doors.evidence.bundle_preview import preview
from holdfast.doors.evidence.recording import copied
from holdfast.doors.evidence.recording import derived
from holdfast.doors.evidence.recording import keep_content
from holdfast.record.entry import By

# By place: what looks like a plate there. The rest the case knows.
PLATES = {
    "england-and-wales": "AB12 CDE", "ontario": "CKXR 482", "us-california": "7ABC123", "us-new-york": "HXT 4821",
    "us-texas": "BX2 K419", "us-illinois": "BH 48213", "us-massachusetts": "1AB C23", "us-washington": "BQK 4821",
    "new-zealand": "NGK482",
}  # fmt: skip
PLACE = "14 Mill Road"
ALL = {"an address, a school or a refuge", "a telephone number", "a number plate", "a point on the map"}


def words(pack: str) -> list[str]:
    return [
        f"She lives at {PLACE}", "ring 07700 900 118", "the children go to St Annes Primary",
        f"a van, {PLATES[pack]}", "at 53.8199, -1.5680",
    ]  # fmt: skip


def text(pack: str) -> bytes:
    return "\n".join(words(pack)).encode()


def pdf(pack: str) -> bytes:
    return made_up.pdf(*words(pack))


def picture(pack: str) -> bytes:
    return made_up.jpeg(words=". ".join(words(pack)[:4]), point=(53.8199, -1.5680))


CARRIERS: dict[str, Callable[[str], bytes]] = {"text": text, "pdf": pdf, "picture": picture}


def a_copy(code: str, content: bytes, how: str = "redaction"):
    """What was made from an item and still holds what it should not."""
    first = gives(code, b"All is said.", what="document")
    made = keep_content(file_of(code).id, content)
    said = {"media": "text/plain", "metadata_left_out": "yes", "words": "made unreadable"}
    return derived(file_of(code).id, made, first.item, how, said, INVESTIGATOR, AT)


def kinds(found: list[str]) -> set[str]:
    return {what for what in WHAT.values() if any(what in each for each in found)}


@pytest.mark.parametrize("carrier", [*CARRIERS, "derived"])
@pytest.mark.parametrize("form", ["bundle", "copy of an item"])
def test_what_an_item_holds_is_found_before_the_item_leaves(database, carrier, form):
    code = a_protected_case()
    if carrier == "derived":
        item = a_copy(code, text("england-and-wales"))
    else:
        item = gives(code, CARRIERS[carrier]("england-and-wales"), what="document")
    if form == "bundle":
        bundle = disclosing.draft(
            file_of(code), as_they_are(item), to="A firm", side="defence", purpose="Disclosure", by=INVESTIGATOR, at=AT
        )
        found = [f"{one.where}: {one.leads}" for one in preview(file_of(code), bundle, at=AT).found]
    else:
        desk = Desk().signs_in()
        page = desk.sends(at(code, item.item, "copy"), {**FOR, "to": "A firm"})
        assert "Who will see this" in page
        assert not of_kind(code, "ItemCopied")
        found = found_on(page)
    assert kinds(found) >= ALL, carrier
    assert any("school" in each for each in found)


@pytest.mark.parametrize("pack", PLATES)
def test_the_plates_of_the_place_are_found_in_each_form(database, pack):
    code = a_protected_case(pack=pack)
    item = gives(code, text(pack), what="messages")
    append(
        file_of(code).id, "QuestionAsked", {"question": f"Is his van {PLATES[pack]}?"}, by=By("survivor"),
        happened_at=AT,
    )  # fmt: skip
    append(
        file_of(code).id, "FirstAccountTaken", {"of": "survivor", "account": f"He drives {PLATES[pack]}"},
        by=INVESTIGATOR, happened_at=AT,
    )  # fmt: skip
    desk = Desk().signs_in()
    assert "a number plate" in kinds(found_on(desk.sends(at(code, item.item, "copy"), {**FOR, "to": "A firm"})))
    assert "a number plate" in kinds(found_on(desk.opens(f"/desk/case/{code}/report")))
    assert "plate" in {one.what for one in draft_copy(file_of(code)).found}


def in_the_report(code: str, said: str) -> None:
    append(
        file_of(code).id, "FirstAccountTaken",
        {"of": "survivor", "account": said, "seen_by_officers": f"We saw: {said}"}, by=INVESTIGATOR, happened_at=AT,
    )  # fmt: skip


def in_the_copy(code: str, said: str) -> None:
    append(file_of(code).id, "QuestionAsked", {"question": said}, by=By("survivor"), happened_at=AT)


@pytest.mark.parametrize("planted", words("england-and-wales"))
def test_what_the_record_says_is_found_in_the_report_and_in_a_copy_of_the_file(database, planted):
    code = a_protected_case()
    in_the_report(code, planted)
    in_the_copy(code, planted)
    desk = Desk().signs_in()
    page = desk.opens(f"/desk/case/{code}/report")
    assert any("entry 7, first account taken" in each for each in found_on(page))
    assert any("entry 7, what the officers saw" in each for each in found_on(page))
    assert draft_copy(file_of(code)).found


@pytest.mark.parametrize("planted", ["LS6 2AB/1", "07700 900118", "AB12 CDE"])
@pytest.mark.parametrize("form", ["case", "json"])
def test_an_exhibit_number_is_found_in_a_custody_file_and_can_be_left_out(database, planted, form):
    code = a_protected_case()
    gives(code, b"x", what="document", exhibit=planted)
    desk, address = Desk().signs_in(), f"/desk/case/{code}/evidence/custody/take-out"
    page = desk.sends(address, {"purpose": "disclosure", "form": form})
    assert any("its exhibit number" in each for each in found_on(page))
    assert planted in page
    kept = confirmed(desk, address, page)
    assert planted in kept.content.decode()
    first = desk.sends(address, {"purpose": "disclosure", "form": form})
    shown = confirmed(desk, address, first, "leave", do="show").content.decode()
    assert "Nothing has left yet" in shown
    left = confirmed(desk, address, shown, "leave")
    assert left.headers["Content-Disposition"].startswith("attachment")
    assert planted not in left.content.decode()


def custody_paper(code: str, *planted: str) -> str:
    """The paper of an item that went out for these words; its address."""
    item = gives(code, b"x", what="document", exhibit="AB/1")
    for each in planted:
        copied(file_of(code).id, item.item, f"So that they know: {each}", INVESTIGATOR, AT, to=f"A firm: {each}")
    return at(code, item.item, "custody/paper")


def statement_paper(code: str, *planted: str) -> str:
    """The paper of a statement that says these words, and says them once more translated; its address."""
    begun = {"sort": "witness", "name": "Ada Lovelace", "language": "fr", "translated_into": "en-GB",
             "written_by": "officer", "reads": "yes"}  # fmt: skip
    append(file_of(code).id, "StatementStarted", begun, by=INVESTIGATOR, happened_at=AT)
    [started] = of_kind(code, "StatementStarted")
    paragraphs = [{"words": each, "translation": f"In English: {each}"} for each in planted]
    drafted = {"paragraphs": paragraphs}
    append(file_of(code).id, "StatementDrafted", drafted, by=INVESTIGATOR, happened_at=AT, about=(started.number,))
    return f"/desk/case/{code}/statement/{started.number}/paper"


PAPERS = {"custody": custody_paper, "custody of all": custody_paper, "statement": statement_paper}


@pytest.mark.parametrize("form", PAPERS)
def test_what_a_paper_says_is_found_and_it_prints_only_when_confirmed(database, form):
    code = a_protected_case()
    address = PAPERS[form](code, *words("england-and-wales"))
    address = f"/desk/case/{code}/evidence/custody/paper" if form == "custody of all" else address
    desk = Desk().signs_in()
    page = desk.opens(address)
    assert "Who will see this" in page
    assert "does not print" in page
    found = found_on(page)
    assert kinds(found) >= ALL
    assert any("school" in each for each in found)
    printed = unescape(confirmed(desk, address, page).content.decode())
    assert "does not print" not in printed
    assert "Who will see this" not in printed
    assert all(each in printed for each in words("england-and-wales"))
    assert any("to be printed" in (each.reason or "") for each in looks_at(code))


def test_the_time_of_a_stamp_is_no_telephone_number(database):
    code = a_protected_case()
    item = gives(code, b"x", what="document")
    stamped = {"item": str(item.item), "authority": "An authority", "at": "2026-11-21T22:13:00+00:00", "token": "AAAA"}
    append(file_of(code).id, "ItemTimeStamped", stamped, by=INVESTIGATOR, happened_at=AT)
    page = Desk().signs_in().opens(at(code, item.item, "custody/paper"))
    assert "21 November 2026, 22:13" in page
    assert found_on(page) == []


def test_words_left_out_of_custody_are_not_on_its_paper_and_a_statement_loses_none(database):
    code = a_protected_case()
    desk = Desk().signs_in()
    address = custody_paper(code, "She is at Rosewood House")
    left = confirmed(desk, address, desk.opens(address), "leave").content.decode()
    assert "Rosewood" not in left
    assert "(left out)" in left
    address = statement_paper(code, "She is at Rosewood House")
    page = desk.opens(address)
    assert found_on(page)
    assert 'value="leave"' not in page.replace('name="do" value="leave"', "")
    assert "Rosewood House" in confirmed(desk, address, page, "leave").content.decode()


@pytest.mark.parametrize("where", ["", "/custody", "/messages", "statement", "case"])
def test_a_page_that_was_not_looked_over_says_so_on_paper(database, where):
    code = a_protected_case()
    item = gives(code, b"x", what="document")
    desk = Desk().signs_in()
    address = {"case": f"/desk/case/{code}", "statement": f"/desk/case/{code}/statement"}.get(
        where, at(code, item.item) + where
    )
    assert '<p class="unread-print">This page does not print' in desk.opens(address)


@pytest.mark.parametrize("missing", ["read_it", "decide", "seen", "do"])
@pytest.mark.parametrize("form", ["copy", "custody", "report", "custody on paper", "statement on paper"])
def test_nothing_leaves_unread(database, form, missing):
    code = a_protected_case()
    item = gives(code, b"She is at Rosewood House", what="messages", exhibit="LS6 2AB")
    in_the_report(code, "She is at Rosewood House")
    desk = Desk().signs_in()
    address, first = {
        "copy": (at(code, item.item, "copy"), {**FOR, "to": "A firm"}),
        "custody": (f"/desk/case/{code}/evidence/custody/take-out", {"purpose": "disclosure", "form": "json"}),
        "report": (f"/desk/case/{code}/report", {}),
        "custody on paper": (f"/desk/case/{code}/evidence/custody/paper", {}),
        "statement on paper": (statement_paper(code, "She is at Rosewood House"), {}),
    }[form]
    page = desk.sends(address, first) if first else desk.opens(address)
    without = {"seen": {"seen": "0"}, "read_it": {"read_it": ""}, "do": {"do": ""}, "decide": dict.fromkeys(
        decided(page), "")}[missing]  # fmt: skip
    answer = confirmed(desk, address, page, **without)
    said = unescape(answer.content.decode())
    assert "Content-Disposition" not in answer.headers
    assert "Who will see this" in said
    assert not of_kind(code, "ItemCopied")
    if not first:
        assert "does not print" in said
    assert not any("read and confirmed" in (each.reason or "") for each in looks_at(code))
    confirmed(desk, address, page)
    assert any("read and confirmed" in (each.reason or "") for each in looks_at(code))


def test_where_nothing_is_found_nobody_is_told_that_it_is_safe(database):
    code = a_protected_case()
    item = gives(code, b"Nothing here.", what="document")
    desk = Desk().signs_in()
    page = unescape(desk.sends(at(code, item.item, "copy"), {**FOR, "to": "A firm"}))
    assert found_on(page) == []
    assert "That does not mean that there is nothing" in page
    assert "read_it" in page


def test_what_changed_meanwhile_is_read_again(database):
    code = a_protected_case()
    desk, address = Desk().signs_in(), f"/desk/case/{code}/report"
    page = desk.opens(address)
    in_the_report(code, "Nothing that leads anywhere")
    assert datetime.now(UTC) > AT
    again = unescape(confirmed(desk, address, page).content.decode())
    assert "It has changed since it was shown to you" in again
    assert "to print it" in unescape(confirmed(desk, address, again).content.decode()).lower()


def test_words_left_out_of_a_report_are_not_in_it(database):
    code = a_protected_case()
    in_the_report(code, "She is at Rosewood House")
    desk, address = Desk().signs_in(), f"/desk/case/{code}/report"
    left = confirmed(desk, address, desk.opens(address), "leave")
    assert "Rosewood" not in left.content.decode()
    assert "(left out)" in left.content.decode()
