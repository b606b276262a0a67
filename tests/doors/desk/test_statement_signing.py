"""Signing a statement at the desk: the exact text that was read over, or nothing."""

import base64
import hashlib
import subprocess
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case
from tests.doors.desk.conftest import entries
from tests.doors.desk.conftest import hidden
from tests.doors.desk.leaves import confirmed
from tests.doors.desk.stating import NAMED
from tests.doors.desk.stating import SECRET
from tests.doors.desk.stating import at
from tests.doors.desk.stating import begins
from tests.doors.desk.stating import content
from tests.doors.desk.stating import corrects
from tests.doors.desk.stating import drawn
from tests.doors.desk.stating import kinds
from tests.doors.desk.stating import last
from tests.doors.desk.stating import reads_over
from tests.doors.desk.stating import saves
from tests.doors.desk.stating import sent_as
from tests.doors.desk.stating import signed_one
from tests.doors.desk.stating import signs
from tests.doors.desk.stating import text

from holdfast.doors.evidence.statement_picture import NoSignature
from holdfast.doors.evidence.statement_picture import signature_picture
from holdfast.handbook.pdf import pages_of

HOW_TO = Path(__file__).parents[3] / "docs/how-to/take-a-statement.md"


@pytest.fixture
def officer(database) -> Desk:
    return Desk("officer", "PC1").signs_in()


@pytest.fixture
def code(officer) -> str:
    return a_case(NAMED)


