"""A broken row is a fault with its id and line, is never said, and takes no other row with it."""

from pathlib import Path

import polib
import pytest

from holdfast.law.catalogue_faults import IDS
from holdfast.law.catalogue_faults import rows_of
from holdfast.law.catalogue_file import read
from holdfast.law.language_files import load_tongue
from holdfast.law.language_files import read_catalogue

HEAD = 'msgid ""\nmsgstr "Language: pl\\n"\n\n'
GOOD = 'msgctxt "a"\nmsgid "Good."\nmsgstr "Dobrze."\n\n'
REVIEWED = "# state: reviewed 2026-11-21 by A. Name\n"


def row(english, text, *, context="guide.p.body", before=""):
    entry = polib.POEntry(msgctxt=context, msgid=english, msgstr=text)
    return f"{before}{entry}\n"


def checked(text, tag="pl"):
    faults = []
    rows = rows_of(read(text, "x.po", faults), tag, "x.po", faults)
    return rows, faults


BROKEN = [
    ("lang.E010", "Call {{number:emergency}}.", "Zadzwoń."),
    ("lang.E010", "Call {{number:emergency}}.", "Zadzwoń {{number:police}}."),
    ("lang.E010", "Call {{number:emergency}}.", "Zadzwoń {{number:emergency}} {{number emergency}}."),
    ("lang.E010", "Call.", "Zadzwoń {{number:emergency}}."),
    ("lang.E010", "Owed by: %(role)s.", "Kto: %(rola)s."),
    ("lang.E010", "Owed by: %(role)s.", "Kto: %(role)s %."),
    ("lang.E010", "Law as on {day}.", "Prawo z dnia."),
    ("lang.E010", "Law as on %(day)s.", "Prawo z dnia %(day)d."),
    ("lang.E010", "From {name}.", "Od {name}{name.__class__}."),
    ("lang.E010", "From {name}.", "Od {name}, {"),
    ("lang.E011", "Help.", "<b>Pomoc.</b>"),
    ("lang.E011", "Help.", "[Pomoc]: //elsewhere.example"),
    ("lang.E011", "Help.", "[Pomoc][tu]"),
    ("lang.E011", "Help.", "![Pomoc]"),
    ("lang.E011", "Help.", "Pomoc&nbsp;teraz."),
    ("lang.E011", "Help.", "[Pomoc](https://elsewhere.example)"),
    ("lang.E012", "Ask again.", "Zapytaj po 3 dniach."),
    ("lang.E012", "Ask again.", "اسأل بعد ٣ أيام."),
    ("lang.E012", "Ring 999.", "Zadzwoń."),
    ("lang.E016", "- One\n- Two", "- Jeden i dwa"),
    ("lang.E012", "Ring 0808 2000 247.", "Zadzwoń 247 2000 0808."),
    ("lang.E016", "## Help", "Pomoc"),
    ("lang.E016", "Help.", "```\nPomoc."),
    ("lang.E016", "Help.", "~~~\nPomoc."),
    ("lang.E016", "Help.", "Pomoc\n==="),
    ("lang.E016", "Help.", "Pomoc\n---"),
    ("lang.E016", "Help.", "    Pomoc"),
    ("lang.E016", "Help.", "Pomoc\n\nteraz"),
    ("lang.E017", "Help.", "  "),
    ("lang.E018", "Help.", "Pomoc\u202e."),
]


@pytest.mark.parametrize(("fault", "english", "text"), BROKEN, ids=[f"{at}-{b[0]}" for at, b in enumerate(BROKEN)])
def test_a_broken_row_is_named_and_not_said_and_the_others_are(fault, english, text):
    rows, faults = checked(HEAD + GOOD + row(english, text))
    assert [found.id for found in faults] == [fault]
    assert faults[0].file.startswith("x.po:")
    assert text not in faults[0].what
    assert [row.texts for row in rows.values()] == [("Dobrze.",)]


@pytest.mark.parametrize(
    ("english", "text"),
    [
        ("Call {{number:emergency}} or {{number:other}}.", "{{number:other}} albo {{number:emergency}}."),
        ("- One\n- Two", "- Jeden\n- Dwa"),
        ("Ring 999.", "اتصل ٩٩٩"),
        ("Help & {name}", "Pomoc & {name}"),
        ("Ring 0808 2000 247.", "اتصل ٠٨٠٨-٢٠٠٠-٢٤٧"),
    ],
)
def test_what_only_moves_is_sound(english, text):
    assert checked(HEAD + row(english, text))[1] == []


def test_an_emergency_line_keeps_every_figure():
    short = row("Press 55.", "Wciśnij.", context="emergency.silent.short")
    assert [fault.id for fault in checked(HEAD + short)[1]] == ["lang.E012"]
    assert checked(HEAD + row("Press 5.", "Wciśnij pięć."))[1] == []


