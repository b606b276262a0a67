"""A report from the public: ring first, a case item once, nothing left in the browser, and off unless it is offered."""

import re
from html import unescape

import pytest
from django.test import Client
from tests.doors.desk.conftest import Desk

from holdfast.casefile.models import Case
from holdfast.casefile.reading import read_case
from holdfast.doors.intake.models import Unread
from holdfast.site.limits import REPORTING
from holdfast.site.rate import by_reporter

WRITTEN = {
    "safe_now": "yes",
    "who": "neighbour",
    "happened": "Shouting and a child crying, every night this week.",
    "place": "14 Example Row",
    "there": "not_known",
    "children": "yes",
    "other_name": "Invented Person",
    "number": "07700 900155",
    "reach": "Only in the morning. Do not leave a message.",
}


@pytest.fixture
def offered(database, settings) -> Client:
    settings.HOLDFAST_ONLINE_REPORTS = True
    return Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)


def page_of(client: Client) -> str:
    return unescape(re.search(r'name="page" value="([^"]+)"', client.get("/note/on").content.decode()).group(1))


def sends(client: Client, **changed: str):
    return client.post("/note/on", {"page": page_of(client), **WRITTEN, **changed})


def entries():
    return read_case(Case.objects.get().id).entries


def test_without_the_setting_there_is_no_such_page(database):
    client = Client(HTTP_HOST="127.0.0.1")
    assert [client.get(f"/note/{each}").status_code for each in ("", "on", "now")] == [404, 404, 404]
    assert client.post("/note/on", WRITTEN).status_code == 404
    assert Case.objects.count() == 0


def test_the_first_page_asks_whether_it_is_happening_now_and_leads_to_ringing(offered):
    page = unescape(offered.get("/note/").content.decode())
    assert page.index("Is it happening now?") < page.index("/note/now") < page.index("/note/on")
    assert "A person reads your report within one hour, day and night." in page
    assert "999" in offered.get("/note/now").content.decode()


def test_a_report_becomes_one_case_item_and_its_number_is_not_a_safe_one(offered):
    page = page_of(offered)
    answers = [offered.post("/note/on", {"page": page, **WRITTEN}).content.decode() for _ in range(3)]
    assert Case.objects.count() == 1
    found = entries()
    assert [entry.kind for entry in found] == [
        "CaseOpened", "CallReceived", "CallQuestionsAnswered", "LocationFound", "PersonNamed",
    ]  # fmt: skip
    assert (found[1].fields.route, found[1].fields.caller, found[1].fields.number) == (
        "online", "neighbour", "07700 900155",
    )  # fmt: skip
    assert not any(entry.kind in ("SafeNumberGiven", "ContactAgreed") for entry in found)
    assert "Do not leave a message" in found[2].fields.communication_needs
    assert found[1].by.role == "feed"
    references = {re.search(r'class="code">([^<]+)<', each).group(1) for each in answers}
    assert references == {found[0].fields.reference}


def test_sent_again_with_other_words_it_is_the_same_case_and_both_are_kept(offered):
    page = page_of(offered)
    for words in ("First words.", "Other words."):
        offered.post("/note/on", {"page": page, **WRITTEN, "happened": words})
    said = [entry.fields.what_happened for entry in entries() if entry.kind == "CallQuestionsAnswered"]
    assert (Case.objects.count(), said) == (1, ["First words.", "Other words."])
    assert [entry.kind for entry in entries()].count("CallReceived") == 1


def test_nothing_of_it_stays_in_the_answer_or_in_the_browser(offered):
    answer = sends(offered)
    page = answer.content.decode()
    assert not any(value in page for value in ("Shouting", "14 Example Row", "Invented Person", "900155", "morning"))
    assert answer.headers["Cache-Control"] == "no-store"
    assert not offered.cookies
    assert "<title>Information</title>" in page
    assert 'autocomplete="off"' in offered.get("/note/on").content.decode()


@pytest.mark.parametrize("safe", ["no", "not_known"])
def test_who_is_not_safe_is_told_to_ring_and_the_report_is_taken_all_the_same(offered, safe):
    page = sends(offered, safe_now=safe).content.decode()
    assert page.index("Ring now") < page.index("It has arrived")
    assert entries()[1].fields.safe_now == safe


def test_somebody_reads_it_within_the_hour_and_sees_who_wrote(offered):
    sends(offered)
    queue = unescape(Desk("call_taker").signs_in().opens("/desk/"))
    assert "Read what was reported online" in queue


def test_what_is_missing_is_asked_for_and_nothing_is_lost(offered):
    answer = sends(offered, happened="", safe_now="")
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Answer this first." in page
    assert "14 Example Row" in page
    assert Case.objects.count() == 0


@pytest.mark.parametrize("page", ["", "x", "a:b:c", "x" * 5000, "\x00"])
def test_a_page_that_was_not_made_here_is_shown_again_and_takes_nothing(offered, page):
    answer = offered.post("/note/on", {**WRITTEN, "page": page})
    assert answer.status_code == 422
    assert "14 Example Row" in answer.content.decode()
    assert Case.objects.count() == 0
    new = re.search(r'name="page" value="([^"]+)"', answer.content.decode()).group(1)
    assert offered.post("/note/on", {**WRITTEN, "page": unescape(new)}).status_code == 200


def test_another_site_sends_nothing(offered):
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = offered.post("/note/on", {"page": page_of(offered), **WRITTEN}, headers=headers)
    assert answer.status_code == 403
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"who": "king"}, {"there": "\x00"}, {"happened": "x" * 7000}, {"name": "\ud7ff" * 300}, {"safe_now": "maybe"},
        {"place": "x" * 401}, {"number": "9" * 61}, {"language": "<script>alert(1)</script>" * 4},
    ],
)  # fmt: skip
def test_bad_input_is_refused_clearly_and_never_an_error(offered, changed):
    answer = sends(offered, **changed)
    assert answer.status_code == 422
    assert b"<script>alert" not in answer.content
    assert Case.objects.count() == 0


def test_what_the_record_cannot_hold_is_kept_for_a_person(offered, monkeypatch):
    from holdfast.doors.report import arriving

    real = arriving._drafts
    monkeypatch.setattr(arriving, "_drafts", lambda said, now: (real(said, now)[0]._replace(fields={"route": "x"}),))
    assert b"It has arrived" in sends(offered).content
    assert (Case.objects.count(), Unread.objects.count()) == (0, 1)


def test_a_place_that_cannot_keep_it_says_so_and_to_ring(offered, settings, tmp_path):
    page = page_of(offered)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE intake_taken RENAME TO intake_gone")
    answer = offered.post("/note/on", {"page": page, **WRITTEN})
    assert answer.status_code == 503
    assert "It was not taken." in answer.content.decode()
    assert "14 Example Row" in answer.content.decode()
    assert Case.objects.count() == 0


def test_leaving_ends_on_a_harmless_page(offered):
    assert offered.get("/note/leave").headers["Location"].startswith("https://www.bbc.co.uk/")


def test_the_guide_leads_to_it_only_where_the_place_offers_it(offered, settings):
    assert b'href="/note/"' not in offered.get("/england-and-wales/if-you-call").content


def test_an_address_sends_ten_at_once_and_then_one_each_half_minute():
    assert REPORTING == "/note/on"
    bucket = by_reporter()
    waits = [bucket.take("a", 0.0) for _ in range(11)]
    assert waits[:10] == [0.0] * 10
    assert 0 < waits[10] <= 30
