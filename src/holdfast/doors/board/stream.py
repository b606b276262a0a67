r"""The board as server-sent events: what changed since this browser last heard, then everything as it happens.

| event | data (JSON) |
|---|---|
| row | `code`, `sort`, `ring`, `grade`, `html`: a call as it stands now; its `id` is what to ask again from |
| gone | `code`, `why`: it left the board, or is not theirs to see any more (`why` is then empty) |
| standing | `codes`, `id`: every call that they may see. Whatever else a browser still holds is not theirs |
| beat | `now` (ms), `calls`: how many they have been told of. Without one for some seconds a board is not live |
| again | the stream ends soon: open the next one first |

A row says how a call stands and not what changed, so being told the same twice changes nothing.
"""

import json
import secrets
import time
from collections.abc import AsyncIterator
from datetime import UTC
from datetime import datetime
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import connection

from holdfast.access.may import Person
from holdfast.doors.board.following import Following
from holdfast.doors.board.picture import Picture
from holdfast.doors.board.picture import Shown
from holdfast.doors.board.picture import is_shown
from holdfast.doors.board.telling import REASONS

LASTS = 60  # seconds, and up to as many again by chance: then whether they still may is asked anew
GRACE = 10.0  # seconds in which the browser has opened the next one


async def telling(following: Following, person: Person, after: str) -> AsyncIterator[bytes]:
    """What one browser is told. `after` is the id of the last event that it had, or ''."""
    picture = following.picture
    watcher = following.watch()
    try:
        await sync_to_async(_ready)(picture)
        told = Told(picture, person)
        yield b"retry: 500\n\n" + told.first(after)
        beat, ends, warned = following.beat, time.monotonic() + LASTS + secrets.randbelow(LASTS), False
        while time.monotonic() < ends + GRACE:
            await watcher.woken.wait()
            watcher.woken.clear()
            words = told.what_is_new()
            if following.beat != beat:
                beat = following.beat
                words += told.beat()
                if not warned and time.monotonic() > ends:
                    warned = True
                    words += _event("again", {})
            if words:
                yield words
    finally:
        following.unwatch(watcher)


def _ready(picture: Picture) -> None:
    """The picture as it is now, and no connection left open for as long as somebody watches."""
    picture.catch_up()
    connection.close()


class Told:
    """What one browser has been told."""

    def __init__(self, picture: Picture, person: Person):
        self.picture, self.person = picture, person
        self.epoch = picture.epoch
        self.turn = 0
        self.codes: dict[UUID, str] = {}

    def first(self, after: str) -> bytes:
        """What it missed, or where that is not known all of it; and what it should have now."""
        now = datetime.now(UTC)
        self.epoch, self.turn, rows = self.picture.epoch, self.picture.turn, self.picture.rows
        seen = {case_id: shown for case_id, shown in rows.items() if is_shown(self.person, shown, now)}
        missed = self.picture.since(_turn_of(after, self.epoch))
        if missed is None:
            found = [(self.turn, shown) for shown in seen.values()]
        else:
            found = [(turn, seen[case_id]) for turn, case_id in missed if case_id in seen]
        self.codes = {case_id: shown.on_board.row.code for case_id, shown in seen.items()}
        standing = {"codes": list(self.codes.values()), "id": self._id(self.turn)}
        words = b"".join(self._row(turn, shown) for turn, shown in found)
        return words + self._numbered(self.turn) + _event("standing", standing) + self.beat()

    def what_is_new(self) -> bytes:
        """What happened since, as far as it is theirs to see."""
        if self.epoch != self.picture.epoch:
            return self.first("")  # it was made anew
        changes = self.picture.since(self.turn)
        if changes is None:
            return self.first("")
        now, rows = datetime.now(UTC), self.picture.rows
        words = b""
        for turn, case_id in changes:
            self.turn = turn
            shown = rows.get(case_id)
            if shown is not None and is_shown(self.person, shown, now):
                self.codes[case_id] = shown.on_board.row.code
                words += self._row(turn, shown)
            elif case_id in self.codes:
                words += self._numbered(turn) + _event("gone", self._gone(case_id, shown))
        return words

    def beat(self) -> bytes:
        """That it is live, what time it is, and how many calls it should show."""
        return _event("beat", {"now": round(time.time() * 1000), "calls": len(self.codes)})

    def _gone(self, case_id: UUID, shown: Shown | None) -> dict[str, str]:
        code = self.codes.pop(case_id)
        left = self.picture.gone.get(case_id) if shown is None else None
        return {"code": code, "why": REASONS.get(left.reason, "") if left else ""}

    def _row(self, turn: int, shown: Shown) -> bytes:
        return self._numbered(turn) + shown.frame

    def _numbered(self, turn: int) -> bytes:
        return f"id: {self._id(turn)}\n".encode()

    def _id(self, turn: int) -> str:
        return f"{self.epoch}-{turn}"


def _turn_of(after: str, epoch: str) -> int:
    """The turn that an event's id names; one that nothing reaches back to where it is of another picture."""
    made, _, turn = after.partition("-")
    return int(turn) if made == epoch and turn.isdecimal() and len(turn) < 16 else -2


def _event(name: str, said: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(said, separators=(',', ':'))}\n\n".encode()
