"""Numbers that a telephone can call, wherever a page shows one."""

from django.utils.html import format_html
from django.utils.safestring import SafeString


def dial(number: str) -> SafeString:
    """A number as a link that calls it; nothing for no number."""
    called = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return format_html('<a class="tell" href="tel:{}">{}</a>', called, number) if called else format_html("{}", number)


def with_numbers(words: str, number: str) -> SafeString:
    """A few words, the number in them one that can be tapped."""
    before, found, after = words.partition(number) if number else (words, "", "")
    return format_html("{}{}{}", before, dial(found), after)
