"""What of an item is read as words: plain text, and the letters of a document or a mail. Never its markup.

Text is decoded here and escaped by the page. Anything that needs a reader is opened in a process of its own
(vault/apart.py). Bounded by bytes and letters; what is left out is said.
"""

from typing import Any

from holdfast.vault.apart import NotOpened
from holdfast.vault.apart import ask
from holdfast.vault.items import KnownItem
from holdfast.vault.media import family_of
from holdfast.vault.reading import Item

MOST_TEXT = 200_000  # bytes of a text, and letters of a document, that one page shows
MOST_OPENED = 32 << 20  # bytes of a document that is opened while somebody waits for its page


def words_of(item: Item, known: KnownItem) -> dict[str, Any]:
    """For the page: `words` or `parts` (where, words), and `left_out` where there is more. StoreFault, NotAnItem."""
    if family_of(known.media) == "text":
        text = item.read(0, MOST_TEXT).decode("utf-8", "replace")
        return {"words": _plain(text), "left_out": item.size > MOST_TEXT}
    if item.size > MOST_OPENED:
        return {"parts": (), "left_out": True}
    try:
        said = ask("lint", item.read(), media=known.media).said
        texts = [(str(where), _plain(str(words))) for where, words in said["texts"]]
    except (NotOpened, KeyError, TypeError, ValueError):
        return {"parts": (), "left_out": True}
    parts, letters = [], 0
    for where, words in texts:
        parts.append((where, words[: MOST_TEXT - letters]))
        letters += len(words)
        if letters >= MOST_TEXT:
            break
    return {"parts": tuple(parts), "left_out": letters > MOST_TEXT or len(parts) < len(texts)}


def _plain(text: str) -> str:
    """Without what a page cannot show, or what turns the direction of the words around it."""
    return "".join(sign for sign in text.replace("\r\n", "\n") if sign in "\n\t" or _shows(sign))


def _shows(sign: str) -> bool:
    return sign.isprintable() and not "\u202a" <= sign <= "\u202e" and not "\u2066" <= sign <= "\u2069"
