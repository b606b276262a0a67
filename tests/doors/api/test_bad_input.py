"""Whatever a fuzzer makes of it, at every way in: refused clearly or answered as before, and never lost or half-opened.

Each way in is tried with the same list. The browser-free client raises what a server would answer with 500.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.doors.api.adapters import ADAPTERS
from tests.doors.api.adapters import Adapter
from tests.doors.api.handed import CIRCLE
from tests.doors.api.sending import Machines

from holdfast.casefile.models import Case
from holdfast.casefile.models import StoredEntry
from holdfast.doors.intake.models import Unread
from holdfast.doors.intake.models import Waiting

ENDS = {200, 201, 202, 400, 409, 413, 415, 422}
BEGINS = ("CallReceived", "CallTransferredIn")
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">' + "".join(
        f'<!ENTITY b{n} "{f"&b{n - 1};" * 10 if n else "&b;" * 10}">' for n in range(9)
    ) + "]><presence>&b8;</presence>"
)  # fmt: skip
FILE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><presence>&x;</presence>'
WRONG: tuple[Any, ...] = (
    None, True, 0, -1, 10**400, 1.5, "", " ", "\x00", "\ud800", "x" * 200_000, "١٢", "\u202e<script>", [], {}, [[]],
    ["a", "a"], {"$ref": "nowhere"}, "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", LAUGHS, FILE,
    CIRCLE * 3, "<a>" * 5_000, "A\"ML=1;lt=1;lg=", "-0", "NaN", "1e999",
)  # fmt: skip

MANY = int(os.environ.get("HOLDFAST_FUZZ", "20"))  # of each way in; more for a long run

each = pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda adapter: adapter.name)


def _state() -> tuple[int, int, int]:
    return Case.objects.count(), StoredEntry.objects.count(), Waiting.objects.count()


def _held(adapter: Adapter, machines: Machines, body: bytes) -> int:
    """Sends it, and holds the answer to what every way in promises."""
    before, kept = _state(), sum(row.times for row in Unread.objects.all())
    status, told = adapter.send(machines, body)
    # Nobody can sign a form of which no two readings are the same: it is a stranger's, and kept as such.
    assert status in ENDS | ({401} if adapter.name == "twilio" else set()), (status, told)
    if "faults" in told:
        assert told["faults"]
        assert all(fault["why"] for fault in told["faults"])
        assert _state() == before, "something was written of what was refused"
        if body and status != 413:
            assert sum(row.times for row in Unread.objects.all()) > kept, "what was refused is nowhere to be seen"
    for case in Case.objects.all():
        kinds = list(StoredEntry.objects.filter(case=case).order_by("number").values_list("kind", flat=True))
        assert len(kinds) == case.length
        assert kinds[0] == "CaseOpened"
        assert any(kind in BEGINS for kind in kinds), "a case was half opened"
    return status


def _mutated(body: bytes, path: tuple[Any, ...], value: Any, how: str) -> bytes:
    """One place of a document or form, replaced, removed or doubled."""
    if not body.startswith(b"{"):
        pairs = parse_qsl(body.decode(), keep_blank_values=True)
        place = path[0] % len(pairs)
        said = value if isinstance(value, str) else json.dumps(value)
        name = pairs[place][0]
        changed = {"replaced": [(name, said)], "removed": [], "doubled": [pairs[place], (name, said)]}[how]
        made = [*pairs[:place], *changed, *pairs[place + 1 :]]
        return urlencode(made, errors="surrogatepass").encode()
    document = json.loads(body)
    places = list(_places(document))
    holder, key = places[path[0] % len(places)]
    if how == "removed":
        del holder[key]
    elif how == "doubled" and isinstance(holder, list):
        holder.append(holder[key])
    else:
        holder[key] = [holder[key], holder[key]] if how == "doubled" else value
    return json.dumps(document).encode("utf-8", "surrogatepass")


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in list(inner):
        yield value, key
        yield from _places(one)


@each
@settings(
    max_examples=MANY,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize="HOLDFAST_FUZZ" not in os.environ,
)
@given(place=st.integers(0, 300), value=st.sampled_from(WRONG), how=st.sampled_from(["replaced", "removed", "doubled"]))
def test_one_thing_in_it_is_wrong(machines: Machines, adapter: Adapter, place: int, value: Any, how: str) -> None:
    _held(adapter, machines, _mutated(adapter.good(), (place,), value, how))


RAW = {
    "nothing": b"",
    "one byte": b"\x00",
    "no text": bytes(range(256)),
    "utf-16": "{}".encode("utf-16"),
    "with a mark": b"\xef\xbb\xbf{}",
    "a list": b"[]",
    "words": b'"help"',
    "null": b"null",
    "deep": b"[" * 100_000,
    "deep objects": b'{"a":' * 50_000,
    "twice": b'{"a":1,"a":2}',
    "not a number": b'{"a":NaN}',
    "digits": b'{"a":' + b"9" * 10_000 + b"}",
    "xml": FILE.encode(),
    "laughs": LAUGHS.encode(),
    "many fields": b"&".join(b"f%d=1" % n for n in range(5_000)),
    "percent": b"CallSid=%ff%fe&Digits=%00&v=1",
    "long": b'{"a":"' + b"x" * 900_000 + b'"}',
    "too long": b"x" * 1_000_001,
}


@each
@pytest.mark.parametrize("name", RAW)
def test_it_is_no_document_at_all(machines: Machines, adapter: Adapter, name: str) -> None:
    status, _ = (0, 0) if name == "nothing" else (_held(adapter, machines, RAW[name]), 0)
    assert status != 201
    assert Case.objects.count() == 0


@each
def test_it_is_cut_off_anywhere(machines: Machines, adapter: Adapter) -> None:
    good = adapter.good()
    for place in range(1, len(good), max(1, len(good) // 12)):
        _held(adapter, machines, good[:place])


@each
def test_it_comes_again_and_again(machines: Machines, adapter: Adapter) -> None:
    good = adapter.good()
    first = adapter.send(machines, good)
    after = _state()
    assert first[0] in (201, 202)
    for _ in range(3):
        status, told = adapter.send(machines, good)
        assert status in (200, 202)
        assert told.get("repeated", True)
    assert _state() == after


@each
def test_who_may_not_send_is_let_in_nowhere(machines: Machines, adapter: Adapter) -> None:
    for body in (adapter.good(), b"", b"\xff" * 1_000):
        status, told = adapter.stranger(machines, body)
        assert (status, bool(told["faults"])) == (401, True)
    assert _state() == (0, 0, 0)


@each
def test_strangers_leave_little_behind(machines: Machines, adapter: Adapter) -> None:
    for number in range(4):
        adapter.stranger(machines, b"%d" % number + b"x" * 100_000)
    assert all(len(bytes(row.sealed)) < 20_000 for row in Unread.objects.all())
    assert all(not row.proved for row in Unread.objects.all())


@each
def test_another_way_of_asking_is_refused(machines: Machines, adapter: Adapter) -> None:
    for method in ("get", "put", "delete", "patch"):
        client = getattr(machines.client, method)
        for where in ("calls", "aml", "locations", "texts", "telephone/twilio", "telephone/telnyx"):
            answer = client(f"/api/{where}", headers={"Authorization": f"Bearer {machines.key}"})
            assert answer.status_code in (401, 405)


@each
def test_where_the_store_fails_the_sender_hears_that_it_is_still_theirs(
    machines: Machines, adapter: Adapter, database: Path
) -> None:
    with sqlite3.connect(database) as raw:
        raw.execute("CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END")
        raw.execute("CREATE TRIGGER full_too BEFORE INSERT ON intake_waiting BEGIN SELECT RAISE(ABORT, 'full'); END")
        for table in ("intake_taken", "handover"):
            raw.execute(f"ALTER TABLE {table} RENAME TO gone_{table}")
    before = _state()
    status, told = adapter.send(machines, adapter.good())
    assert (status, bool(told["faults"])) == (503, True)
    assert _state() == before
