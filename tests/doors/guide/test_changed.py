"""What changed is told from the pack's dates; what may not be shown is never told; a notice ends by itself."""

from datetime import date
from datetime import timedelta

import msgspec
import pytest
from django.test import Client

from holdfast.doors.guide import changed
from holdfast.doors.guide.places import places
from holdfast.doors.guide.spot import Spot
from holdfast.law.data import InForce
from holdfast.law.data import Source
from holdfast.law.language import ENGLISH
from holdfast.law.pack import Pack
from holdfast.law.pack import Power
from holdfast.law.pack import Test as PartOfATest
from holdfast.law.public import Notice

DAY = date(2026, 11, 21)
READ = Source(title="An Act", link="https://law.example/act", last_checked_on="2026-11-01", confidence="verified")


def power(name: str, since: str, *, status: str = "in-force", source: Source = READ, until: str = "") -> Power:
    law = InForce(from_=since, status=status, until=until)  # type: ignore[arg-type]
    return Power(id=name, says=f"They may do {name}.", staff="-", held_by="officer", tests=(PartOfATest(says="-"),),
                 authority="statute", source=source, in_force=law)  # fmt: skip


def spot(*powers: Power, notices: tuple[Notice, ...] = (), day: date = DAY) -> Spot:
    pack = Pack(id="x", name="X", language="en", timezone="Europe/London", hosts=(), powers=powers, notices=notices)
    return Spot(pack, ENGLISH, day, DAY)


def told(found: list[changed.Shown]) -> list[str]:
    return [each.change.id for each in found]


def test_the_year_behind_is_told_latest_first_and_what_comes_nearest_first() -> None:
    given = spot(power("old", "2024-01-01"), power("a", "2026-01-01"), power("b", "2026-11-21"),
                 power("c", "2026-11-22"), power("d", "2027-04-01", status="prospective"))  # fmt: skip
    assert told(changed.past(given)) == ["b", "a"]
    assert told(changed.coming(given)) == ["c", "d"]
    assert changed.waiting(given) == []


def test_what_is_enacted_without_a_day_is_told_apart() -> None:
    given = spot(power("a", "not stated", status="commencement-unknown"))
    assert told(changed.waiting(given)) == ["a"]
    assert changed.past(given) == changed.coming(given) == []


def test_what_rests_on_an_unchecked_source_is_never_told() -> None:
    unread = msgspec.structs.replace(READ, confidence="unverified")
    given = spot(
        power("a", "2026-10-01", source=unread), power("b", "not stated", status="commencement-unknown", source=unread)
    )
    assert changed.past(given) == changed.waiting(given) == []
    assert not changed.news(given)


def test_the_contents_say_so_for_two_months_and_before_it_comes() -> None:
    assert changed.news(spot(power("a", (DAY - timedelta(days=59)).isoformat()))).lately == 1
    assert not changed.news(spot(power("a", (DAY - timedelta(days=60)).isoformat())))
    assert changed.news(spot(power("a", (DAY + timedelta(days=90)).isoformat()))).soon == 1
    assert not changed.news(spot(power("a", (DAY + timedelta(days=91)).isoformat())))


def test_the_page_tells_what_changed_in_england_and_wales() -> None:
    page = Client().get("/guide/england-and-wales/changed?on=2026-05-01").content.decode()
    assert '<time datetime="2026-04-01">1 April 2026</time>' in page
    assert page.count("Until 1 April 2026 this held. Nobody can say yet whether it still does:") == 1
    contents = Client().get("/guide/england-and-wales/?on=2026-05-01").content.decode()
    assert "in the last two months" in contents
    assert "in the last two months" not in Client().get("/guide/england-and-wales/?on=2026-08-01").content.decode()


@pytest.mark.parametrize(
    ("day", "is_shown"), [("2026-11-19", False), ("2026-11-20", True), ("2026-11-30", True), ("2026-12-01", False)]
)
def test_a_notice_stands_on_every_page_from_its_first_day_to_its_last(
    monkeypatch: pytest.MonkeyPatch, day: str, is_shown: bool
) -> None:
    notice = Notice(
        id="n", says="The court in the old town is closed.", from_="2026-11-20", until="2026-11-30", source=READ
    )
    unread = msgspec.structs.replace(notice, id="u", says="Nobody read this.", source=Source(title="Somewhere"))
    real = places()["england-and-wales"]
    monkeypatch.setitem(places(), real.id, msgspec.structs.replace(real, notices=(notice, unread)))
    here = "/guide/england-and-wales/"
    names = (
        "",
        "bail",
        "changed",
        "easy/",
        "easy/bail",
        "services",
        "card",
        "way/now/1",
        "formats",
        "about",
        "languages",
    )
    for name in (*(here + each for each in names), "/start/england-and-wales", "/start/england-and-wales/en"):
        page = Client().get(f"{name}?on={day}").content.decode()
        assert (notice.says in page) is is_shown, name
        assert unread.says not in page


def ended(name: str, until: str, says: str, *, then: str = "unknown") -> Power:
    law = InForce(from_="2020-01-01", status="in-force", until=until, then=then)  # type: ignore[arg-type]
    return msgspec.structs.replace(power(name, "2020-01-01"), says=says, in_force=law)


def test_what_nobody_knows_of_from_one_day_is_told_under_one_sentence() -> None:
    given = spot(ended("a", "2026-03-31", "One."), ended("b", "2026-03-31", "Two."), power("ab", "2026-04-01"))
    groups = changed.grouped(changed.past(given))
    assert sorted((group.how, sorted(told(group.changes))) for group in groups) == [
        ("begins", ["ab"]),
        ("not known after", ["a", "b"]),
    ]


def test_what_ends_and_begins_on_one_day_in_the_same_words_is_told_once() -> None:
    new = msgspec.structs.replace(power("new", "2026-04-01"), says="The same.")
    given = spot(ended("old", "2026-03-31", "The same.", then=""), new)
    (group,) = changed.grouped(changed.past(given))
    assert (group.how, told(group.changes)) == ("replaced", ["new"])
