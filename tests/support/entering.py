"""For tests that enter many times: nothing is held, nobody is slowed by an earlier test, and waits are only counted."""

from collections.abc import Iterator

import pytest

from holdfast.access.ways_in import trying
from holdfast.access.ways_in import wrong_lines
from holdfast.access.ways_in import wrong_tries


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No try is remembered from before, the bucket is full, and answers are not held."""
    monkeypatch.setattr("holdfast.doors.survivor.held.STEP", 0.000_001)
    monkeypatch.setattr(trying, "TURNS", trying.Turns(a_second=100_000, at_once=100_000))
    for tries in (trying.DEVICES, trying.ADDRESSES, trying.CROWDS, wrong_tries.CODES, wrong_lines):
        tries.forget()
    yield
    wrong_tries.settled()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each try would have waited; none of them does."""
    found: list[float] = []
    monkeypatch.setattr("holdfast.access.ways_in.trying.sleep", found.append)
    return found
