"""SIP over UDP (RFC 3261, sections 17 and 18): each request answered once, the same answer again when it is repeated.

- Only addresses that were named are heard. Everybody else gets no answer: nobody learns that something is here.
- A final answer to an INVITE is repeated until its ACK comes, after 0.5, 1, 2, 4, 4 ... seconds, for 32 seconds.
- What cannot be read is answered with its status where enough was read; such answers are limited.
"""

import asyncio
import hashlib
import ipaddress
import logging
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from collections.abc import Coroutine
from collections.abc import Iterable
from typing import Any
from typing import NamedTuple
from typing import Protocol
from typing import cast

from holdfast.doors.telephone.asking import LASTS
from holdfast.doors.telephone.asking import T1
from holdfast.doors.telephone.asking import T2
from holdfast.doors.telephone.asking import Address
from holdfast.doors.telephone.asking import Asking
from holdfast.doors.telephone.asking import Invited
from holdfast.doors.telephone.sip_message import BadMessage
from holdfast.doors.telephone.sip_message import Message
from holdfast.doors.telephone.sip_message import parameter
from holdfast.doors.telephone.sip_message import read_message
from holdfast.doors.telephone.sip_message import tag_of
from holdfast.doors.telephone.sip_message import write_response

MOST_KNOWN = 6_000  # transactions that are remembered
MOST_BAD = 200  # answers a second to what cannot be read
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_log = logging.getLogger("holdfast.telephone")


class Reply(NamedTuple):
    """What to answer."""

    status: int
    more: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    tag: str = ""


class Answers(Protocol):
    """Whoever knows the calls."""

    def asked(self, request: Message, source: Address, key: str) -> Reply | Coroutine[Any, Any, Reply]:
        """The answer to a request, or how to get it; `key` names its transaction."""

    def acknowledged(self, request: Message) -> None:
        """An ACK that belongs to a call."""


class Exchange(asyncio.DatagramProtocol):
    """One socket for all signalling."""

    def __init__(self, answers: Answers, heard: Iterable[Network]):
        self._answers, self._heard = answers, tuple(heard)
        self._known: OrderedDict[str, tuple[bytes, Address, float]] = OrderedDict()
        self._repeating: dict[str, asyncio.TimerHandle] = {}
        self._asking = Asking(self._send)
        self._tasks: set[asyncio.Task[None]] = set()
        self._bad, self._bad_since = 0, 0.0
        self._transport: asyncio.DatagramTransport | None = None
        self.strangers = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is open."""
        self._transport = cast("asyncio.DatagramTransport", transport)

    def error_received(self, exc: Exception) -> None:
        """Somebody whom we answered has gone: their call shows it by itself."""

    def datagram_received(self, data: bytes, addr: tuple[str | int, ...]) -> None:
        """One packet. Nothing that comes may end what goes on for others."""
        source = (str(addr[0]), int(addr[1]))
        if not is_among(source[0], self._heard):
            self.strangers += 1
            return
        try:
            self._take(data, source)
        except Exception as fault:  # noqa: BLE001 one message that we fail at must not touch another call
            _log.error("a message of signalling could not be worked on (%s)", type(fault).__name__)

    def ask(self, content: bytes, branch: str, to: Address, answered: Callable[[int], None]) -> None:
        """Sends a request of ours, again and again until it is answered; 408 where it never is."""
        self._asking.ask(content, branch, to, answered)

    def invite(self, invited: Invited, branch: str) -> None:
        """Rings somebody."""
        self._asking.invite(invited, branch)

    def send(self, content: bytes, to: Address) -> None:
        """Sends what is not answered: an ACK."""
        self._send(content, to)

    def stop_repeating(self, key: str) -> None:
        """The ACK has come."""
        timer = self._repeating.pop(key, None)
        if timer:
            timer.cancel()

    def close(self) -> None:
        """Lets go of the socket."""
        self._asking.close()
        for timer in self._repeating.values():
            timer.cancel()
        if self._transport:
            self._transport.close()

    def _take(self, data: bytes, source: Address) -> None:
        try:
            message = read_message(data)
        except BadMessage as bad:
            if bad.message and bad.message.method != "ACK" and self._may_answer_bad():
                self._send(write_response(_came_from(bad.message, source), bad.status, to_tag=new_tag()),
                           _way_back(bad.message, source))  # fmt: skip
            return
        if message is None:
            return
        if message.status:
            self._asking.answered(message)
            return
        self._request(_came_from(message, source), source)

    def _request(self, request: Message, source: Address) -> None:
        key = _key(request, "INVITE" if request.method in ("ACK", "CANCEL") else request.method)
        if request.method == "ACK":
            self.stop_repeating(key)
            self._answers.acknowledged(request)
            return
        own = _key(request, request.method)
        known = self._known.get(own)
        if known:
            self._send(known[0], known[1])
            return
        if request.method == "CANCEL":  # an INVITE is answered at once: what is cancelled was answered already
            self._reply(request, source, own, Reply(200 if key in self._known else 481))
            return
        reply = self._answers.asked(request, source, own)
        if isinstance(reply, Reply):
            self._reply(request, source, own, reply)
            return
        self._remember(own, write_response(request, 100), _way_back(request, source))
        task = asyncio.get_running_loop().create_task(self._reply_later(request, source, own, reply))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _reply_later(
        self, request: Message, source: Address, own: str, reply: Coroutine[Any, Any, Reply]
    ) -> None:
        try:
            self._reply(request, source, own, await reply)
        except Exception as fault:  # noqa: BLE001 one call that we fail at must not touch another
            _log.error("a call could not be answered (%s)", type(fault).__name__)
            self._reply(request, source, own, Reply(500))

    def _reply(self, request: Message, source: Address, own: str, reply: Reply) -> None:
        tag = reply.tag or tag_of(request.get("to")) or new_tag()
        content = write_response(request, reply.status, to_tag=tag, more=reply.more, body=reply.body)
        to = _way_back(request, source)
        self._remember(own, content, to)
        self._send(content, to)
        if request.method == "INVITE":
            self._repeat(own, content, to, T1, time.monotonic())

    def _repeat(self, key: str, content: bytes, to: Address, after: float, begun: float) -> None:
        def again() -> None:
            self._repeating.pop(key, None)
            if time.monotonic() - begun < LASTS:
                self._send(content, to)
                self._repeat(key, content, to, min(2 * after, T2), begun)

        self._repeating[key] = asyncio.get_running_loop().call_later(after, again)

    def _remember(self, key: str, content: bytes, to: Address) -> None:
        now = time.monotonic()
        self._known[key] = content, to, now + LASTS
        while self._known and (len(self._known) > MOST_KNOWN or next(iter(self._known.values()))[2] < now):
            self._known.popitem(last=False)

    def _may_answer_bad(self) -> bool:
        now = time.monotonic()
        if now - self._bad_since > 1.0:
            self._bad, self._bad_since = 0, now
        self._bad += 1
        return self._bad <= MOST_BAD

    def _send(self, content: bytes, to: Address) -> None:
        if self._transport and not self._transport.is_closing():
            self._transport.sendto(content, to)


def is_among(address: str, networks: Iterable[Network]) -> bool:
    """Whether an address lies in one of the networks."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return any(known in each for each in networks if each.version == known.version)


