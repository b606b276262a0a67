"""One dialog of SIP (RFC 3261, section 12): who the two ends are, and the requests of our own inside it. Pure."""

import copy
from collections.abc import Iterable
from typing import Self

from holdfast.doors.telephone.sip_message import Message
from holdfast.doors.telephone.sip_message import address_in
from holdfast.doors.telephone.sip_message import tag_of
from holdfast.doors.telephone.sip_message import write_request

Key = tuple[str, str, str]  # Call-ID, our tag, their tag


class Dialog:
    """From the INVITE that began it."""

    def __init__(self, invite: Message, our_tag: str, contact: str):
        self.call_id, self.our_tag, self.their_tag = invite.get("call-id"), our_tag, tag_of(invite.get("from"))
        self.contact = contact
        self.theirs = invite.cseq[0]  # the number of their newest request
        self._ours = 0
        self._from, self._to = f"{invite.get('to')};tag={our_tag}", invite.get("from")
        self._routes = tuple(each.strip() for line in invite.all("record-route") for each in line.split(","))
        self._target = address_in(invite.get("contact"))

    @property
    def key(self) -> Key:
        """As a request of theirs names it."""
        return self.call_id, self.our_tag, self.their_tag

    def names(self, call_id: str, tag: str) -> bool:
        """Whether this is how we name ourselves in it: an INVITE of ours that has come back."""
        return (call_id, tag) == (self.call_id, self.our_tag)

    @property
    def recorded_routes(self) -> list[tuple[str, str]]:
        """What an answer that makes a dialog repeats."""
        return [("Record-Route", each) for each in self._routes]

    def refreshed(self, request: Message) -> bool:
        """Takes note of a request inside the dialog; False where it is older than one before."""
        number = request.cseq[0]
        if number < self.theirs:
            return False
        self.theirs = number
        if request.method in ("INVITE", "UPDATE") and (contact := request.get("contact")):
            self._target = address_in(contact)
        return True

    def ask(self, method: str, branch: str, here: str) -> bytes:
        """A request of ours. It goes to where their last request came from: the proxy that we stand behind."""
        self._ours += 1
        return write_request(method, self._target, self._headers(method, branch, here))

    def _headers(self, method: str, branch: str, here: str, number: int = 0) -> Iterable[tuple[str, str]]:
        yield "Via", f"SIP/2.0/UDP {here};branch={branch};rport"
        yield "Max-Forwards", "70"
        yield from (("Route", each) for each in self._routes)
        yield "From", self._from
        yield "To", self._to
        yield "Call-ID", self.call_id
        yield "CSeq", f"{number or self._ours} {method}"
        yield "Contact", self.contact


class OwnDialog(Dialog):
    """From an INVITE of our own. `who` rings, by an address; it is a dialog once an answer was `met`."""

    def __init__(self, target: str, who: str, contact: str, call_id: str, our_tag: str):
        self.call_id, self.our_tag, self.their_tag = call_id, our_tag, ""
        self.contact, self.theirs, self._ours = contact, -1, 0
        self._from, self._to = f"<{who}>;tag={our_tag}", f"<{target}>"
        self._routes: tuple[str, ...] = ()
        self._target = target

    def invite(self, branch: str, here: str, more: Iterable[tuple[str, str]], body: bytes) -> bytes:
        """The INVITE, with our description of the sound."""
        self._ours = 1
        headers = (*self._headers("INVITE", branch, here), *more, ("Content-Type", "application/sdp"))
        return write_request("INVITE", self._target, headers, body)

    def cancel(self, branch: str, here: str) -> bytes:
        """Takes the INVITE of a branch back."""
        return write_request("CANCEL", self._target, self._headers("CANCEL", branch, here, 1))

    def met(self, response: Message) -> Self:
        """The dialog that an answer makes. Several may answer one INVITE, where it was sent on to several."""
        made = copy.copy(self)
        made.becomes(response)
        return made

    def becomes(self, response: Message) -> None:
        """Takes from an answer who the other end is, and the way to it."""
        self.their_tag, self._to = tag_of(response.get("to")), response.get("to")
        routes = [each.strip() for line in response.all("record-route") for each in line.split(",")]
        self._routes = tuple(reversed(routes))
        if contact := response.get("contact"):
            self._target = address_in(contact)

    def acknowledge(self, branch: str, here: str) -> bytes:
        """The ACK of a 200."""
        return write_request("ACK", self._target, self._headers("ACK", branch, here, 1))

    @property
    def next_hop(self) -> str:
        """The address to which a request inside it goes."""
        return address_in(self._routes[0]) if self._routes else self._target


def key_of(request: Message) -> Key:
    """The dialog that a request inside one belongs to."""
    return request.get("call-id"), tag_of(request.get("to")), tag_of(request.get("from"))
