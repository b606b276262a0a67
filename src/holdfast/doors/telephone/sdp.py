"""What a caller's end offers to hear and to send (SDP, RFC 4566 and 3264), and our answer: sound as G.711 and keys.

Pure. An offer that holds nothing we can hear is `NoSoundAgreed`: the proxy before us has to translate.
"""

import ipaddress
import re
from typing import NamedTuple

MOST_LINES = 400
MOST_MEDIA = 16
_LAWS = {"PCMU": "ulaw", "PCMA": "alaw"}
_STATIC = {0: ("PCMU", 8000), 8: ("PCMA", 8000)}
_PROFILES = ("RTP/AVP", "RTP/AVPF")
_MEDIA = re.compile(r"[a-z]{1,20} \d{1,5}(?:/\d{1,5})? \S{1,40}( \S{1,40}){1,60}")
OWN_KEYS = 101  # the payload type of keys where we are the one who offers


class NoSoundAgreed(Exception):
    """No sound that we can hear, or no description at all."""


class Offer(NamedTuple):
    """The far end of the sound. `place` is the number of its line among the media."""

    address: str
    port: int
    law: str  # ulaw or alaw
    sound: int  # payload type
    keys: int | None  # payload type of RFC 4733, where it was offered
    sends: bool
    hears: bool
    place: int
    profile: str
    media: tuple[str, ...]  # every m= line, so that each is answered


def read_offer(body: bytes) -> Offer:
    """The first line of sound that we can hear, or NoSoundAgreed."""
    text = body.decode("utf-8", "replace").replace("\r\n", "\n")
    lines = [line for line in text.split("\n") if line][: MOST_LINES + 1]
    if not lines or lines[0] != "v=0" or len(lines) > MOST_LINES:
        raise NoSoundAgreed
    starts = [number for number, line in enumerate(lines) if line.startswith("m=")]
    if not 1 <= len(starts) <= MOST_MEDIA:
        raise NoSoundAgreed
    shared = lines[: starts[0]]
    media = tuple(lines[start][2:] for start in starts)
    if not all(_MEDIA.fullmatch(line) for line in media):
        raise NoSoundAgreed
    for place, start in enumerate(starts):
        until = starts[place + 1] if place + 1 < len(starts) else len(lines)
        found = _line(shared, lines[start:until], place, media)
        if found:
            return found
    raise NoSoundAgreed


def write_answer(offer: Offer | None, address: str, port: int, session: int, version: int = 1) -> bytes:
    """Our description: the answer to an offer, or our own offer where the caller's end made none."""
    family = "IP6" if ":" in address else "IP4"
    lines = ["v=0", f"o=- {session} {version} IN {family} {address}", "s=-", f"c=IN {family} {address}", "t=0 0"]
    if offer is None:
        lines += [f"m=audio {port} RTP/AVP 8 0 {OWN_KEYS}", "a=rtpmap:8 PCMA/8000", "a=rtpmap:0 PCMU/8000"]
        lines += [f"a=rtpmap:{OWN_KEYS} telephone-event/8000", f"a=fmtp:{OWN_KEYS} 0-15", "a=ptime:20", "a=sendrecv"]
        return _ended(lines)
    for place, line in enumerate(offer.media):
        kind, _, profile, *payloads = line.split()
        if place != offer.place:
            lines.append(f"m={kind} 0 {profile} {payloads[0]}")
            continue
        keys = () if offer.keys is None else (offer.keys,)
        name = next(name for name, law in _LAWS.items() if law == offer.law)
        lines += [f"m=audio {port} {profile} {' '.join(map(str, (offer.sound, *keys)))}"]
        lines += [f"a=rtpmap:{offer.sound} {name}/8000"]
        lines += [line for key in keys for line in (f"a=rtpmap:{key} telephone-event/8000", f"a=fmtp:{key} 0-15")]
        way = {(True, True): "sendrecv", (True, False): "recvonly", (False, True): "sendonly"}
        lines += ["a=ptime:20", f"a={way.get((offer.sends, offer.hears), 'inactive')}"]
    return _ended(lines)


def _line(shared: list[str], mine: list[str], place: int, media: tuple[str, ...]) -> Offer | None:
    said = re.fullmatch(r"audio (\d{1,5})(?:/\d+)? (\S{1,40}) ([0-9 ]{1,400})", mine[0][2:])
    if not said or said[2].upper() not in _PROFILES or not 0 < int(said[1]) < 65_536:
        return None
    address = _address(mine) or _address(shared)
    if not address:
        return None
    named = dict(_STATIC)
    for line in mine:
        found = re.fullmatch(r"a=rtpmap:(\d{1,3}) ([A-Za-z0-9.-]{1,40})/(\d{1,6})(?:/1)?", line.strip())
        if found:
            named[int(found[1])] = (found[2].upper(), int(found[3]))
    payloads = [int(each) for each in said[3].split() if len(each) <= 3]
    sound = next((each for each in payloads if named.get(each, ("", 0)) in (("PCMU", 8000), ("PCMA", 8000))), None)
    if sound is None:
        return None
    keys = next((each for each in payloads if named.get(each) == ("TELEPHONE-EVENT", 8000)), None)
    sends, hears = _ways(shared, mine)
    law = _LAWS[named[sound][0]]
    hears = hears and not ipaddress.ip_address(address).is_unspecified  # an old way to say: wait
    return Offer(address, int(said[1]), law, sound, keys, sends, hears, place, said[2], media)


def _address(lines: list[str]) -> str:
    """An address as figures. A name is not looked up: what stands there comes from a stranger."""
    for line in lines:
        found = re.fullmatch(r"c=IN IP[46] ([0-9A-Fa-f.:]{2,45})(?:/\d+)*\s*", line)
        if found:
            try:
                known = ipaddress.ip_address(found[1])
            except ValueError:
                return ""
            return "" if known.is_multicast else str(known)
    return ""


def _ways(shared: list[str], mine: list[str]) -> tuple[bool, bool]:
    """Whether the far end sends, and whether it hears."""
    for lines in (mine, shared):
        for line in lines:
            if line.strip() in ("a=sendrecv", "a=sendonly", "a=recvonly", "a=inactive"):
                way = line.strip()[2:]
                return way in ("sendrecv", "sendonly"), way in ("sendrecv", "recvonly")
    return True, True


def _ended(lines: list[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()
