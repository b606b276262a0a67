"""A fault of ours in one call stops no other."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.support.apart import run_apart

from holdfast.doors.telephone.point import Point
from holdfast.doors.telephone.point import Settings
from holdfast.doors.telephone.prompts import Prompts


class Going:
    """A call as the point's turn sees it."""

    def __init__(self, fails: str = ""):
        self._fails, self.done = fails, dict.fromkeys(("speak", "unheard", "record"), 0)

    def _do(self, what: str) -> None:
        if what == self._fails:
            raise RuntimeError("a fault of ours")
        self.done[what] += 1

    def speak(self) -> None:
        self._do("speak")

    def unheard(self) -> None:
        self._do("unheard")

    def record(self, threads: object) -> None:
        self._do("record")


@pytest.mark.parametrize("what", ["speak", "unheard", "record"])
def test_a_fault_in_one_call_leaves_the_others_as_they_are(
    what: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = Point(Settings("127.0.0.1", 0, "smallplace"), {}, Prompts(tmp_path))
    broken, sound = Going(what), Going()
    calls: dict[Any, Any] = {("1", "", ""): broken, ("2", "", ""): sound}
    point.calls = calls
    monkeypatch.setattr(point, "_look_after", lambda call: None)

    async def for_a_while() -> None:
        running = asyncio.get_running_loop().create_task(point.run())
        await asyncio.sleep(0.9)
        assert not running.done(), "the answering point goes on"
        point.stopping = True
        point.calls.clear()
        await asyncio.wait_for(running, 5)

    run_apart(for_a_while())
    assert min(sound.done.values()) > 2
    assert len([each for each in caplog.records if each.name == "holdfast.telephone"]) == 1, "said once, not each turn"
