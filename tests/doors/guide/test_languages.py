"""A guide page in the reader's language: what nobody translated is English and says so, and no draft looks checked."""

import re
from datetime import date

import msgspec
import polib
import pytest
from tests.support.packs import pack_of

from holdfast.doors.guide.page import Rendered
from holdfast.doors.guide.page import line
from holdfast.doors.guide.page import render
from holdfast.doors.guide.page import render_easy
from holdfast.doors.guide.tongues import completeness
from holdfast.doors.guide.tongues import frame_tongue
from holdfast.doors.guide.tongues import tongue
from holdfast.doors.guide.tongues import tongues
from holdfast.doors.look.languages import FOLDER
from holdfast.doors.look.languages import frame
from holdfast.law.catalogue import messages
from holdfast.law.data import InForce
from holdfast.law.data import Source
from holdfast.law.language import ENGLISH
from holdfast.law.language import Row
from holdfast.law.language import Tongue
from holdfast.law.pack import Alternative
from holdfast.law.pack import Duty
from holdfast.law.pack import Pack
from holdfast.law.pack import Trigger
from holdfast.law.public import GuidePage
from holdfast.law.public import Route
from holdfast.law.public import Term

DAY = date(2026, 11, 21)
PACK = pack_of("england-and-wales")
READ = Source(title="A code", link="https://law.example/code", last_checked_on="2026-03-01", confidence="verified")
PROMISE = Duty(
    id="tell-bail", stage="suspect", says="You will be told of the bail.", staff="Tell them.", owed_by="investigator",
    starts=(Trigger(kind="BailGranted"),), ends=(Trigger(kind="SurvivorTold"),), authority="code", source=READ,
    within=(Alternative(limit="1 working day"),), in_force=InForce(from_="2021-04-01"),
)  # fmt: skip
ROUTE = Route(id="silent", name="Silent", says="Press the keys.", short="Press 55.", source=READ)


def pack(body, *, easy="", **more):
    page = GuidePage(id="p", title="A question?", answer="An answer.", order=1, body=body, easy=easy)
    other = GuidePage(id="orders", title="What keeps them away?", answer="Orders.", order=2)
    return Pack(id="x", name="X", language="en", timezone="Europe/London", hosts=(), guide=(page, other),
                duties=(PROMISE,), emergency=(ROUTE,), **more)  # fmt: skip


def arabic(rows, *, drafts=False, state="reviewed"):
    return Tongue("ar", {named: Row((text,), state) for named, text in rows.items()}, drafts)


def shown(given, tongue, how=render) -> Rendered:
    return how(given, given.guide[0], DAY, "/guide/x/", tongue)


def everything(given, state):
    """Each sentence of a place 'translated' by its own English, so that any difference is the machinery's."""
    found = [*messages(given), *frame()]
    return {(each.context, each.one): Row((each.one, each.many) if each.many else (each.one,), state) for each in found}


@pytest.mark.parametrize("page", PACK.guide, ids=lambda page: page.id)
def test_a_page_in_another_language_is_built_as_the_english_is(page):
    whole = Tongue("pl", everything(PACK, "reviewed"), plural=lambda n: int(n != 1))
    found = render(PACK, page, DAY, "/guide/x/", whole)
    english = render(PACK, page, DAY, "/guide/x/")
    assert re.sub(r"\s+", " ", found.html) == re.sub(r"\s+", " ", english.html)
    assert (found.title, found.answer, found.sources) == (english.title, english.answer, english.sources)
    assert (found.state, found.english, english.state) == ("reviewed", None, "english")


def test_what_nobody_translated_is_english_and_says_so():
    rows = {("guide.p.title", "A question?"): "سؤال؟", ("guide.p.body", "One."): "واحد."}
    found = shown(pack("One.\n\nTwo.\n\n- Three\n- Four"), arabic(rows))
    assert found.title == "سؤال؟"
    assert found.answer == '<span lang="en" dir="ltr">An answer.</span>'
    assert "<p>واحد.</p>" in found.html
    assert '<p lang="en" dir="ltr">Two.</p>' in found.html
    assert '<ul lang="en" dir="ltr">' in found.html
    assert found.state == "partly"


