"""Services are found by what is posted, which stands in no address; each shows when it was last checked."""

from pathlib import Path

import pytest
from django.test import Client

from holdfast.directory.listing import Address
from holdfast.directory.listing import Listing
from holdfast.directory.listing import Opening
from holdfast.directory.listing import Way
from holdfast.doors.guide.places import places
from holdfast.doors.guide.spot import today_in
from holdfast.doors.guide.views import finding

HERE = "/guide/england-and-wales/services"
ALWAYS = Opening(opens_at="00:00", closes_at="24:00", byday=("MO", "TU", "WE", "TH", "FR", "SA", "SU"), freq="WEEKLY")


ALL = {"Always there", "Long ago", "Never looked at", "Closed for good"}


def listing(name: str, **more: object) -> Listing:
    given = {"id": name, "place": "england-and-wales", "source": "A list", "timezone": "Europe/London", "name": name}
    return Listing(**{**given, **more})  # type: ignore[arg-type]


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The listings that the pack itself holds, as if these were all."""
    today = today_in(places()["england-and-wales"])
    found = (
        listing("Always there", hours=(ALWAYS,), needs=("legal",), languages=("pl",), last_checked=today.isoformat(),
                checked_how="checked", ways=(Way("voice", "01632 960001"), Way("short-code", "60777"))),
        listing("Long ago", last_checked="2020-02-03", checked_how="checked", needs=("refuge",), serves=("Leeds",),
                standing="confidential", ways=(Way("in-person", ""),)),
        listing("Never looked at", needs=("police",), kind="police", standing="open",
                addresses=(Address(lines=("1 High Street",), town="York"),)),
        listing("Closed for good", hours=(Opening(opens_at="03:00", closes_at="03:01", freq="DAILY"),)),
    )  # fmt: skip
    monkeypatch.setattr(finding, "listings_of", lambda pack: found)


def names(**asked: str) -> set[str]:
    page = Client(enforce_csrf_checks=True).post(HERE, asked).content.decode()
    return {name for name in ALL if name in page}


def test_before_anybody_asks_all_stand_there(listed: None) -> None:
    page = Client().get(HERE).content.decode()
    assert all(name in page for name in ALL)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"need": "legal"}, {"Always there"}),
        ({"language": "pl"}, {"Always there"}),
        ({"channel": "text"}, {"Always there"}),
        ({"words": "leeds"}, {"Long ago"}),
        ({"need": "legal", "language": "ur"}, set()),
        ({"need": "no-such-need", "channel": "pigeon"}, ALL),
    ],
)  # fmt: skip
def test_it_is_found_by_what_is_posted(listed: None, asked: dict[str, str], found: set[str]) -> None:
    assert names(**asked) == found


def test_who_is_known_to_be_closed_is_left_out_and_who_is_not_known_stays(listed: None) -> None:
    assert {"Always there", "Long ago"} <= names(open="1")
    page = Client().post(HERE, {"open": "1"}).content.decode()
    assert "Open now" in page
    assert "Hours not known" in page


def test_each_shows_when_it_was_checked_and_what_is_stale_says_so(listed: None) -> None:
    page = Client().get(HERE).content.decode()
    items = {name: page.split(name)[1].split("</li>\n")[0] for name in ("Always there", "Long ago", "Never looked at")}
    assert "Last checked on" in items["Always there"]
    assert "Not checked for over a year" not in items["Always there"].split("Long ago")[0].split("<h3")[0]
    assert "3 February 2020" in items["Long ago"]
    assert "Not checked for over a year" in items["Long ago"]
    assert "Nobody has said when this was checked" in items["Never looked at"]


def test_a_police_counter_shows_its_address_and_a_refuge_says_that_it_does_not(listed: None) -> None:
    page = Client().get(HERE).content.decode()
    assert "1 High Street, York" in page
    assert "Its address is not given here." in page.split("Long ago")[1].split("<h3")[0]


def test_what_was_looked_for_stands_in_no_address_and_no_cookie(listed: None) -> None:
    answer = Client().post(HERE, {"words": "leeds", "need": "refuge"})
    page = answer.content.decode()
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"
    assert 'method="get"' not in page
    assert "?need" not in page
    assert "words=" not in page


def test_markup_that_was_typed_is_shown_as_words(listed: None) -> None:
    page = Client().post(HERE, {"words": '"><script>x</script>'}).content.decode()
    assert "<script>x" not in page


def test_a_directory_that_cannot_be_read_leaves_the_packs_own(listed: None, tmp_path: Path, settings: object) -> None:
    settings.HOLDFAST_DATA = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "directory.sqlite3").write_bytes(b"no database at all, but long enough to be read as one" * 50)
    page = Client().get(HERE).content.decode()
    assert "cannot be read at present" in page
    assert "Always there" in page


def test_the_packs_own_services_can_be_found_where_nothing_was_imported() -> None:
    page = Client().post(HERE, {"need": "refuge"}).content.decode()
    assert "Last checked on" in page


def test_more_than_a_page_of_services_is_shown_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    many = tuple(listing(f"Number {at:03}") for at in range(45))
    monkeypatch.setattr(finding, "listings_of", lambda pack: many)
    first = Client().get(HERE).content.decode()
    assert "Number 019" in first
    assert "Number 020" not in first
    assert 'name="after" value="20"' in first
    last = Client().post(HERE, {"after": "40"}).content.decode()
    assert "Number 044" in last
    assert 'name="after"' not in last


def test_on_a_page_from_right_to_left_a_list_runs_as_its_own_letters_do(
    monkeypatch: pytest.MonkeyPatch, with_drafts: None
) -> None:
    found = (listing("A help line", says="Ring 0808 2000 247 first.", ways=(Way("voice", "01632 960001"),)),)
    monkeypatch.setattr(finding, "listings_of", lambda pack: found)
    page = Client().get("/guide/england-and-wales/ar/services").content.decode()
    assert '<h3 class="in-card" dir="auto">A help line</h3>' in page
    assert '<p dir="auto">Ring <bdi dir="ltr">0808 2000 247</bdi> first.</p>' in page
    assert '<a class="tell" href="tel:01632960001" dir="ltr">01632 960001</a>' in page
    assert "Telephone" not in page.split("<main")[1].split("A help line")[1]
    assert "auto" not in Client().get(HERE).content.decode().split("A help line")[1]


def test_emergency_lines_come_first_as_the_pack_has_them_and_show_no_hours_and_no_sentence_twice() -> None:
    page = Client().get(HERE).content.decode()
    items = page.split("<main")[1].split('<h3 class="in-card">')[1:]
    assert items[0].startswith("Emergency</h3>")
    emergency = [
        item for item in items if item.split("</h3>")[0] in ("Emergency", "999 BSL", "Silent call from a mobile")
    ]
    assert len(emergency) == 3
    for item in emergency:
        assert "Hours not known" not in item
    assert "In danger now? Call 999." not in items[0]
    assert '<li>Telephone: <a class="tell" href="tel:999" dir="ltr">999</a></li>' in items[0]
    sign = next(item for item in items if item.startswith("999 BSL"))
    assert "<li>Video</li>" in sign


def test_an_emergency_line_stays_before_the_rest_where_who_is_closed_is_left_out() -> None:
    page = Client().post(HERE, {"open": "1"}).content.decode()
    assert page.split('<h3 class="in-card">')[1].startswith("Emergency</h3>")


def test_a_number_stands_before_what_its_source_says_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ways = (Way("voice", "01632 960001", says="For people in the north", extension="2"),)
    monkeypatch.setattr(finding, "listings_of", lambda pack: (listing("A line", ways=ways),))
    page = Client().get(HERE).content.decode()
    assert '01632 960001</a> / <bdi>2</bdi> <span class="soft"><bdi>For people in the north</bdi></span>' in page


def test_a_search_that_finds_nothing_offers_all_there_is_and_a_helpline() -> None:
    page = Client().post(HERE, {"words": "zzzz"}).content.decode().split("<main")[1]
    first = next(each for each in places()["england-and-wales"].services if each.kind == "helpline")
    assert "Ask for less" in page
    assert f'<a class="button button--plain" href="{HERE}">Show all ' in page
    assert first.name in page
    assert "Ask for less" not in Client().get(HERE).content.decode()


def test_what_a_pack_says_in_english_is_marked_so_on_a_page_in_another_language(with_drafts: None) -> None:
    page = Client().get("/guide/england-and-wales/ar/services").content.decode()
    assert '<h3 class="in-card" lang="en" dir="ltr">Emergency</h3>' in page
