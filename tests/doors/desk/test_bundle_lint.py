"""What was planted is found wherever it stands, in each form in which something leaves; what was not read is told."""

import subprocess
from itertools import product

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.disclosure import AT
from tests.doors.desk.disclosure import INVESTIGATOR
from tests.doors.desk.disclosure import a_protected_case
from tests.doors.desk.disclosure import as_they_are
from tests.doors.desk.disclosure import file_of
from tests.doors.desk.disclosure import gives
from tests.vault import bundles as made_up

from holdfast.access.copies.giving import draft_copy
from holdfast.access.copies.giving import known_to
from holdfast.casefile.append import append
from holdfast.doors.evidence import bundle_preview
from holdfast.doors.evidence import disclosing
from holdfast.doors.evidence.bundle_lint import in_page
from holdfast.doors.evidence.bundle_lint import in_texts
from holdfast.doors.evidence.bundle_preview import preview
from holdfast.doors.evidence.recording import copied
from holdfast.record.entry import By
from holdfast.vault.acts import acts_of
from holdfast.vault.bundle_words import words_written
from holdfast.vault.case_export import case_uco
from holdfast.vault.items import items_of

NEAR = (53.8199, -1.5680)
PLANTED = {
    "14 Mill Road": "address", "somewhere in LS6": "postcode", "ring 07700 900 118": "number",
    "oh double seven double zero nine zero zero double one eight": "number", "0044 7700-900118": "number",
    "St Anne's Primary": "address", "at Rosewood House": "address", "AB12 CDE outside": "plate",
    "at 53.8199, -1.5680": "point", "+53.8199-001.5680/": "point",
}  # fmt: skip
KNOWN = set(PLANTED.values()) - {"plate"}  # the record holds no plates: one is found because it looks like one


def looked(code: str, *items, **more: object):
    said = {"to": "A firm", "side": "defence", "purpose": "Disclosure", **more}
    chosen = as_they_are(*items)
    bundle = disclosing.draft(file_of(code), chosen, by=INVESTIGATOR, at=AT, **said)
    return preview(file_of(code), bundle, at=AT)


@pytest.fixture
def code(database) -> str:
    return a_protected_case()


def test_everything_is_found_in_text_pdf_and_what_files_carry(code):
    """All that is planted in each of these: found once as what it is, and as known where the case knows it."""
    words = [line.replace("'", "\u2019") if "Anne" in line else line for line in PLANTED]
    carriers = {
        "text": gives(code, "\n".join(PLANTED).encode(), what="messages"),
        "wide text": gives(code, "\n".join(PLANTED).encode("utf-16"), what="messages"),
        "pdf": gives(code, made_up.pdf(*(line.replace("'", "") for line in PLANTED)), what="document"),
        "pdf title": gives(code, made_up.pdf("x", title=". ".join(PLANTED)), what="document"),
        "exif": gives(code, made_up.jpeg(words=". ".join(PLANTED))),
        "png": gives(code, made_up.png(". ".join(PLANTED))),
        "name": gives(code, b"x", what="document", named=", ".join(PLANTED)[:295]),
        "words": gives(code, b"x", what="document", words="\n".join(words)),
    }
    found = looked(code, *carriers.values()).found
    for place, (name, item) in enumerate(carriers.items(), 1):
        here = [one for one in found if one.item == item.item or one.place.startswith(str(item.item))]
        assert all(f"item {place}: " in one.where for one in here), name
        missing = set(PLANTED.values()) - {one.what for one in here}
        assert missing == set(), f"{name}: {missing}"
        assert {one.what for one in here if one.known} >= (KNOWN if name != "name" else {"address", "number"}), name


def test_a_position_and_a_serial_number_are_found_and_gone_from_the_copy(code):
    photo = gives(code, made_up.jpeg(point=NEAR, serial="SN-778123"))
    found = looked(code, photo).found
    assert {("point", True), ("device", False)} <= {(one.what, one.known) for one in found if one.item == photo.item}
    far = gives(code, made_up.jpeg(point=(51.5, -0.1)))
    assert {("point", False)} == {(one.what, one.known) for one in looked(code, far).found if one.item == far.item}
    copy = disclosing.without_metadata(file_of(code).id, photo, AT)
    ready = looked(code, copy)
    assert [one for one in ready.found if one.item == copy] == []
    assert ready.sheet.lines[0].of_sha256 == photo.sha256