def test_a_block_in_english_holds_no_words_of_another_language():
    rows = {("duty.tell-bail.says", PROMISE.says): "ستُخبَر.", ("guide.orders.title", "What keeps them away?"): "ماذا؟"}
    body = "Look here: {{see:orders}}\n\n{{duty:tell-bail}}\n\n{{see:orders}}"
    html = shown(pack(body), arabic(rows)).html
    assert '<p lang="en" dir="ltr">Look here: <a href="/guide/x/orders">What keeps them away?</a></p>' in html
    assert "<p>ستُخبَر.</p>" in html
    assert '<b><span lang="en" dir="ltr">Within 1 working day</span></b>' in html
    assert '<p><a href="/guide/x/orders">ماذا؟</a></p>' in html


def test_a_draft_is_not_said_unless_it_is_asked_for_and_then_the_english_stands_beside_it():
    rows = {("guide.p.body", "One."): "واحد.", ("guide.p.title", "A question?"): "سؤال؟",
            ("guide.p.answer", "An answer."): "جواب."}  # fmt: skip
    given = pack("One.")
    hidden = shown(given, arabic(rows, state="draft"))
    assert "واحد" not in f"{hidden.title}{hidden.answer}{hidden.html}"
    assert hidden.state == "english"
    found = shown(given, arabic(rows, state="draft", drafts=True))
    assert "واحد" in found.html
    assert found.state == "draft"
    assert found.english is not None
    assert found.english.html == shown(given, ENGLISH).html
    assert (found.english.title, found.english.state) == ("A question?", "english")


def test_an_emergency_route_is_said_from_a_checked_translation_only():
    rows = {("emergency.silent.short", ROUTE.short): "اضغط 55.", ("emergency.silent.says", ROUTE.says): "المفاتيح."}
    given = pack("{{number:silent}}")
    draft = shown(given, arabic(rows, state="draft", drafts=True)).html
    assert '<span lang="en" dir="ltr">Press 55.</span>' in draft
    assert "اضغط" not in draft
    assert "اضغط 55." in shown(given, arabic(rows)).html


def test_a_translation_is_shown_as_words_and_never_as_markup():
    rows = {("guide.p.title", "A question?"): "<b>x</b>", ("guide.p.body", "One."): "<script>x</script>",
            ("duty.tell-bail.says", PROMISE.says): "<img src=x>"}  # fmt: skip
    found = shown(pack("One.\n\n{{duty:tell-bail}}"), arabic(rows))
    assert "<b>x" not in found.title
    assert "<script" not in found.html
    assert "<img" not in found.html


def test_a_limit_stands_where_the_language_wants_it():
    rows = {("guide.p.body", "You are told {{limit:tell-bail}}."): "{{limit:tell-bail}} تُخبَر.",
            ("clock", "within %(n)d working day"): "خلال يوم عمل"}  # fmt: skip
    assert "<p>خلال يوم عمل تُخبَر.</p>" in shown(pack("You are told {{limit:tell-bail}}."), arabic(rows)).html


def test_a_sentence_that_may_not_be_shown_is_left_out_in_every_language():
    rows = {("guide.p.body", "You are told {{limit:gone}}."): "{{limit:gone}} تُخبَر."}
    found = shown(pack("You are told {{limit:gone}}.\n\nLast."), arabic(rows))
    assert found.html.strip() == '<p lang="en" dir="ltr">Last.</p>'
    assert found.withheld == 1