def new_tag() -> str:
    """A tag or the end of a branch: nobody can guess it."""
    return secrets.token_hex(8)


def _came_from(request: Message, source: Address) -> Message:
    """The request with where it really came from in its first Via (RFC 3261 18.2.1, RFC 3581)."""
    headers = list(request.headers)
    place = next(number for number, (name, _) in enumerate(headers) if name == "via")
    first, comma, rest = headers[place][1].partition(",")
    first = re.sub(r";[ \t]*received=[^;]*", "", first)
    if re.search(r";[ \t]*rport[ \t]*(;|$)", first):
        first = re.sub(r";[ \t]*rport[ \t]*(?=;|$)", f";rport={source[1]};received={source[0]}", first)
    elif source[0] not in first:
        first += f";received={source[0]}"
    headers[place] = "via", first + comma + rest
    return request._replace(headers=tuple(headers))


def _way_back(request: Message, source: Address) -> Address:
    """To whence it came; to the port that its Via names where it did not ask for the other."""
    first = request.get("via").partition(",")[0]
    if re.search(r";[ \t]*rport\b", first):
        return source
    port = re.search(r"^\S+\s+(?:\[[^\]]*\]|[^\s:;]+):(\d{1,5})(?:\s*;|\s*$)", first)
    number = int(port[1]) if port else 5060
    return source[0], number if 0 < number < 65_536 else source[1]


def _key(request: Message, method: str) -> str:
    """The transaction of a request (RFC 3261 17.2.3); for branches of an older sort by what names it beside."""
    first = request.get("via").partition(",")[0]
    branch = parameter(first, "branch")
    if not branch.startswith("z9hG4bK"):
        named = request.get("call-id"), tag_of(request.get("from")), str(request.cseq[0])
        branch = hashlib.sha256("\n".join(named).encode()).hexdigest()
    sent_by = re.sub(r"[;].*", "", first).lower()
    return f"{method} {branch} {sent_by}"
