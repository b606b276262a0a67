"""What is extracted from a place, in what order, and how a new extraction keeps what was translated."""

import msgspec
import polib
import pytest
from tests.support.packs import pack_of

from holdfast.law.catalogue import Message
from holdfast.law.catalogue import messages
from holdfast.law.catalogue_blocks import cut
from holdfast.law.catalogue_blocks import key
from holdfast.law.catalogue_completeness import completeness
from holdfast.law.catalogue_completeness import sentences_of
from holdfast.law.catalogue_file import merged
from holdfast.law.catalogue_file import metadata
from holdfast.law.catalogue_file import read
from holdfast.law.language import Row
from holdfast.law.language import Tongue

PACK = pack_of("england-and-wales")
SENTENCES = sentences_of(PACK)


def contexts(found):
    return [message.context for message in found]


def test_the_emergency_routes_come_first_and_then_the_pages_in_their_order():
    found = contexts(messages(PACK))
    titles = [context for context in found if context.startswith("guide.") and context.endswith(".answer")]
    assert titles == [f"guide.{page.id}.answer" for page in PACK.guide]
    assert found.index("emergency.emergency.short") < found.index(titles[0])
    assert len(found) == len({(message.context, message.one) for message in messages(PACK)})


def test_everything_that_a_survivor_may_read_is_there_and_nothing_that_may_not_be_shown():
    found = set(contexts(messages(PACK)))
    for duty in PACK.duties:
        if not duty.chases:
            assert (f"duty.{duty.id}.says" in found) == any(
                each.shown_to_survivor for each in PACK.duties if each.id == duty.id
            )
    assert "term.prosecutor.name" in found
    for service in PACK.services:
        assert (f"service.{service.id}.for_whom" in found) == service.source.may_be_shown


def test_one_page_brings_what_its_placeholders_ask_for_and_no_more():
    found = contexts(messages(PACK, ["bail"]))
    assert {"guide.bail.title", "guide.bail.body", "duty.tell-bail.says", "term.under-investigation.name"} <= set(found)
    assert "guide.orders.title" in found  # it links there
    assert "guide.orders.answer" not in found
    assert "duty.give-report-number.says" not in found
    assert len(found) < len(messages(PACK)) / 3


def test_a_day_of_a_places_own_calendar_is_a_phrase_of_its_own():
    duty = next(duty for duty in PACK.duties if duty.id == "tell-bail")
    within = (msgspec.structs.replace(duty.within[0], limit="3 school days", when={}),)
    pack = msgspec.structs.replace(PACK, duties=(msgspec.structs.replace(duty, within=within),))
    assert Message("clock", "within %(n)d school day", "within %(n)d school days", duty.file) in messages(pack)


def test_a_line_that_only_wraps_is_the_same_sentence():
    assert key("- One\n  goes on\n- Two") == key("- One goes on\n- Two") == "- One goes on\n- Two"
    assert [key(block) for block in cut("A\nb.\n\n\n- c\n")] == ["A b.", "- c"]


def wanted(*texts):
    return [Message("guide.p.body", text, page="p") for text in texts]


def filled(text, english, msgstr, **more):
    file = polib.pofile(text)
    entry = next(each for each in file if each.msgid == english)
    entry.msgstr = msgstr
    for name, value in more.items():
        setattr(entry, name, value)
    return f"{file}"


def test_extracting_again_keeps_what_still_belongs_and_marks_the_rest_obsolete():
    first = merged(wanted("One.", "Two.", "Three."), [], "pl", "a test")
    done = filled(filled(first, "One.", "Jeden."), "Two.", "Dwa.", tcomment="state: reviewed 2026-11-21 by A. Name")
    again = merged(wanted("New.", "Two.", "One, changed."), read(done, "x", []), "pl", "a test")
    file = polib.pofile(again)
    assert [entry.msgid for entry in file if not entry.obsolete] == ["New.", "Two.", "One, changed."]
    assert [(entry.msgid, entry.msgstr) for entry in file.obsolete_entries()] == [("One.", "Jeden.")]
    two = file.find("Two.", msgctxt="guide.p.body")
    assert (two.msgstr, two.tcomment) == ("Dwa.", "state: reviewed 2026-11-21 by A. Name")
    back = polib.pofile(merged(wanted("One."), read(again, "x", []), "pl", "a test"))
    assert back.find("One.", msgctxt="guide.p.body").msgstr == "Jeden."  # what comes back finds its translation


def test_what_a_translators_tool_wrote_into_the_header_stays():
    text = merged(wanted("One."), [], "pl", "a test", {"Last-Translator": "A. Name", "Language": "de"})
    assert polib.pofile(text).metadata["Last-Translator"] == "A. Name"
    assert polib.pofile(text).metadata["Language"] == "pl"
    assert metadata(text)["Last-Translator"] == "A. Name"


def test_extracting_twice_writes_the_same_bytes():
    once = merged(messages(PACK), [], "ar", "a test")
    assert merged(messages(PACK), read(once, "x", []), "ar", "a test") == once


@pytest.mark.parametrize(("state", "counts"), [("reviewed", (2, 2, 0, 0)), ("draft", (2, 0, 2, 0)), ("", (2, 0, 0, 2))])
def test_completeness_counts_each_state(state, counts):
    found = [Message("a", "One"), Message("b", "Two")]
    rows = {(each.context, each.one): Row(("x",), state) for each in found if state}
    assert completeness(SENTENCES, Tongue("cy", rows), found).frame == counts


def test_a_page_is_reviewed_only_when_all_that_it_asks_for_is():
    rows = {(each.context, each.one): Row((each.one,), "reviewed") for each in messages(PACK, ["bail"])}
    pages = {page.id: page for page in completeness(SENTENCES, Tongue("cy", rows)).pages}
    assert pages["bail"].is_reviewed
    assert not pages["orders"].is_reviewed
    promise = next(named for named in rows if named[0] == "duty.tell-bail.says")
    rows[promise] = Row(("x",), "draft")
    pages = {page.id: page for page in completeness(SENTENCES, Tongue("cy", rows)).pages}
    assert not pages["bail"].is_reviewed