def test_an_emergency_line_keeps_its_figures_in_their_order():
    swapped = row("Ring 999, then press 55.", "Wciśnij 55, potem 999.", context="emergency.silent.short")
    assert [fault.id for fault in checked(HEAD + swapped)[1]] == ["lang.E012"]


def plural(*texts):
    entry = polib.POEntry(msgctxt="clock", msgid="within %(n)d day", msgid_plural="within %(n)d days")
    entry.msgstr_plural = dict(enumerate(texts))
    return HEAD + GOOD + f"{entry}\n"


def test_plural_forms_are_as_many_as_the_language_has():
    assert checked(plural("w dzień", "w %(n)d dni", "w %(n)d dni"))[1] == []  # 'one' need not be a figure
    for texts in (("a %(n)d", "b %(n)d"), ("a", "b", ""), ("a", "b", "c", "d")):
        assert [fault.id for fault in checked(plural(*texts))[1]] == ["lang.E013"]
    assert checked(plural("", "", "")) == (checked(HEAD + GOOD)[0], [])


@pytest.mark.parametrize(
    ("before", "state", "faults"),
    [
        ("", "draft", []),
        ("# state: draft 2026-11-21\n", "draft", []),
        (REVIEWED, "reviewed", []),
        (f"# A word about it.\n{REVIEWED}", "reviewed", []),
        (f"{REVIEWED}#, fuzzy\n", "draft", []),
        ("# state: reviewed 2026-11-21\n", None, ["lang.E014"]),
        ("# state: reviewed yesterday by me\n", None, ["lang.E014"]),
        ("# state: reviewed 2026-99-99 by A. Name\n", None, ["lang.E014"]),
        (f"{REVIEWED}# state: draft 2026-11-22\n", None, ["lang.E014"]),
    ],
)
def test_the_state_stands_in_the_comment_and_nothing_else_counts_as_checked(before, state, faults):
    rows, found = checked(HEAD + row("Help.", "Pomoc.", before=before))
    assert [fault.id for fault in found] == faults
    assert [each.state for each in rows.values()] == ([state] if state else [])


def test_a_sentence_that_stands_twice_is_a_fault():
    rows, faults = checked(HEAD + GOOD + GOOD)
    assert [fault.id for fault in faults] == ["lang.E015"]
    assert len(rows) == 1


def test_a_row_that_is_not_po_is_named_by_its_line_and_the_others_are_read():
    rows, faults = checked(HEAD + 'msgctxt "b"\nmsgid "Broken\nmsgstr oh\n\n' + GOOD)
    assert [(fault.id, fault.file) for fault in faults] == [("lang.E002", "x.po:4")]
    assert [row.texts for row in rows.values()] == [("Dobrze.",)]


@pytest.mark.parametrize("text", ["", "\x00\x01", "no catalogue at all", "{{" * 5000, "msgid"])
def test_what_is_no_catalogue_says_nothing_and_breaks_nothing(text):
    rows, faults = checked(text)
    assert rows == {}
    assert {fault.id for fault in faults} == ({"lang.E002"} if text else set())


def test_a_file_of_no_known_language_or_not_in_utf8_is_a_fault(tmp_path: Path):
    for name, data, fault in (
        ("xx.po", b"", "lang.E001"),
        ("en.po", b"", "lang.E001"),
        ("pl.po", b"\xff", "lang.E003"),
    ):
        (tmp_path / name).write_bytes(data)
        faults = []
        assert read_catalogue(tmp_path / name, faults) == {}
        assert [found.id for found in faults] == [fault]


def test_a_place_has_the_words_of_those_it_inherits_from_and_its_own_win(tmp_path: Path):
    frame = tmp_path / "frame"
    for folder, head, text in (
        ("frame", "", row("Next", "Dalej", context="frame")),
        ("country", "id: country\n", GOOD + row("Help.", "Pomoc.")),
        ("state", "id: state\ninherits: country\n", row("Help.", "Pomoc tutaj.")),
    ):
        where = tmp_path / folder
        (where / "languages").mkdir(parents=True)
        (where / "pack.yaml").write_text(head)
        (where / "languages" / "pl.po").write_text(HEAD + text)
    found = load_tongue("pl", tmp_path / "state", frame / "languages", drafts=True)
    assert found.say("guide.p.body", "Help.").text == "Pomoc tutaj."
    assert found.say("a", "Good.").text == "Dobrze."
    assert found.say("frame", "Next").text == "Dalej"
    with pytest.raises(KeyError):
        load_tongue("xx", tmp_path / "state", frame)


def test_every_fault_that_can_be_found_is_in_the_format():
    page = (Path(__file__).parents[2] / "docs" / "formats" / "languages.md").read_text(encoding="utf-8")
    assert [name for name in IDS if name not in page] == []
