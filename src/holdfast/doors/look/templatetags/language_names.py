"""What a language calls itself, for a list of the languages that somebody speaks."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from holdfast.law.languages_known import KNOWN

register = template.Library()


@register.filter
def language_name(tag: str) -> SafeString:
    """Its own name, marked as what it is; the tag itself where we do not know the language."""
    known = KNOWN.get(tag) or KNOWN.get(tag.partition("-")[0])
    return format_html('<bdi lang="{}">{}</bdi>', tag, known.name if known else tag)
