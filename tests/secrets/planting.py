"""Canaries in every field of every kind: what a party to a case may have said, been called or been rung at."""

from itertools import count
from typing import Any

from tests.doors.desk.sensible import sensible
from tests.secrets.searching import DEGREES
from tests.secrets.searching import canary
from tests.support.shaped import is_of_codes
from tests.support.shaped import shaped

from holdfast.record.kind import fields_of

_TEXTS = {"line", "words", "name", "place", "language", "reference", "code"}
_NUMBER = count(1)
PLANTED: list[str] = []  # every word that was given out


def planted(kind: Any, codes: Any = lambda name: [], topics: Any = ()) -> dict[str, Any]:
    """Plain values for a kind, a canary in each field that can hold one."""
    plain = sensible(kind, codes, topics)
    for field in fields_of(kind):
        if shaped(field.annotation):
            continue  # the number of an item, or a hash: no word fits there
        plain[field.name] = _with_canary(field, plain[field.name], codes)
    return plain


def _new_word() -> str:
    PLANTED.append(canary(next(_NUMBER)))
    return PLANTED[-1]


def _with_canary(field: Any, plain: Any, codes: Any) -> Any:
    if field.holds in _TEXTS and not (field.holds == "code" and codes(field.name)):
        word = _new_word()
        return word.lower() if field.holds == "code" else word
    if field.holds == "lines":
        words = [_new_word(), _new_word()]
        return [word.lower() for word in words] if is_of_codes(field.annotation) else words
    if field.holds == "phone":
        return f"+44 7700 900{next(_NUMBER) % 1000:03}"
    if field.holds in ("latitude", "longitude"):
        return float(f"{51 if field.holds == 'latitude' else -1}.{DEGREES}")
    if field.holds == "parts":
        return [planted(field.part) for _ in plain]
    return plain
