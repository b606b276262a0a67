"""A guide page is filled from the pack, and says nothing that rests on what was not checked or is not law that day."""

from datetime import date

import msgspec
import pytest

from holdfast.doors.guide.page import render
from holdfast.law.data import InForce
from holdfast.law.data import Source
from holdfast.law.pack import Alternative
from holdfast.law.pack import Duty
from holdfast.law.pack import Lasts
from holdfast.law.pack import Order
from holdfast.law.pack import Pack
from holdfast.law.pack import Trigger
from holdfast.law.public import GuidePage
from holdfast.law.public import Route
from holdfast.law.public import Service
from holdfast.law.public import Term

DAY = date(2026, 3, 9)
READ = Source(title="A code", article="right 6", link="https://law.example/code", last_checked_on="2026-03-01",
              confidence="verified")  # fmt: skip


def duty(name="tell-bail", *, source=READ, since="2021-04-01", **more):
    given = {
        "id": name, "stage": "suspect", "says": "You will be told of the bail.", "staff": "Tell them.",
        "owed_by": "investigator",
        "starts": (Trigger(kind="BailGranted"),), "ends": (Trigger(kind="SurvivorTold"),), "authority": "code",
        "within": (Alternative(limit="1 working day"),), "source": source, "in_force": InForce(from_=since),
    }  # fmt: skip
    return Duty(**{**given, **more})


def pack(*, body, duties=(), answer="An answer.", title="A question?", **more):
    page = GuidePage(id="p", title=title, answer=answer, order=1, body=body)
    other = GuidePage(id="orders", title="What can keep them away?", answer="Orders.", order=2)
    return Pack(id="x", name="X", language="en", timezone="Europe/London", hosts=(), guide=(page, other),
                duties=tuple(duties), **more)  # fmt: skip


def shown(given, day=DAY):
    return render(given, given.guide[0], day, "/guide/x/")


def test_a_promise_says_what_by_when_who_and_how_binding_it_is():
    html = shown(pack(body="{{duty:tell-bail}}", duties=[duty()])).html
    assert "You will be told of the bail." in html
    assert "Within 1 working day" in html
    assert "investigating officer" in html
    assert "A code that the law stands behind" in html


def test_a_list_of_promises_is_drawn_as_promises():
    html = shown(pack(body="- {{duty:tell-bail}}\n- {{duty:b}}\n", duties=[duty(), duty("b")])).html
    assert html.count('<ul class="promises">') == 1
    assert html.count("<li>") == 2


def test_a_limit_stands_within_a_sentence():
    html = shown(pack(body="They tell you {{limit:tell-bail}}.", duties=[duty()])).html
    assert "<p>They tell you within 1 working day.</p>" in html


def test_a_limit_that_depends_on_the_case_says_every_limit():
    within = (Alternative(limit="1 working day", when={"survivor.enhanced": True}), Alternative(limit="5 working days"))
    html = shown(pack(body="{{limit:tell-bail}}", duties=[duty(within=within)])).html
    assert "within 1 working day if you have enhanced rights, otherwise within 5 working days" in html


@pytest.mark.parametrize(
    "kept_off",
    [
        duty(source=msgspec.structs.replace(READ, confidence="unverified")),
        duty(source=msgspec.structs.replace(READ, confidence="stale")),
        duty(survivor_sees=False),
        duty(since="2026-03-10"),
        duty(in_force=InForce(from_="2021-04-01", until="2026-03-08")),
        duty(in_force=InForce(from_="2021-04-01", status="prospective")),
        duty("another-name"),
    ],
    ids=["not checked", "stale", "not for the survivor", "not yet law", "no longer law", "prospective", "not there"],
)
def test_a_sentence_is_left_out_whole_when_what_it_rests_on_may_not_be_shown(kept_off):
    body = "First.\n\nYou are told {{limit:tell-bail}} of it.\n\nYou are promised:\n\n- {{duty:tell-bail}}\n\nLast."
    found = shown(pack(body=body, duties=[kept_off]))
    assert found.html.replace("\n", "") == "<p>First.</p><p>Last.</p>"
    assert found.withheld == 2
    assert found.sources == ()


def test_of_a_list_only_the_item_that_may_not_be_shown_is_left_out():
    html = shown(pack(body="You are promised:\n\n- {{duty:tell-bail}}\n- {{duty:gone}}\n", duties=[duty()])).html
    assert "You are promised:" in html
    assert html.count("<li>") == 1


