"""The answering point: every call that is there now, and what is asked about each.

As many as was said are answered at once; one more is told to try elsewhere (503), and nothing is taken from those that
are there. When it is to stop it takes no new call, and goes on until the last caller has gone.
"""

import asyncio
import ipaddress
import logging
import re
from collections.abc import Callable
from collections.abc import Coroutine
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from datetime import datetime
from typing import Any
from typing import NamedTuple
from uuid import uuid4

from holdfast.casefile.append import Draft
from holdfast.doors.intake.coming import Coming
from holdfast.doors.telephone.asking import Address
from holdfast.doors.telephone.call import Call
from holdfast.doors.telephone.dialog import Dialog
from holdfast.doors.telephone.dialog import key_of
from holdfast.doors.telephone.exchange import Exchange
from holdfast.doors.telephone.exchange import Network
from holdfast.doors.telephone.exchange import Reply
from holdfast.doors.telephone.exchange import is_among
from holdfast.doors.telephone.exchange import new_tag
from holdfast.doors.telephone.hearing import Unheard
from holdfast.doors.telephone.hearing import listen
from holdfast.doors.telephone.invitation import Invitation
from holdfast.doors.telephone.invitation import NotThis
from holdfast.doors.telephone.invitation import description_in
from holdfast.doors.telephone.invitation import read_invitation
from holdfast.doors.telephone.left import finish_left_here
from holdfast.doors.telephone.leg import Desk
from holdfast.doors.telephone.leg import Leg
from holdfast.doors.telephone.ports import Ports
from holdfast.doors.telephone.prompts import Prompts
from holdfast.doors.telephone.reaching import Reaching
from holdfast.doors.telephone.recording import Recording
from holdfast.doors.telephone.sdp import NoSoundAgreed
from holdfast.doors.telephone.sdp import Offer
from holdfast.doors.telephone.sdp import read_offer
from holdfast.doors.telephone.sdp import write_answer
from holdfast.doors.telephone.sip_message import Message
from holdfast.doors.telephone.sip_message import tag_of
from holdfast.doors.telephone.telling import Telling
from holdfast.law.answering import Answering
from holdfast.law.public import Route

METHODS = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE"
TURN = 0.02  # seconds between two packets of ours
LEFT_EVERY = 3_000  # turns: a minute
LAST_WORDS = 30.0  # seconds for what is left to be written
SILENT_LINE = 30.0  # seconds without a packet, after which the other end is asked whether it is there
_KEY_BODY = re.compile(rb"(?:Signal[ \t]*=[ \t]*)?([0-9*#A-D])(?:\s|$)", re.IGNORECASE)
_log = logging.getLogger("holdfast.telephone")


def rules_of(routes: Iterable[Route]) -> dict[str, Answering]:
    """For each kind of line what a place does where nobody speaks. A line that is not there has nothing said to it."""
    return {line: route.answering for route in routes if route.answering for line in route.answering.lines}


class Settings(NamedTuple):
    """Where it listens and under which law."""

    host: str
    port: int
    pack: str
    force: str = ""
    area: str = ""
    most: int = 50
    heard: tuple[Network, ...] = ()  # whose signalling is heard
    first_port: int = 0  # of the sound; 0 for any that is free
    last_port: int = 0
    desk: Desk | None = None  # the control room's telephones, rung for each call that is a person's


