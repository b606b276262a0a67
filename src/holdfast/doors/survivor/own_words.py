"""The field for somebody's own words: what no page could show is left out, so that the words themselves are never lost.

A telephone or another program may send such characters without anybody typing them. Two of them break a line there,
and break it here too.
"""

from typing import Any

from django import forms

from holdfast.record.value import UNSHOWABLE


class OwnWordsField(forms.CharField):
    """Words, as many as they like."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(showable(value) if isinstance(value, str) else value)


def showable(words: str) -> str:
    """The words without the characters that the record refuses."""
    return UNSHOWABLE.sub("", words.replace("\x0b", "\n").replace("\x0c", "\n"))
