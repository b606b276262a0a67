"""A guide page as it is shown: its Markdown with the pack's words filled in, and the sources these rest on.

- HTML in a page is shown as text, never as HTML.
- A sentence whose placeholder has nothing to say is left out whole, and so is a list that is left empty and the line
  that led to it: better a shorter page than one with a hole where the law should be.
- A list of promises is drawn as promises.
- In another language a block that nobody has translated stands in English, and says so.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from holdfast.doors.guide.shaping import CLOSE
from holdfast.doors.guide.shaping import HOLE
from holdfast.doors.guide.shaping import MARK
from holdfast.doors.guide.shaping import OPEN
from holdfast.doors.guide.shaping import PRIVATE
from holdfast.doors.guide.shaping import mark_english
from holdfast.doors.guide.shaping import promises
from holdfast.doors.guide.shaping import without_holes
from holdfast.doors.guide.voice import PageState
from holdfast.doors.guide.voice import Voice
from holdfast.doors.guide.words import Said
from holdfast.doors.guide.words import say
from holdfast.doors.look.say import in_english
from holdfast.law.catalogue_blocks import cut
from holdfast.law.catalogue_blocks import has_words
from holdfast.law.catalogue_blocks import key
from holdfast.law.catalogue_blocks import sentences
from holdfast.law.data import Source
from holdfast.law.language import ENGLISH
from holdfast.law.language import Tongue
from holdfast.law.pack import Pack
from holdfast.law.placeholders import Broken
from holdfast.law.placeholders import Placeholder
from holdfast.law.placeholders import parse
from holdfast.law.public import GuidePage

# Links come from placeholders: by its own words no page leads anywhere, and nothing is fetched for it.
_markdown = (
    MarkdownIt("commonmark", {"html": False, "linkify": False})
    .enable("table")
    .disable(["link", "image", "autolink", "reference"])
)


class Cited(NamedTuple):
    """A source that the page rests on, and the day on which it was read."""

    source: Source
    read_on: date | None


class Rendered(NamedTuple):
    """One page, ready for the template."""

    title: SafeString
    answer: SafeString  # '' when it rests on what may not be shown
    html: SafeString
    sources: tuple[Cited, ...]
    withheld: int  # placeholders that said nothing; staff see the number in `holdfast check`
    state: PageState = "english"
    english: Rendered | None = None  # the same page in English, where anything on this one is an unchecked draft


class _Page(NamedTuple):
    """What is being said, and by whom."""

    pack: Pack
    day: date
    link: str
    voice: Voice


@lru_cache(maxsize=512)  # the server keeps finished pages besides; any day may be asked for, and would fill more
def _kept(pack_key: int, page_id: str, day: date, link: str, tongue: Tongue, easy: bool) -> Rendered:
    pack = _packs[pack_key]
    page = next(each for each in pack.guide if each.id == page_id)
    return _render(pack, page, day, link, tongue, easy)


_packs: dict[int, Pack] = {}


def render(pack: Pack, page: GuidePage, day: date, link: str, tongue: Tongue = ENGLISH) -> Rendered:
    """The page on one day in one language. The answer is kept in memory: the same page on the same day is made once."""
    _packs.setdefault(id(pack), pack)  # held, so that an id never means another pack
    return _kept(id(pack), page.id, day, link, tongue, False)


def render_easy(pack: Pack, page: GuidePage, day: date, link: str, tongue: Tongue = ENGLISH) -> Rendered:
    """The easy-read edition of a page, a sentence a paragraph; `html` is '' where nobody wrote one."""
    _packs.setdefault(id(pack), pack)
    return _kept(id(pack), page.id, day, link, tongue, True)


def line(text: str, pack: Pack, day: date, link: str, tongue: Tongue = ENGLISH, context: str = "") -> SafeString:
    """One line of words with its placeholders filled, or '' where one of them may not be shown.

    `context` is the line's id in the catalogues; without one it stays English.
    """
    return _line(_Page(pack, day, link, Voice(tongue)), context, text)


def _line(page: _Page, context: str, text: str) -> SafeString:
    said = page.voice.wording(context, text)
    within = page._replace(voice=page.voice.within(said))
    found = [piece if isinstance(piece, str) else _said(piece, within) for piece in parse(said.text)]
    if None in found:
        return mark_safe("")
    html = format_html_join("", "{}", ((each if isinstance(each, str) else each.inline,) for each in found if each))
    return in_english(html) if html and said.is_english and not page.voice.tongue.is_english else html


def _said(piece: Placeholder | Broken, page: _Page) -> Said | None:
    return say(piece, page.pack, page.day, page.link, page.voice) if isinstance(piece, Placeholder) else None


def _render(pack: Pack, page: GuidePage, day: date, link: str, tongue: Tongue, easy: bool) -> Rendered:
    voice = Voice(tongue)
    given = _Page(pack, day, link, voice)
    title, answer = (_line(given, f"guide.{page.id}.{name}", getattr(page, name)) for name in ("title", "answer"))
    blocks = sentences(page.easy) if easy else cut(page.body) if not tongue.is_english else [page.body]
    body = _Body(given, f"guide.{page.id}.{'easy' if easy else 'body'}")
    for block in blocks:
        body.add(block)
    tokens = promises(without_holes(_markdown.parse(body.text)), body.said)
    mark_english(tokens, body.english)
    html = _filled(_markdown.renderer.render(tokens, _markdown.options, {}), body.said)
    html = mark_safe(html)  # noqa: S308 markdown-it escapes the page, format_html what the pack says
    english = _render(pack, page, day, link, ENGLISH, easy) if voice.has_drafts else None
    return Rendered(title, answer, html, _sources(tokens, body.said), body.withheld, voice.state, english)


class _Body:
    """A page's Markdown as it grows, with a mark for each placeholder and the lines that stay English."""

    def __init__(self, page: _Page, context: str) -> None:
        self.page, self.context = page, context
        self.said: list[Said] = []
        self.withheld = 0
        self.text = ""
        self.english: list[tuple[int, int]] = []  # from line to line, the last one out

    def add(self, block: str) -> None:
        """One block, in the language where the catalogue may say it."""
        voice = self.page.voice
        if not voice.tongue.is_english and has_words(block):
            said = voice.wording(self.context, key(block))
            block = block if said.is_english else said.text
            within = self.page._replace(voice=voice.within(said))
        else:
            said, within = None, self.page
        begins = self.text.count("\n")
        for piece in parse(block.translate(PRIVATE)):
            self.text += piece if isinstance(piece, str) else self._mark(piece, within)
        self.text += "\n\n"
        if said and said.is_english:
            self.english.append((begins, self.text.count("\n")))

    def _mark(self, piece: Placeholder | Broken, page: _Page) -> str:
        words = _said(piece, page)
        if words is None:
            self.withheld += 1
            return HOLE
        self.said.append(words)
        return f"{OPEN}{len(self.said) - 1}{CLOSE}"


def _filled(html: str, said: list[Said]) -> str:
    """Puts the words in: a placeholder that is alone in its paragraph becomes its block, a card where it has one."""
    in_card = re.compile(f"(<li>\\s*)?<p>\\s*{MARK.pattern}\\.?\\s*</p>")
    html = in_card.sub(lambda found: _block(said[int(found[2])], found[1]), html)
    return MARK.sub(lambda found: str(said[int(found[1])].inline), html)


def _block(words: Said, item: str | None) -> str:
    if item:
        return item + words.block
    return f'<div class="promise">{words.block}</div>' if words.is_card else str(words.block)


def _sources(tokens: list[Token], said: list[Said]) -> tuple[Cited, ...]:
    """The sources of what is on the page, each once, in the order in which they are first used."""
    used: dict[tuple[str, str, str], Source] = {}
    for token in tokens:
        for found in MARK.finditer(token.content) if token.type == "inline" else ():
            for source in said[int(found[1])].sources:
                used.setdefault((source.title, source.article, source.link), source)
    return tuple(Cited(source, _day(source.last_checked_on)) for source in used.values())


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
