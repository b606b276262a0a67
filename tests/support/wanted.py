"""What a condition of a pack asks of each name for it to be true, and whether a value is that."""

from collections.abc import Iterator
from collections.abc import Mapping
from itertools import product
from typing import Any

# One thing asked of a value: that it is this, that it is none of these, or that it lies between two.
Asked = tuple[str, Any]
Wanted = dict[str, tuple[Asked, ...]]


def ways(given: Mapping[str, Any]) -> Iterator[Wanted]:
    """The ways in which a condition can be true: what each name has to be. More than one for 'any', lists and 'not'."""
    parts = [list(_ways_of(name, wanted)) for name, wanted in given.items()]
    for chosen in product(*parts):
        together: Wanted = {}
        for part in chosen:
            for name, asked in part.items():
                together[name] = (*together.get(name, ()), *asked)
        yield together


def meets(asked: tuple[Asked, ...], value: Any) -> bool:
    """Whether a value is all that is asked of it. A list does when it holds what is asked for."""
    listed = value if isinstance(value, list | tuple) else [value]
    for how, wanted in asked:
        if how == "is" and wanted not in listed:
            return False
        if how == "not" and any(one in wanted for one in listed):
            return False
        if how == "between" and not all(one is not None and wanted[0] <= one <= wanted[1] for one in listed):
            return False
    return True


def _ways_of(name: str, wanted: Any) -> Iterator[Wanted]:
    if name == "any":
        for part in wanted:
            yield from ways(part)
    elif name == "not":
        for inner, refused in wanted.items():
            yield {inner: (("not", tuple(map(_plain, _listed(refused)))),)}
    elif isinstance(wanted, Mapping):
        yield {name: (("between", (wanted.get("at_least", 0), wanted.get("at_most", 10**9))),)}
    else:
        for one in _listed(wanted):
            yield {name: being(_plain(one))}


def _listed(wanted: Any) -> list[Any]:
    return list(wanted) if isinstance(wanted, list | tuple) else [wanted]


def _plain(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def being(value: Any) -> tuple[Asked, ...]:
    """Asks that it is this."""
    return (("is", value),)


def named(asked: tuple[Asked, ...]) -> list[Any]:
    """The values that are asked for by name."""
    return [wanted for how, wanted in asked if how == "is"]