def test_a_copy_that_still_has_it_is_looked_through_like_any_other(code):
    """A 'redaction' that left the words in is no redaction: the bytes that leave are read."""
    from holdfast.doors.evidence.recording import derived
    from holdfast.doors.evidence.recording import keep_content

    note = gives(code, b"All is said.", what="document")
    made = keep_content(file_of(code).id, b"She is at Rosewood House")
    said = {"media": "text/plain", "metadata_left_out": "yes", "words": "The name of the refuge was taken out."}
    redacted = derived(file_of(code).id, made, note.item, "redaction", said, INVESTIGATOR, AT)
    ready = looked(code, redacted)
    assert {(one.item, one.what, one.known) for one in ready.found} == {(redacted.item, "address", True)}
    assert "made unreadable: The name of the refuge was taken out." in ready.sheet.lines[0].goes


def test_custody_the_recipient_and_the_exhibit_number_are_looked_through(code):
    item = gives(code, b"x", what="document", exhibit="LS6 2AB/1")
    copied(file_of(code).id, item.item, "Asked for at 14 Mill Road", INVESTIGATOR, AT)
    found = looked(code, item, to="The firm at Rosewood House", purpose="ring 07700 900118").found
    where = {(one.where, one.what) for one in found if one.known}
    assert ("custody of item 1", "address") in where
    assert ("for whom it is", "address") in where
    assert ("for what it is", "number") in where
    assert ("item 1: its exhibit number", "postcode") in where


@pytest.mark.parametrize(("form", "sealed"), [*product(["zip", "tar"], [False, True])])
def test_in_each_form_of_a_bundle_the_same_is_found_before_it_leaves(code, form, sealed):
    key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p" if sealed else ""
    item = gives(code, b"She is at Rosewood House", what="messages")
    found = looked(code, item, form=form, sealed_to=key).found
    assert {(one.item, one.what) for one in found} == {(item.item, "address")}


@pytest.mark.parametrize("path", ["index.html", "schedule.csv", "schedule.json", "custody.html", "custody.jsonld"])
def test_a_page_that_tells_what_nobody_looked_at_is_found_by_the_last_look(code, path, monkeypatch):
    """Whatever writes a page of a bundle: the page is read once more as it leaves."""
    item = gives(code, b"x", what="document")
    pages, story = bundle_preview.pages_of, bundle_preview._case_story

    def with_planted(parts):
        return tuple(
            bundle_preview.page(part.path, b"".join(part.pieces()) + b"<b>Rosewood</b> House") if part.path == path
            else part
            for part in parts
        )  # fmt: skip

    monkeypatch.setattr(bundle_preview, "pages_of", lambda *given: with_planted(pages(*given)))
    monkeypatch.setattr(bundle_preview, "_case_story", lambda *given: with_planted(story(*given)))
    found = looked(code, item).found
    assert {(one.where, one.what) for one in found} == {(f"the page {path}", "address")}
    bundle = bundle_preview.bundles(file_of(code))[-1].bundle
    with pytest.raises(disclosing.NotDisclosed, match="nobody has decided"):
        disclosing.make_bundle(file_of(code), bundle, {}, by=INVESTIGATOR, confirmed_by="SUP9", at=AT)
    leave = {one.id: "leave" for one in found}  # which would do nothing
    with pytest.raises(disclosing.NotDisclosed, match="nobody has decided"):
        disclosing.make_bundle(file_of(code), bundle, leave, by=INVESTIGATOR, confirmed_by="SUP9", at=AT)


def test_what_is_asked_about_once_is_not_asked_again_of_each_page(code):
    item = gives(code, b"x", what="document", words="She is at Rosewood House")
    ready = looked(code, item)
    assert [(one.where, one.may_be_left_out) for one in ready.found] == [("item 1: what it shows", True)]
    again = preview(file_of(code), ready.bundle.bundle, {ready.found[0].id: "leave"}, at=AT)
    assert [one.decided for one in again.found] == ["leave"]
    assert "Rosewood" not in repr(again.sheet)


