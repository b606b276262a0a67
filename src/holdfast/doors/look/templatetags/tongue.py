"""How a template says the frame's words in the reader's language: `{% load tongue %}`, then

    {% say "Where this comes from" %}
    {% say "Law as on %(day)s." day=spot.day %}
    {% say_count "%(n)d short page" "%(n)d short pages" place.guide|length %}
    <nav aria-label="{% say_plain "All pages" %}">
    {% day cited.read_on %}

The language is `tongue` in the context (a `law.language.Tongue`); without one, English. Each sentence is written whole
in one pair of double quotes: `holdfast languages extract --frame` finds it there.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from holdfast.doors.look.languages import DANGER
from holdfast.doors.look.languages import FRAME
from holdfast.doors.look.languages import STRIP
from holdfast.doors.look.say import marked
from holdfast.doors.look.say import spoken
from holdfast.law.language import ENGLISH
from holdfast.law.language import Tongue

register = template.Library()


def _tongue(context: Context) -> Tongue:
    found = context.get("tongue")
    return found if isinstance(found, Tongue) else ENGLISH


def _id(english: str) -> str:
    """The strip above each page is under an id of its own, which is never said from a draft."""
    return STRIP if english == DANGER else FRAME


@register.simple_tag(takes_context=True)
def say(context: Context, english: str, **parts: Any) -> SafeString:
    """One sentence of the frame."""
    tongue = _tongue(context)
    return spoken(tongue, _id(english), english, **parts)


@register.simple_tag(takes_context=True)
def say_plain(context: Context, english: str) -> str:
    """One sentence for an attribute, which cannot say that it is in English."""
    tongue = _tongue(context)
    return tongue.say(_id(english), english).text


@register.simple_tag(takes_context=True)
def say_count(context: Context, singular: str, plural: str, n: int) -> SafeString:
    """One sentence about a number."""
    tongue = _tongue(context)
    return marked(tongue.count(FRAME, singular, plural, n), tongue)


@register.simple_tag(takes_context=True)
def day(context: Context, day: date) -> SafeString:
    """A day as the language writes it."""
    tongue = _tongue(context)
    return marked(tongue.day(day), tongue)