class Point:
    """Everything that one process answers."""

    def __init__(self, settings: Settings, rules: dict[str, Answering], prompts: Prompts):
        self.settings, self._rules, self._prompts = settings, rules, prompts
        beside = (ipaddress.ip_network(settings.desk.at[0]),) if settings.desk else ()
        self.exchange = Exchange(self, (*settings.heard, *beside))
        self.calls: dict[tuple[str, str, str], Call] = {}
        self.stopping = False
        self.process = str(uuid4())
        self.entries = ThreadPoolExecutor(4, "entries")
        self.disk = ThreadPoolExecutor(4, "sound")
        self.ports = Ports(settings.host, settings.first_port, settings.last_port)
        self.reaching: dict[tuple[str, str, str], Reaching] = {}
        self._after: set[asyncio.Task[None]] = set()
        self._failing: set[tuple[tuple[str, str, str], str]] = set()  # said in the log already
        self.here = f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"

    # What the exchange asks

    def asked(self, request: Message, source: Address, key: str) -> Reply | Coroutine[Any, Any, Reply]:
        """The answer to a request, or how to get it."""
        try:
            if tag_of(request.get("to")):
                return self._inside(request, source, key)
            if request.method == "OPTIONS":
                return Reply(503 if self.full else 200, self._able)
            if request.method == "INVITE":
                return self._invited(request, source, key)
        except NotThis as fault:
            return Reply(fault.status, fault.more)
        except NoSoundAgreed:
            return Reply(488)
        return Reply(481 if request.method in ("BYE", "INFO", "UPDATE") else 405, (("Allow", METHODS),))

    def acknowledged(self, request: Message) -> None:
        """An ACK: the caller has our answer. It holds their description where the offer was ours."""
        call = self._end_of(request)
        if call is None:
            return
        self.exchange.stop_repeating(call.invite)
        call.acknowledged = True
        if request.body:
            try:
                call.line.meet(read_offer(description_in(request)), call.came_from[0])
            except (NoSoundAgreed, NotThis):
                _log.error("an answer to our description could not be read: the sound of a call may be missing")

    @property
    def full(self) -> bool:
        """Whether no new call is answered now."""
        return self.stopping or len(self.calls) >= self.settings.most

    # A new call

    def _invited(self, request: Message, source: Address, key: str) -> Reply | Coroutine[Any, Any, Reply]:
        at = datetime.now(UTC)
        if not is_among(source[0], self.settings.heard):
            return Reply(403)  # the control room's telephones are rung: they ring nobody here
        invitation = read_invitation(request, at)
        offer = read_offer(invitation.description) if invitation.description else None
        named = request.get("call-id"), tag_of(request.get("from"))
        if any((call_id, theirs) == named for call_id, _, theirs in self.calls):
            return Reply(482)  # the same call by another way: the first is answered
        if any(each.leg and each.leg.dialog.names(*named) for each in self.reaching.values()):
            return Reply(482)  # our own ring for a person has come back to us
        if self.full:
            _log.error("a call was told to try elsewhere: as many as may be are there, or the point is stopping")
            return Reply(503, (("Retry-After", "5"),))
        tag = new_tag()
        call = self._made(Dialog(request, tag, f"<sip:{self.here}>"), invitation, offer.law if offer else "alaw", at)
        call.invite, call.came_from = key, source
        self.calls[call.dialog.key] = call  # from here on it is on its way to the record, whatever becomes of the line
        if desk := self.settings.desk:
            self.reaching[call.dialog.key] = Reaching(call, desk, self.here, self.exchange, self.ports.open)
        return self._opened(call, offer)

    async def _opened(self, call: Call, offer: Offer | None) -> Reply:
        """Opens the port of a call's sound; the answer."""
        self._later(self._whole_life(call))
        try:
            port = await self.ports.open(call.line)
        except OSError as fault:
            _log.error("no port for the sound of a call could be opened (%s)", type(fault).__name__)
            self.gone(call, "line_failed")
            return Reply(503, (("Retry-After", "5"),))
        if offer:
            call.line.meet(offer, call.came_from[0])
        call.begin()
        return self._described(call, offer, port)

    def _described(self, call: Call | Leg, offer: Offer | None, port: int) -> Reply:
        body = write_answer(offer, self.settings.host, port, abs(hash(call.dialog.our_tag)) % 10**9, call.version)
        more = (*call.dialog.recorded_routes, ("Contact", call.dialog.contact), ("Allow", METHODS))
        return Reply(200, (*more, ("Content-Type", "application/sdp")), body, call.dialog.our_tag)

    def _made(self, dialog: Dialog, invitation: Invitation, law: str, at: datetime) -> Call:
        said = {"route": "silent", "silent": "not_known", "line": invitation.line, "number": invitation.number}
        where = self.settings
        coming = Coming("silent", "sip", invitation.document, at, where.pack, where.force, where.area,
                        (Draft("CallReceived", said, at),))  # fmt: skip
        began = at.timestamp()
        telling = Telling(coming, began, self.entries)
        rule = self._rules.get(invitation.line)
        call = Call(dialog, law, rule, self._prompts, Recording(law, began, self.process), telling, began)
        call.number = invitation.number
        return call

    # Inside a call

    def _end_of(self, request: Message) -> Call | Leg | None:
        """The caller's end or a call taker's, by the dialog of a request."""
        key = key_of(request)
        legs = (each.leg for each in self.reaching.values() if each.leg and each.leg.dialog.key == key)
        return self.calls.get(key) or next(legs, None)

    def _inside(self, request: Message, source: Address, key: str) -> Reply:
        call = self._end_of(request)
        if call is None:
            return Reply(481)
        if not call.dialog.refreshed(request):
            return Reply(500)
        call.came_from = source
        if request.method == "BYE":
            if isinstance(call, Call):
                self.gone(call, "caller_hung_up")
            else:
                call.hung_up()
            return Reply(200)
        if request.method in ("INVITE", "UPDATE"):
            return self._changed(call, request, key)
        if request.method == "INFO":
            return self._informed(call, request) if isinstance(call, Call) else Reply(200)
        if request.method == "OPTIONS":
            return Reply(200, self._able)
        return Reply(405, (("Allow", METHODS),))

    def _changed(self, call: Call | Leg, request: Message, key: str) -> Reply:
        """The other end describes its sound anew: another address, a hold, another law."""
        description = description_in(request)
        if request.method == "UPDATE" and not description:
            return Reply(200, (("Contact", call.dialog.contact),))
        offer = read_offer(description) if description else None
        if offer:
            call.line.meet(offer, call.came_from[0])
        call.version += 1
        if request.method == "INVITE":
            call.invite = key
        return self._described(call, offer, call.line.port)

    def _informed(self, call: Call, request: Message) -> Reply:
        if request.get("content-type").lower().partition(";")[0].strip() not in (
            "application/dtmf-relay",
            "application/dtmf",
        ):
            return Reply(415, (("Accept", "application/dtmf-relay, application/dtmf"),)) if request.body else Reply(200)
        found = _KEY_BODY.match(request.body.strip())
        if not found:
            return Reply(400)
        call.message(found[1].decode().upper())
        return Reply(200)

    def gone(self, call: Call, why: str) -> None:
        """The caller is gone, or nothing of the call answers any more."""
        if call.gone(why, "hung_up" if why == "caller_hung_up" else "line_failed"):
            self.calls.pop(call.dialog.key, None)
            self.exchange.stop_repeating(call.invite)
            if reaching := self.reaching.pop(call.dialog.key, None):
                reaching.stop()

    async def _whole_life(self, call: Call) -> None:
        """Writes what is told until the end, then makes the recording an item."""
        await call.telling.run()
        await call.finish(self.disk)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._after.add(task)
        task.add_done_callback(self._after.discard)

    @property
    def _able(self) -> tuple[tuple[str, str], ...]:
        return ("Allow", METHODS), ("Accept", "application/sdp, multipart/mixed")

    # Time

    async def run(self) -> None:
        """Until `stopping` is set and the last call is over."""
        loop = asyncio.get_running_loop()
        await loop.create_datagram_endpoint(lambda: self.exchange, local_addr=(self.settings.host, self.settings.port))
        due, turn = loop.time(), 0
        while not (self.stopping and not self.calls):
            due = max(due + TURN, loop.time() - 1.0)
            await asyncio.sleep(max(0.0, due - loop.time()))
            turn += 1
            self._each("speak", lambda call: call.speak())
            if turn % 2 == 0:
                self._listen()
            if turn % LEFT_EVERY == 0:
                loop.run_in_executor(self.disk, finish_left_here, self.process)
            if turn % 10 == 0:
                self._each("record", lambda call: call.record(self.disk))
                self._each("look after", self._look_after)
                if self.reaching:
                    self._each("reach a person for", self._reach)
        await self.finish()

    async def finish(self) -> None:
        """Writes what is left, and lets go of everything."""
        if self._after:
            await asyncio.wait(set(self._after), timeout=LAST_WORDS)
        self.exchange.close()
        self.entries.shutdown(wait=False, cancel_futures=True)
        self.disk.shutdown(wait=False, cancel_futures=True)

    def stop_now(self) -> None:
        """Ends at once: what is there is told as a line that failed, for a person to look at."""
        self.stopping = True
        for call in list(self.calls.values()):
            self.gone(call, "answering_point_stopped")

    def _listen(self) -> None:
        calls: list[Call] = []
        unheard: list[Unheard] = []

        def take(call: Call) -> None:
            if sound := call.unheard():
                calls.append(call)
                unheard.append(sound)

        self._each("take the sound of", take)
        found = dict(zip(map(id, calls), listen(unheard), strict=True))
        self._each("hear", lambda call: call.listened(found[id(call)]) if found.get(id(call)) else None)

    def _each(self, what: str, work: Callable[[Call], None]) -> None:
        """The same for every call. A fault of ours in one ends neither it nor any other: somebody may be listening."""
        for key, call in list(self.calls.items()):
            try:
                work(call)
            except Exception as fault:  # noqa: BLE001 whatever it is
                if (key, what) not in self._failing:
                    _log.error("could not %s a call (%s): the other calls go on", what, type(fault).__name__)
                self._failing.add((key, what))

    def _reach(self, call: Call) -> None:
        if reaching := self.reaching.get(call.dialog.key):
            reaching.turn()

    def _look_after(self, call: Call) -> None:
        """Asks the other end of a line on which nothing comes whether it is there. Silence alone ends nothing."""
        now = call.now()
        if now - max(call.line.heard_at, call.asked_at) < SILENT_LINE:
            return
        call.asked_at = now
        branch = f"z9hG4bK{new_tag()}"

        def answered(status: int) -> None:
            if status in (408, 481, 404, 410) and call.now() - call.line.heard_at > SILENT_LINE:
                self.gone(call, "line_failed")

        self.exchange.ask(call.dialog.ask("OPTIONS", branch, self.here), branch, call.came_from, answered)