def test_receipt_and_case_export_tell_nothing_that_was_planted(code):
    whole = ". ".join(PLANTED)
    item = gives(
        code, whole.encode(), what="document", named="14 Mill Road.txt", words=whole, source_name="Rosewood House"
    )
    copied(file_of(code).id, item.item, whole, INVESTIGATOR, AT)
    file = file_of(code)
    known, items = known_to(file), items_of(file.entries)
    assert items[0].receipt
    for form in (items[0].receipt, case_uco(file.id, items, acts_of(file.entries))):
        assert in_page(known, form, "a form", ()) == ()
        planted = form.replace("a", f"a {whole} ", 1)
        assert {one.what for one in in_page(known, planted, "a form", ())} >= KNOWN


def test_a_printed_report_and_a_copy_are_looked_through_by_the_same(code):
    append(file_of(code).id, "QuestionAsked", {"question": "Does he know of Rosewood House, in LS6?"},
           by=By("survivor"), happened_at=AT)  # fmt: skip
    copy = draft_copy(file_of(code))
    assert {("address", True), ("postcode", True)} <= {(one.what, one.known) for one in copy.found}
    desk = Desk(staff="SUP1").signs_in()
    page = desk.opens(f"/desk/case/{code}/report")
    assert desk.page.status_code == 200
    told = [planted for planted in ("Mill Road", "Rosewood", "900118") if planted in page]
    assert bool(in_page(known_to(file_of(code)), page, "the report", ())) is bool(told)
    planted = page.replace("</main>", f"<p>{'. '.join(PLANTED)}</p></main>")
    assert {one.what for one in in_page(known_to(file_of(code)), planted, "the report", ())} >= KNOWN


def test_what_looks_like_something_is_one_question_for_each_place(code):
    many = "\n".join(f"call 020 7946 {number:04}" for number in range(300))
    found = looked(code, gives(code, many.encode(), what="messages")).found
    assert len(found) == 1
    assert (found[0].what, found[0].known, found[0].times, len(found[0].around)) == ("number", False, 300, 12)


def test_a_long_text_is_looked_through_to_its_end(code):
    long = b"nothing here. " * 60_000 + b"She is at Rosewood House"
    ready = looked(code, gives(code, long, what="messages"))
    assert {(one.what, one.known) for one in ready.found} == {("address", True)}
    assert any("long" in each for each in ready.sheet.not_read)


def test_words_in_texts_are_no_names_of_files(code):
    """The words about a finding are for whoever decides; the record holds what and where alone."""
    item = gives(code, b"She is at Rosewood House", what="messages")
    bundle = disclosing.draft(
        file_of(code), as_they_are(item), to="A", side="survivor", purpose="B", by=INVESTIGATOR, at=AT
    )
    stay = {one.id: "stay" for one in preview(file_of(code), bundle, at=AT).found}
    disclosing.make_bundle(file_of(code), bundle, stay, by=INVESTIGATOR, confirmed_by="DC4", at=AT)
    said = file_of(code).entries[-1].fields.lint_found
    assert said == "item 1: its words: an address, a school or a refuge, known to the case: may stay"


def test_nothing_of_a_file_is_opened_in_this_process(code, monkeypatch):
    """What strangers sent is opened apart: a process that may do nothing else."""
    started: list[list[str]] = []
    popen = subprocess.Popen

    def watched(command, *given, **named):
        started.append(command)
        return popen(command, *given, **named)

    item = gives(code, made_up.pdf("Rosewood House"), what="document")
    monkeypatch.setattr(subprocess, "Popen", watched)
    looked(code, item)
    assert any("holdfast.vault.apart_inside" in each for command in started for each in command)


def test_texts_of_ours_are_looked_through_in_the_same_form(code):
    known = known_to(file_of(code))
    assert in_texts(known, [words_written("x", "Rose\u200bwood House")])[0].known
