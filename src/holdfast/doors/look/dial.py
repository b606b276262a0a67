"""Numbers that a telephone can call, wherever a page shows one."""

from django.utils.html import format_html
from django.utils.safestring import SafeString


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
