"""A guide page cut into the blocks that a translator sees: a heading, a paragraph, a list.

>>> cut("One line\\ngoes on.\\n\\n- {{duty:tell-bail}}\\n")
['One line\\ngoes on.', '- {{duty:tell-bail}}']
>>> key("One line\\ngoes on.")
'One line goes on.'
>>> has_words("- {{duty:tell-bail}}")
False
"""

from __future__ import annotations

import re

from holdfast.law.placeholders import Placeholder
from holdfast.law.placeholders import parse

_GAP = re.compile(r"\n[ \t]*(?:\n[ \t]*)*\n")
_BEGINS = re.compile(r"\s*(?:[-*+] |\d+[.)] |#{1,6} |> |\|)")
_WORD = re.compile(r"[^\W\d_]")


def cut(body: str) -> list[str]:
    """The blocks of a page's Markdown, as they are written."""
    return [block for block in _GAP.split(body.strip("\n")) if block.strip()]


def sentences(easy: str) -> list[str]:
    """The lines of an easy-read edition, each a sentence."""
    return [line.strip() for line in easy.splitlines() if line.strip()]


def key(block: str) -> str:
    """A block as a catalogue knows it: what a wrapped line goes on to say is joined to it, so that wrapping it anew
    changes nothing.
    """
    lines: list[str] = []
    for line in block.strip("\n").splitlines():
        if lines and not _BEGINS.match(line):
            lines[-1] = f"{lines[-1].rstrip()} {line.strip()}"
        else:
            lines.append(line.rstrip())
    return "\n".join(lines)


def has_words(block: str) -> bool:
    """Whether there is anything to translate besides what the placeholders say."""
    return any(isinstance(piece, str) and _WORD.search(piece) for piece in parse(block))


def placeholders(text: str) -> list[Placeholder]:
    """What a text asks of the pack."""
    return [piece for piece in parse(text) if isinstance(piece, Placeholder)]
