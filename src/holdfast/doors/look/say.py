"""Saying a sentence in the reader's language, as HTML: what is in another language than its page says so."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.html import conditional_escape
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.safestring import mark_safe

from holdfast.law.language import ENGLISH
from holdfast.law.language import Tongue
from holdfast.law.language import Wording


def marked(said: Wording, tongue: Tongue) -> SafeString:
    """A wording, escaped; English on a page that is not is marked, so that it is read aloud and laid out as English."""
    if said.is_english and not tongue.is_english:
        return in_english(conditional_escape(said.text))
    return conditional_escape(said.text)


def in_english(html: SafeString) -> SafeString:
    """Words in English within a page that is not."""
    return format_html('<span lang="en" dir="ltr">{}</span>', html)


def spoken(tongue: Tongue, context: str, english: str, **parts: Any) -> SafeString:
    """A sentence with its `%(name)s` filled in: a date as the sentence's own language writes it, even where that is
    English; anything else escaped unless it is safe.
    """
    said = tongue.say(context, english)
    html = conditional_escape(said.text)
    if parts:
        own = ENGLISH if said.is_english else tongue
        filled = html % {
            name: marked(own.day(part), own) if isinstance(part, date) else conditional_escape(part)
            for name, part in parts.items()
        }
        html = mark_safe(filled)  # noqa: S308 both the sentence and its parts are escaped
    return in_english(html) if said.is_english and not tongue.is_english else html
