"""A rough look at many opened records at once, by rapidfuzz over arrays: who is worth a close one."""

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from holdfast.people.blinding import Opened
from holdfast.people.scoring import Sought
from holdfast.people.short_forms import also_said

_MOST_FORMS = 6
_UNKNOWN = 0.5


class Rough:
    """One question, made ready to be held against many records."""

    def __init__(self, sought: Sought):
        self.sought = sought
        self.names = [" ".join(sought.name)]
        for at, part in enumerate(sought.name):
            for other in sorted(also_said(part))[:_MOST_FORMS]:
                self.names.append(" ".join((*sought.name[:at], other, *sought.name[at + 1 :])))

    def nearness(self, opened: list[Opened]) -> list[float]:
        """How near each is, about from 0 to 1."""
        total, sought, weights = np.zeros(len(opened)), self.sought, self.sought.weights()
        if sought.name:
            names = [_plain(each.names) for each in opened]
            total += weights["name"] * cdist(self.names, names, scorer=fuzz.token_sort_ratio).max(axis=0) / 100
        for what, told in (("born", sought.born), ("number", sought.number[-8:]), ("address", sought.address.lower())):
            if told:
                total += weights[what] * _near(what, told, opened)
        found: list[float] = (total / (sum(weights.values()) or 1.0)).tolist()
        return found


def _near(what: str, told: str, opened: list[Opened]) -> NDArray[np.float64]:
    if what == "born":
        there = [each.born for each in opened]
        near = cdist([told], [each[: len(told)] for each in there], scorer=OSA.normalized_similarity)[0]
    elif what == "number":
        there = [each.numbers for each in opened]
        near = cdist([told], [each.replace(" ", "")[-8:] for each in there], scorer=OSA.normalized_similarity)[0]
    else:
        there = [each.addresses for each in opened]
        near = cdist([told], [each.lower() for each in there], scorer=fuzz.partial_ratio)[0] / 100
    known = np.array([bool(each) for each in there])
    return np.where(known, near, _UNKNOWN).astype(np.float64)


def _plain(names: str) -> str:
    return (names if names.isascii() else anyascii(names)).lower()
