"""Telephone numbers, and other addresses of a line such as mail and chat names, in one form.

The end of a number is what people say alike: whether a country or a leading nought stands before it changes with who
writes it down.
"""

import re
from functools import lru_cache

from anyascii import anyascii

END = 8  # figures at the end that say whose number it is
SHORT = 6  # figures that somebody may remember
_EXTENSION = re.compile(r"(?i)(?:;?ext[.=]?|extension|\bx)\s*\d{1,6}\s*$")
_NOT_A_FIGURE = re.compile(r"\D")


@lru_cache(maxsize=8192)
def plain_number(number: str) -> str:
    """The figures of a number without its extension; a mail address or a chat name in small letters; '' for neither."""
    text = anyascii(number).strip().lower()
    if "@" in text or text.startswith("sip:"):
        return text.removeprefix("sip:").removeprefix("mailto:")
    figures = _NOT_A_FIGURE.sub("", _EXTENSION.sub("", text))
    if len(figures) >= 3:
        return figures
    return text if len(text) > 2 else ""


def end_of(plain: str) -> str:
    """What tells a number apart: its last figures, or all of a name."""
    return plain[-END:] if plain.isdigit() else plain


def misheard(plain: str) -> tuple[str, ...]:
    """Ends of numbers that may be meant: one figure another, left out or too many, or two exchanged."""
    if not plain.isdigit() or len(plain) < SHORT:
        return ()
    end = plain[-END:]
    found = {end[:at] + put + end[at + 1 :] for at in range(len(end)) for put in "0123456789"}
    found |= {end[:at] + end[at + 1] + end[at] + end[at + 2 :] for at in range(len(end) - 1)}
    tail = plain[-END + 1 :]  # one was left out: with it the end is as long again
    found |= {tail[:at] + put + tail[at:] for at in range(len(tail) + 1) for put in "0123456789"}
    longer = plain[-END - 1 :]
    if len(longer) == END + 1:
        found |= {longer[:at] + longer[at + 1 :] for at in range(len(longer))}
    return tuple(found - {end})
