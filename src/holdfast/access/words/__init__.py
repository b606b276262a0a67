"""The lists from which words are drawn, each published, of 7,776 words that any telephone can type. README says whose.

Left out of what is drawn is every word that would tell somebody else why a card is kept ('police', 'shelter'), and
every one that should not be said to a person who was hurt ('strangle', 'helpless').

A language without such a list has English words, and the paper says that they are English.
"""

from functools import cache
from pathlib import Path

from holdfast.access.ways_in.stretched import typed

ENGLISH = "en"
LISTS = {ENGLISH: "eff_large.txt", "fr": "tango_fr.txt"}  # language: its file
_CALLED = {"french": "fr", "français": "fr", "francais": "fr"}  # a language as people write it down
NAMES = {ENGLISH: "English", "fr": "French"}


def list_for(language: str) -> str:
    """The language of the words that a reader of this language is given: their own where there is a list."""
    said = language.strip().casefold()
    first = _CALLED.get(said, said.partition("-")[0])
    return first if first in LISTS else ENGLISH


@cache
def word_list(language: str = ENGLISH) -> tuple[str, ...]:
    """The words that are drawn for a reader of this language: at least 7,200 of the 7,776."""
    left_out = left_out_of(language)
    return tuple(word for word in _read(LISTS[list_for(language)]) if word not in left_out)


@cache
def left_out_of(language: str = ENGLISH) -> frozenset[str]:
    """The words of that list that are never drawn, because of what they tell or whom they hurt."""
    return frozenset(_read(LISTS[list_for(language)].replace(".txt", ".left_out.txt")))


def _read(name: str) -> list[str]:
    return (Path(__file__).parent / name).read_text(encoding="utf-8").split()


def spelled(word: str) -> str:
    """A word letter by letter, as it is read aloud.

    >>> spelled("yo-yo")
    'Y O Y O'
    """
    return " ".join(typed(word)).upper()
