"""One ring of the control room's telephone, and the talk where it is answered: a second dialog, with sound of its own.

- It is taken back (CANCEL) once something was answered, and ended (BYE) where it was up: never the caller's call.
- Nothing that sounds before the 200 is passed on: it is no person. An answer whose sound cannot be read is hung up.
- It goes to the address that was set, whatever the other end says of itself; only that one is heard.
"""

import logging
import re
from collections.abc import Callable
from typing import NamedTuple
from typing import Protocol

from holdfast.doors.telephone.asking import Address
from holdfast.doors.telephone.asking import Invited
from holdfast.doors.telephone.dialog import OwnDialog
from holdfast.doors.telephone.exchange import new_tag
from holdfast.doors.telephone.g711 import RATE
from holdfast.doors.telephone.invitation import NotThis
from holdfast.doors.telephone.invitation import description_in
from holdfast.doors.telephone.line import Line
from holdfast.doors.telephone.sdp import NoSoundAgreed
from holdfast.doors.telephone.sdp import read_offer
from holdfast.doors.telephone.sdp import write_answer
from holdfast.doors.telephone.sip_message import Message

SILENT_LINE = 30.0  # seconds without a packet, after which the other end is asked whether it is there
HEARD_FOR = 6 * RATE  # samples behind our clock that may still be spoken of: no packet is placed farther behind
_PORT = re.compile(r"sips?:(?:[^@]*@)?(\[[0-9A-Fa-f:.]+\]|[0-9.]+)(?::(\d{1,5}))?(?:[;?].*)?", re.IGNORECASE)
_log = logging.getLogger("holdfast.telephone")


class Desk(NamedTuple):
    """The control room's own telephones."""

    uri: str
    at: Address


class Asks(Protocol):
    """What carries our requests."""

    def ask(self, content: bytes, branch: str, to: Address, answered: Callable[[int], None]) -> None:
        """A request that is no INVITE."""

    def invite(self, invited: Invited, branch: str) -> None:
        """An INVITE."""

    def send(self, content: bytes, to: Address) -> None:
        """An ACK."""


class Leg:
    """One try. `state`: calling, ringing, up, over. `told` hears 'up', or why it is over, each once."""

    def __init__(self, desk: Desk, here: str, number: str, line: Line, asks: Asks, told: Callable[[str], None],
                 now: Callable[[], float]):  # fmt: skip
        self.desk, self.line, self.state = desk, line, "calling"
        self._here, self._asks, self._told, self._now = here, asks, told, now
        host = here.rpartition(":")[0]
        self._who = f"sip:{number}@{host}" if number else "sip:anonymous@anonymous.invalid"
        self.dialog = OwnDialog(desk.uri, self._who, f"<sip:{here}>", f"{new_tag()}@{host}", new_tag())
        self._first, self._branch = self.dialog, f"z9hG4bK{new_tag()}"
        self.invite, self.acknowledged = "", False  # the transaction of a later INVITE of theirs
        self.came_from, self.version, self.number = desk.at, 1, number
        self.asked_at = 0.0
        self._dropped: set[str] = set()

    def ring(self) -> None:
        """Sends the INVITE."""
        host = self._here.rpartition(":")[0].strip("[]")
        more = [("P-Asserted-Identity", f"<{self._who}>")] if self.number else []
        body = write_answer(None, host, self.line.port, abs(hash(self._first.our_tag)) % 10**9)
        content = self._first.invite(self._branch, self._here, more, body)
        via = f"SIP/2.0/UDP {self._here};branch={self._branch};rport"
        self._asks.invite(Invited(content, (self.desk.uri, via), self.desk.at, self._heard), self._branch)

    def stop(self) -> None:
        """Nobody waits for it any more."""
        was, self.state = self.state, "over"
        self.line.close()
        if was == "ringing":
            self._take_back()
        elif was == "up":
            self._hang_up(self.dialog)

    def hung_up(self) -> None:
        """The other end has ended it."""
        self._over("call_taker_hung_up")

    def speak(self) -> None:
        """Each 20 ms: sends what is due, and lets go of what nobody reads any more."""
        now = self._now()
        self.line.speak(now)
        old = int(now * RATE) - HEARD_FOR
        if old > 0:
            self.line.theirs.fill(old)
            self.line.theirs.let_go(old)
        self.line.ours.let_go(self.line.ours.end)

    def look_after(self) -> None:
        """Asks the other end of a line on which nothing comes whether it is there. Silence alone ends nothing."""
        now = self._now()
        if self.state != "up" or now - max(self.line.heard_at, self.asked_at) < SILENT_LINE:
            return
        self.asked_at, branch = now, f"z9hG4bK{new_tag()}"

        def answered(status: int) -> None:
            if status in (408, 481) and self._now() - self.line.heard_at > SILENT_LINE:
                self._hang_up(self.dialog)
                self._over("line_failed")

        self._asks.ask(self.dialog.ask("OPTIONS", branch, self._here), branch, self._way(self.dialog), answered)

    def _heard(self, response: Message | None) -> None:
        """An answer to the INVITE; None where none came."""
        if response is None:
            self._over("no answer")
        elif response.status >= 300:
            self._over(str(response.status))
        elif response.status >= 200:
            self._answered(response)
        elif self.state == "calling":
            self.state = "ringing"
        elif self.state == "over" and self._branch not in self._dropped:
            self._take_back()

    def _answered(self, response: Message) -> None:
        """A 200, for the first time or again: it has its ACK each time."""
        made = self._first.met(response)
        if self.state == "up" and made.their_tag == self.dialog.their_tag:
            self._acknowledge(self.dialog)
            return
        self._acknowledge(made)
        if self.state in ("up", "over"):  # a second one answered as well, or the caller has gone meanwhile
            if made.their_tag not in self._dropped:
                self._dropped.add(made.their_tag)
                self._hang_up(made)
            return
        self.dialog, self.asked_at = made, self._now()
        try:
            if not (made.their_tag and response.get("contact")):
                raise NotThis(400)
            self.line.meet(read_offer(description_in(response)), self.desk.at[0])
        except (NoSoundAgreed, NotThis):
            self._dropped.add(made.their_tag)
            self._hang_up(made)
            self._over("its sound cannot be read")
            return
        self.state = "up"
        self._told("up")

    def _over(self, why: str) -> None:
        if self.state != "over":
            self.state = "over"
            self.line.close()
            self._told(why)

    def _take_back(self) -> None:
        self._dropped.add(self._branch)
        content = self._first.cancel(self._branch, self._here)
        self._asks.ask(content, self._branch, self.desk.at, lambda status: None)

    def _acknowledge(self, dialog: OwnDialog) -> None:
        self._asks.send(dialog.acknowledge(f"z9hG4bK{new_tag()}", self._here), self._way(dialog))

    def _hang_up(self, dialog: OwnDialog) -> None:
        branch = f"z9hG4bK{new_tag()}"
        self._asks.ask(dialog.ask("BYE", branch, self._here), branch, self._way(dialog), lambda status: None)

    def _way(self, dialog: OwnDialog) -> Address:
        """To the port that it names of itself, where that is at the address that was set; else to that."""
        found = _PORT.fullmatch(dialog.next_hop)
        if found and found[1].strip("[]") == self.desk.at[0]:
            port = int(found[2] or 5060)
            return self.desk.at[0], port if 0 < port < 65_536 else self.desk.at[1]
        return self.desk.at
