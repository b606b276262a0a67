"""Finding: the blinded keys of a question, who shares most of them, and these opened and compared.

Three sieves, each finer and dearer than the one before: the keys that somebody shares, rare ones counting for more; the
opened record held roughly against the question, all at once; the likeliest compared field by field (scoring.py).
What is said of somebody rests on the opened record alone.
"""

import json
import logging
import math
import sqlite3
from collections import Counter
from collections import defaultdict
from collections.abc import Iterable
from heapq import nlargest
from operator import itemgetter

from holdfast.people.blinding import Blind
from holdfast.people.blinding import NotOurs
from holdfast.people.blinding import Opened
from holdfast.people.dates import read_born
from holdfast.people.keys_of import tried
from holdfast.people.known import Asked
from holdfast.people.known import Match
from holdfast.people.scoring import Sought
from holdfast.people.scoring import match_of
from holdfast.people.scoring import score_of
from holdfast.people.scoring import valued

MOST_SIGNS = 500  # of one field of a question
MOST_OF_A_KEY = 400  # people read of one key that many share: more bring nobody nearer (bench/people.py, ten million)
MOST_OF_ALL = 2_000  # people read of all keys together that few share: the same
MOST_OPENED = 200
MOST_COMPARED = 22
LEAST_SCORE = 40.0
# What sharing a key is worth where one person has it, what each doubling of those who have it takes off, and the least.
_EXACT, _NEAR, _BROAD = (37.2, 2.8, 2.0), (14.0, 1.4, 1.0), (14.0, 1.4, 1.0)
_log = logging.getLogger("holdfast.people")
_FEW = "SELECT p.key, p.person FROM json_each(?) j CROSS JOIN posting p ON p.key = j.value LIMIT ?"
_MANY = "SELECT key, person FROM posting WHERE key = ? LIMIT ?"
_OPEN = "SELECT p.id, p.sealed FROM json_each(?) j CROSS JOIN person p ON p.id = j.value"


def found_in(raw: sqlite3.Connection, blind: Blind, asked: Asked, limit: int) -> tuple[Match, ...]:
    """Whoever may be meant, the likeliest first."""
    asked = Asked(*(each[:MOST_SIGNS].encode("utf-8", "replace").decode() for each in asked))
    born = read_born(asked.born)
    votes = _votes(raw, blind, asked, born)
    if not votes:
        return ()
    likely = nlargest(MOST_OPENED, votes, key=votes.__getitem__)
    opened = _opened(blind, raw.execute(_OPEN, (json.dumps(likely),)))
    sought = Sought.of(asked, born)
    found, weights = [], sought.weights()
    for at in _likeliest(sought, opened, votes, limit):
        known = opened[at].known()
        values = valued(sought, known)
        found.append((score_of(values, weights), -opened[at].row, known, values))
    found.sort(key=itemgetter(0, 1), reverse=True)
    return tuple(match_of(known, values, score) for score, _, known, values in found[:limit] if score >= LEAST_SCORE)


def _opened(blind: Blind, rows: Iterable[tuple[int, bytes]]) -> list[Opened]:
    """The records that open. One that was changed is left out and said in the log: the others are still found."""
    found = []
    for row, sealed in rows:
        try:
            found.append(blind.half_opened(row, sealed))
        except NotOurs:
            _log.error("a record of the index of people does not open; run `holdfast people rebuild`")
    return found


def _votes(raw: sqlite3.Connection, blind: Blind, asked: Asked, born: str) -> dict[int, float]:
    """Who shares keys with the question, and how much that is worth."""
    keys = tried(asked, born)
    worth = dict.fromkeys(blind.blinded(keys.exact), _EXACT)  # first: only so many are read of all
    for key in blind.blinded(keys.near):
        worth.setdefault(key, _NEAR)
    rows = raw.execute(_FEW, (json.dumps([*worth]), MOST_OF_ALL)).fetchall() if worth else []
    for key in blind.blinded(keys.broad):
        worth[key] = _BROAD
        rows += raw.execute(_MANY, (key, MOST_OF_A_KEY)).fetchall()
    share = {}
    for key, many in Counter(map(itemgetter(0), rows)).items():
        alone, less, least = worth[key]
        share[key] = max(least, alone - less * math.log2(many))
    votes: defaultdict[int, float] = defaultdict(float)
    for key, person in rows:
        votes[person] += share[key]
    return votes


def _likeliest(sought: Sought, opened: list[Opened], votes: dict[int, float], limit: int) -> list[int]:
    """Which of the opened are worth comparing: the nearest at a rough look, and those who share most."""
    most = max(MOST_COMPARED, limit + 12)
    if len(opened) <= most:
        return list(range(len(opened)))
    from holdfast.people.roughly import Rough  # numpy, only where somebody looks for many: each command would load it

    near = Rough(sought).nearness(opened)
    shared = [votes[each.row] for each in opened]
    top = max(shared)
    both = [near[at] + 0.3 * shared[at] / top for at in range(len(opened))]
    return nlargest(most, range(len(opened)), key=both.__getitem__)
