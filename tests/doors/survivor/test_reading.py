"""What the survivor reads is what the record and the pack say, and nothing that is for staff only."""

import re
from datetime import UTC
from datetime import datetime

from django.test import Client
from django.utils.html import escape
from tests.support.packs import pack_of

from holdfast.access.looks import log_look
from holdfast.access.may import Person
from holdfast.duties.steps import steps

PAGES = ("", "list", "people", "until", "reach", "plan", "ask", "choices", "give", "picture", "diary", "given")


def test_every_promise_of_the_record_stands_on_the_page(survivor):
    survivor.record("BailGranted", ends_at=survivor.ago(days=-60).isoformat())
    survivor.record("RiskAssessed", instrument="dash", how="in_person", grade="high")
    survivor.enters()
    page = survivor.reads("list")
    pack = pack_of("england-and-wales")
    promises = steps(survivor.entries(), pack, datetime.now(UTC)).promises
    assert len(promises) > 10
    assert [each.says for each in promises if escape(each.says) not in page] == []


def test_what_the_pack_keeps_from_the_survivor_is_on_no_page(survivor):
    survivor.record("CallReceived", route="silent")
    survivor.record("BailGranted", ends_at=survivor.ago(days=-60).isoformat())
    survivor.record("SecondWordsUsed")  # of whoever stands beside them, or guesses, nothing may be read here
    survivor.record("WrongWordsTried", tries=9)
    survivor.record("FileOpenedInEmergency", reason="Reason of staff")
    survivor.record("UnusualOpeningFound", pattern="same_surname", staff="P77")
    survivor.enters()
    pack = pack_of("england-and-wales")
    hidden = [duty for duty in pack.duties if not duty.shown_to_survivor]
    kept_back = {words for duty in hidden for words in (duty.says, duty.staff, duty.why) if words}
    shown = {duty.says for duty in pack.duties if duty.shown_to_survivor}
    everything = "".join(survivor.reads(page) for page in PAGES)
    assert [says for says in kept_back - shown if escape(says) in everything] == []
    assert not re.search("Reason of staff|P77", everything)


def test_nothing_that_staff_wrote_and_nothing_of_the_suspect_is_on_any_page(survivor):
    secret = "Unsayable"
    survivor.record(
        "PersonNamed", party="suspect", name=f"{secret} Name", address=f"{secret} Road 1", number="01632 960777"
    )
    survivor.record("PersonNamed", party="survivor", address=f"{secret} Close", address_confidential="yes")
    bail = survivor.record(
        "BailGranted",
        ends_at=survivor.ago(days=-60).isoformat(),
        conditions=[
            {"type": "live_at", "place": f"{secret} Lane"},
            {"type": "keep_from_place", "place": f"{secret} Row"},
        ],
    )
    survivor.record(
        "DutyUnsafe",
        (bail,),
        duty="tell-bail",
        reason=f"{secret} reason",
        second_person="SGT1",
        try_again_on="2027-01-01",
    )
    survivor.record("RiskAssessed", instrument="dash", how="in_person", grade="high")
    survivor.record("FirstAccountTaken", of="suspect", account=f"{secret} account")
    survivor.record("ContactAgreed", channel="text", number="07700 900123", code_word=secret)
    survivor.enters()
    everything = "".join(survivor.reads(page) for page in PAGES)
    assert secret not in everything
    assert "960777" not in everything
    assert "900123" not in everything


def test_where_the_record_is_silent_the_page_says_so_and_whom_to_ask(survivor):
    survivor.enters()
    assert "does not say anything yet" in survivor.reads()
    assert "does not name anybody yet" in survivor.reads("people")
    assert "nothing is sent to you" in survivor.reads("reach")
    assert "The record does not hold anything yet" in survivor.reads("until")


def test_the_officer_to_ask_and_the_report_s_number_are_those_of_the_record(survivor):
    survivor.record("OwnerNamed", owner="PC4321", number="01632 960123")
    survivor.record("ReportNumberGiven", reference="12/3456/26")
    survivor.enters()
    page = survivor.reads("people")
    assert "Officer PC4321" in page
    assert 'href="tel:01632960123"' in page
    assert "12/3456/26" in page


def test_a_line_for_those_who_hurt_others_is_not_offered(survivor):
    survivor.enters()
    assert "Respect Phoneline" not in survivor.reads("people")
    assert "National Domestic Abuse Helpline" in survivor.reads("people")


def test_who_looked_is_told_by_role_only_after_the_words_were_given_again(survivor):
    log_look(Person("adviser", "ADV7", agency="support_service"), survivor.code, "read_case", "referral")
    survivor.enters()
    assert "Independent adviser" not in survivor.reads("looks")
    wrong = survivor.browser.post("/my/looks", {"words": "other words"}).content.decode()
    assert "Independent adviser" not in wrong
    right = survivor.browser.post("/my/looks", {"words": survivor.words}).content.decode()
    assert "Independent adviser" in right
    assert "Support service" in right
    assert "ADV7" not in right


def test_another_survivor_s_words_open_only_their_own(survivor):
    other = type(survivor)()
    other.record("OwnerNamed", owner="PC9999")
    survivor.enters()
    other_browser = Client()
    other.enters(other_browser)
    assert "PC9999" not in survivor.reads("people")
    assert "PC9999" in other_browser.get("/my/people").content.decode()
