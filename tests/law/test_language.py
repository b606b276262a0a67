"""A tongue says what was checked, counts as its language counts, and falls back to English whole."""

from datetime import date
from gettext import c2py
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.dates import MONTHS_ALT

from holdfast.law.clock_text import read
from holdfast.law.language import ENGLISH
from holdfast.law.language import Row
from holdfast.law.language import Tongue
from holdfast.law.languages_known import KNOWN
from holdfast.law.loading import load_pack
from holdfast.law.wording import limit_phrase

FOLDER = Path(__file__).parents[2] / "packs" / "england-and-wales"
DAYS = ("clock", "within %(n)d day")
POLISH = c2py(KNOWN["pl"].plurals.split("plural=", 1)[1].rstrip(";"))


def tongue(rows, *, drafts=False, tag="pl"):
    return Tongue(tag, rows, drafts, POLISH)


def reviewed(*texts):
    return Row(texts, "reviewed", "A. Name", "2026-11-21")


def test_only_what_was_reviewed_is_said_unless_drafts_are_asked_for():
    rows = {("a", "One"): reviewed("Jeden"), ("b", "Two"): Row(("Dwa",), "draft")}
    assert tongue(rows).say("a", "One") == ("Jeden", "reviewed")
    assert tongue(rows).say("b", "Two") == ("Two", "missing")
    assert tongue(rows, drafts=True).say("b", "Two") == ("Dwa", "draft")
    assert ENGLISH.say("a", "One") == ("One", "english")


def test_an_emergency_line_is_never_said_from_a_draft():
    named = ("emergency.emergency.short", "Call 999.")
    assert tongue({named: Row(("Zadzwoń 999.",), "draft")}, drafts=True).say(*named) == ("Call 999.", "missing")
    assert tongue({named: reviewed("Zadzwoń 999.")}).say(*named) == ("Zadzwoń 999.", "reviewed")


def test_a_sentence_whose_english_changed_is_missing():
    rows = {("guide.bail.title", "What is bail?"): reviewed("Co to jest?")}
    assert tongue(rows, drafts=True).say("guide.bail.title", "What does bail mean?").state == "missing"


@pytest.mark.parametrize(("n", "said"), [(1, "w 1 dzień"), (3, "w 3 dni"), (5, "w 5 dniach"), (22, "w 22 dni")])
def test_a_number_takes_the_languages_own_plural(n, said):
    rows = {DAYS: reviewed("w %(n)d dzień", "w %(n)d dni", "w %(n)d dniach")}
    assert tongue(rows).count("clock", "within %(n)d day", "within %(n)d days", n) == (said, "reviewed")
    assert tongue(rows).phrase(read(f"{n} days").phrase()).text == said


def test_a_phrase_with_a_part_that_nobody_translated_is_english_whole():
    joint = "%(first)s or %(second)s, whichever is sooner"
    rows = {("clock", joint): reviewed("%(second)s / %(first)s"), DAYS: reviewed("a", "b", "w %(n)d d")}
    phrase = read("the earlier of 5 days and 2 hours").phrase()
    assert tongue(rows).phrase(phrase) == ("within 5 days or within 2 hours, whichever is sooner", "missing")
    rows["clock", "within %(n)d hour"] = Row(("h", "%(n)d h", "h"), "draft")
    assert tongue(rows, drafts=True).phrase(phrase) == ("2 h / w 5 d", "draft")


def test_every_limit_of_a_pack_reads_in_english_as_its_clock_does():
    pack = load_pack(FOLDER)
    for law in (*pack.duties, *pack.limits):
        for choice in law.within:
            clock = read(choice.limit)
            assert ENGLISH.phrase(clock.phrase()).text == clock.words() == clock.phrase().english()
        assert limit_phrase(law) is not None
    assert len(pack.duties) > 100


# Where CLDR and Django's translators differ: a slip of theirs in Welsh, two spellings in Punjabi.
SPELT_OTHERWISE = {("cy", 7), ("pa", 2), ("pa", 4)}


@pytest.mark.parametrize("tag", [tag for tag, known in KNOWN.items() if known.months and tag != "zh-Hans"])
def test_months_are_those_that_djangos_translators_wrote(tag):
    with translation.override(tag.split("-")[0]):
        theirs = [str(MONTHS_ALT[at]).casefold() for at in range(1, 13)]
    ours = [month.casefold() for month in KNOWN[tag].months.split(",")]
    other = {(tag, at) for at, (one, two) in enumerate(zip(ours, theirs, strict=True), start=1) if one != two}
    assert other <= SPELT_OTHERWISE


def test_a_day_is_written_as_the_language_writes_it():
    day = date(2026, 11, 21)
    assert ENGLISH.day(day) == ("21 November 2026", "english")
    assert Tongue("pl").day(day) == ("21 listopada 2026", "reviewed")
    assert Tongue("es-US").day(day).text == "21 de noviembre de 2026"
    assert Tongue("zh-Hans").day(day).text == "2026年11月21日"
    assert Tongue("mi").day(day) == ("21 November 2026", "missing")


@pytest.mark.parametrize("tag", list(KNOWN))
def test_every_language_counts_every_number_into_one_of_its_forms(tag):
    forms = int(KNOWN[tag].plurals.split(";")[0].removeprefix("nplurals="))
    plural = c2py(KNOWN[tag].plurals.split("plural=", 1)[1].rstrip(";"))
    found = {plural(n) for n in range(1001)}
    assert found == set(range(forms))
