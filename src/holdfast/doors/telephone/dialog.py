"""One dialog of SIP (RFC 3261, section 12): who the two ends are, and the requests of our own inside it. Pure."""

from collections.abc import Iterable

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

    def _headers(self, method: str, branch: str, here: str) -> Iterable[tuple[str, str]]:
        yield "Via", f"SIP/2.0/UDP {here};branch={branch};rport"
        yield "Max-Forwards", "70"
        yield from (("Route", each) for each in self._routes)
        yield "From", self._from
        yield "To", self._to
        yield "Call-ID", self.call_id
        yield "CSeq", f"{self._ours} {method}"
        yield "Contact", self.contact


def key_of(request: Message) -> Key:
    """The dialog that a request inside one belongs to."""
    return request.get("call-id"), tag_of(request.get("to")), tag_of(request.get("from"))
