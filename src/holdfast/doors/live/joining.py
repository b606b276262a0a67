"""Where somebody who comes late can join a recording that still comes in: its beginning, and the newest key picture.

It walks through the boxes of a recording as its bytes come, and reads nothing else of it. A recording that it does not
understand can be joined at its beginning only; that is no fault, and nothing that is sent can be one.

- WebM (RFC 8794, RFC 9559): a Cluster whose first picture is a key picture. Live clusters say no length.
- MP4 in fragments (ISO/IEC 14496-12): each `moof`.
"""

HEAD_MOST = 65_536  # bytes before the first join: what a player needs before anything else
_EBML, _SEGMENT, _CLUSTER = 0x1A45DFA3, 0x18538067, 0x1F43B675
_SIMPLE_BLOCK, _BLOCK_GROUP, _TRACKS, _ENTRY = 0xA3, 0xA0, 0x1654AE6B, 0xAE
_NUMBER, _TYPE, _PICTURE, _KEY = 0xD7, 0x83, 1, 0x80
_ENTERED = (_SEGMENT, _CLUSTER, _TRACKS, _ENTRY)
_NO_LENGTH = -1
_LOOKED_AT = 16  # bytes of a box; the rest is passed over as it comes


class Joining:
    """One recording, as far as it has come. `head` is its beginning; `at` the newest place to join, or None."""

    def __init__(self, media: str):
        self.head = b""
        self.at: int | None = None
        self._webm = "webm" in media
        self._lost = not (self._webm or "mp4" in media)
        self._headed = False  # the head is whole
        self._rest, self._place = b"", 0  # what was not walked through yet, and where it begins
        self._over = 0  # bytes to pass over that have not come yet
        self._cluster: int | None = None  # the one whose first picture has not come yet
        self._number, self._pictures = 0, set[int]()

    def add(self, content: bytes) -> None:
        """The next bytes."""
        if self._lost:
            return
        if not self._headed:
            self.head += content
        passed = min(self._over, len(content))
        self._over -= passed
        self._rest += content[passed:]
        while self._webm_step() if self._webm else self._mp4_step():
            pass
        self._give_up_if_lost()

    def _give_up_if_lost(self) -> None:
        if self._lost or len(self.head) > HEAD_MOST:
            self._lost, self._rest, self.head = True, b"", self.head[:HEAD_MOST]

    def _skip(self, count: int) -> None:
        self._place += count
        self._over = max(0, count - len(self._rest))
        self._rest = self._rest[count:]

    def _end_head(self) -> None:
        if not self._headed:
            self.head, self._headed = self.head[: self._place], True

    def _webm_step(self) -> bool:
        named = _varint(self._rest, keep=True)
        sized = _varint(self._rest[named[1] :], keep=False) if named else None
        if named is None or sized is None:
            self._lost = len(self._rest) >= 12
            return False
        name, size, taken = named[0], sized[0], named[1] + sized[1]
        if name == _CLUSTER:
            self._end_head()
            self._cluster = self._place
        if name in _ENTERED:
            self._skip(taken)
            return True
        if size == _NO_LENGTH:
            self._lost = True
            return False
        if len(self._rest) < taken + min(size, _LOOKED_AT):
            return False
        self._look(name, self._rest[taken : taken + min(size, _LOOKED_AT)])
        self._skip(taken + size)
        return True

    def _look(self, name: int, content: bytes) -> None:
        if name == _NUMBER:
            self._number = int.from_bytes(content, "big")
        elif name == _TYPE and int.from_bytes(content, "big") == _PICTURE:
            self._pictures.add(self._number)
        elif name == _SIMPLE_BLOCK and self._cluster is not None:
            track = _varint(content, keep=False)
            if track is None or len(content) < track[1] + 3:
                return
            if self._pictures and track[0] not in self._pictures:
                return  # sound before the first picture of a cluster
            if not self._pictures or content[track[1] + 2] & _KEY:
                self.at = self._cluster
            self._cluster = None

    def _mp4_step(self) -> bool:
        if len(self._rest) < 16:
            return False
        size, name = int.from_bytes(self._rest[:4], "big"), self._rest[4:8]
        if size == 1:
            size = int.from_bytes(self._rest[8:16], "big")
        if size < 8:
            self._lost = True
            return False
        if name == b"moof":
            self._end_head()
            self.at = self._place
        self._skip(size)
        return True


def _varint(content: bytes, *, keep: bool) -> tuple[int, int] | None:
    """An EBML number and how many bytes it takes; None where there are too few, or it is none. `keep` its marker."""
    if not content or not content[0]:
        return None
    length = 9 - content[0].bit_length()
    if len(content) < length:
        return None
    value = int.from_bytes(content[:length], "big")
    bare = value & ((1 << 7 * length) - 1)
    if keep:
        return value, length
    return (_NO_LENGTH if bare == (1 << 7 * length) - 1 else bare), length
