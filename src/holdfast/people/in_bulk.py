"""Many people at once: their keyed hashes are gathered in sorted runs and written in the order of the file's pages.

Written as they come, each of a person's keys falls on another page of the file, and a page is written again and again;
in order, each page is written once and full. A run lies in a file without a name beside the index, and holds keyed
hashes and row numbers only.
"""

import sqlite3
from collections.abc import Iterable
from itertools import islice
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from holdfast.people.blinding import BLIND_BITS
from holdfast.people.blinding import Blind
from holdfast.people.keys_of import all_kept
from holdfast.people.known import Known

IN_A_RUN = 100_000  # people
_IN_A_PIECE = 400_000  # keys merged in memory at once
_POST = "INSERT OR IGNORE INTO posting (key, person) VALUES (?, ?)"
_PERSON = "INSERT INTO person (id, sealed) VALUES (?, ?)"
Rows = NDArray[np.int64]


def put_many(raw: sqlite3.Connection, blind: Blind, first: int, people: Iterable[Known], folder: Path) -> int:
    """Writes people from the row `first` on, inside the transaction of whoever calls; how many."""
    coming, row, keys_in_all = iter(people), first, 0
    with TemporaryFile(dir=folder, prefix="people-run-") as file:
        sizes: list[int] = []
        while more := list(islice(coming, IN_A_RUN)):
            run = _put_people(raw, blind, row, more)
            run.tofile(file)
            sizes.append(len(run))
            row, keys_in_all = row + len(more), keys_in_all + len(run)
            del run
        if sizes:
            _put_merged(raw, file, sizes, keys_in_all)
    return row - first


def _put_people(raw: sqlite3.Connection, blind: Blind, first: int, people: list[Known]) -> Rows:
    """Writes the records; the run of their keys, sorted: one row for each key, and whose it is."""
    keys: list[int] = []
    counts = []
    for known in people:
        its = blind.blinded(all_kept(known))
        keys += its
        counts.append(len(its))
    raw.executemany(_PERSON, ((row, blind.sealed(row, known)) for row, known in enumerate(people, first)))
    run = np.empty((len(keys), 2), dtype=np.int64)
    run[:, 0] = keys
    run[:, 1] = np.repeat(np.arange(first, first + len(people)), counts)
    return run[np.argsort(run[:, 0], kind="stable")]


def _put_merged(raw: sqlite3.Connection, file: BinaryIO, sizes: list[int], keys_in_all: int) -> None:
    """Writes the keys of all runs in order, one stretch of them after another."""
    file.flush()
    starts = np.cumsum([0, *sizes])
    every: Rows = np.memmap(file, dtype=np.int64, mode="r", shape=(int(starts[-1]), 2))
    runs = [every[start:end] for start, end in pairwise(starts)]
    half, pieces = 1 << (BLIND_BITS - 1), max(1, keys_in_all // _IN_A_PIECE)
    ends = [-half + (2 * half * piece) // pieces for piece in range(1, pieces)] + [half]
    places = [0] * len(runs)
    for end in ends:
        until = [int(np.searchsorted(run[:, 0], end)) for run in runs]
        piece = np.concatenate([run[start:stop] for run, start, stop in zip(runs, places, until, strict=True)])
        piece = piece[np.argsort(piece[:, 0], kind="stable")]
        raw.executemany(_POST, zip(piece[:, 0].tolist(), piece[:, 1].tolist(), strict=True))
        places = until
