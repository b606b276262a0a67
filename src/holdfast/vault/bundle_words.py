"""Everything in an item that can be read as words, for the look-through before it leaves; and what was not read.

Files are opened apart (apart.py). Of every file, whatever it is, runs of letters are read as well: what a maker's own
note, a film's table or an unknown part holds in plain letters is seen there.

Words in pictures and in sound are not read. `WordsInPictures` is the port for somebody's reader: none is part of
Holdfast, and without one it is said of every picture, film and PDF.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from typing import Protocol

from holdfast.vault.apart import NotOpened
from holdfast.vault.apart import ask
from holdfast.vault.boxes import film_values
from holdfast.vault.media import family_of

MOST_OPENED = 64 << 20  # bytes: of larger items only runs of letters at both ends are read
_ENDS = 8 << 20  # bytes of each end
_RUN = re.compile(rb"[\x20-\x7e]{6,400}")
_WIDE = re.compile(rb"(?:[\x20-\x7e]\0){6,400}")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
PIXELS = "Words in pictures were not read."
COULD_NOT_OPEN = "It could not be opened: only letters that stand in a row were read."
SOUND = "What is said in it was not listened to."


class Content(Protocol):
    """An item, read at any place."""

    size: int

    def read(self, at: int = 0, count: int = -1) -> bytes:
        """So many bytes from a place."""


class WordsInPictures(Protocol):
    """Reads the words that stand in a picture."""

    def words_in(self, picture: bytes, media: str) -> str:
        """The words, '' where there are none; OSError or ValueError where it could not be read."""


class Text(NamedTuple):
    """Some words, and where in the item they stand."""

    where: str
    words: str
    runs: bool = False  # no text: letters that stand in a row in something else


class Looked(NamedTuple):
    """What was read of an item."""

    texts: tuple[Text, ...]
    ties: tuple[tuple[str, str], ...]  # what ties it to a device or a person: serial numbers, owners
    not_read: tuple[str, ...]  # sentences


def words_of(content: Content, media: str, port: WordsInPictures | None = None) -> Looked:
    """All words that can be read in an item. StoreFault or NotAnItem where the item itself cannot be."""
    family = family_of(media)
    texts: list[Text] = []
    ties: list[tuple[str, str]] = []
    not_read: list[str] = []
    if content.size > MOST_OPENED and family not in ("film", "sound"):
        not_read.append("It is too large to be opened: only letters that stand in a row were read, at both its ends.")
    elif family in ("film", "sound"):
        values, _ = film_values(content.read, content.size)
        texts += [Text(f"what it carries ({name[:60]})", value) for name, value in values]
    else:
        _opened(content.read(), media, texts, ties, not_read)
    if family in ("picture", "pdf", "office", "film"):
        _pixels(content, media, port, texts, not_read)
    if family in ("film", "sound"):
        not_read.append(SOUND)
    texts += _runs(content)
    return Looked(tuple(_seen(each) for each in texts), tuple(ties), tuple(dict.fromkeys(not_read)))


def words_written(where: str, words: str) -> Text:
    """Words of a page of ours, in the same form."""
    return _seen(Text(where, words))


def _opened(content: bytes, media: str, texts: list[Text], ties: list[tuple[str, str]], not_read: list[str]) -> None:
    try:
        said = ask("lint", content, media=media).said
        texts += [Text(str(where), str(words)) for where, words in said["texts"]]
        ties += [(str(name), str(value)) for name, value in said["ties"]]
        not_read += [str(each)[:300] for each in said["not_read"]]
    except (NotOpened, KeyError, ValueError, TypeError):
        not_read.append(COULD_NOT_OPEN)


def _pixels(content: Content, media: str, port: WordsInPictures | None, texts: list[Text], not_read: list[str]) -> None:
    if port is None or family_of(media) != "picture" or content.size > MOST_OPENED:
        not_read.append(PIXELS)
        return
    try:
        texts.append(Text("words in the picture", port.words_in(content.read(), media)))
    except (OSError, ValueError):
        not_read.append(PIXELS)


def _runs(content: Content) -> Iterator[Text]:
    """Letters that stand in a row, in one byte each or in two."""
    ends = [(0, min(content.size, _ENDS))]
    if content.size > _ENDS:
        ends.append((max(_ENDS, content.size - _ENDS), content.size))
    for start, end in ends:
        piece = content.read(start, end - start)
        yield Text("letters in it", "\n".join(match.decode("ascii") for match in _RUN.findall(piece)), runs=True)
        wide = "\n".join(match.decode("utf-16-le") for match in _WIDE.findall(piece))
        if wide:
            yield Text("letters in it", wide, runs=True)


def _seen(text: Text) -> Text:
    """Without signs that are not seen and part a word for whoever looks for it."""
    return text._replace(words=_UNSEEN.sub("", text.words))
