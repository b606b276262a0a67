"""SIP and SDP as bytes: what is sound is read, what is not has its status, and nothing raises anything else."""

import random
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from holdfast.doors.telephone.rtp import read_event
from holdfast.doors.telephone.rtp import read_packet
from holdfast.doors.telephone.sdp import NoSoundAgreed
from holdfast.doors.telephone.sdp import read_offer
from holdfast.doors.telephone.sdp import write_answer
from holdfast.doors.telephone.sip_message import BadMessage
from holdfast.doors.telephone.sip_message import read_message
from holdfast.doors.telephone.sip_message import tag_of
from holdfast.doors.telephone.sip_message import write_response

INVITE = (
    b"INVITE sip:mobile@answer SIP/2.0\r\nv: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1;rport\r\n"
    b'Via: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bK0\r\nf: "A; tag=no" <sip:a@b;tag=no>;tag=yes\r\nTo:\r\n <sip:c@d>\r\n'
    b"i: 1@b\r\nCSeq: 7 INVITE\r\nContact: <sip:a@10.0.0.1>\r\nl: 4\r\n\r\nbody and more"
)
OFFER = (
    b"v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\n"
    b"m=video 9 RTP/AVP 31\r\nm=audio 4000 RTP/AVP 111 8 0 101\r\na=rtpmap:111 opus/48000/2\r\n"
    b"a=rtpmap:101 telephone-event/8000\r\na=sendonly\r\n"
)


def test_an_invite_is_read_with_short_names_and_folded_lines() -> None:
    message = read_message(INVITE)
    assert message is not None
    assert (message.method, message.uri, message.cseq, message.body) == (
        "INVITE",
        "sip:mobile@answer",
        (7, "INVITE"),
        b"body",
    )
    assert (tag_of(message.get("from")), message.get("to")) == ("yes", "<sip:c@d>")
    answer = write_response(message, 200, to_tag="x").decode()
    assert answer.startswith("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1;rport\r\nVia: ")
    assert "To: <sip:c@d>;tag=x\r\n" in answer


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        (b"SIP/2.0\r\nv", b"SIP/3.0\r\nv", 505),
        (b"CSeq: 7 INVITE", b"CSeq: 7 BYE", 400),
        (b"CSeq: 7 INVITE", b"CSeq: 4294967296 INVITE", 400),
        (b"l: 4", b"l: 400", 400),
        (b"l: 4", b"l: -4", 400),
        (b"l: 4", b"l: 4\r\nl: 4", 400),
        (b"Contact: ", b"Cont\x00act: ", 400),
        (b"Contact: <", b"Contact: \x01<", 400),
        (b"Contact: ", b"A: " + b"x" * 9_000 + b"\r\nContact: ", 400),
        (b"Contact: ", b"A: b\r\n" * 200 + b"Contact: ", 400),
        (b"body and", b"x" * 40_000, 513),
    ],
)
def test_what_is_wrong_in_one_thing_has_its_status(before: bytes, after: bytes, status: int) -> None:
    assert before in INVITE
    with pytest.raises(BadMessage) as bad:
        read_message(INVITE.replace(before, after, 1))
    assert bad.value.status == status
    assert bad.value.message is not None


@pytest.mark.parametrize("left_out", [b"v: .*?\r\nVia: .*?\r\n", b"f: .*?\r\n", b"i: .*?\r\n", b"CSeq: .*?\r\n"])
def test_what_cannot_be_answered_is_not_answered(left_out: bytes) -> None:
    with pytest.raises(BadMessage) as bad:
        read_message(re.sub(left_out, b"", INVITE, count=1))
    assert bad.value.message is None


def test_the_empty_lines_that_keep_a_way_open_are_nothing() -> None:
    assert read_message(b"\r\n\r\n") is None
    assert read_message(b"\0\0\0\0") is None


@settings(max_examples=400, deadline=None)
@given(data=st.binary(max_size=600), seed=st.integers(0, 10**6))
def test_no_bytes_raise_anything_else(data: bytes, seed: int) -> None:
    for content in (data, spoilt(INVITE, seed), INVITE[: seed % len(INVITE)] + data):
        try:
            message = read_message(content)
        except BadMessage as bad:
            if bad.message:
                write_response(bad.message, bad.status, to_tag="t")
        else:
            if message and message.method:
                write_response(message, 200, to_tag="t")
    for content in (data, spoilt(OFFER, seed)):
        with suppress(NoSoundAgreed):
            write_answer(read_offer(content), "10.0.0.9", 4002, 1)
    packet = read_packet(data)
    assert packet is None or len(packet.content) <= len(data)
    read_event(data)


def test_the_first_line_of_sound_that_we_hear_is_taken_and_the_others_are_refused() -> None:
    offer = read_offer(OFFER)
    assert (offer.address, offer.port, offer.law, offer.sound, offer.keys) == ("10.0.0.1", 4000, "alaw", 8, 101)
    assert (offer.sends, offer.hears) == (True, False)
    answer = write_answer(offer, "10.0.0.9", 4002, 1).decode()
    assert "m=video 0 RTP/AVP 31\r\n" in answer
    assert "m=audio 4002 RTP/AVP 8 101\r\n" in answer
    assert "a=recvonly\r\n" in answer


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"RTP/AVP 111 8 0 101", b"RTP/AVP 111"),
        (b"m=audio 4000 RTP/AVP", b"m=audio 4000 RTP/SAVP"),
        (b"m=audio 4000", b"m=audio 0"),
        (b"m=audio 4000", b"m=audio 70000"),
        (b"c=IN IP4 10.0.0.1", b"c=IN IP4 example.org"),
        (b"c=IN IP4 10.0.0.1", b"c=IN IP4 224.0.0.1"),
        (b"c=IN IP4 10.0.0.1", b"c=IN IP4 999.0.0.1"),
        (b"v=0", b"v=1"),
        (b"m=video 9 RTP/AVP 31", b"m=video"),
        (b"a=sendonly", b"a=x\r\n" * 500),
    ],
)
def test_an_offer_with_nothing_that_we_hear_is_refused(before: bytes, after: bytes) -> None:
    with pytest.raises(NoSoundAgreed):
        read_offer(OFFER.replace(before, after, 1))


def spoilt(content: bytes, seed: int) -> bytes:
    """Some bytes changed, cut, doubled or moved."""
    chance, out = random.Random(seed), bytearray(content)  # noqa: S311 chance that can be had again
    for _ in range(chance.randint(1, 8)):
        at, what = chance.randrange(len(out) or 1), chance.randrange(4)
        if what == 0 and out:
            out[at] = chance.randrange(256)
        elif what == 1:
            del out[at : at + chance.randint(1, 40)]
        elif what == 2:
            out[at:at] = out[at : at + chance.randint(1, 60)] * chance.randint(1, 20)
        else:
            out[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 9)))
    return bytes(out)
