"""Finding: the blinded keys of a question, who shares most of them, and these opened and compared.

What decides is done on opened records; the keys only say whom to open. Rare keys count for more than common ones.
"""

import json
import math
import sqlite3

from holdfast.people.blinding import Blind
from holdfast.people.dates import read_born
from holdfast.people.keys_of import tried
from holdfast.people.known import Asked
from holdfast.people.known import Match
from holdfast.people.scoring import Sought
from holdfast.people.scoring import match_of
from holdfast.people.scoring import score_of
from holdfast.people.scoring import valued

MOST_SHARED = 3000  # people read of one broad key
MOST_OPENED = 300
LEAST_SCORE = 40.0
_NARROW = "SELECT p.key, p.person FROM json_each(?) j JOIN posting p ON p.key = j.value LIMIT 20000"
_BROAD = "SELECT person FROM posting WHERE key = ? LIMIT ?"
_OPEN = "SELECT p.id, p.sealed FROM json_each(?) j JOIN person p ON p.id = j.value"


def found_in(raw: sqlite3.Connection, blind: Blind, asked: Asked, limit: int) -> tuple[Match, ...]:
    """Whoever may be meant, the likeliest first."""
    born = read_born(asked.born)
    sought = Sought.of(asked, born)
    keys = tried(asked, born)
    votes: dict[int, float] = {}
    shared: dict[int, list[int]] = {}
    for key, person in raw.execute(_NARROW, (json.dumps(blind.blinded(keys.narrow)),)):
        shared.setdefault(key, []).append(person)
    for key in blind.blinded(keys.broad):
        shared[key] = [row[0] for row in raw.execute(_BROAD, (key, MOST_SHARED))]
    for people in shared.values():
        weight = 12.0 - math.log(len(people) + 1)
        for person in people:
            votes[person] = votes.get(person, 0.0) + weight
    opened = sorted(votes, key=votes.__getitem__, reverse=True)[:MOST_OPENED]
    found = []
    for row, sealed in raw.execute(_OPEN, (json.dumps(opened),)):
        known = blind.opened(row, sealed)
        values = valued(sought, known)
        found.append((score_of(values), -row, known, values))
    found.sort(key=lambda each: (-each[0], -each[1]))
    return tuple(match_of(known, values, score) for score, _, known, values in found[:limit] if score >= LEAST_SCORE)
