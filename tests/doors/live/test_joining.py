"""Where a recording can be joined: at the newest key picture, in whatever pieces it comes; nothing sent is a fault."""

import json
import random
from typing import Any
from uuid import uuid4

import pytest
from tests.support.apart import run_apart

from holdfast.doors.live.frames import frames
from holdfast.doors.live.joining import HEAD_MOST
from holdfast.doors.live.joining import Joining
from holdfast.doors.live.run import Part
from holdfast.doors.live.run import Run
from holdfast.doors.live.scene import Scene

UNKNOWN = b"\x01" + b"\xff" * 7
SOUND, PICTURE = 2, 1


def box(name: str, content: bytes) -> bytes:
    return bytes.fromhex(name) + (len(content) | 1 << 56).to_bytes(8, "big") + content


def track(number: int, kind: int) -> bytes:
    return box("ae", box("d7", bytes([number])) + box("83", bytes([kind])) + box("63a2", b"\xae\xd7\x83 private"))


def block(number: int, *, key: bool, size: int = 300) -> bytes:
    return box("a3", bytes([0x80 | number, 0, 0, 0x80 if key else 0]) + bytes(size))


def cluster(*blocks: bytes) -> bytes:
    return bytes.fromhex("1f43b675") + UNKNOWN + box("e7", b"\0\0") + b"".join(blocks)


def head(*tracks: bytes) -> bytes:
    info = box("1549a966", b"\x1f\x43\xb6\x75 not a cluster, but words")
    return box("1a45dfa3", b"webm") + bytes.fromhex("18538067") + UNKNOWN + info + box("1654ae6b", b"".join(tracks))


HEAD = head(track(1, SOUND), track(2, PICTURE))
FIRST = cluster(block(1, key=True), block(2, key=True), block(2, key=False))
SECOND = cluster(block(1, key=True), block(2, key=False), block(1, key=True))  # begins between two key pictures
THIRD = cluster(block(1, key=True), block(1, key=True), block(2, key=True))
WHOLE = HEAD + FIRST + SECOND + THIRD


@pytest.mark.parametrize("size", [1, 7, 300, 10_000])
def test_the_newest_key_picture_is_found_in_any_pieces(size: int) -> None:
    joining = Joining("video/webm")
    for at in range(0, len(WHOLE), size):
        joining.add(WHOLE[at : at + size])
    assert joining.head == HEAD
    assert joining.at == len(HEAD + FIRST + SECOND)


def test_it_moves_on_only_to_a_key_picture() -> None:
    joining = Joining("video/webm")
    found = []
    for part in (HEAD, FIRST, SECOND, THIRD):
        joining.add(part)
        found.append(joining.at)
    assert found == [None, len(HEAD), len(HEAD), len(HEAD + FIRST + SECOND)]


def test_a_first_part_of_any_length_can_be_joined() -> None:
    joining = Joining("video/webm")
    joining.add(HEAD + cluster(block(2, key=True, size=300_000), block(2, key=False)))
    assert (joining.head, joining.at) == (HEAD, len(HEAD))


def test_sound_alone_can_be_joined_at_each_cluster() -> None:
    joining = Joining("audio/webm")
    only = head(track(1, SOUND))
    joining.add(only + cluster(block(1, key=True)) + cluster(block(1, key=True)))
    assert joining.at == len(only + cluster(block(1, key=True)))


def test_fragments_of_mp4() -> None:
    def of(name: bytes, size: int) -> bytes:
        return (size + 8).to_bytes(4, "big") + name + bytes(size)

    begins = of(b"ftyp", 20) + of(b"moov", 500)
    joining = Joining("video/mp4")
    joining.add(begins + of(b"moof", 100) + of(b"mdat", 9_000))
    joining.add(of(b"moof", 100))
    assert joining.head == begins
    assert joining.at == len(begins) + 108 + 9_008


@pytest.mark.parametrize("media", ["video/webm", "video/mp4", "video/other"])
@pytest.mark.parametrize("seed", range(40))
def test_nothing_that_is_sent_is_a_fault_or_fills_the_memory(media: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 it only has to be the same again
    content = bytearray((HEAD + FIRST) * 3 if seed % 2 else chance.randbytes(3_000))
    for _ in range(30):
        content[chance.randrange(len(content))] = chance.randrange(256)
    joining = Joining(media)
    for _ in range(400):
        joining.add(bytes(content))
    assert len(joining.head) <= HEAD_MOST + len(content)
    assert len(joining._rest) <= len(content)


def shown(scene: Scene) -> list[tuple[dict[str, Any], bytes]]:
    """What somebody is sent who begins to watch now."""

    async def gathered() -> bytes:
        return b"".join([frame async for frame in frames(scene, 0.05)])

    whole, found = run_apart(gathered()), []
    while whole:
        said = int.from_bytes(whole[:4], "big")
        words = json.loads(whole[4 : 4 + said])
        found.append((words, whole[4 + said : 4 + said + words["bytes"]]))
        whole = whole[4 + said + words["bytes"] :]
    return found


def test_whoever_comes_late_gets_the_beginning_and_what_is_new() -> None:
    scene = Scene(uuid4(), uuid4(), opened=0.0)
    run = scene.runs[0] = Run(0, uuid4(), "video/webm", 1.0, lambda: None)  # type: ignore[arg-type, return-value]
    at = 0
    for content in (HEAD, FIRST, SECOND, THIRD[:400], THIRD[400:]):
        run.show(Part(at, content, 2.0, 2.0))
        at += len(content)
    first, *rest = shown(scene)
    assert (first[0]["kind"], first[1]) == ("run", HEAD)
    assert b"".join(content for words, content in rest if words["kind"] == "part") == THIRD
    assert rest[-1][0]["kind"] == "state"
    assert run.parts[0].at == len(HEAD + FIRST + SECOND)  # what is before it is not in memory any more


def test_a_recording_that_cannot_be_joined_is_not_shown_from_its_middle() -> None:
    scene = Scene(uuid4(), uuid4(), opened=0.0)
    run = scene.runs[0] = Run(0, uuid4(), "video/webm", 1.0, lambda: None)  # type: ignore[arg-type, return-value]
    for number in range(10):
        run.show(Part(number * 1_000_000, bytes(1_000_000), 2.0, 2.0))
    assert sum(len(part.content) for part in run.parts) <= 8 << 20
    assert [words["kind"] for words, _ in shown(scene)] == ["state"]
