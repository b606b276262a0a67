"""The log of an earlier version becomes the first lines of the chain, in order, with its own times and reasons."""

import sqlite3
from importlib import import_module
from types import SimpleNamespace

from django.db import connection

from holdfast.access.looks import Look
from holdfast.casefile.verifying import verify_all

EARLIER = (
    'CREATE TABLE access_look (id INTEGER PRIMARY KEY, "case" TEXT, "when" TEXT, staff TEXT, role TEXT, agency TEXT, '
    "act TEXT, reason TEXT, allowed BOOL)"
)
ROWS = [
    (1, "234CFGHJ", "2026-11-20 22:30:00.123456", "PC1", "officer", "police", "read_case", "no task in this case", 1),
    (2, "234CFGHJ", "2026-11-20 22:31:00", "ADV1", "adviser", "support_service", "read_case", "Ask who can.", 0),
    (3, "not a code", "2026-11-20 22:29:00", "PC1", "officer", "police", "read_case", "", 1),
]  # fmt: skip


def test_earlier_lines_are_chained_in_their_order(database):
    with sqlite3.connect(database) as direct:
        direct.execute(EARLIER)
        direct.executemany("INSERT INTO access_look VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", ROWS)
    take_over = import_module("holdfast.access.migrations.0007_log").take_over
    take_over(None, SimpleNamespace(connection=connection))
    first, second, third = Look.objects.order_by("number")
    assert (first.at, first.staff, first.tie) == ("2026-11-20T22:30:00.123456Z", "PC1", "no_task")
    assert (second.allowed, second.reason, second.agency) == (False, "Ask who can.", "support_service")
    assert (third.case, third.at) == ("", "2026-11-20T22:31:00.000000Z")  # no line is older than the one before it
    assert verify_all().findings == ()
