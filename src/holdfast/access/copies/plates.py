"""What looks like a number plate, by the forms of a place (`AA99 AAA`: letters, digits, a gap). Pure.

Letters and digits with a gap between them are also 'room 204' and 'MAY 2026'. So in running text, where letters and
digits are parted, only capitals count, and no month with its year; after a word that speaks of a vehicle all count.

>>> list(plates_in("his reg is abcd 123", ("AAAA 999",)))
[(11, 19)]
>>> list(plates_in("in room 204, on 3 MAY 2026", ("AAAA 999", "AAA 9999")))
[]
"""

import re
from collections.abc import Iterator
from functools import cache

_NEAR = 40  # signs before a plate in which a vehicle is spoken of
_VEHICLE = re.compile(
    r"\b(?:plates?|reg(?:istration)?|rego|licen[cs]e|tags?|cars?|vans?|trucks?|vehicle|motor(?:bike|cycle)|ute|suv|taxi|"
    r"driv(?:es|ing|e)|parked)\b",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|JUNE|JULY|SEPT)[\s.\-]*(?:19|20)?\d\d")
_GAP = r"[\s.\-_·•/]{0,3}"


def plates_in(text: str, forms: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where each stands. Digits of the text are 0 to 9."""
    for looks in map(_looks, forms):
        for match in looks.finditer(text):
            if _counts(text, match):
                yield match.span()


def _counts(text: str, match: re.Match[str]) -> bool:
    found = match[0]
    if re.search(r"[a-z]\W+\d|\d\W+[a-z]", found, re.IGNORECASE) is None:
        return True  # letters and digits stand together: no word and no date is written so
    if _VEHICLE.search(text[max(0, match.start() - _NEAR) : match.start()]):
        return True
    return found == found.upper() and _MONTH.fullmatch(found) is None


@cache
def _looks(form: str) -> re.Pattern[str]:
    """What is looked for: each letter and digit of the form, and its gap if somebody wrote one."""
    signs = {"A": "[a-z]", "9": r"\d", " ": _GAP}
    return re.compile(f"(?<![a-z0-9]){''.join(signs[sign] for sign in form)}(?![a-z0-9])", re.IGNORECASE)
