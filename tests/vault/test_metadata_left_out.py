"""Copies without metadata: the same pixels and sound, and none of what was planted beside them."""

import io
import random
import struct
from pathlib import Path

import pytest
from PIL import Image
from PIL import ImageCms
from PIL import ImageOps
from pypdf import PdfReader
from pypdf import PdfWriter
from tests.vault import samples
from tests.vault.whole_items import item_with

from holdfast.vault.colours import numbers_alone
from holdfast.vault.recognising import Ends
from holdfast.vault.recognising import recognise
from holdfast.vault.stripping import Stripped
from holdfast.vault.stripping import without_metadata

WIDE = samples.CANARY.encode("utf-16-le")


def stripped(folder: Path, content: bytes) -> tuple[Stripped, bytes]:
    made = without_metadata(item_with(folder, content))
    assert made is not None
    copied = b"".join(made.pieces())
    assert len(copied) == made.size
    assert recognise(Ends.of(copied)) == made.media
    return made, copied


def upright(content: bytes) -> Image.Image:
    return ImageOps.exif_transpose(Image.open(io.BytesIO(content)))


@pytest.mark.parametrize(
    "made", [samples.jpeg, samples.png, samples.gif, samples.webp, samples.tiff], ids=lambda made: made.__name__
)
def test_a_picture_keeps_each_pixel_and_which_way_is_up_and_nothing_else(tmp_path: Path, made: object) -> None:
    content = made()  # type: ignore[operator]
    assert samples.CANARY.encode() in content
    told, copied = stripped(tmp_path, content + b"\0appended " + samples.CANARY.encode() * (made is not samples.tiff))
    for planted in (b"CANARY", WIDE, b"xmpmeta", b"Maker", b"2026:11:20"):
        assert planted not in copied
    before, after = upright(content), upright(copied)
    assert before.size == after.size
    assert before.convert("RGBA").tobytes() == after.convert("RGBA").tobytes()
    assert {*after.getexif()} <= {0x0112}
    assert told.left_out
    assert told.left == ()


def test_a_moving_picture_still_moves(tmp_path: Path) -> None:
    _, copied = stripped(tmp_path, samples.gif())
    assert Image.open(io.BytesIO(copied)).n_frames == 2  # type: ignore[attr-defined]


def test_colours_stay_and_the_words_of_their_profile_go(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert b"\0s\0R\0G\0B" in profile
    for form in ("JPEG", "PNG", "WEBP"):
        content = samples.saved(samples.picture(), form, icc_profile=profile, exif=samples.exif())
        _, copied = stripped(tmp_path, content)
        kept = Image.open(io.BytesIO(copied)).info["icc_profile"]
        assert kept == numbers_alone(profile)
        assert b"\0s\0R\0G\0B" not in kept
        assert ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(kept))).strip() == "colours"


@pytest.mark.parametrize("brand", [b"isom", b"qt  ", b"3gp5", b"M4A "])
def test_a_film_keeps_its_places_and_loses_times_words_and_position(tmp_path: Path, brand: bytes) -> None:
    content = samples.film(brand)
    told, copied = stripped(tmp_path, content)
    assert len(copied) == len(content)
    for planted in (b"CANARY", b"51.5100", b"xmpmeta", struct.pack(">I", 3_876_000_000)):
        assert planted in content
        assert planted not in copied
    assert copied.find(b"mdat") == content.find(b"mdat")
    assert "times" in told.left_out
    assert told.left == ()


def _measured(*, tables: bool) -> bytes:
    """A film with a track of measurements: three samples in two pieces, in its content."""
    samples_of = [b"CANARY-A", b"CANARY-BB", b"CANARY-C"]
    sizes = samples.box(b"stsz", struct.pack(">III", 0, 0, 3) + struct.pack(">III", *map(len, samples_of)))
    runs = samples.box(b"stsc", struct.pack(">IIIIIIII", 0, 2, 1, 2, 1, 2, 1, 1))
    words = b"picture." + samples_of[0] + samples_of[1] + b"picture." + samples_of[2] + b"picture."

    def whole(start: int) -> bytes:
        places = samples.box(b"stco", struct.pack(">IIII", 0, 2, start + 8, start + 8 + 17 + 8))
        table = samples.box(b"stbl", sizes + runs + places) if tables else b""
        kind = samples.box(b"hdlr", b"\0" * 8 + b"meta" + b"\0" * 13)
        track = samples.box(b"trak", samples.box(b"mdia", kind + samples.box(b"minf", table)))
        moov = samples.box(b"moov", samples._track(b"vide") + track)
        return samples.box(b"ftyp", b"isom\0\0\2\0isom") + moov + samples.box(b"mdat", words)

    return whole(len(whole(0)) - len(words))


