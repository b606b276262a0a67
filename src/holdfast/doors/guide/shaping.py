"""A page's Markdown put into shape before it becomes HTML: what is left out, drawn as promises, or marked as English.

- A placeholder stands in the text as a mark, and as a hole where it has nothing to say.
- A paragraph with a hole goes whole, then what that left empty: better a shorter page than one with a hole where the
  law should be.
"""

from __future__ import annotations

import re

from markdown_it.token import Token

from holdfast.doors.guide.words import Said

# Stands for a placeholder while the Markdown is read. Private-use letters never occur in a page.
OPEN, CLOSE = "\ue000", "\ue001"
HOLE = f"{OPEN}-{CLOSE}"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
PRIVATE = str.maketrans("", "", OPEN + CLOSE)
_ALONE = re.compile(f"{MARK.pattern}\\.?")
_DROPPED = Token("dropped", "", 0)


def mark_english(tokens: list[Token], ranges: list[tuple[int, int]]) -> None:
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


def without_holes(tokens: list[Token]) -> list[Token]:
    """Leaves out every paragraph that has a hole, then what that left empty."""
    kept: list[Token] = []
    holed = False
    for token in tokens:
        kept.append(token)
        if token.type == "inline" and HOLE in token.content:
            holed = True
            if kept[-2].type in ("td_open", "th_open"):
                token.content, token.children = "", []
            else:
                del kept[-2:]
                kept.append(_DROPPED)
        elif len(kept) > 1 and kept[-2] is _DROPPED:
            del kept[-2:]
    return _without_empties(kept) if holed else kept


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


def promises(tokens: list[Token], said: list[Said]) -> list[Token]:
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
