"""The way in for evidence as a giver sees it: a case, its survivor, permits, and requests without a socket."""

import asyncio
import json
from collections.abc import Callable
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple

from holdfast.access.survivor_words import issue_words
from holdfast.access.ways_in.kept import WORDS
from holdfast.access.ways_in.kept import ways_of
from holdfast.casefile.append import open_case
from holdfast.casefile.reading import read_case
from holdfast.doors.evidence.permit import SURVIVOR_SAYS
from holdfast.doors.evidence.permit import make_permit
from holdfast.record.entry import By
from holdfast.site.taking_in import TakingIn
from holdfast.vault.items import KnownItem
from holdfast.vault.items import items_of

OFFSET = "application/offset+octet-stream"


class Answered(NamedTuple):
    """One answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def offset(self) -> int:
        return int(self.headers["upload-offset"])

    @property
    def said(self) -> Any:
        return json.loads(self.body)


class Giving:
    """A case, its survivor, and the way in."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)
        opened = open_case("england-and-wales", by=By("call_taker", "CT1"), happened_at=self.now - timedelta(days=2))
        self.case, self.code = opened.case_id, opened.code
        self.words = issue_words(self.case, self.code, self.now)
        self.way = ways_of(self.case, WORDS, self.now)[0]
        self.taking_in = TakingIn(self._doors)
        self._loop = asyncio.new_event_loop()
        self._pool = ThreadPoolExecutor(1)  # a browser's loop may run in this thread

    def permit(self, **more: Any) -> str:
        """A survivor's permit."""
        given: dict[str, Any] = {
            "door": "survivor", "case": self.case, "role": "survivor", "staff": "", "way": self.way.pk,
            "said": {"what": "photograph", "source": "survivor"}, "says": SURVIVOR_SAYS, "at": self.now,
            "back": "/my/given",
        }  # fmt: skip
        return make_permit(**{**given, **more})

    def items(self) -> tuple[KnownItem, ...]:
        return items_of(read_case(self.case).entries)

    def ask(
        self, method: str, path: str, body: bytes | Iterable[bytes] = b"", *, cut: bool = False, **headers: str
    ) -> Answered:
        """One request. `cut` breaks the line where the body ends."""
        return self.together((method, path, body, cut, headers))[0]

    def together(self, *asked: tuple[str, str, Any, bool, dict[str, str]]) -> list[Answered]:
        """Several at once."""

        async def all_of_them() -> list[Answered]:
            return await asyncio.gather(*(self._one(*each) for each in asked))

        return self._pool.submit(self._loop.run_until_complete, all_of_them()).result(60)

    def patch(self, path: str, at: int, body: bytes, **more: Any) -> Answered:
        return self.ask("PATCH", path, body, **{"content-type": OFFSET, "upload-offset": str(at), **more})

    def gives(self, content: bytes, path: str = "", **more: Any) -> Answered:
        """A whole item, in one part."""
        path = path or self.permit(**more)
        assert self.patch(path, 0, content).status == 204
        return self.ask("POST", f"{path}/end", json.dumps({"size": len(content)}).encode())

    async def _one(self, method: str, path: str, body: Any, cut: bool, headers: dict[str, str]) -> Answered:
        pieces = [body] if isinstance(body, bytes) else list(body)
        length = {} if cut or len(pieces) > 1 else {"content-length": str(len(pieces[0]))}
        named = {"host": "127.0.0.1", **length, **headers}
        scope = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in named.items()],
            "client": ("127.0.0.1", 1), "scheme": "http",
        }  # fmt: skip
        messages = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
        if cut:
            messages.append({"type": "http.disconnect"})
        else:
            messages[-1]["more_body"] = False
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            await asyncio.sleep(0)
            return messages.pop(0) if messages else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.taking_in(scope, receive, send)
        said = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answered(sent[0]["status"], said, b"".join(each.get("body", b"") for each in sent[1:]))

    async def _doors(self, scope: Any, receive: Any, send: Any) -> None:
        """The page that a door would draw: its status and what it says."""
        status, said = scope.get("holdfast.refused", 200), scope.get("holdfast.why", ("", ""))
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": f"{said[0]} [{said[1]}]".encode()})

    def close(self) -> None:
        self.taking_in.intakes.close()
        self._pool.shutdown()
        self._loop.close()


def form(*parts: tuple[str, str | None, bytes], boundary: str = "between", ended: bool = True) -> tuple[bytes, str]:
    """A form with files: (name, file's name or None, content). Its body and content type."""
    body = b""
    for name, named, content in parts:
        said = f'form-data; name="{name}"' + ("" if named is None else f'; filename="{named}"')
        body += f"--{boundary}\r\nContent-Disposition: {said}\r\n\r\n".encode() + content + b"\r\n"
    return body + (f"--{boundary}--\r\n".encode() if ended else b""), f"multipart/form-data; boundary={boundary}"


Make = Callable[..., Giving]
