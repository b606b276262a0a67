"""Numbers that a telephone can call, wherever a page shows one."""

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString

from holdfast.handbook.direction import in_order

_TAG = re.compile(r"(<[^>]*>)")
_NO_MARKUP = ("title", "option", "textarea", "style", "script")  # elements that hold text and nothing else


def dial(number: str) -> SafeString:
    """A number as a link that calls it; nothing for no number."""
    called = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    if not called:
        return format_html("{}", number)
    # Figures run from left to right in every script, and apart from the words around them.
    return format_html('<a class="tell" href="tel:{}" dir="ltr">{}</a>', called, number)


def with_numbers(words: str, number: str) -> SafeString:
    """A few words, the number in them one that can be tapped."""
    before, found, after = words.partition(number) if number else (words, "", "")
    return format_html("{}{}{}", before, dial(found), after)


def numbers_in_order(page: str) -> str:
    """A page that runs from right to left, each number of several groups in it held in the order of dialling it."""
    parts = _TAG.split(page)
    for at in range(0, len(parts), 2):
        around = parts[at - 1] if at else ""
        name = around[1:].split(" ", 1)[0].rstrip(">")
        if name not in _NO_MARKUP and 'dir="ltr"' not in around:
            parts[at] = in_order(parts[at], '<bdi dir="ltr">', "</bdi>")
    return "".join(parts)