def test_a_track_of_measurements_goes_with_its_samples(tmp_path: Path) -> None:
    told, copied = stripped(tmp_path, _measured(tables=True))
    assert b"CANARY" not in copied
    assert copied.count(b"picture.") == 3
    assert told.left == ()
    assert copied.count(b"trak") == 1


def test_a_track_that_cannot_be_reached_is_said(tmp_path: Path) -> None:
    told, copied = stripped(tmp_path, _measured(tables=False))
    assert b"CANARY" in copied
    assert told.left == ("a track of measurements or words, which may hold positions",)


def test_a_heic_picture_loses_its_exif_where_it_lies(tmp_path: Path) -> None:
    content = samples.heic()
    told, copied = stripped(tmp_path, content)
    assert b"CANARY" in content
    assert b"CANARY" not in copied
    assert len(copied) == len(content)
    assert told.left_out == ("EXIF and XMP",)


@pytest.mark.parametrize("made", [samples.wav, samples.mp3], ids=lambda made: made.__name__)
def test_a_recording_keeps_its_sound_alone(tmp_path: Path, made: object) -> None:
    import wave

    content = made()  # type: ignore[operator]
    _, copied = stripped(tmp_path, content)
    assert b"CANARY" in content
    assert b"CANARY" not in copied
    if made is samples.wav:
        with wave.open(io.BytesIO(copied)) as sound:
            assert sound.readframes(9999) == b"\0" * 1600
    else:
        assert copied == (b"\xff\xfb\x90\0" + b"\0" * 413) * 3


def test_a_pdf_loses_who_made_it_and_what_its_pictures_carry(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(samples.pdf())))
    pictured = io.BytesIO()
    Image.open(io.BytesIO(samples.jpeg())).save(pictured, "PDF")
    from pypdf.generic import NameObject
    from pypdf.generic import StreamObject

    drawn = StreamObject()
    drawn._data = samples.jpeg()
    for name, value in (("/Type", "/XObject"), ("/Subtype", "/Image"), ("/Filter", "/DCTDecode")):
        drawn[NameObject(name)] = NameObject(value)
    writer.pages[0]["/Resources"][NameObject("/XObject")] = writer._add_object(drawn)  # type: ignore[index]
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().count(b"CANARY") > 3
    told, copied = stripped(tmp_path, out.getvalue())
    assert b"CANARY" not in copied
    assert "Maker of PDFs" not in copied.decode("latin-1")
    assert "EXIF of its pictures" in told.left_out
    again = PdfReader(io.BytesIO(copied))
    assert again.pages[0].extract_text() == "Plain words of a page"
    assert not again.metadata


@pytest.mark.parametrize(
    "content",
    [
        samples.pdf(attached=True),
        samples.pdf(acts="JavaScript"),
        samples.pdf(acts="Launch"),
        samples.docx(template=True),
    ],
    ids=["files", "script", "program", "template"],
)
def test_of_what_acts_no_copy_is_made(tmp_path: Path, content: bytes) -> None:
    """The first item is held for it; a copy would be held by nobody."""
    assert without_metadata(item_with(tmp_path, content)) is None


@pytest.mark.parametrize("made", [samples.docx, samples.xlsx, samples.odt], ids=lambda made: made.__name__)
def test_an_office_document_loses_its_properties_and_keeps_its_words(tmp_path: Path, made: object) -> None:
    import zipfile

    content = made()  # type: ignore[operator]
    told, copied = stripped(tmp_path, content)
    with zipfile.ZipFile(io.BytesIO(copied)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"CANARY" not in everything
    assert b"words" in everything
    assert told.left == ()


def test_what_cannot_be_taken_apart_gives_no_copy(tmp_path: Path) -> None:
    for content in (samples.zipped({"a": "b"}), samples.compound("WordDocument"), samples.eml(), b"\0\1", b"",
                    samples.jpeg()[:200], samples.film()[:300], b"<html></html>"):  # fmt: skip
        assert without_metadata(item_with(tmp_path, content)) is None


def test_no_cut_and_no_changed_byte_is_an_error(tmp_path: Path) -> None:
    contents = [samples.jpeg(), samples.png(), samples.gif(), samples.webp(), samples.film(), samples.heic(),
                samples.wav(), samples.mp3(), _measured(tables=True)]  # fmt: skip
    for number, content in enumerate(contents):
        chance = random.Random(number)  # noqa: S311 chance that can be had again
        for _ in range(60):
            broken = bytearray(content[: chance.randrange(len(content) + 1)] if chance.random() < 0.3 else content)
            for _ in range(chance.choice((1, 3, 20))):
                if broken:
                    broken[chance.randrange(len(broken))] = chance.randrange(256)
            made = without_metadata(item_with(tmp_path, bytes(broken)))
            if made is not None and made.media != "application/pdf":
                assert sum(map(len, made.pieces())) == made.size
