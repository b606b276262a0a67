"""Text as other programs wrote it, made plain: no markup, one kind of space; and folded, for comparing."""

from __future__ import annotations

import html
import re
import unicodedata

_BREAKS = re.compile(r"<\s*(?:br|/p|/li|/div|/h\d|/tr)\b[^>]*>", re.IGNORECASE)
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
# Control and format characters: some cannot be shown, some hide a word from whoever looks for it.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")


def plain(text: str | None) -> str:
    """A text without markup or characters that cannot be seen; paragraphs stay lines."""
    if not text:
        return ""
    bare = _TAGS.sub("", _BREAKS.sub("\n", text)) if "<" in text else text
    bare = html.unescape(bare) if "&" in bare else bare
    bare = _UNSEEN.sub("", bare.replace("\r", "\n"))
    lines = [_SPACES.sub(" ", line).strip() for line in bare.split("\n")]
    return "\n".join(line for line in lines if line)


def fold(text: str) -> str:
    """Letters and digits only, without accents or case, words apart by one space: for comparing, never for showing."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(sign if sign.isalnum() else " " for sign in bare if not unicodedata.combining(sign))
    return " ".join(kept.split())