def test_a_heading_with_nothing_left_under_it_goes_too():
    html = shown(pack(body="## One\n\n{{duty:gone}}\n\n## Two\n\nWords.\n\n## Three\n\n{{duty:gone}}\n")).html
    assert "One" not in html
    assert "Three" not in html
    assert "Two" in html


def test_the_dated_value_of_the_day_is_the_one_that_is_told():
    old = duty(in_force=InForce(from_="2021-04-01", until="2026-03-31"))
    new = duty(since="2026-04-01", within=(Alternative(limit="2 hours"),))
    given = pack(body="{{limit:tell-bail}}", duties=[old, new])
    assert "1 working day" in shown(given, date(2026, 3, 31)).html
    assert "2 hours" in shown(given, date(2026, 4, 1)).html


def test_markup_in_a_page_and_in_a_pack_is_shown_as_words():
    given = pack(body="<script>x</script> {{term:t}} {{duty:tell-bail}}", duties=[duty(says="<b onclick=x>")],
                 terms={"t": Term(name="<img src=x>")})  # fmt: skip
    html = shown(given).html
    assert "<script" not in html
    assert "<img" not in html
    assert "<b onclick" not in html


def test_each_source_is_listed_once_with_the_day_on_which_it_was_read():
    found = shown(pack(body="{{duty:tell-bail}}\n\n{{duty:b}}", duties=[duty(), duty("b")]))
    assert [(cited.source.title, cited.read_on) for cited in found.sources] == [("A code", date(2026, 3, 1))]


def test_a_number_can_be_tapped_and_an_unchecked_one_is_not_shown():
    unread = Source(title="Somewhere")
    routes = (Route(id="emergency", name="E", says="Call.", short="Call 999.", number="999", source=READ),
              Route(id="other", name="O", says="Call.", short="Call 5.", number="55555", source=unread))  # fmt: skip
    html = shown(pack(body="Call {{number:emergency}}.\n\nOr {{number:other}}.", emergency=routes)).html
    assert '<a class="tell" href="tel:999" dir="ltr">999</a>' in html
    assert "55555" not in html


def test_a_service_shows_what_the_pack_holds_and_nothing_else():
    line = Service(
        id="line", name="A helpline", for_whom="Anyone", number="0800 111", hours="Day and night", source=READ
    )
    html = shown(pack(body="{{service:line}}", services=(line,))).html
    assert "A helpline" in html
    assert 'href="tel:0800111"' in html
    assert "Anyone. Day and night." in html


def test_every_promise_of_a_stage_stands_on_the_page_and_many_are_folded_away():
    few = shown(pack(body="{{duties:suspect}}", duties=[duty("a"), duty("b"), duty("c", stage="call")])).html
    assert few.count("<li>") == 2
    assert "<details>" not in few
    many = shown(pack(body="{{duties:suspect}}", duties=[duty(f"d{at}") for at in range(9)])).html
    assert many.count("<li>") == 9
    assert "<summary>Show all 9</summary>" in many


def test_a_page_links_to_another_by_its_title():
    html = shown(pack(body="Look at {{see:orders}}.")).html
    assert '<a href="/guide/x/orders">What can keep them away?</a>' in html


def test_how_long_an_order_lasts_is_never_guessed():
    order = Order(id="o", name="O", kind="order", made_by="a court", says="It forbids contact.", staff="-",
                  authority="statute", source=READ, in_force=InForce(from_="2020-01-01"))  # fmt: skip
    lasting = msgspec.structs.replace(order, id="l", lasts=Lasts(at_least="14 days", at_most="28 days"))
    html = shown(pack(body="{{lasts:o}} / {{lasts:l}} / {{order:o}}", orders=(order, lasting))).html
    assert "how long is not written in the law" in html
    assert "at least 14 days and at most 28 days" in html
    assert "It forbids contact." in html


def test_a_title_and_an_answer_are_filled_too_and_left_out_when_they_cannot_be():
    found = shown(
        pack(body="x", title="Who is the {{term:p}}?", answer="{{limit:gone}} or so.", terms={"p": Term(name="CPS")})
    )
    assert found.title == "Who is the CPS?"
    assert found.answer == ""


@pytest.mark.parametrize(
    "body",
    ["[Here](//elsewhere.example)", "[Here].\n\n[Here]: //elsewhere.example", "![Here](/x.png)",
     "<https://elsewhere.example>", "![Here]\n\n[Here]: //elsewhere.example/x.png",
     "[Here](mailto:a@elsewhere.example)"],
)  # fmt: skip
def test_no_page_leads_to_another_site_or_fetches_anything_by_its_own_words(body):
    html = shown(pack(body=body)).html
    assert "href=" not in html
    assert "<img" not in html
