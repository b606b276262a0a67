"""Reads XML that strangers sent: no document type, no entity of its own, nothing fetched, bounded depth and number.

The reader is Python's own expat, which bounds how far entities may grow; here a declaration of one, or of a document
type, ends the reading (NotPlain).
"""

from collections.abc import Callable
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

MOST_DEPTH, MOST_ELEMENTS = 200, 2_000_000
_PIECE = 1 << 20

Began = Callable[[str, dict[str, str]], None]
Ended = Callable[[str], None]


class NotPlain(Exception):
    """It is not well formed, or declares a document type or an entity, or goes too deep or too far."""


def read(content: bytes, began: Began, ended: Ended, words: Callable[[str], None], *, doctype: bool = False) -> None:
    """Calls back as elements begin and end and as words come; NotPlain. `doctype` lets a type without entities pass."""
    parser = expat.ParserCreate()
    depth = count = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MOST_DEPTH or count > MOST_ELEMENTS:
            raise NotPlain
        began(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        ended(name)

    def refuse(*_: Any) -> Any:
        raise NotPlain

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, words
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    if not doctype:
        parser.StartDoctypeDeclHandler = refuse
    try:
        for at in range(0, len(content), _PIECE):
            parser.Parse(content[at : at + _PIECE], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as fault:
        raise NotPlain from fault


def leaves(content: bytes) -> Iterator[tuple[str, str]]:
    """Every attribute and every element that holds words, with its name; NotPlain at once where it is not plain."""
    found: list[tuple[str, str]] = []
    path: list[tuple[str, list[str]]] = []

    def began(name: str, attributes: dict[str, str]) -> None:
        path.append((name, []))
        found.extend(attributes.items())

    def ended(name: str) -> None:
        words = "".join(path.pop()[1]).strip()
        if words:
            above = next((each for each, _ in reversed(path) if not each.startswith("rdf:")), name)
            found.append((above if name.startswith("rdf:") else name, words))

    def said(words: str) -> None:
        if path:
            path[-1][1].append(words)

    read(content, began, ended, said)
    yield from found


def words_in(content: bytes, blocks: tuple[str, ...] = ()) -> str:
    """All words of an XML file; a new line before each element whose name ends so (such as 'p' for ':p'). NotPlain."""
    found: list[str] = []

    def began(name: str, _attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] in blocks:
            found.append("\n")

    read(content, began, lambda _name: None, found.append)
    return "".join(found)