def test_the_easy_edition_is_a_sentence_a_paragraph():
    given = pack("x", easy="Call {{number:silent}}\nThey come.\n")
    found = shown(given, arabic({("guide.p.easy", "They come."): "يأتون."}), render_easy)
    assert "<p>يأتون.</p>" in found.html
    assert found.html.count("<p") == 2
    assert shown(pack("x"), ENGLISH, render_easy).html == ""


def test_a_role_is_called_by_the_places_own_name():
    named = pack("{{duty:tell-bail}}", terms={"role-investigator": Term(name="Detective")})
    assert "Owed by: Detective." in shown(named, ENGLISH).html
    assert "Owed by: investigating officer." in shown(pack("{{duty:tell-bail}}"), ENGLISH).html


def test_a_line_without_an_id_stays_english():
    assert line("Now {{term:p}}", pack("x", terms={"p": Term(name="CPS")}), DAY, "/") == "Now CPS"


@pytest.fixture
def written(tmp_path, settings, monkeypatch):
    """A place whose Welsh is reviewed for one page, and whose Polish is a draft."""
    from holdfast.doors.guide import tongues as module

    folder = tmp_path / "packs" / PACK.id
    (folder / "languages").mkdir(parents=True)
    (folder / "pack.yaml").write_text(f"id: {PACK.id}\n")
    for tag, comment in (("cy", "state: reviewed 2026-11-21 by A. Name"), ("pl", "")):
        file = polib.POFile()
        for message in messages(PACK, ["bail"]):
            entry = polib.POEntry(msgctxt=message.context, msgid=message.one, msgstr=message.one, tcomment=comment)
            if not message.many:
                file.append(entry)
        (folder / "languages" / f"{tag}.po").write_text(f"{file}")
    settings.HOLDFAST_PACKS = tmp_path / "packs"
    for kept in (module._tongues, module._counted, module._sentences):
        kept.cache_clear()
    yield PACK
    for kept in (module._tongues, module._counted, module._sentences):
        kept.cache_clear()


def test_a_language_is_offered_once_a_page_of_it_is_checked_or_where_drafts_are(written):
    assert [each.tag for each in tongues(written, drafts=False)] == ["en", "cy"]
    assert [each.tag for each in tongues(written, drafts=True)] == ["en", "cy", "pl"]
    assert tongue(written, "pl", drafts=False) is None
    welsh = tongue(written, "cy", drafts=False)
    assert welsh is not None
    assert [page.id for page in completeness(written, welsh).pages if page.is_reviewed] == ["bail"]


def test_drafts_are_off_where_nobody_switched_them_on(written, settings):
    assert settings.HOLDFAST_DRAFTS is False
    assert [each.tag for each in tongues(written)] == ["en", "cy"]
    settings.HOLDFAST_DRAFTS = True
    assert [each.tag for each in tongues(written)] == ["en", "cy", "pl"]


def test_the_frame_has_a_catalogue_for_each_language_and_holds_each_sentence_once():
    assert {"cy", "fr-CA", "es-US", "pl", "ur", "pa", "ar", "zh-Hans"} <= {file.stem for file in FOLDER.glob("*.po")}
    found = frame()
    assert len(found) == len({(each.context, each.one) for each in found})
    assert ("frame", "Owed by: %(role)s. %(binding)s.") in {(each.context, each.one) for each in found}
    assert frame_tongue("ar", drafts=False).direction == "rtl"
    assert frame_tongue("xx", drafts=False) is None


def test_a_pack_with_a_changed_sentence_says_it_in_english():
    rows = everything(PACK, "reviewed")
    page = next(page for page in PACK.guide if page.id == "bail")
    changed = msgspec.structs.replace(page, answer="Something else now.")
    given = msgspec.structs.replace(PACK, guide=(changed, *(each for each in PACK.guide if each.id != "bail")))
    found = render(given, changed, DAY, "/", Tongue("cy", rows))
    assert found.answer == '<span lang="en" dir="ltr">Something else now.</span>'
    assert found.state == "partly"
