"""Looking into an item: every kind is recognised, what may act or hide is held, and no content is an error."""

import json
import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.vault import samples
from tests.vault.whole_items import item_with

from holdfast.vault import looking_in
from holdfast.vault.apart import Answer
from holdfast.vault.apart import NotOpened
from holdfast.vault.apart_inside import TASKS
from holdfast.vault.found import Found
from holdfast.vault.looking_in import look_in_with
from holdfast.vault.media import family_of
from holdfast.vault.previews import make_ready


def looked(folder: Path, content: bytes, named: str = "", claimed: str = "") -> Found:
    return look_in_with(item_with(folder, content), named, None, claimed=claimed)


def why(found: Found) -> list[str]:
    return sorted({reason for reason, _ in found.held})


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opens in this process, where a fault can be seen, and as a thousand times as fast."""
    import importlib

    make_ready()

    def ask(task: str, content: bytes, **told: str) -> Answer:
        module, function = TASKS[task]
        try:
            answer = getattr(importlib.import_module(module), function)(content, **told)
        except NotOpened:
            raise
        except Exception as fault:
            raise NotOpened("damaged", "It breaks off.") from fault
        return Answer(json.loads(json.dumps(answer.said)), answer.contents)

    monkeypatch.setattr(looking_in, "ask", ask)


@pytest.mark.parametrize(("media", "named", "made"), samples.KINDS, ids=[f"{m}-{n}" for m, n, _ in samples.KINDS])
def test_every_kind_is_recognised_by_its_content_and_held_only_for_its_own_reason(
    tmp_path: Path, media: str, named: str, made: object, here: None
) -> None:
    found = looked(tmp_path, made(), named)  # type: ignore[operator]
    assert found.media == media
    family = family_of(media)
    expected = {"archive": ["archive"], "program": ["active_content"]}.get(family or "", [])
    expected = {"text/html": ["active_content"], "application/vnd.ms-excel": ["active_content"],
                "application/vnd.ms-outlook": ["archive"]}.get(media, expected)  # fmt: skip
    assert why(found) == expected, found.held
    assert looked(tmp_path, made(), "").media == media  # type: ignore[operator]


@pytest.mark.parametrize(
    ("content", "named", "expected"),
    [
        (samples.jpeg(), "statement.pdf", ["disguised"]),
        (samples.pdf(), "photo.jpg", ["disguised"]),
        (b"\x7fELF" + b"\0" * 60, "photo.jpg", ["active_content", "disguised"]),
        (samples.zipped({"a": "b"}), "letter.docx", ["archive", "disguised"]),
        (b"<html><script>1</script>", "note.txt", ["active_content", "disguised"]),
        (b"echo 1", "run.bat", ["active_content"]),
        (b"echo 1", "photo.jpg.bat", ["active_content"]),
        (samples.jpeg(), "photo\u202egpj.exe", ["disguised"]),
        (samples.KINDS[35][2](), "photo.jpg.exe", ["active_content", "disguised"]),
        (samples.webp(), "photo.jpg", []),  # telephones do this every day
        (b"", "a.jpg", ["damaged"]),
        (b"\0\1\2\3" * 50, "", ["damaged"]),
        (samples.jpeg()[:300], "a.jpg", ["damaged"]),
        (samples.wide_png(100_000, 100_000), "a.png", ["too_large_to_open"]),
        (samples.wide_png(100_000, 10), "a.png", ["too_large_to_open"]),
        (samples.film()[:200], "a.mp4", ["damaged"]),
    ],
)  # fmt: skip
def test_what_is_not_what_it_says_is_held(
    tmp_path: Path, content: bytes, named: str, expected: list[str], here: None
) -> None:
    assert why(looked(tmp_path, content, named)) == expected


def test_a_claimed_type_counts_as_a_name_does(tmp_path: Path, here: None) -> None:
    assert why(looked(tmp_path, samples.pdf(), "", "image/jpeg; q=1")) == ["disguised"]
    assert why(looked(tmp_path, samples.pdf(), "", "application/octet-stream")) == []


@pytest.mark.parametrize(
    "content",
    [
        samples.jpeg() + samples.zipped({"a": "b"}),
        samples.pdf() + samples.zipped({"a": "b"}),
        samples.gif() + b"<html><script>alert(1)</script>",
        samples.jpeg() + b"\x7fELF" + b"\0" * 99,
        samples.png() + samples.pdf(),
        b"GIF89a/*" + samples.gif()[8:],
        b"GIF89a=" + samples.gif()[7:],
        samples.film() + samples.zipped({"a": "b"}),
        b"<?php 1 ?>\n" + samples.pdf(),
    ],
    ids=[
        "jpeg-zip",
        "pdf-zip",
        "gif-page",
        "jpeg-program",
        "png-pdf",
        "gif-comment",
        "gif-equals",
        "film-zip",
        "php-pdf",
    ],
)
def test_two_files_in_one_are_noticed(tmp_path: Path, content: bytes, here: None) -> None:
    assert "disguised" in why(looked(tmp_path, content, ""))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (samples.pdf(acts="JavaScript"), "scripts"),
        (samples.pdf(acts="Launch"), "starts a program"),
        (samples.pdf(attached=True), "files inside"),
        (samples.docx(macros=True), "macros"),
        (samples.docx(template=True), "fetches"),
        (samples.svg("<script>1</script>"), "scripts"),
        (samples.svg("<rect onload='x()'/>"), "scripts"),
        (samples.svg("<image href='http://example.org/x'/>"), "fetches"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "another way"),
        (rb"{\rtf1{\object\objemb{\*\objdata 0105}}}", "files inside"),
        (samples.compound("WordDocument", "_VBA_PROJECT"), "macros"),
        (samples.eml(b"MZ" + b"\0" * 600, "a.pdf"), "could act"),
    ],
)  # fmt: skip
def test_what_would_act_inside_is_held_and_named(tmp_path: Path, content: bytes, words: str, here: None) -> None:
    found = looked(tmp_path, content, "")
    assert why(found) == ["active_content"]
    assert words in found.held[0][1]


def test_what_only_leads_somewhere_is_not_held(tmp_path: Path, here: None) -> None:
    assert looked(tmp_path, samples.pdf(acts="GoTo"), "a.pdf").held == ()
    linked = looked(tmp_path, samples.pdf(link=True), "a.pdf")
    assert linked.held == ()
    assert "links" in linked.metadata.told


def test_a_locked_pdf_is_held_and_an_empty_password_is_none(tmp_path: Path, here: None) -> None:
    import io

    from pypdf import PdfReader
    from pypdf import PdfWriter

    for password, expected in (("secret", ["damaged"]), ("", [])):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(samples.pdf())))
        writer.encrypt(password, owner_password="other", algorithm="AES-256")
        out = io.BytesIO()
        writer.write(out)
        assert why(looked(tmp_path, out.getvalue(), "a.pdf")) == expected


def test_recordings_say_what_their_tags_say(tmp_path: Path, here: None) -> None:
    for content, name in ((samples.mp3(), "Title"), (samples.wav(), "Comment")):
        assert [name, samples.CANARY] in json.loads(looked(tmp_path, content, "").metadata.found)


def test_a_short_film_behind_a_picture_is_told_and_holds_nothing(tmp_path: Path, here: None) -> None:
    found = looked(tmp_path, samples.jpeg() + samples.film(), "a.jpg")
    assert found.held == ()
    assert "More follows the picture" in found.metadata.told
    assert len(found.previews) == 2


def test_words_of_what_is_held_never_hold_the_name_or_the_content(tmp_path: Path, here: None) -> None:
    for content, named in (
        (samples.pdf(acts="JavaScript"), f"{samples.CANARY}.jpg"),
        (samples.docx(macros=True), f"{samples.CANARY}.pdf"),
        (samples.zipped({samples.CANARY: "x"}), f"{samples.CANARY}.png"),
    ):
        found = looked(tmp_path, content, named)
        assert found.held
        assert "CANARY" not in str(found.held) + found.metadata.told


def test_a_zip_that_says_it_is_endless_is_not_unpacked(tmp_path: Path, here: None) -> None:
    bomb = samples.zipped({"[Content_Types].xml": "x", "word/document.xml": b"\0" * (300 << 20)})
    assert len(bomb) < 1 << 20
    started = time.monotonic()
    assert why(looked(tmp_path, bomb, "a.docx")) == ["too_large_to_open"]
    assert time.monotonic() - started < 5


def test_a_member_that_is_larger_than_its_archive_says_is_not_read_on(tmp_path: Path, here: None) -> None:
    bomb = samples.zipped({"[Content_Types].xml": "x", "word/document.xml": b" " * (80 << 20)})
    assert why(looked(tmp_path, bomb, "a.docx")) == ["too_large_to_open"]


CONTENTS = [made() for _, _, made in samples.KINDS] + [
    samples.pdf(acts="JavaScript"),
    samples.docx(macros=True),
    samples.eml(b"x"),
]


@pytest.mark.parametrize("number", range(len(CONTENTS)))
def test_no_cut_and_no_changed_byte_is_an_error(number: int, tmp_path: Path, here: None) -> None:
    content, chance = CONTENTS[number], random.Random(number)  # noqa: S311 chance that can be had again
    for _ in range(25):
        broken = bytearray(content[: chance.randrange(len(content) + 1)] if chance.random() < 0.5 else content)
        for _ in range(chance.choice((0, 1, 3, 20))):
            if broken:
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        found = looked(tmp_path, bytes(broken), "a")
        assert isinstance(found, Found)
        assert all(len(words) <= 300 for _, words in found.held)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from([content[:200] for content in CONTENTS] + [b""]), rest=st.binary(max_size=600))
def test_no_content_at_all_is_an_error(start: bytes, rest: bytes, tmp_path: Path, here: None) -> None:
    assert isinstance(looked(tmp_path, start + rest, "a.jpg"), Found)


@given(named=st.text(max_size=40))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_is_an_error(tmp_path: Path, here: None, named: str) -> None:
    assert isinstance(looked(tmp_path, b"words", named), Found)


def test_the_process_of_its_own_answers_as_here(tmp_path: Path) -> None:
    """Each kind that is opened apart, once for real: what it needs must be loaded before it gives up files."""
    for media, named, made in samples.KINDS:
        found = looked(tmp_path, made(), named)
        assert found.media == media
        assert "damaged" not in why(found), (media, found.held)


def test_a_damaged_file_ends_its_own_process_alone(tmp_path: Path) -> None:
    assert why(looked(tmp_path, samples.jpeg()[:400], "")) == ["damaged"]
    assert why(looked(tmp_path, samples.pdf()[:200], "")) == ["damaged"]
    assert why(looked(tmp_path, b"x", "")) == []
