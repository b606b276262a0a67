"""What came in before there was a scanner is scanned later, and held where something is found."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from tests.doors.evidence.test_recording import NOW
from tests.doors.evidence.test_recording import SURVIVOR
from tests.doors.evidence.test_recording import case  # noqa: F401 a fixture
from tests.doors.evidence.test_recording import taken_in
from tests.vault.test_scanning import _Daemon
from tests.vault.test_scanning import _Tcp

from holdfast.casefile.reading import read_case
from holdfast.doors.evidence.recording import hold_lifted
from holdfast.doors.evidence.recording import known_item
from holdfast.doors.evidence.recording import took
from holdfast.doors.evidence.rescanning import rescan_case
from holdfast.doors.evidence.rescanning import rescan_every
from holdfast.record.entry import By
from holdfast.vault.scanning import scanner_named

EICAR = b"stream: Eicar-Test-Signature FOUND\0"


@pytest.fixture
def daemon() -> Iterator[Any]:
    server: Any = _Tcp(("127.0.0.1", 0), _Daemon)
    server.limit, server.slow, server.says, server.seen, server.longest = 1 << 30, 0.0, b"stream: OK\0", [], 0
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    server.scanner = scanner_named(f"clamd:127.0.0.1:{server.server_address[1]}")
    yield server
    server.shutdown()
    server.server_close()


def given(case_id: Any, content: bytes = b"words that came early", **said: str) -> Any:
    return took(case_id, taken_in(case_id, content), {"what": "document", **said}, by=SURVIVOR, at=NOW).item


def read_of(case_id: Any) -> list[str]:
    return [entry.fields.scanned for entry in read_case(case_id).entries if entry.kind == "ItemMetadataRead"]


def test_it_is_scanned_once_and_the_record_says_by_what(case, daemon):  # noqa: F811
    item = given(case)
    assert read_of(case) == ["no_scanner"]
    assert tuple(rescan_case(case, daemon.scanner)) == (1, 0, 0)
    assert read_of(case) == ["no_scanner", "nothing_found"]
    last = [entry.fields for entry in read_case(case).entries if entry.kind == "ItemMetadataRead"][-1]
    assert last.scanned_by
    assert last.media == "text/plain"
    assert known_item(case, item).held == ()
    length = len(read_case(case).entries)
    assert tuple(rescan_case(case, daemon.scanner)) == (0, 0, 0)
    assert tuple(rescan_case(case, daemon.scanner, also_scanned=True)) == (1, 0, 0)
    assert len(read_case(case).entries) == length, "the same answer is not written twice"


def test_what_is_found_is_held_also_what_the_survivor_keeps(case, daemon):  # noqa: F811
    item = given(case, police_may_have="no")
    daemon.says = EICAR
    assert tuple(rescan_case(case, daemon.scanner)) == (1, 1, 0)
    assert known_item(case, item).held == ("malware_found",)
    assert tuple(rescan_case(case, daemon.scanner, also_scanned=True)) == (1, 0, 0), "it is held already"


def test_what_two_people_let_be_shown_is_not_held_again_for_the_same_find(case, daemon):  # noqa: F811
    item = given(case)
    daemon.says = EICAR
    rescan_case(case, daemon.scanner)
    hold_lifted(case, item, "A test file", "S2", By("supervisor", "S1"), NOW)
    assert tuple(rescan_case(case, daemon.scanner, also_scanned=True)) == (1, 0, 0)
    assert known_item(case, item).held == ()
    daemon.says = b"stream: Another-One FOUND\0"
    assert tuple(rescan_case(case, daemon.scanner, also_scanned=True)) == (1, 1, 0)
    assert known_item(case, item).held == ("malware_found",)


def test_without_an_answer_nothing_is_written(case, daemon):  # noqa: F811
    given(case)
    daemon.says = b"stream: something odd ERROR\0"
    assert tuple(rescan_case(case, daemon.scanner)) == (0, 0, 1)
    assert read_of(case) == ["no_scanner"]
    done, not_read = rescan_every([case], daemon.scanner)
    assert (done.not_scanned, not_read) == (1, 0)
