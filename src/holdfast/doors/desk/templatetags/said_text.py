"""The words of a statement as they are shown."""

import re

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.html import format_html_join

register = template.Library()
_GROUPS = re.compile(r"\+?\d[\d ()-]{5,}\d")
_FEWEST_DIGITS = 7  # fewer are a span of days or hours, which stand in the order of the words around them


@register.filter
def in_lines(words: str, direction: str) -> str:
    """The words with their line ends. `direction` is theirs: 'ltr' or 'rtl'.

    Between Arabic letters a browser turns about the groups of a telephone number that has gaps: 07700 900118 would be
    read as another one. There each such number keeps the order in which it was written.

    >>> in_lines("a 07700 900118", "rtl")
    'a <bdi dir="ltr">07700 900118</bdi>'
    """
    if direction != "rtl":
        return linebreaksbr(words)
    pieces, end = [], 0
    for found in _GROUPS.finditer(words):
        if " - " in found[0] or sum(sign.isdigit() for sign in found[0]) < _FEWEST_DIGITS:
            continue
        pieces += [format_html("{}", words[end : found.start()]), format_html('<bdi dir="ltr">{}</bdi>', found[0])]
        end = found.end()
    pieces.append(format_html("{}", words[end:]))
    return linebreaksbr(format_html_join("", "{}", ((piece,) for piece in pieces)))
