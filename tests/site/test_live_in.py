"""The raw route of the scene: what is acknowledged is sealed on the disk, and whatever else comes disturbs nothing.

The real route, record and vault; only the server around them is left out.
"""

import json
import time
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.support.apart import run_apart

from holdfast.casefile.append import open_case
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CaseErased
from holdfast.doors.live import ending
from holdfast.doors.live import scenes
from holdfast.doors.live.ending import sweep
from holdfast.doors.live.links import cookie_name
from holdfast.doors.live.links import make_link
from holdfast.doors.live.links import open_link
from holdfast.doors.live.links import waits
from holdfast.doors.live.models import LiveLink
from holdfast.doors.live.models import LiveRun
from holdfast.record.entry import By
from holdfast.site.live_in import MOST_IN_A_PART
from holdfast.site.live_in import LiveIn
from holdfast.vault.place import item_of

CALL_TAKER = By("call_taker", "CT1")
WEBM = "video/webm;codecs=vp8,opus"
CANARY = b"nobody may read these words on a disk"


class Said:
    """One answer."""

    def __init__(self, sent: list[dict[str, Any]]):
        self.status: int = sent[0]["status"]
        self.headers = dict(sent[0]["headers"])
        self.words: dict[str, Any] = json.loads(sent[1]["body"])