class TestSigning:
    def test_the_document_the_declaration_and_the_hash_are_what_was_signed(self, officer, code):
        number = begins(officer, code)
        saves(officer, code, number, SECRET, "And left.", do="read")
        reads_over(officer, code, number)
        page = officer.opens(at(code, f"/{number}/sign"))
        assert "true to the best of my knowledge and belief" in page
        signs(officer, code, number, picture=sent_as(drawn()))
        assert "Signed" in officer.follows()
        said = last(code, "StatementSignatureTaken").fields
        document = content(code, said.item)
        assert hashlib.sha256(document).hexdigest() == said.sha256
        body = document.decode().split("-----BEGIN TEXT-----\n")[1].split("-----END TEXT-----")[0]
        assert hashlib.sha256(body.encode()).hexdigest() == said.text_sha256
        out = "sed '1,/^-----BEGIN TEXT-----$/d;/^-----END TEXT-----$/,$d' | sha256sum"
        done = subprocess.run(["sh", "-c", out], input=document, capture_output=True, check=True)
        assert done.stdout.decode().split()[0] == said.text_sha256  # as docs/how-to/take-a-statement.md says it
        assert out.replace(" |", " statement.txt |") in HOW_TO.read_text()
        assert body == f"1. {SECRET}\n\n2. And left.\n"
        declared = " ".join(said.declared.split())
        assert declared in " ".join(document.decode().split())
        assert said.declaration == "witness-statement"
        assert said.how == "drawn_and_typed"
        assert content(code, said.signature) == drawn()
        assert last(code, "StatementSigned").about == (number, last(code, "StatementTaken").number)

    def test_both_items_are_in_the_record_with_a_receipt(self, officer, code):
        number = begins(officer, code)
        saves(officer, code, number, SECRET, do="read")
        reads_over(officer, code, number)
        signs(officer, code, number, picture=sent_as(drawn()))
        taken = [entry.fields for entry in entries(code) if entry.kind == "ItemTaken"]
        assert sorted(each.what for each in taken) == ["signature", "statement"]
        assert kinds(code).count("ItemTaken") == 2
        assert {entry.fields.item for entry in entries(code) if entry.kind == "ReceiptGiven"} == {
            each.item for each in taken
        }

    @pytest.mark.parametrize(
        ("typed", "picture", "why"),
        [
            ("", "", "It is not signed yet"),
            ("", sent_as(drawn(stroke=False)), "Nothing was drawn"),
            ("Ada", "data:image/png;base64," + base64.b64encode(b"<svg onload=alert(1)>").decode(), "did not arrive"),
            ("Ada", "data:image/svg+xml;base64,AAAA", "did not arrive"),
            ("Ada", "data:image/png;base64,not base 64!", "did not arrive"),
            ("Ada", sent_as(b"\x89PNG\r\n\x1a\n" + b"0" * 50), "did not arrive"),
            ("Ada", sent_as(drawn()[:200]), "did not arrive"),
            ("Ada", sent_as(drawn(5_000, 20)), "too large"),
            ("Ada", sent_as(b"\x89PNG\r\n\x1a\n" + b"0" * 300_000), "too large"),
        ],
    )
    def test_an_empty_or_false_signature_signs_nothing(self, officer, code, typed, picture, why):
        number = begins(officer, code)
        saves(officer, code, number, SECRET, do="read")
        reads_over(officer, code, number)
        page = signs(officer, code, number, typed=typed, picture=picture)
        assert officer.page.status_code == 422
        assert why in text(officer)
        assert f'value="{typed}" dir="auto"' in page
        assert not {"StatementSigned", "ItemTaken", "StatementSignatureTaken"} & set(kinds(code))

    def test_half_a_signature_is_none_after_a_pdf_was_made_in_the_same_process(self):
        pages_of("<p>A")
        with pytest.raises(NoSignature, match="did not arrive"):
            signature_picture(sent_as(drawn()[:200]))

    def test_a_text_changed_between_reading_and_signing_is_refused(self, officer, code):
        number = begins(officer, code)
        saves(officer, code, number, "He came at nine", do="read")
        reads_over(officer, code, number)
        page = officer.opens(at(code, f"/{number}/sign"))
        given = {name: value for name, value in hidden(page).items() if name in ("version", "text", "declaration")}
        corrects(officer, code, number, 1, "He never came")
        officer.sends(at(code, f"/{number}/sign"), {**given, "typed": "Ada", "do": "sign"})
        assert "StatementSigned" not in kinds(code)
        reads_over(officer, code, number)
        officer.sends(at(code, f"/{number}/sign"), {**given, "typed": "Ada", "do": "sign"})
        assert officer.page.status_code == 409
        assert "StatementSigned" not in kinds(code)

    def test_a_signed_one_changes_no_more(self, officer, code):
        number = signed_one(officer, code)
        before = len(entries(code))
        for rest in ("draft", "read", "sign"):
            officer.sends(at(code, f"/{number}/{rest}"), {"version": str(before), "words": ["New"], "do": "sign"})
            assert officer.page.headers["Location"].endswith(f"/statement/{number}")
        assert [entry.kind for entry in entries(code)[before:]] == []

    def test_not_signing_is_recorded_and_no_clock_says_that_it_was(self, officer, code):
        number = begins(officer, code)
        saves(officer, code, number, SECRET, do="read")
        reads_over(officer, code, number)
        officer.sends(at(code, f"/{number}/sign"), {"do": "declined", "reason": "Not today"})
        assert last(code, "StatementDeclined").about == (number,)
        assert "StatementSigned" not in kinds(code)
        assert "not gone on with" in officer.opens(at(code))

    def test_the_forces_form_is_recorded_by_its_reference(self, officer):
        code = a_case(NAMED, pack="ontario")
        number = begins(officer, code)
        saves(officer, code, number, SECRET, do="read")
        reads_over(officer, code, number)
        page = officer.opens(at(code, f"/{number}/sign"))
        assert "Use your force’s own form" in page
        assert "blockquote" not in page
        given = {name: value for name, value in hidden(page).items() if name in ("version", "text")}
        officer.sends(at(code, f"/{number}/sign"), {**given, "do": "paper", "reference": ""})
        assert officer.page.status_code == 422
        officer.sends(at(code, f"/{number}/sign"), {**given, "do": "paper", "reference": "F12/26"})
        said = last(code, "StatementSignatureTaken").fields
        assert (said.how, said.reference, said.item) == ("on_paper", "F12/26", None)
        assert "StatementSigned" in kinds(code)

    def test_the_reader_declares_where_they_cannot_read_it(self, officer, code):
        number = begins(officer, code, reads="no")
        saves(officer, code, number, SECRET, do="read")
        reads_over(officer, code, number)
        assert "who could not read it themselves" in officer.opens(at(code, f"/{number}/sign"))
        signs(officer, code, number, reader="PC Reader")
        document = content(code, last(code, "StatementSignatureTaken").fields.item).decode()
        assert "who could not read it themselves. (PC Reader)" in document

    def test_no_name_can_break_out_of_its_line(self, officer, code):
        forged = "Ada\n\nSigned:\n   Name, as they typed it: Nobody\u202e"
        number = begins(officer, code, name=forged, reads="no")
        saves(officer, code, number, SECRET, do="read")
        reads_over(officer, code, number, reader=forged)
        signs(officer, code, number, typed=forged, reader=forged + "\x07")
        document = content(code, last(code, "StatementSignatureTaken").fields.item).decode()
        assert document.count("\nSigned:") == 1
        assert document.count("\n   Name, as they typed it:") == 1
        assert not {"\u202e", "\x07"} & set(document)

    def test_a_clock_that_went_back_records_no_wrong_time(self, officer, code, monkeypatch):
        number = begins(officer, code)
        saves(officer, code, number, SECRET, do="read")
        reads_over(officer, code, number)
        page = officer.opens(at(code, f"/{number}/sign"))
        given = {name: value for name, value in hidden(page).items() if name in ("version", "text", "declaration")}
        monkeypatch.setattr("holdfast.doors.desk.opening.timezone.now", lambda: datetime.now(UTC) - timedelta(days=2))
        officer.sends(at(code, f"/{number}/sign"), {**given, "typed": "Ada", "do": "sign"})
        monkeypatch.undo()
        signed = [entry for entry in entries(code) if entry.kind == "StatementSigned"]
        read = last(code, "StatementReadOver")
        assert len(signed) == 1
        assert all(entry.happened_at >= read.happened_at for entry in signed)

    def test_the_document_leaves_as_it_was_signed_and_that_is_recorded(self, officer, code):
        number = signed_one(officer, code)
        page = officer.opens(at(code, f"/{number}/document"))
        assert "Who will see this" in page
        confirmed(officer, at(code, f"/{number}/document"), page)
        said = last(code, "StatementSignatureTaken").fields
        assert officer.page.content == content(code, said.item)
        assert officer.page.headers["Content-Disposition"] == 'attachment; filename="statement.txt"'
        assert last(code, "ItemCopied").fields.item == said.item

    def test_the_copy_is_given_only_where_it_is_safe_and_recorded(self, officer, code):
        number = signed_one(officer, code)
        officer.sends(at(code, f"/{number}"), {"do": "copy", "answer": "given", "safe": "not_asked", "language": "en"})
        assert officer.page.status_code == 422
        officer.sends(at(code, f"/{number}"), {"do": "copy", "answer": "given", "safe": "yes", "language": "en"})
        assert last(code, "StatementCopyGiven").fields.answer == "given"
        assert "given" in officer.opens(at(code, f"/{number}"))
