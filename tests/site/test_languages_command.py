"""`holdfast languages`: extracting, checking and counting the words of a place."""

import shutil
from pathlib import Path

import polib
import pytest
from tests.site.running import HOUSE
from tests.site.running import holdfast
from tests.site.running import told
from tests.support.packs import keeps_its_packs_where_all_do

PLACE = "england-and-wales"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    keeps_its_packs_where_all_do(tmp_path / "data")
    for each in (PLACE, "every-place"):
        shutil.copytree(HOUSE / "packs" / each, tmp_path / "packs" / each, ignore=shutil.ignore_patterns("languages"))
    return tmp_path / "packs"


def languages(packs: Path, *words: str):
    return holdfast("languages", *words, "--json", data=packs.parent / "data", packs=packs)


def test_a_catalogue_is_extracted_filled_in_checked_and_counted(packs):
    made = told(languages(packs, "extract", PLACE, "--language", "pl", "--pages", "bail,help"))
    assert 20 < made["strings"] < 400
    file = polib.pofile(made["file"])
    assert file.metadata["Plural-Forms"].startswith("nplurals=3")
    title = file.find("guide.bail.title", by="msgctxt")
    title.msgstr, title.tcomment = "Co to znaczy?", "state: reviewed 2026-11-21 by A. Name"
    broken = next(entry for entry in file if "{{" in entry.msgid)
    broken.msgstr = "Bez."
    file.save()
    checked = languages(packs, "check", PLACE)
    assert checked.returncode == 1
    assert [fault["id"] for fault in told(checked)["faults"]] == ["lang.E010"]
    [polish] = told(languages(packs, "completeness", PLACE))["languages"]
    assert (polish["tag"], polish["reviewed"], polish["draft"]) == ("pl", 1, 0)
    assert next(page for page in polish["pages"] if page["id"] == "bail")["reviewed"] == 1
    assert languages(packs, "extract", PLACE, "--language", "pl", "--pages", "bail").returncode == 0
    again = polib.pofile(made["file"])
    assert again.find("guide.bail.title", by="msgctxt").msgstr == "Co to znaczy?"


def test_a_place_that_inherits_has_only_its_own_words_in_its_catalogue(packs):
    child = packs / "county"
    (child / "guide").mkdir(parents=True)
    (child / "pack.yaml").write_text(
        f"id: county\nname: A county\nlanguage: en-GB\ntimezone: Europe/London\nhosts: []\ninherits: {PLACE}\n"
    )
    (child / "guide" / "counters.md").write_text(
        "---\nid: counters\ntitle: Where is the counter?\norder: 90\nanswer: In the square.\n---\n"
        "Ask {{number:emergency}}.\n"
    )
    made = told(languages(packs, "extract", "county", "--language", "pl"))
    contexts = [entry.msgctxt for entry in polib.pofile(made["file"])]
    assert contexts == ["place.name", "guide.counters.title", "guide.counters.answer", "guide.counters.body"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("extract", PLACE, "--language", "xx"), "no such language"),
        (("extract", PLACE), "--language"),
        (("extract", "nowhere", "--language", "pl"), "no such pack"),
        (("extract", PLACE, "--language", "pl", "--pages", "nowhere"), "no guide page"),
        (("extract", "--language", "pl"), "Name a place"),
        (("completeness",), "Name a place"),
        (("check", "nowhere"), "no such pack"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(packs, words, why):
    answer = languages(packs, *words)
    assert answer.returncode == 2
    assert why in told(answer)["faults"][0]["why"]


def test_a_catalogue_that_cannot_be_read_is_never_written_over(packs):
    file = packs / PLACE / "languages" / "pl.po"
    file.parent.mkdir()
    for data in (b'msgid "lost\nmsgstr "work"\n', b"\xff\xfe"):
        file.write_bytes(data)
        assert languages(packs, "extract", PLACE, "--language", "pl").returncode == 2
        assert file.read_bytes() == data


def test_the_catalogues_that_are_kept_here_have_no_fault(tmp_path):
    answer = languages(HOUSE / "packs", "check")
    assert (answer.returncode, told(answer)["faults"]) == (0, [])
    assert told(answer)["catalogues"] >= 14