class Telephone:
    """A browser that opened a link, as the route sees it."""

    def __init__(self, secret: str = "", address: str = "203.0.113.7"):
        async def nobody(*_: Any) -> None:
            raise AssertionError("it was handed on")

        self.door = LiveIn(nobody)
        self.secret, self.address = secret, address

    def asks(self, path: str, body: bytes = b"", *, method: str = "POST", pieces: int = 1, **headers: str) -> Said:
        return run_apart(self._ask(path, body, method, pieces, headers))

    async def _ask(self, path: str, body: bytes, method: str, pieces: int, more: dict[str, str]) -> Said:
        sent: list[dict[str, Any]] = []
        held = [(b"cookie", f"{cookie_name()}={self.secret}".encode())] if self.secret else []
        held += [(name.replace("_", "-").encode(), value.encode()) for name, value in more.items()]
        scope = {"type": "http", "method": method, "path": path, "headers": held, "client": (self.address, 1)}
        size = max(1, -(-len(body) // pieces))
        given = [body[at : at + size] for at in range(0, len(body), size)] or [b""]
        self.read = 0

        async def receive() -> dict[str, Any]:
            self.read += 1
            return {"type": "http.request", "body": given.pop(0), "more_body": bool(given)}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.door(scope, receive, send)
        return Said(sent)

    def sends(self, run: int, at: int, content: bytes, *, captured: float = 0.0, **more: Any) -> Said:
        now = time.time()
        ms = {"began": now - 1, "captured": captured or now, "sent": now}
        told = {name: str(int(value * 1000)) for name, value in ms.items()}
        return self.asks(f"/s/in/{run}/{at}", content, **{"content_type": WEBM, **told, **more})

    def place(self, **said: Any) -> Said:
        now = time.time() * 1000
        told = {"latitude": 51.5, "longitude": -0.12, "accuracy": 20, "at": now, "sent": now, **said}
        return self.asks("/s/in/place", json.dumps(told).encode())


class Scene:
    """A case, its link, and the telephone that opened it."""

    def __init__(self) -> None:
        self.case = open_case("smallplace", by=CALL_TAKER, happened_at=datetime.now(UTC)).case_id
        self.made = make_link(self.case, CALL_TAKER, datetime.now(UTC))
        self.telephone = Telephone(open_link(self.made.signs, datetime.now(UTC)))

    @property
    def link(self) -> LiveLink:
        return LiveLink.objects.get(stream=self.made.stream)

    def entries(self, kind: str) -> list[Any]:
        return [entry.fields for entry in read_case(self.case).entries if entry.kind == kind]

    def content(self) -> list[bytes]:
        return [item_of(self.case, run.item).read() for run in LiveRun.objects.order_by("began")]


@pytest.fixture
def scene(database: Path, small_pack: str) -> Scene:
    scenes._known.clear()
    return Scene()


def ends(scene: Scene, why: str = "stop") -> None:
    assert scene.telephone.asks(f"/s/in/{why}").status == 200
    scene.telephone.door._threads.shutdown()  # it waits for nobody, and a test does


def stops(scene: Scene) -> None:
    """The server is gone, with everything that it had in memory, and another has been started."""
    scenes._known.pop(scene.made.stream).runs[0]._intake.close()
    scene.telephone = Telephone(scene.telephone.secret)


def test_what_is_acknowledged_becomes_an_item_with_its_times(scene: Scene) -> None:
    telephone, sent = scene.telephone, b""
    for number in range(6):
        part = bytes([number]) * 30_000
        said = telephone.sends(0, len(sent), part, pieces=3)
        sent += part
        assert (said.status, said.words["at"]) == (200, len(sent))
    ends(scene)
    assert scene.content() == [sent]
    [taken] = scene.entries("ItemTaken")
    assert (taken.what, taken.size, taken.source) == ("live_picture", len(sent), "not_known")
    [over] = scene.entries("LiveEnded")
    assert over.why == "stopped_on_the_telephone"
    assert over.items == (taken.item,)
    assert timedelta(0) <= over.ended - over.began < timedelta(seconds=5)
    assert [len(scene.entries(kind)) for kind in ("LiveLinkOffered", "LiveLinkMade", "LiveStarted")] == [1, 1, 1]


def test_what_comes_twice_or_overlaps_or_too_soon_is_in_it_once_and_in_its_place(scene: Scene) -> None:
    telephone = scene.telephone
    assert telephone.sends(0, 0, b"aaaa").words["at"] == 4
    assert telephone.sends(0, 0, b"aaaa").words["at"] == 4
    assert telephone.sends(0, 2, b"aabb").words["at"] == 6
    assert telephone.sends(0, 8, b"dd").words["at"] == 6  # held, and not acknowledged
    assert telephone.sends(0, 10, b"ee").words["at"] == 6
    assert telephone.sends(0, 6, b"cc").words["at"] == 12
    ends(scene)
    assert scene.content() == [b"aaaabbccddee"]


def test_what_is_held_is_bounded_and_a_jump_is_told_where_to_go_on(scene: Scene) -> None:
    telephone = scene.telephone
    telephone.sends(0, 0, b"aaaa")
    told = [telephone.sends(0, 100 + number * MOST_IN_A_PART, bytes(MOST_IN_A_PART)) for number in range(4)]
    assert [said.status for said in told] == [200, 200, 409, 409]
    assert {said.words["at"] for said in told} == {4}
    assert telephone.sends(0, 4, b"bbbb").words["at"] == 8


def test_nothing_of_it_is_in_clear_on_the_disk(scene: Scene, database: Path) -> None:
    telephone = scene.telephone
    telephone.sends(0, 0, CANARY * 1000)
    files = [path for path in database.parent.rglob("*") if path.is_file()]
    assert any("intake" in path.parts for path in files)
    assert [path for path in files if CANARY in path.read_bytes()] == []
    ends(scene)
    assert scene.content() == [CANARY * 1000]
    files = [path for path in database.parent.rglob("*") if path.is_file()]
    assert [path for path in files if CANARY in path.read_bytes()] == []


def test_a_server_that_was_stopped_comes_back_to_what_was_acknowledged(scene: Scene) -> None:
    scene.telephone.sends(0, 0, b"before the server stopped, ")
    stops(scene)
    said = scene.telephone.sends(0, 27, b"and after")
    assert said.words["at"] == 36
    assert said.words["shown"] is False  # its beginning is not in memory: the telephone begins anew
    ends(scene)
    assert scene.content() == [b"before the server stopped, and after"]


def test_a_telephone_that_never_comes_back_is_ended_by_silence_and_loses_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.telephone.sends(0, 0, b"acknowledged")
    stops(scene)
    sweep()
    assert scene.entries("LiveEnded") == []
    monkeypatch.setattr(ending, "SILENT", 0.0)
    sweep()
    assert [over.why for over in scene.entries("LiveEnded")] == ["line_silent"]
    assert scene.content() == [b"acknowledged"]
    assert scene.telephone.sends(0, 12, b"late").status == 404


def test_what_could_not_be_finished_is_tried_again(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.telephone.sends(0, 0, b"kept all the same")

    def fails(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(ending, "took", fails)
        ends(scene)
        assert scene.entries("LiveEnded") == []
    monkeypatch.setattr(ending, "KEPT_IN_MIND", 0.0)
    sweep()
    assert scene.content() == [b"kept all the same"]
    assert len(scene.entries("LiveEnded")) == len(scene.entries("ItemTaken")) == 1


def test_a_broken_line_begins_another_item_and_the_gap_is_told(scene: Scene) -> None:
    now = time.time()
    scene.telephone.sends(0, 0, b"first", began=str(int((now - 60) * 1000)), captured=now - 50)
    scene.telephone.sends(1, 0, b"second", began=str(int((now - 20) * 1000)), captured=now)
    assert scene.telephone.asks("/s/in/0/end", b'{"size": 5}').words == {"at": 5}
    ends(scene)
    assert scene.content() == [b"first", b"second"]
    [over] = scene.entries("LiveEnded")
    assert (len(over.items), over.missing) == (2, 30)


def test_a_recording_that_is_not_whole_is_not_finished(scene: Scene) -> None:
    scene.telephone.sends(0, 0, b"first")
    said = scene.telephone.asks("/s/in/0/end", b'{"size": 9}')
    assert (said.status, said.words) == (409, {"at": 5})
    assert scene.telephone.sends(0, 5, b"more").words["at"] == 9


def test_a_link_opens_one_browser_once_and_dies(scene: Scene) -> None:
    now = datetime.now(UTC)
    assert open_link(scene.made.signs, now) == ""
    other = make_link(scene.case, CALL_TAKER, now)
    assert waits(other.signs.lower(), now)
    assert not waits(other.signs, other.until)
    assert open_link(other.signs, other.until) == ""
    LiveLink.objects.filter(stream=other.stream).update(until=now)
    sweep()
    assert [over.why for over in scene.entries("LiveEnded")] == ["never_opened"]
    assert open_link(other.signs, now - timedelta(minutes=1)) == ""
    stored = b"".join(path.read_bytes() for path in Path(scenes.intake_folder()).parents[1].glob("holdfast.sqlite3*"))
    assert scene.made.signs.encode() not in stored
    assert scene.telephone.secret.encode() not in stored


@pytest.mark.parametrize("secret", ["", "x" * 43, "é" * 30, "a" * 5_000])
def test_whoever_opened_no_link_is_told_nothing(scene: Scene, secret: str) -> None:
    stranger = Telephone("")
    headers = {"cookie": f"{cookie_name()}={secret}"} if secret else {}
    said = stranger.asks("/s/in/0/0", b"x", **headers)
    assert (said.status, said.words) == (404, {"why": "Nothing is open here."})
    assert stranger.read == 0


def test_a_stranger_who_tries_many_secrets_is_slowed(scene: Scene) -> None:
    stranger = Telephone("")
    told = {stranger.asks("/s/in/0/0", cookie=f"{cookie_name()}={'x' * 30}{number}").status for number in range(80)}
    assert told == {404, 429}
    assert scene.telephone.sends(0, 0, b"still goes on").status == 200


BAD = {
    "another page": ("0/4", b"x", {"sec_fetch_site": "cross-site"}, 403),
    "no times": ("0/4", b"x", {"began": "", "captured": "yesterday", "sent": "-1"}, 422),
    "a time of another age": ("0/4", b"x", {"captured": "9" * 40}, 422),
    "announced as enormous": ("0/4", b"x", {"content_length": "99999999999999999999"}, 413),
    "another kind": ("1/0", b"x", {"content_type": "text/html"}, 415),
    "a kind with more in it": ("1/0", b"x", {"content_type": "video/webm\r\nx: y"}, 415),
    "a recording that begins in its middle": ("1/7", b"x", {}, 409),
    "recording 9999": ("9999/0", b"x", {}, 409),
    "no number": ("zero/0", b"x", {}, 404),
    "an enormous place": ("0/9999999999999999", b"x", {}, 404),
    "no address": ("", b"x", {}, 404),
    "outside": ("../../0/4", b"x", {}, 404),
    "a size that is none": ("0/end", b'{"size": -1}', {}, 422),
    "words that are none": ("0/end", b"\xff\xfe", {}, 422),
    "deep words": ("place", b"[" * 990, {}, 422),
    "long words": ("place", b" " * 5_000, {}, 413),
}


@pytest.mark.parametrize("name", BAD)
def test_what_does_not_belong_is_refused_and_the_stream_goes_on(scene: Scene, name: str) -> None:
    path, body, more, status = BAD[name]
    scene.telephone.sends(0, 0, b"abcd")
    now = str(int(time.time() * 1000))
    usual = {"content_type": WEBM, "began": now, "captured": now, "sent": now}
    said = scene.telephone.asks(f"/s/in/{path}", body, **{**usual, **more})
    assert said.status == status
    assert said.headers[b"cache-control"] == b"no-store"
    assert scene.telephone.sends(0, 4, b"efgh").words["at"] == 8


def test_an_enormous_part_is_read_no_further_than_its_limit(scene: Scene) -> None:
    scene.telephone.sends(0, 0, b"abcd")
    said = scene.telephone.sends(0, 4, bytes(20 * MOST_IN_A_PART), pieces=200)
    assert said.status == 413
    assert said.headers[b"connection"] == b"close"
    assert scene.telephone.read <= 12
    assert scene.telephone.sends(0, 4, b"efgh").words["at"] == 8


def test_a_flood_is_refused_unread_and_the_stream_goes_on(scene: Scene) -> None:
    telephone = scene.telephone
    told = []
    for _ in range(160):
        told.append(telephone.sends(0, 0, b"x").status)
        assert told[-1] == 200 or telephone.read == 0
    assert set(told) == {200, 429}
    time.sleep(0.3)
    assert telephone.sends(0, 1, b"y").words["at"] == 2


def test_only_so_many_recordings_and_bytes_are_in_memory(scene: Scene) -> None:
    for number in range(5):
        scene.telephone.sends(number, 0, bytes(1_000_000))
    held = scenes._known[scene.made.stream].runs
    assert [bool(run.parts) for run in held.values()] == [False] * 4 + [True]
    at = 1_000_000
    for _ in range(9):
        at = scene.telephone.sends(4, at, bytes(1_000_000)).words["at"]
    assert sum(len(part.content) for part in held[4].parts) <= 8 << 20


@pytest.mark.parametrize(
    "wrong",
    [{"latitude": 91}, {"longitude": -181}, {"accuracy": -1}, {"latitude": "north"}, {"at": 1e300}, {"latitude": None}],
)
def test_a_position_out_of_range_is_refused(scene: Scene, wrong: dict[str, Any]) -> None:
    assert scene.telephone.place(**wrong).status == 422
    assert scene.entries("LocationFound") == []


def test_a_position_becomes_an_entry_where_it_tells_something_new(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert scene.telephone.place().status == 200
    monkeypatch.setattr(scenes, "POSITION_EVERY", -1.0)
    scene.telephone.place(latitude=51.50001)
    scene.telephone.place(latitude=51.51, accuracy=15)
    found = scene.entries("LocationFound")
    assert [(each.how, each.latitude, each.uncertainty) for each in found] == [
        ("live_link", 51.5, 20.0), ("live_link", 51.51, 15.0),
    ]  # fmt: skip


def test_a_second_telephone_cannot_add_to_it(scene: Scene) -> None:
    scene.telephone.sends(0, 0, b"abcd")
    second = Telephone(open_link(scene.made.signs, datetime.now(UTC)))
    assert second.sends(0, 4, b"forged").status == 404


def test_one_that_was_left_is_dead(scene: Scene) -> None:
    scene.telephone.sends(0, 0, b"abcd")
    ends(scene, "left")
    assert [over.why for over in scene.entries("LiveEnded")] == ["page_left"]
    again = Telephone(scene.telephone.secret)
    assert again.sends(0, 4, b"efgh").status == 404


def test_what_a_missing_key_shuts_is_finished_when_the_key_is_back(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.telephone.sends(0, 0, b"abcd")
    stops(scene)

    def gone(_: Any) -> bytes:
        raise CaseErased

    monkeypatch.setattr(ending, "SILENT", 0.0)
    monkeypatch.setattr(ending, "KEPT_IN_MIND", 0.0)
    with monkeypatch.context() as without:
        without.setattr(scenes, "key_of", gone)
        sweep()
        sweep()
        assert scene.link.ended_at is None
    sweep()
    assert scene.link.why == "line_silent"
    assert scene.content() == [b"abcd"]
