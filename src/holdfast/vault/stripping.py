"""Makes of an item a copy without what it carries beside its content: for whoever must not learn where and with what.

- Pictures, films and recordings keep every pixel and every sound as they are: parts are left out, nothing is made anew.
  A TIFF picture becomes a PNG of the same pixels. PDF and Office documents are written anew, apart (apart.py).
- What turns a picture upright is kept, and the plain numbers of its colour profile.
- What could not be left out is said (`left`): whoever sends the copy reads that first. What stands in the pixels, the
  sound or the words themselves is never touched: a street sign stays a street sign.
"""

from collections.abc import Callable
from collections.abc import Iterator
from typing import NamedTuple

from holdfast.vault.apart import MOST_IN
from holdfast.vault.apart import NotOpened
from holdfast.vault.apart import ask
from holdfast.vault.media import family_of
from holdfast.vault.reading import Item
from holdfast.vault.recognising import HEAD
from holdfast.vault.recognising import Ends
from holdfast.vault.recognising import recognise
from holdfast.vault.stripping_films import film_without
from holdfast.vault.stripping_pictures import PICTURES
from holdfast.vault.stripping_sounds import mp3_without
from holdfast.vault.stripping_sounds import wav_without
from holdfast.vault.without import Without

_AS_IT_IS = {"image/bmp", "audio/amr", "text/plain", "text/csv"}
_FILMS = {"video/mp4", "video/quicktime", "video/3gpp", "audio/mp4", "image/heic", "image/heif", "image/avif"}
_OFFICE = "application/vnd.o"  # Office Open XML and OpenDocument


class Stripped(NamedTuple):
    """A copy without metadata. It is made as it is read."""

    media: str
    size: int
    pieces: Callable[[], Iterator[bytes]]
    left_out: tuple[str, ...]  # what was left out, in words
    left: tuple[str, ...] = ()  # what could not be left out, in words: () where nothing is known of


def without_metadata(item: Item) -> Stripped | None:
    """A copy without metadata, or None where its kind cannot be taken apart or it is damaged. StoreFault, NotAnItem."""
    head = item.read(0, HEAD)
    tail = head if item.size <= HEAD else item.read(item.size - HEAD, HEAD)
    media = recognise(Ends(head, tail, item.size))
    if media in _AS_IT_IS:
        return _of(item, media, Without(((0, item.size),), ()))
    if media in _FILMS:
        return _of(item, media, film_without(item.read, item.size, picture=family_of(media) == "picture"))
    if media == "audio/wav":
        return _of(item, media, wav_without(item.read, item.size))
    if media == "audio/mpeg":
        return _of(item, media, mp3_without(item.read, item.size))
    if item.size > MOST_IN:
        return None
    if media in PICTURES:
        return _of(item, media, PICTURES[media](item.read()))
    if media in ("application/pdf", "image/tiff") or (media.startswith(_OFFICE) and "macro" not in media):
        return _written_anew(item, media)
    return None


def _of(item: Item, media: str, without: Without | None) -> Stripped | None:
    if without is None:
        return None

    def pieces() -> Iterator[bytes]:
        for each in without.segments:
            if isinstance(each, bytes):
                yield each
            else:
                yield from item.pieces(*each)

    size = sum(len(each) if isinstance(each, bytes) else each[1] - each[0] for each in without.segments)
    return Stripped(media, size, pieces, without.left_out, without.left)


def _written_anew(item: Item, media: str) -> Stripped | None:
    try:
        answer = ask("strip", item.read(), media=media)
        content = answer.contents[0]
        left_out, left = (tuple(str(each)[:300] for each in answer.said[name]) for name in ("left_out", "left"))
        made = str(answer.said["media"])
    except (NotOpened, KeyError, IndexError, TypeError):
        return None
    if recognise(Ends.of(content)) != made:
        return None  # the process that wrote it is not trusted
    return Stripped(made, len(content), lambda: iter((content,)), left_out, left)
