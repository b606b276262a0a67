"""The document that every format is written from: a place's guide in one language, on one day.

- Everything is passed in, words of the frame too: a writer knows no language but what the book tells it.
- `html` is safe, plain HTML: p, ul, ol, li, h2-h4, b, strong, em, a, table, blockquote, div, details. A piece in
  another language says so with `lang` and `dir`.
- A link to another page of the guide is `href="#ID"`: whether there is such a chapter in the file at hand is for the
  writer to see.
"""

from __future__ import annotations

import hashlib
from datetime import date
from html import escape

import msgspec

FIRST_LINES = 2  # of the emergency lines: those that stand on every page


class Words(msgspec.Struct, frozen=True):
    """What the files themselves say around the pages, in the book's language. English unless told otherwise."""

    title: str = "{place}: what to expect and what is promised"
    contents: str = "Contents"
    page: str = "Information, page {number}"  # neutral: it may stand in a list of files
    emergency: str = "In an emergency"
    sources: str = "Where this comes from"
    as_on: str = "Law as on {day}."
    no_advice: str = "This is information, not legal advice about your case."
    found_here: str = (
        "A saved file can be found on this device, and so can the list of what was downloaded. Keep it only where the "
        "other person does not look, or with somebody you trust."
    )
    licence: str = "You may copy and share this. Licence: {licence}. From: {attribution}."
    draft: str = ""  # said at the front of each file whose words nobody has checked yet; '' where they were checked
    information: str = "Information"
    report_number: str = "Report number"
    officer: str = "Officer"
    officer_number: str = "Officer's telephone"
    adviser: str = "Adviser"
    adviser_number: str = "Adviser's telephone"
    notes: str = "Notes"
    # What the card says instead in its neutral look: nothing of police or of abuse.
    reference: str = "Reference"
    name: str = "Name"
    telephone: str = "Telephone"
    fold: str = "Cut along the lines. Fold in the middle."


class Chapter(msgspec.Struct, frozen=True):
    """One page of the guide."""

    id: str
    number: int  # in the whole guide of the place, from 1: a page that is not in this language is left out
    title: str
    answer: str  # plain text; '' where it may not be shown
    html: str
    title_language: str = ""  # where it is not the book's own; that of the answer too
    answer_language: str = ""
    easy: str = ""  # the easy-read edition as HTML, one short sentence a paragraph; '' where nobody wrote one
    sources: str = ""  # a list as HTML, or ''


def elsewhere(language: str) -> str:
    """The attributes of an element that is not in the book's language; '' for one that is."""
    return f' lang="{escape(language)}" dir="ltr"' if language else ""


class Line(msgspec.Struct, frozen=True):
    """Words that nobody may have to guess at: an emergency number and how to reach it."""

    text: str
    language: str = ""  # where it is not the book's own, because nobody has checked it there: then left to right


class Book(msgspec.Struct, frozen=True):
    """The guide of one place in one language as on one day."""

    title: str
    neutral_title: str  # says nothing of abuse or police: it may stand in a list of files
    language: str  # BCP 47
    direction: str  # ltr or rtl
    place: str  # its id, such as england-and-wales
    place_name: str
    day: date
    day_words: str  # the day as this language writes it
    chapters: tuple[Chapter, ...]
    licence: str  # its short name, such as CC BY 4.0
    attribution: str
    emergency: tuple[Line, ...] = ()  # most urgent first
    words: Words = Words()
    neutral: bool = False  # the look that gives nothing away at a glance
    number: int = 0  # of the page, where this is the book of one page

    def alone(self, chapter: Chapter) -> Book:
        """The book of one page: what its own files are written from."""
        neutral = self.words.page.format(number=chapter.number)
        return msgspec.structs.replace(
            self,
            title=chapter.title,
            neutral_title=neutral,
            chapters=(chapter,),
            emergency=self.emergency[:FIRST_LINES],
            number=chapter.number,
        )

    @property
    def name(self) -> str:
        """What the file calls itself: in its title, and in the list of what a device has open."""
        return self.neutral_title if self.neutral else self.title

    def digest(self) -> str:
        """A name for exactly this text, in hexadecimal."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()
