"""Words are read wherever they stand in a file, files are opened apart, and what was not read is told."""

import io
import zipfile

import pytest
from tests.vault import bundles

from holdfast.vault import bundle_words
from holdfast.vault.bundle_words import PIXELS
from holdfast.vault.bundle_words import SOUND
from holdfast.vault.bundle_words import words_of


class Content(io.BytesIO):
    """An item in memory."""

    @property
    def size(self) -> int:
        return len(self.getvalue())

    def read(self, at: int = 0, count: int = -1) -> bytes:
        return self.getvalue()[at:] if count < 0 else self.getvalue()[at : at + count]


def words(content: bytes, media: str) -> str:
    """All words that are texts, none that only stand in a row."""
    return "\n".join(text.words for text in words_of(Content(content), media).texts if not text.runs)


def docx(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", text)
    return out.getvalue()


def mail() -> bytes:
    return (
        b"From: a@example.org\r\nSubject: =?utf-8?b?TWlsbCBSb2Fk?=\r\nContent-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\ncGxlYXNlIHJpbmcgMDc3MDAgOTAwMTE4\r\n"
    )


@pytest.mark.parametrize(
    ("content", "media", "expected"),
    [
        (bundles.jpeg(words=bundles.HOME), "image/jpeg", "14 Mill Road"),
        (bundles.jpeg(point=bundles.POINT), "image/jpeg", "53.81970, -1.56770"),
        (bundles.png(bundles.HOME), "image/png", "14 Mill Road"),
        (bundles.pdf("She is at 14 Mill Road"), "application/pdf", "She is at 14 Mill Road"),
        (bundles.pdf("x", title="Mill Road"), "application/pdf", "Mill Road"),
        (docx("<w:p><w:r>14 Mi</w:r><w:r>ll Road</w:r></w:p>"),
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "14 Mill Road"),
        (mail(), "message/rfc822", "ring 07700 900118"), (mail(), "message/rfc822", "Mill Road"),
        ("14 Mill Road".encode("utf-16"), "text/plain", "14 Mill Road"),
        (b"14 Mill\xad R\xc3\xb6ad", "text/plain", "Mill"),
        ("14 Mi\u200bll Road".encode(), "text/plain", "14 Mill Road"),
        (b"<b>14</b> <i>Mill</i> Road", "text/html", "14   Mill  Road"),
        (b"14 Mill Ro-\nad", "text/plain", "Mill Road"),
    ],
)  # fmt: skip
def test_words_are_read_wherever_they_stand(content, media, expected):
    assert expected in words(content, media)


def test_the_serial_number_of_a_camera_ties_a_picture_to_it():
    looked = words_of(Content(bundles.jpeg(serial="SN-778123")), "image/jpeg")
    assert ("BodySerialNumber", "SN-778123") in looked.ties


@pytest.mark.parametrize("wide", [False, True])
def test_letters_in_a_row_are_read_in_whatever_it_is(wide):
    hidden = "Mill Road".encode("utf-16-le") if wide else b"Mill Road"
    looked = words_of(Content(b"\0\1\2" + hidden + b"\0\0\xff"), "")
    assert any(text.runs and "Mill Road" in text.words for text in looked.texts)


def test_what_was_not_read_is_told():
    assert PIXELS in words_of(Content(bundles.jpeg()), "image/jpeg").not_read
    assert PIXELS in words_of(Content(bundles.pdf("x")), "application/pdf").not_read
    assert SOUND in words_of(Content(b"\0\0\0\x18ftypmp42"), "video/mp4").not_read
    broken = words_of(Content(b"%PDF-1.4 and then nothing"), "application/pdf")
    assert any("could not be opened" in each for each in broken.not_read)


def test_whoever_reads_words_in_pictures_is_asked_and_may_fail():
    class Reader:
        def words_in(self, picture: bytes, media: str) -> str:
            if media == "image/png":
                raise ValueError
            return "14 Mill Road"

    found = words_of(Content(bundles.jpeg()), "image/jpeg", Reader())
    assert "14 Mill Road" in [text.words for text in found.texts]
    assert PIXELS not in found.not_read
    assert PIXELS in words_of(Content(bundles.png()), "image/png", Reader()).not_read


def test_a_large_one_is_not_opened_and_that_is_told(monkeypatch):
    monkeypatch.setattr(bundle_words, "MOST_OPENED", 10)
    monkeypatch.setattr(bundle_words, "ask", lambda *_: pytest.fail("it was opened"))
    looked = words_of(Content(b"Mill Road at the start" + bytes(100)), "application/pdf")
    assert any("too large" in each for each in looked.not_read)
    assert any("Mill Road" in text.words for text in looked.texts)
