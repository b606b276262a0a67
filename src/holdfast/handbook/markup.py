"""A page's HTML as a small tree, from which each format takes what it can carry.

The HTML is our own and safe; it is read so that it can be written again as XHTML, as lines of text or as speech.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser

_EMPTY = frozenset({"br", "hr", "img", "wbr"})
# What paper and sound cannot fold: the summary goes, what it folded stands open.
_UNFOLDED = {"details": "div", "time": "span"}
_KEPT = {
    "a": ("href", "lang", "dir"),
    "th": ("scope", "colspan", "rowspan", "lang", "dir"),
    "td": ("colspan", "rowspan", "lang", "dir"),
    "ol": ("start", "lang", "dir", "class"),
}


class Element:
    """One element, with what it holds."""

    __slots__ = ("attributes", "children", "name")

    def __init__(self, name: str, attributes: dict[str, str] | None = None) -> None:
        self.name = name
        self.attributes = attributes or {}
        self.children: list[Element | str] = []

    def text(self) -> str:
        """All of its words."""
        return "".join(each if isinstance(each, str) else each.text() for each in self.children)

    def inside(self) -> Iterator[Element]:
        """Every element in it, in reading order."""
        for each in self.children:
            if isinstance(each, Element):
                yield each
                yield from each.inside()


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("body")]
        self.hidden = 0  # inside a summary

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "summary":
            self.hidden += 1
        if self.hidden:
            return
        keep = _KEPT.get(tag, ("lang", "dir", "class"))
        found = {name: value or "" for name, value in attrs if name in keep}
        element = Element(_UNFOLDED.get(tag, tag), found)
        self.open[-1].children.append(element)
        if tag not in _EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag == "summary":
            self.hidden = max(0, self.hidden - 1)
            return
        name = _UNFOLDED.get(tag, tag)
        if self.hidden or name not in (each.name for each in self.open[1:]):
            return
        while self.open.pop().name != name:
            pass

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.open[-1].children.append(data)


def read(html: str) -> Element:
    """The tree of a piece of HTML, under one element called body. What is never closed ends where its parent ends."""
    reading = _Reading()
    reading.feed(html)
    reading.close()
    return reading.open[0]


def written(element: Element, *, xml: bool = False) -> str:
    """What is in an element, as HTML, or as XHTML with closed empty elements and both ways of saying a language."""
    return "".join(escape(each, quote=False) if isinstance(each, str) else _tag(each, xml) for each in element.children)


def _tag(element: Element, xml: bool) -> str:
    attributes = dict(element.attributes)
    if xml and "lang" in attributes:
        attributes["xml:lang"] = attributes["lang"]
    said = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    if element.name in _EMPTY:
        return f"<{element.name}{said}/>" if xml else f"<{element.name}{said}>"
    return f"<{element.name}{said}>{written(element, xml=xml)}</{element.name}>"


def deeper(body: Element, by: int) -> Element:
    """Moves every heading down by so many levels, never below h6; answers the same tree."""
    for each in body.inside():
        if len(each.name) == 2 and each.name[0] == "h" and each.name[1].isdigit():
            each.name = f"h{min(6, int(each.name[1]) + by)}"
    return body


def relinked(body: Element, to: Callable[[str], str]) -> Element:
    """Asks for each link where it leads from here; a link for which the answer is '' becomes plain words."""
    for each in body.inside():
        if each.name == "a":
            where = to(each.attributes.get("href", ""))
            if where:
                each.attributes["href"] = where
            else:
                each.name, each.attributes = "span", {k: v for k, v in each.attributes.items() if k != "href"}
    return body
