"""What the survivor gives: only they, only theirs, and whether the police may have it is theirs to say."""

import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from tests.support.taking_in import Giving
from tests.support.taking_in import form

from holdfast.access.ways_in.second import agree_second
from holdfast.access.ways_in.supporters import name_supporter
from holdfast.casefile.reading import read_case
from holdfast.doors.evidence.permit import read_permit
from holdfast.doors.evidence.recording import handed_to_police
from holdfast.doors.evidence.withheld import shown_at_desk
from holdfast.doors.survivor.views.giving_words import GIFTS
from holdfast.record.entry import By
from holdfast.record.field import choices
from holdfast.record.kinds.evidence import ItemTaken
from holdfast.vault.items import items_of
from holdfast.vault.place import item_of

NAMED = "him-hitting-me.jpg"


class Survivor(Giving):
    """Somebody on their own page, with the way in beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.browser = Client()
        self.browser.post("/my/in", {"code": self.code, "words": self.words})

    def reads(self, word: str) -> str:
        answer = self.browser.get(f"/my/{word}")
        assert answer.status_code == 200, (word, answer.status_code)
        return answer.content.decode()

    def permit_on(self, word: str) -> str:
        found = re.search(r'action="(/in/[^"]+)"', self.reads(word))
        assert found, word
        return found[1]

    def sends(self, word: str, content: bytes = b"content", **fields: str) -> None:
        body, kind = form(*((name, None, said.encode()) for name, said in fields.items()), ("files", NAMED, content))
        answer = self.ask("POST", self.permit_on(word), body, **{"content-type": kind})
        assert (answer.status, answer.headers["location"]) == (303, "/my/given")


@pytest.fixture
def survivor(database: Any, calm: Any) -> Any:
    found = Survivor()
    yield found
    found.close()


@pytest.mark.parametrize("gift", GIFTS)
def test_each_kind_of_thing_can_be_given_by_its_own_page(survivor: Survivor, gift: Any) -> None:
    survivor.sends(gift.word, words="In my own words", number="07700 900123")
    [item] = survivor.items()
    assert gift.what in choices(ItemTaken.__annotations__["what"])
    assert (item.what, item.source, item.taken_by) == (gift.what, "survivor", By("survivor", ""))
    assert "In my own words" in item.words
    assert "07700 900123" in item.words
    assert item.police_may_have == "not_asked"
    page = survivor.reads("given")
    assert "You have not chosen, so the police may not have it." in page
    assert NAMED not in page
    assert "07700" not in page


def test_a_note_is_kept_with_both_its_times(survivor: Survivor) -> None:
    said = {"happened": "On Tuesday, after ten", "words": "He came <in>.\r\nThen é.", "police_may_have": "later"}
    assert survivor.browser.post("/my/diary", said)["Location"] == "/my/given"
    [item] = survivor.items()
    content = item_of(survivor.case, item.item).read().decode()
    assert content.startswith("Happened: On Tuesday, after ten\nWritten: 20")
    assert content.endswith("\n\nHe came <in>.\nThen é.\n")
    assert (item.what, item.police_may_have) == ("diary_note", "later")
    assert item.made is not None
    assert "Your note is kept" in survivor.reads("given")


def test_a_note_of_nothing_is_not_kept(survivor: Survivor) -> None:
    answer = survivor.browser.post("/my/diary", {"happened": "today", "words": ""})
    assert answer.status_code == 422
    assert b"Write what happened" in answer.content
    assert survivor.items() == ()


def test_whether_the_police_may_have_it_is_said_changed_and_ended_by_handing_over(survivor: Survivor) -> None:
    survivor.sends("picture", police_may_have="no")
    [item] = survivor.items()
    assert "The police may not have it." in survivor.reads("given")
    for may, says in (("later", "The police may not have it yet."), ("now", "The police may have it.")):
        survivor.browser.post("/my/given", {"may": f"{may} {item.item}"})
        assert says in survivor.reads("given")
        assert survivor.items()[0].police_may_have == may
    for wrong in ("perhaps", "not_asked", ""):
        survivor.browser.post("/my/given", {"may": f"{wrong} {item.item}"})
    assert survivor.items()[0].police_may_have == "now"
    handed_to_police(survivor.case, item.item, By("officer", "PC1"), survivor.now)
    survivor.browser.post("/my/given", {"may": f"no {item.item}"})
    assert survivor.items()[0].police_may_have == "now"
    assert "taken it over" in survivor.reads("given")
    assert 'name="may"' not in survivor.reads("given")


def test_what_police_may_not_have_is_nowhere_in_what_the_desk_is_shown(survivor: Survivor) -> None:
    for may in ("no", "later", "now"):
        survivor.sends("thing", words=f"of {may}.", police_may_have=may)
    survivor.sends("thing", words="said nothing of it")
    shown = shown_at_desk(read_case(survivor.case).entries)
    assert [each.words for each in items_of(shown)] == ["of now."]
    assert not any("of no." in str(entry.fields) or "of later." in str(entry.fields) for entry in shown)


def test_nothing_of_another_case_can_be_reached(survivor: Survivor) -> None:
    other = Survivor()
    other.sends("picture", police_may_have="no")
    [theirs] = other.items()
    survivor.browser.post("/my/given", {"may": f"now {theirs.item}"})
    assert other.items()[0].police_may_have == "no"
    assert survivor.browser.post("/my/receipt", {"item": str(theirs.item)})["Location"] == "/my/given"
    half = other.permit_on("picture")
    other.patch(half, 0, b"begun")
    permit = read_permit(half.removeprefix("/in/"))
    assert permit is not None
    for name in ("item", "forget"):
        assert survivor.browser.post("/my/on", {name: str(permit.item)})["Location"] == "/my/given"
    assert other.ask("HEAD", half).offset == 5
    other.close()


def test_a_supporter_gets_neither_page_nor_permit(survivor: Survivor) -> None:

    until = survivor.now.date().isoformat()
    said = {"name": "A friend", "who": "friend", "may": ["ask_questions"], "until": until}
    file, zone = read_case(survivor.case), ZoneInfo("Europe/London")
    words = name_supporter(file, said, zone, by=By("survivor", ""), at=survivor.now)
    theirs = Client()
    theirs.post("/my/in", {"code": survivor.code, "words": words})
    for word in ("give", "given", "diary", "on", "receipt", *(gift.word for gift in GIFTS)):
        answer = theirs.get(f"/my/{word}")
        assert answer.status_code == 403, word
        assert b"/in/" not in answer.content
    assert b"/my/give" not in theirs.get("/my/").content


def test_a_harmless_page_takes_nothing_and_shows_nothing(survivor: Survivor) -> None:
    survivor.sends("picture")
    words = agree_second(survivor.case, survivor.code, survivor.now)
    harmless = Client()
    harmless.post("/my/in", {"code": survivor.code, "words": words})
    for word in ("give", "given", "diary", "on", "receipt", *(gift.word for gift in GIFTS)):
        assert harmless.get(f"/my/{word}")["Location"] == "/my/"
        assert harmless.post(f"/my/{word}", {"words": "x", "item": str(survivor.items()[0].item)})["Location"] == "/my/"
    assert len(survivor.items()) == 1


def test_the_receipt_is_shown_and_saved_under_a_name_that_says_nothing(survivor: Survivor) -> None:
    survivor.sends("picture")
    [item] = survivor.items()
    assert item.receipt
    shown = survivor.browser.post("/my/receipt", {"item": str(item.item)}).content.decode()
    assert item.sha256 in shown
    assert "Who will see this" in shown
    unread = survivor.browser.post("/my/receipt", {"item": str(item.item), "save": "1"})
    assert "Nothing was saved" in unread.content.decode()
    saved = survivor.browser.post("/my/receipt", {"item": str(item.item), "save": "1", "read_it": "yes"})
    assert saved.content.decode() == item.receipt
    assert saved["Content-Disposition"] == 'attachment; filename="information-1.txt"'
    assert saved["Cache-Control"] == "no-store"
    assert not re.search(r"injur|photo|police|abuse|survivor|holdfast", item.receipt, re.IGNORECASE)


def test_what_was_begun_is_listed_goes_on_and_can_be_forgotten(survivor: Survivor) -> None:
    permit = survivor.permit_on("picture")
    more = survivor.ask("POST", f"{permit}/file", b'{"named": "x.jpg", "fields": {"words": "Of mine"}}').said["permit"]
    survivor.patch(more, 0, b"0123456789", **{"upload-length": "20"})
    page = survivor.reads("given")
    assert "10 bytes of 20 bytes are here." in page
    key = re.search(r'name="item" value="([^"]+)"', page)
    assert key
    on = survivor.browser.post("/my/on", {"item": key[1]}).content.decode()
    again = re.search(r'action="(/in/[^"]+)"', on)
    assert again
    assert survivor.ask("HEAD", again[1]).offset == 10
    survivor.patch(again[1], 10, b"abcdefghij")
    assert survivor.ask("POST", f"{again[1]}/end", b'{"size": 20}').status == 200
    [item] = survivor.items()
    assert (item.words, item.what) == ("Of mine", "injury_photograph")
    # And another is forgotten.
    survivor.patch(survivor.permit_on("paper"), 0, b"half")
    survivor.taking_in.intakes.close()
    key = re.search(r'name="forget" value="([^"]+)"', survivor.reads("given"))
    assert key
    survivor.browser.post("/my/on", {"forget": key[1]})
    assert "Coming in" not in survivor.reads("given")


def test_what_arrived_whole_is_finished_without_the_file(survivor: Survivor) -> None:
    permit = survivor.permit_on("picture")
    survivor.patch(permit, 0, b"0123456789", **{"upload-length": "12"})
    key = re.search(r'name="item" value="([^"]+)"', survivor.reads("given"))
    assert key
    half = survivor.browser.post("/my/on", {"item": key[1]}).content.decode()
    assert "Finish" not in half
    again = re.search(r'action="(/in/[^"]+)"', half)
    assert again
    early = survivor.ask("POST", f"{again[1]}/end", b"size=12", **{"content-type": "application/x-www-form-urlencoded"})
    assert early.status == 409
    assert early.headers["content-type"].startswith("text/html"), "a page, where a form was sent"
    assert len(survivor.items()) == 0
    survivor.patch(again[1], 10, b"ab")
    whole = survivor.browser.post("/my/on", {"item": key[1]}).content.decode()
    assert "All of it has arrived" in whole
    end = re.search(r'action="(/in/[^"]+/end)"', whole)
    assert end
    for said in (b"", b"size=x", b"size=-1"):
        refused = survivor.ask("POST", end[1], said, **{"content-type": "application/x-www-form-urlencoded"})
        assert refused.status == 400
    done = survivor.ask("POST", end[1], b"size=12", **{"content-type": "application/x-www-form-urlencoded"})
    assert (done.status, done.headers["location"]) == (303, "/my/given")
    [item] = survivor.items()
    assert item.size == 12
    assert (
        survivor.ask("POST", end[1], b"size=12", **{"content-type": "application/x-www-form-urlencoded"}).status == 303
    ), "pressed twice"


def test_the_later_pictures_are_recalled_for_a_week(survivor: Survivor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Bruises may show better" not in survivor.reads("give")
    survivor.sends("thing")
    assert "Bruises may show better" not in survivor.reads("give")
    survivor.sends("picture")
    assert "tomorrow and on the days that follow" in survivor.reads("given")


def test_addresses_and_titles_say_nothing(survivor: Survivor) -> None:
    for word in ("give", "given", "diary", *(gift.word for gift in GIFTS)):
        assert re.fullmatch(r"[a-z]+", word)
        assert "<title>Information</title>" in survivor.reads(word)
