"""The exact text of a statement: what is read over, hashed and signed. Pure.

- Numbered paragraphs, each with its translation where there is one, in a form that anybody can read and hash again.
- A line that belongs to a paragraph is set in, so that no words can pass for a number or a heading of ours.
- Marks that turn the order of letters about, and other signs that cannot be seen, are written out: what is signed is
  what was seen. The marks that Arabic, Urdu and Punjabi are typed with are left as they are.

>>> visible("a" + chr(0x202E) + "b")
'a‹U+202E›b'
"""

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from holdfast.law.languages_known import KNOWN

MOST_PARAGRAPHS = 300
MOST_LETTERS = 100_000  # of all paragraphs and translations together
_INSET = "   "
# C0 controls but tab and line feed; embeddings, overrides and isolates (UAX 9); separators that end no line of ours;
# C1 controls; BOM and its like.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\u2028\u2029\u0080-\u009f\ufeff\u2060-\u2064\u180e\u200b]"
)
_LINES = re.compile("\r\n|\r|\n")
_BLANK = re.compile(r"\n[ \t]*\n+")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47, without its rare forms


def plain(words: str) -> str:
    """Words as they are kept: line ends of one sort, nothing blank at either end."""
    return "\n".join(_LINES.split(words)).strip()


def visible(words: str) -> str:
    """Words with everything written out that would change what is seen without being seen."""
    return _UNSEEN.sub(lambda found: f"‹U+{ord(found[0]):04X}›", words)


def split(words: str) -> list[str]:
    """The paragraphs of what was typed into one field: a blank line begins the next."""
    return [each.strip() for each in _BLANK.split(plain(words)) if each.strip()]


def text_of(paragraphs: Iterable[Any]) -> str:
    """The text: every line ends in a line feed. `paragraphs` have `words` and `translation`."""
    written = []
    for number, each in enumerate(paragraphs, 1):
        written.append(f"{number}. {_set_in(each.words)}\n")
        if each.translation:
            written.append(f"{_INSET}[{number}, translation] {_set_in(each.translation)}\n")
    return "\n".join(written)


def digest_of(paragraphs: Iterable[Any]) -> str:
    """SHA-256 of the text, in hex."""
    return hashlib.sha256(text_of(paragraphs).encode("utf-8")).hexdigest()


def language_name(language: str) -> str:
    """What a language is called in English, or what was typed."""
    known = KNOWN.get(language) or KNOWN.get(language.partition("-")[0])
    return known.english if known and _TAG.fullmatch(language) else visible(language)


def known_tag(typed: str) -> str:
    """The tag of a language that was typed by its name, in English or its own; else what was typed.

    >>> known_tag(" urdu "), known_tag("اردو"), known_tag("pl-PL"), known_tag("Mirpuri")
    ('ur', 'ur', 'pl-PL', 'Mirpuri')
    """
    named = " ".join(typed.split())
    for tag, known in KNOWN.items():
        if named.casefold() in (known.english.casefold(), known.name.casefold(), tag.casefold()):
            return tag
    return named


def tag_of(language: str) -> str:
    """The language as a `lang` attribute; '' where what was typed is no tag."""
    return language if _TAG.fullmatch(language) else ""


def direction_of(language: str) -> str:
    """Which way it runs: 'ltr', 'rtl', or 'auto' where the language is not known."""
    known = KNOWN.get(language) or KNOWN.get(language.partition("-")[0])
    return known.direction if known and tag_of(language) else "auto"


def same_language(one: str, other: str) -> bool:
    """Whether two tags are of one language: 'en' and 'en-GB' are."""
    return one.partition("-")[0].casefold() == other.partition("-")[0].casefold()


def _set_in(words: str) -> str:
    return visible(plain(words)).replace("\n", f"\n{_INSET}")
