"""Finding figures typed into prose: a number in words drifts from the clock that is counted."""

from __future__ import annotations

import re

_FIGURE = re.compile(r"\d")
_NUMBER_WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|twenty|twenty-eight|thirty|forty-eight)"
    r"(?:[ -]\w+)? (?:minutes?|hours?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)


def figures_in(prose: str) -> list[str]:
    """Digits, and numbers of days or hours in words, that stand in prose."""
    return _FIGURE.findall(prose) + _NUMBER_WORDS.findall(prose)
