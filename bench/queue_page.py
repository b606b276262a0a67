"""The queries of a queue's page with a million open duties in the table.

- The rows are written by SQL, as `casefile/rows.py` shapes them: 25,000 cases of 40, over all roles, half of them
  allocated to one of 400 people, a fifth of them late.
- What is measured is the very call that a page makes: its rows and both its counts. It stands beside reading one row by
  its key, which is the least that any query costs. Wall time.
"""

import argparse
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

from _measure import figure
from _measure import heading
from _measure import in_turns
from _measure import middle
from _measure import ms
from _measure import ratio
from _measure import target
from _store import store

ROWS = 1_000_000
A_CASE = 40
PEOPLE = 400
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MOST = 0.020
TWICE = 2.0

_CASES = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :cases)
INSERT INTO "case" (id, code, pack, force, area, opened_at, length, head, revision, witnessed, look_again_at,
  invented)
SELECT printf('%032x', i), printf('%08x', i), 'england-and-wales', '', '', :opened, 1, x'', 1, 1, NULL, 0 FROM n
"""
# Roles go round within a case; due times are spread by a step that is prime to the number of rows.
_DUTIES = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :rows),
spread(i, role, person, due) AS (
  SELECT i, (i * 7919) % 15, CASE i % 2 WHEN 0 THEN '' ELSE printf('S%d', (i / 2) % :people) END,
    datetime(:first, '+' || ((i * 7368787) % :seconds) || ' seconds') FROM n)
INSERT INTO duty_row (case_id, duty, started_by, instance, owed_by, staff, state, live, owed_to, started_at, due_by,
  in_words, missed, sort_at, ended_by, ended_at, pack, force, area)
SELECT printf('%032x', i / :each), :duty || i % :each, 1 + i % :each, 1, role.name, person, 'open', 1, 'survivor',
  :first, due, 0, 0, due, NULL, NULL, 'england-and-wales', '', ''
FROM spread JOIN role ON role.id = spread.role
"""


def fill(path: Path, rows: int) -> float:
    """Writes the cases and their duties; how long it took."""
    from holdfast.casefile.rows import stored_time
    from holdfast.record.entry import STAFF_ROLES

    begun = time.perf_counter()
    first, days = NOW - timedelta(days=10), 50  # a fifth lies before now
    given = {
        "cases": rows // A_CASE, "rows": rows, "each": A_CASE, "people": PEOPLE, "duty": "a-duty-",
        "opened": stored_time(first), "first": stored_time(first), "seconds": days * 86_400,
    }  # fmt: skip
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("synchronous=OFF", "cache_size=-200000", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TEMP TABLE role (id INTEGER PRIMARY KEY, name TEXT)")
    connection.executemany("INSERT INTO role VALUES (?, ?)", enumerate(STAFF_ROLES))
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'duty_row' AND sql IS NOT NULL"
    ).fetchall()
    connection.execute("BEGIN")
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    connection.execute(_CASES, given)
    connection.execute(_DUTIES, given)
    for _, sql in indexes:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.close()
    return time.perf_counter() - begun


def measure(what: str, work: Callable[[], object], bare: float) -> float:
    """One page, asked for again and again; its 95th percentile."""
    times = sorted(in_turns({what: work}, rounds=200, clock=time.perf_counter)[what])
    late = times[int(len(times) * 0.95)]
    figure(what, ms(middle(times)), f"19 in 20 under {ms(late)}; {ratio(middle(times), bare, 'one row by its key')}")
    return late


def pages(rows: int) -> list[float]:
    """Every kind of page of a queue."""
    from django.db import connection

    from holdfast.casefile.queue import everybodys_queue
    from holdfast.casefile.queue import queue

    def one_row() -> object:
        with connection.cursor() as cursor:
            return cursor.execute("SELECT * FROM duty_row WHERE id = 500000").fetchone()

    bare = middle(in_turns({"one": one_row}, rounds=200, clock=time.perf_counter)["one"])
    figure("one row by its key", ms(bare))
    role, mine = "officer", "S7"
    cursor = queue(role, at=NOW, staff=mine).after
    for _ in range(50):
        cursor = queue(role, at=NOW, staff=mine, after=cursor, limit=200).after
    found = queue(role, at=NOW, staff=mine)
    assert len(found.rows) == 50
    assert found.overdue >= min(1000, rows // 200)
    return [
        measure("mine and nobody's yet, first page", lambda: queue(role, at=NOW, staff=mine), bare),
        measure("    10,000 rows further down", lambda: queue(role, at=NOW, staff=mine, after=cursor), bare),
        measure("all of my role's, first page", lambda: queue(role, at=NOW), bare),
        measure("everybody's, first page", lambda: everybodys_queue(at=NOW), bare),
        measure("nothing owed by this role", lambda: queue("court", at=NOW), bare),
        measure("a quiet day: nothing late yet", lambda: queue(role, at=NOW - timedelta(days=30), staff=mine), bare),
    ]


def cuts(rows: int) -> float:
    """The same page cut to what somebody may see, beside the page that is not cut; the dearest in its times."""
    from django.db import connection

    from holdfast.access.reach import left_behind
    from holdfast.casefile.queue import queue
    from holdfast.casefile.within import EVERYTHING
    from holdfast.casefile.within import Within

    heading("queue: cut to what somebody may see")
    cases = rows // A_CASE
    with connection.cursor() as cursor:  # every second is another force's
        cursor.execute(
            "UPDATE duty_row SET force = CASE WHEN substr(case_id, -1) < '8' THEN 'north' ELSE '' END WHERE live"
        )
    some = tuple(f"{number:08x}" for number in range(0, cases, max(1, cases // 200)))
    asked = {
        "not cut": EVERYTHING,
        "of one's own force, with 200 cases apart or walled": Within(("", "south"), some),
        "a partner's: 200 cases shared": Within(None, (), some),
        "a partner's: 3 cases shared": Within(None, (), some[:3]),
        "a partner's: none shared": Within(None, (), ()),
    }
    works = {
        name: (lambda within=within: queue("officer", at=NOW, staff="S7", within=within))  # type: ignore[misc]
        for name, within in asked.items()
    }
    times = {name: middle(found) for name, found in in_turns(works, rounds=60, clock=time.perf_counter).items()}
    for name, took in times.items():
        figure(name, ms(took), ratio(took, times["not cut"], "not cut"))
    held = middle(in_turns({"held": lambda: left_behind("officer")}, rounds=60, clock=time.perf_counter)["held"])
    figure(f"who of {PEOPLE} holds work and signs in no longer", ms(held), ratio(held, times["not cut"], "not cut"))
    return max(times.values()) / times["not cut"]


def main() -> None:
    """Fills the table and asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS, help=f"open duties in the table ({ROWS:,})")
    parser.add_argument("--folder", help="where to write: names the disk that is measured (the temporary folder)")
    asked = parser.parse_args()
    with store(asked.folder) as data:
        heading(f"queue: {asked.rows:,} open duties")
        took = fill(data / "holdfast.sqlite3", asked.rows)
        size = (data / "holdfast.sqlite3").stat().st_size
        figure("written by SQL", f"{took:,.1f} s", f"{size / 1e6:,.0f} MB")
        late = pages(asked.rows)
        target("each page's queries together under 20 ms (19 in 20)", met=max(late) < MOST)
        target("cut to what somebody may see: under twice as long", met=cuts(asked.rows) < TWICE)


if __name__ == "__main__":
    main()
