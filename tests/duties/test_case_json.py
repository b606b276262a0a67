"""Case documents are read strictly: every fault at its place, none repeating what the document says."""

import json
from typing import Any

import pytest
from tests.support.told import local

from holdfast.duties.case_json import CaseRefused
from holdfast.duties.case_json import answer
from holdfast.duties.case_json import read_case_json
from holdfast.duties.owed import owed
from holdfast.law.pack import Pack

GOOD: dict[str, Any] = {
    "kind": "BailGranted",
    "happened_at": "2026-03-06T21:00:00Z",
    "by": {"role": "custody_officer"},
    "fields": {"ends_at": "2026-06-05T22:59:59Z"},
}


def document(*entries: dict[str, Any]) -> bytes:
    return json.dumps({"entries": list(entries)}).encode()


def test_a_case_is_read_and_numbered(testland: Pack) -> None:
    told = {
        "kind": "SurvivorTold", "happened_at": "2026-03-09T10:00:00Z", "recorded_at": "2026-03-09T12:00:00Z",
        "by": {"role": "investigator"}, "about": 1, "fields": {"what": ["bail"], "channel": "telephone"},
    }  # fmt: skip
    entries = read_case_json(document(GOOD, told))
    assert [(entry.number, entry.kind, entry.about) for entry in entries] == [
        (1, "BailGranted", ()),
        (2, "SurvivorTold", (1,)),
    ]
    [row] = [answer(item, testland) for item in owed(entries, testland, local("2026-03-10 00:00"))]
    assert (row["id"], row["state"], row["started_by"], row["ended_by"]) == ("tell-bail", "kept", 1, 2)
    assert row["due_by"] == "2026-03-09T23:59:59+00:00"
    assert row["source"]["article"] == "right 6"
    assert "ends Mon 9 Mar 2026 23:59:59" in row["working"]


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"kind": "BailGiven"}, "/entries/0/kind"),
        ({"kind": ["BailGranted"]}, "/entries/0/kind"),
        ({"happened_at": "yesterday"}, "/entries/0/happened_at"),
        ({"happened_at": "2026-03-06T21:00:00"}, "/entries/0/happened_at"),
        ({"happened_at": 10**30}, "/entries/0/happened_at"),
        ({"happened_at": "0001-01-01T00:00:00Z"}, "/entries/0/happened_at"),
        ({"happened_at": "9999-12-30T00:00:00Z"}, "/entries/0/happened_at"),
        ({"recorded_at": "2026-03-05T21:00:00Z"}, "/entries/0/recorded_at"),
        ({"by": {"role": "wizard"}}, "/entries/0/by"),
        ({"by": "custody_officer"}, "/entries/0/by"),
        ({"about": [1]}, "/entries/0/about"),
        ({"about": [0]}, "/entries/0/about"),
        ({"about": ["x"]}, "/entries/0/about"),
        ({"occurrence": 0}, "/entries/0/occurrence"),
        ({"fields": []}, "/entries/0/fields"),
        ({"fields": {}}, "/entries/0/fields/ends_at"),
        ({"fields": {"ends_at": "2026-06-05T22:59:59Z", "secret": 1}}, "/entries/0/fields/field 2"),
        ({"note": "x"}, "/entries/0"),
        ({"kind": "ReviewAsked", "fields": {"of": "police_decision"}}, "/entries/0/about"),
    ],
)
def test_a_fault_is_named_by_its_place(change: dict[str, Any], at: str) -> None:
    with pytest.raises(CaseRefused) as refused:
        read_case_json(document({**GOOD, **change}))
    assert any(fault.startswith(f"{at}:") for fault in refused.value.faults), refused.value.faults


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"entries": {}}',
        b"\xff",
        b"[" * 100_000,
        b'{"entries": [1]}',
        b'\xef\xbb\xbf{"entries": []}',
        b'{"entries": [], "entries": []}',
    ],
)
def test_what_is_no_case_is_refused(data: bytes) -> None:
    with pytest.raises(CaseRefused):
        read_case_json(data)


def test_no_fault_repeats_what_the_document_says() -> None:
    canary = "Canary Kestrel"
    spoiled = {**GOOD, "fields": {"ends_at": canary, "conditions": [{"type": canary}]}, "by": {"role": canary}}
    with pytest.raises(CaseRefused) as refused:
        read_case_json(document(spoiled, {**GOOD, "kind": canary}))
    assert canary not in str(refused.value)
    assert len(refused.value.faults) >= 4
