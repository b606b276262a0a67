"""What an INVITE says of a call: its description of the sound, the number, the kind of line. Pure.

Who calls is taken from what the proxy asserts (RFC 3325) before what the caller's telephone writes. A number is where a
call came from, never a safe number. A kind of line that nobody says is not known.
"""

import hashlib
import re
from datetime import datetime
from typing import NamedTuple

from holdfast.doors.telephone.sip_message import Message
from holdfast.doors.telephone.sip_message import address_in
from holdfast.doors.telephone.sip_message import parameter
from holdfast.doors.telephone.sip_message import tag_of

SCHEMES = ("sip:", "sips:", "tel:", "urn:service:sos")
_NUMBER = re.compile(r"\+?[0-9][0-9().-]{2,40}")
_NETWORKS = (("3gpp", "mobile"), ("ieee-802.11", "internet"), ("adsl", "landline"), ("vdsl", "landline"),
             ("docsis", "landline"), ("gpon", "landline"), ("ieee-802.3", "landline"))  # fmt: skip
_SAID = ("mobile", "landline", "internet", "payphone")


class NotThis(Exception):
    """The call cannot be answered as it is asked; `status` is SIP's."""

    def __init__(self, status: int, more: tuple[tuple[str, str], ...] = ()):
        self.status, self.more = status, more
        super().__init__(str(status))


class Invitation(NamedTuple):
    """A call that comes in."""

    document: str  # names this call, the same again for the same INVITE
    number: str
    line: str
    description: bytes  # SDP, empty where the other end leaves the offer to us


def read_invitation(request: Message, at: datetime) -> Invitation:
    """What it says, or NotThis."""
    if not request.uri.lower().startswith(SCHEMES):
        raise NotThis(416)
    if asked := request.all("require"):
        raise NotThis(420, tuple(("Unsupported", each) for each in asked))
    if not request.get("contact"):
        raise NotThis(400)
    return Invitation(_document(request, at), _number(request), _line(request), description_in(request))


def description_in(request: Message) -> bytes:
    """The SDP of a message, alone or as a part; empty where there is no body. NotThis for anything else."""
    if not request.body:
        return b""
    kind = request.get("content-type").lower()
    if request.get("content-encoding").lower() not in ("", "identity"):
        raise NotThis(415, (("Accept-Encoding", "identity"),))
    if kind.partition(";")[0].strip() == "application/sdp":
        return request.body
    if kind.startswith("multipart/"):
        edge = parameter(";" + request.get("content-type").partition(";")[2], "boundary").encode("latin-1", "replace")
        for part in request.body.split(b"--" + edge)[1:21] if edge else ():
            head, _, body = part.partition(b"\r\n\r\n")
            if re.search(rb"(?im)^content-type:[ \t]*application/sdp", head):
                return body.rstrip(b"\r\n") + b"\r\n"
    raise NotThis(415, (("Accept", "application/sdp, multipart/mixed"),))


def _document(request: Message, at: datetime) -> str:
    """A Call-ID used again on another day is another call: some senders begin to count anew."""
    call, tag, asked = request.get("call-id"), tag_of(request.get("from")), request.get("cseq")
    named = hashlib.sha256("\n".join([call, tag, asked, at.strftime("%Y-%m-%d")]).encode()).hexdigest()
    return f"sip/{named[:40]}"


def _number(request: Message) -> str:
    for said in (*request.all("p-asserted-identity"), request.get("from")):
        for each in said.split(","):
            scheme, _, rest = address_in(each).partition(":")
            if scheme.lower() not in ("sip", "sips", "tel"):
                continue
            user = rest.partition("@")[0].partition(";")[0].replace("%2B", "+")
            if _NUMBER.fullmatch(user):
                return re.sub(r"[().-]", "", user)
    return ""


def _line(request: Message) -> str:
    network = request.get("p-access-network-info").lower()
    for begins, line in _NETWORKS:
        if network.startswith(begins):
            return line
    user = request.uri.partition(":")[2].partition("@")[0].lower()
    return next((line for line in _SAID if line in re.split(r"[-_.;]", user)), "not_known")
