"""Spoken pages: espeak-ng's voice, as Opus with a chapter mark for each page. A file; nothing plays it by itself."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from holdfast.handbook.blocks import Block
from holdfast.handbook.blocks import back
from holdfast.handbook.blocks import front
from holdfast.handbook.blocks import of_chapter
from holdfast.handbook.book import Book
from holdfast.handbook.not_made import NotMade
from holdfast.handbook.speech import dialled
from holdfast.handbook.speech import ssml

INSTALL = "not built: install espeak-ng and opus-tools (apt.txt)"
WORDS_A_MINUTE = "150"
KBITS = "24"
# The voice of a language where it is called otherwise than the language.
_VOICES = {"en": "en-gb", "en-ca": "en-us", "en-nz": "en-gb", "en-ie": "en-gb", "fr": "fr-fr", "fr-ca": "fr-fr",
           "es-us": "es-419", "zh-hans": "cmn", "zh": "cmn"}  # fmt: skip


def audio_of(book: Book) -> bytes:
    """The book as .opus. NotMade without the programs, or without a voice for the language."""
    voice = voice_for(book.language)
    numbers = dialled(book)
    with tempfile.TemporaryDirectory() as folder:
        spoken = Path(folder) / "all.wav"
        starts = _spoken(_parts(book), voice, numbers, spoken)
        return _encoded(book, spoken, starts)


def voice_for(language: str) -> str:
    """The voice of a language, or NotMade."""
    if shutil.which("espeak-ng") is None or shutil.which("opusenc") is None:
        raise NotMade(INSTALL)
    tag = language.lower()
    for wanted in (_VOICES.get(tag, tag), _VOICES.get(tag.split("-")[0], tag.split("-")[0])):
        if wanted in _voices():
            return wanted
    raise NotMade("not made: espeak-ng has no voice for this language")


@cache
def _voices() -> frozenset[str]:
    listed = subprocess.run(["espeak-ng", "--voices"], capture_output=True, text=True, check=True)  # noqa: S607
    return frozenset(line.split()[1] for line in listed.stdout.splitlines()[1:])


def _parts(book: Book) -> list[tuple[str, Sequence[Block]]]:
    """What is spoken, each part with the name of its chapter mark."""
    pages = [(chapter.title, of_chapter(chapter)) for chapter in book.chapters]
    if book.number:  # its own title comes first; who to call follows at once
        title, found = pages[0]
        return [(title, [found[0], *front(book)[1:], *found[1:], *back(book)])]
    last, found = pages[-1]
    return [(book.name, front(book)), *pages[:-1], (last, [*found, *back(book)])]


def _spoken(
    parts: list[tuple[str, Sequence[Block]]], voice: str, numbers: frozenset[str], out: Path
) -> list[tuple[float, str]]:
    """Speaks the parts into one file; answers when each begins, in seconds."""
    starts: list[tuple[float, str]] = []
    frames, rate = 0, 0
    part = out.with_name("part.wav")
    with wave.open(str(out), "wb") as whole:
        for title, found in parts:
            asked = ["espeak-ng", "-m", "-v", voice, "-s", WORDS_A_MINUTE, "-w", str(part), "--stdin"]
            subprocess.run(asked, input=ssml(found, numbers).encode(), check=True, capture_output=True)  # noqa: S603
            with wave.open(str(part), "rb") as piece:
                if not frames:
                    whole.setparams(piece.getparams())
                    rate = piece.getframerate()
                starts.append((frames / rate, title))
                frames += piece.getnframes()
                whole.writeframes(piece.readframes(piece.getnframes()))
    return starts


def _encoded(book: Book, spoken: Path, starts: list[tuple[float, str]]) -> bytes:
    marks: list[str] = []
    for number, (start, title) in enumerate(starts):
        marks += ["--comment", f"CHAPTER{number:03}={clock(start)}", "--comment", f"CHAPTER{number:03}NAME={title}"]
    out = spoken.with_name("all.opus")
    same = ["--serial", str(int(book.digest()[:7], 16))]  # else two files of the same words would differ
    titles = ["--title", book.name, "--date", book.day.isoformat(), "--comment", f"LANGUAGE={book.language}"]
    how = ["--quiet", "--speech", "--bitrate", KBITS, "--comp", "2", "--framesize", "60"]
    subprocess.run(["opusenc", *how, *same, *titles, *marks, str(spoken), str(out)],  # noqa: S603, S607
                   check=True, capture_output=True)  # fmt: skip
    return out.read_bytes()


def clock(seconds: float) -> str:
    """A moment as chapter marks write it.

    >>> clock(3725.25)
    '01:02:05.250'
    """
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}.{whole % 1000:03}"
