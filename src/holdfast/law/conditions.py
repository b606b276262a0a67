"""Conditions: a small closed language that answers true, false or unknown.

- Unknown is never 'no': a value nobody established, or one of *not asked, not known, declined*, makes its condition
  unknown (None).
- `{a: x, b: y}` is 'all of them'; `{any: [...]}` and `{not: {...}}` combine, in three-valued logic.
- A condition reads the closed list of facts in `record/facts.py`, or `entry.FIELD` of the starting entry.

>>> test = read_condition({"risk.grade": ["high", "medium"]})
>>> test({"risk.grade": "high"}, {}, None), test({}, {}, None)
(True, None)
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

from holdfast.record.facts import FACTS
from holdfast.record.facts import PEOPLE
from holdfast.record.field import UNKNOWN

Truth = bool | None
Condition = Callable[[Mapping[str, Any], Mapping[str, Any], Any], Truth]


class ConditionFault(ValueError):
    """A condition names a fact that is not on the list, or is not in the language."""


def read_condition(given: Mapping[str, Any], *, entry_fields: bool = False) -> Condition | None:
    """A test of (facts that change, facts about people, the starting entry's fields); None when there is no condition.

    With `entry_fields`, names without 'entry.' are fields of the entry itself, as under `ends: {fields: ...}`.
    """
    tests = [_read_one(name, wanted, entry_fields) for name, wanted in given.items()]
    if not tests:
        return None
    return tests[0] if len(tests) == 1 else _all(tests)


def needs(given: Mapping[str, Any]) -> list[str]:
    """Every fact or 'entry.FIELD' that a condition reads."""
    names: list[str] = []
    for name, wanted in given.items():
        if name == "any":
            names += [inner for part in wanted for inner in needs(part)]
        elif name == "not":
            names += needs(wanted)
        else:
            names.append(name)
    return names


def in_words(given: Mapping[str, Any]) -> str:
    """A condition as staff read it in a working."""
    parts = []
    for name, wanted in given.items():
        if name == "any":
            parts.append("(" + " or ".join(in_words(part) for part in wanted) + ")")
        elif name == "not":
            parts.append(f"not ({in_words(wanted)})")
        else:
            value = {True: "yes", False: "no"}.get(wanted, wanted) if isinstance(wanted, bool) else wanted
            if isinstance(value, list):
                value = " or ".join(str(item) for item in value)
            if isinstance(value, Mapping):
                value = " ".join(f"{key.replace('_', ' ')} {number}" for key, number in value.items())
            parts.append(f"{name.replace('.', ' ').replace('_', ' ')}: {value}")
    return " and ".join(parts)


def _read_one(name: str, wanted: Any, entry_fields: bool) -> Condition:
    if name == "any":
        return _any([_whole(part, entry_fields) for part in wanted])
    if name == "not":
        return _not(_whole(wanted, entry_fields))
    match = _matcher(name, wanted)
    if entry_fields or name.startswith("entry."):
        field = name.removeprefix("entry.")
        return lambda facts, people, fields: match(getattr(fields, field, None))
    if name not in FACTS:
        raise ConditionFault(f"'{name}' is not a fact. The facts are listed in docs/formats/pack.md.")
    if name in PEOPLE:
        return lambda facts, people, fields: match(people.get(name))
    return lambda facts, people, fields: match(facts.get(name))


def _whole(given: Mapping[str, Any], entry_fields: bool) -> Condition:
    return read_condition(given, entry_fields=entry_fields) or (lambda facts, people, fields: True)


def _matcher(name: str, wanted: Any) -> Callable[[Any], Truth]:
    if isinstance(wanted, Mapping):
        if set(wanted) - {"at_least", "at_most"} or not wanted:
            raise ConditionFault(f"'{name}' may be compared with at_least and at_most only.")
        return _between(wanted.get("at_least"), wanted.get("at_most"))
    listed = wanted if isinstance(wanted, list | tuple) else [wanted]
    values = frozenset({True: "yes", False: "no"}[item] if isinstance(item, bool) else item for item in listed)

    def match(value: Any) -> Truth:
        if value.__class__ is tuple:
            return bool(values.intersection(value)) if value else None
        if value in values:
            return True
        return None if value is None or value == "" or value in UNKNOWN else False

    return match


def _between(least: Any, most: Any) -> Callable[[Any], Truth]:
    def match(value: Any) -> Truth:
        if value is None or isinstance(value, str):
            return None
        return (least is None or value >= least) and (most is None or value <= most)

    return match


def _all(tests: list[Condition]) -> Condition:
    def condition(facts: Any, people: Any, fields: Any) -> Truth:
        answer: Truth = True
        for test in tests:
            found = test(facts, people, fields)
            if found is False:
                return False
            if found is None:
                answer = None
        return answer

    return condition


def _any(tests: list[Condition]) -> Condition:
    def condition(facts: Any, people: Any, fields: Any) -> Truth:
        answer: Truth = False
        for test in tests:
            found = test(facts, people, fields)
            if found is True:
                return True
            if found is None:
                answer = None
        return answer

    return condition


def _not(test: Condition) -> Condition:
    def condition(facts: Any, people: Any, fields: Any) -> Truth:
        found = test(facts, people, fields)
        return None if found is None else not found

    return condition
