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

# Stands for a placeholder while the Markdown is read. Private-use letters never occur in a page.
_OPEN, _CLOSE = "\ue000", "\ue001"
_HOLE = f"{_OPEN}-{_CLOSE}"
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_ALONE = re.compile(f"{_MARK.pattern}\\.?")
_PRIVATE = str.maketrans("", "", _OPEN + _CLOSE)

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")


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


@lru_cache(maxsize=2048)
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
    tokens = _promises(_without_holes(_markdown.parse(body.text)), body.said)
    _mark_english(tokens, body.english)
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
        for piece in parse(block.translate(_PRIVATE)):
            self.text += piece if isinstance(piece, str) else self._mark(piece, within)
        self.text += "\n\n"
        if said and said.is_english:
            self.english.append((begins, self.text.count("\n")))

    def _mark(self, piece: Placeholder | Broken, page: _Page) -> str:
        words = _said(piece, page)
        if words is None:
            self.withheld += 1
            return _HOLE
        self.said.append(words)
        return f"{_OPEN}{len(self.said) - 1}{_CLOSE}"


def _mark_english(tokens: list[Token], ranges: list[tuple[int, int]]) -> None:
    """Says of each outermost element that lies in English lines that it is English, which runs from left to right."""
    inside = -1
    for token in tokens:
        if inside >= 0:
            inside = -1 if token.level == inside and token.nesting == -1 else inside
        elif token.nesting == 1 and not token.hidden and token.map and _lies_in(token.map, ranges):
            token.attrSet("lang", "en")
            token.attrSet("dir", "ltr")
            inside = token.level


def _lies_in(lines: list[int], ranges: list[tuple[int, int]]) -> bool:
    return any(begins <= lines[0] and lines[1] <= ends for begins, ends in ranges)


def _without_holes(tokens: list[Token]) -> list[Token]:
    """Leaves out every paragraph that has a hole, then what that left empty."""
    kept: list[Token] = []
    holed = False
    for token in tokens:
        kept.append(token)
        if token.type == "inline" and _HOLE in token.content:
            holed = True
            if kept[-2].type in ("td_open", "th_open"):
                token.content, token.children = "", []
            else:
                del kept[-2:]
                kept.append(_DROPPED)
        elif len(kept) > 1 and kept[-2] is _DROPPED:
            del kept[-2:]
    return _without_empties(kept) if holed else kept


_DROPPED = Token("dropped", "", 0)
_EMPTIES = {"list_item_open": "list_item_close", "bullet_list_open": "bullet_list_close",
            "ordered_list_open": "ordered_list_close", "blockquote_open": "blockquote_close"}  # fmt: skip


def _without_empties(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        kept.append(token)
        while len(kept) > 1 and _EMPTIES.get(kept[-2].type) == kept[-1].type:
            is_list = kept[-2].type.endswith("list_open")
            del kept[-2:]
            # 'What you are promised:' leads nowhere when the list after it is gone.
            if (
                is_list
                and len(kept) > 2
                and kept[-1].type == "paragraph_close"
                and kept[-2].content.rstrip().endswith(":")
            ):
                del kept[-3:]
        if token.type == "heading_open" and len(kept) > 1 and kept[-2].type == "heading_close":
            _drop_heading_before(kept, token)
    if kept and kept[-1].type == "heading_close":
        del kept[-3:]
    return kept


def _leads_on(kept: list[Token]) -> bool:
    """Whether what stands last is a line such as 'What you are promised:', which leads nowhere without its list."""
    return len(kept) > 2 and kept[-1].type == "paragraph_close" and kept[-2].content.rstrip().endswith(":")


def _drop_heading_before(kept: list[Token], following: Token) -> None:
    """A heading with nothing under it goes, unless the next one is a part of it."""
    if kept[-4].type == "heading_open" and kept[-4].tag >= following.tag:
        del kept[-4:-1]


def _promises(tokens: list[Token], said: list[Said]) -> list[Token]:
    """Marks a list in which every item is one placeholder with a block of its own, so that it is drawn as promises."""
    for at, token in enumerate(tokens):
        if token.type != "bullet_list_open":
            continue
        inside = _until_close(tokens, at)
        items = [each for each in inside if each.type == "inline"]
        nested = any(each.type == "bullet_list_open" for each in inside)
        if items and not nested and all(_is_card(each.content, said) for each in items):
            token.attrSet("class", "promises")
            for each in inside:
                if each.type in ("paragraph_open", "paragraph_close"):
                    each.hidden = False
    return tokens


def _until_close(tokens: list[Token], at: int) -> list[Token]:
    level = tokens[at].level
    end = next(
        n for n in range(at + 1, len(tokens)) if tokens[n].level == level and tokens[n].type == "bullet_list_close"
    )
    return tokens[at + 1 : end]


def _is_card(content: str, said: list[Said]) -> bool:
    found = _ALONE.fullmatch(content.strip())
    return found is not None and said[int(found[1])].is_card


def _filled(html: str, said: list[Said]) -> str:
    """Puts the words in: a placeholder that is alone in its paragraph becomes its block, a card where it has one."""
    in_card = re.compile(f"(<li>\\s*)?<p>\\s*{_MARK.pattern}\\.?\\s*</p>")
    html = in_card.sub(lambda found: _block(said[int(found[2])], found[1]), html)
    return _MARK.sub(lambda found: str(said[int(found[1])].inline), html)


def _block(words: Said, item: str | None) -> str:
    if item:
        return item + words.block
    return f'<div class="promise">{words.block}</div>' if words.is_card else str(words.block)


def _sources(tokens: list[Token], said: list[Said]) -> tuple[Cited, ...]:
    """The sources of what is on the page, each once, in the order in which they are first used."""
    used: dict[tuple[str, str, str], Source] = {}
    for token in tokens:
        for found in _MARK.finditer(token.content) if token.type == "inline" else ():
            for source in said[int(found[1])].sources:
                used.setdefault((source.title, source.article, source.link), source)
    return tuple(Cited(source, _day(source.last_checked_on)) for source in used.values())


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
