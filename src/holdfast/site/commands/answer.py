"""Answers silent calls by SIP: plays the place's prompt, hears keys, taps and coughs, records, and ends no call.

With --desk it rings the control room's telephones for each call that goes to a person, and puts the two together.
A process of its own beside `holdfast serve`, behind the SIP proxy of the control room (docs/how-to/answer-calls.md).
Asked to stop (SIGTERM) it takes no new call and goes on until the last caller has gone; asked twice it ends at once.
"""

import argparse
import ipaddress
import re
import sys
from typing import TYPE_CHECKING

from holdfast.site.commands.refusing import NotDone
from holdfast.site.operator import operator_may
from holdfast.site.start import faults_at_start
from holdfast.site.start import refuse_any
from holdfast.site.start import start

if TYPE_CHECKING:
    from holdfast.doors.telephone.leg import Desk
    from holdfast.doors.telephone.point import Settings

MOST = 200


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, to whom, and under which law."""
    parser.add_argument("--sip", default="127.0.0.1:5060", help="the address and port of the signalling")
    parser.add_argument("--pack", default="", help="the pack whose law runs the cases (HOLDFAST_PLACE)")
    parser.add_argument("--force", default="", help="the police force, as the pack names it")
    parser.add_argument("--area", default="", help="the area of the force, as the pack names it")
    parser.add_argument("--demo", action="store_true", help="beside `holdfast demo`, for calls from this machine only")
    whose = "whose signalling is heard, as 10.1.2.0/28; may be said again (this machine only)"
    parser.add_argument("--from", dest="heard", action="append", default=[], metavar="NETWORK", help=whose)
    parser.add_argument("--most", type=int, default=50, help="how many calls are answered at once (50)")
    desk = "the control room's telephones, rung for each call that goes to a person, as sip:call-takers@10.0.0.5:5060"
    parser.add_argument("--desk", default="", metavar="SIP", help=desk)
    ports = "ports of the sound (any that is free)"
    parser.add_argument("--sound-ports", default="", metavar="FIRST-LAST", help=ports)


def run(asked: argparse.Namespace) -> int:
    """Checks, then answers until it is stopped."""
    if asked.demo and not ipaddress.ip_address(_address(asked.sip)[0]).is_loopback:
        raise NotDone(["--demo answers at this machine's own address only, as 127.0.0.1:5060: its calls are invented."])
    start(demo=asked.demo)
    refuse_any(faults_at_start())
    operator_may("serve")
    return answer(settings_of(asked))


def settings_of(asked: argparse.Namespace) -> "Settings":
    """What was asked for, or NotDone."""
    from django.conf import settings

    from holdfast.doors.telephone.point import Settings

    host, port = _address(asked.sip)
    heard = tuple(_network(each) for each in asked.heard)
    if not heard:
        if not ipaddress.ip_address(host).is_loopback:
            raise NotDone(["Say whose signalling is heard: --from with the address of your proxy. Nobody else is."])
        heard = (_network(host),)
    if not 1 <= asked.most <= MOST:
        raise NotDone([f"--most has to be a number from 1 to {MOST}."])
    desk = _desk(asked.desk, host, port) if asked.desk else None
    first, last = _ports(asked.sound_ports, asked.most * (2 if desk else 1))
    pack = asked.pack or settings.HOLDFAST_PLACE
    return Settings(host, port, pack, asked.force, asked.area, asked.most, heard, first, last, desk)


def answer(settings: "Settings") -> int:
    """Answers until it is stopped."""
    import asyncio

    from holdfast.doors.telephone.running import run_point

    try:
        return asyncio.run(run_point(settings, lambda said: print(said, file=sys.stderr, flush=True)))
    except OSError as fault:
        raise NotDone([f"Nothing can be answered at this address: {fault.strerror}."]) from fault


def _address(text: str) -> tuple[str, int]:
    found = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([0-9.]+)):(\d{1,5})", text)
    try:
        if found and 1 <= int(found[3]) <= 65_535:
            known = ipaddress.ip_address(found[1] or found[2])
            if not known.is_unspecified:  # it stands in what we tell the other end
                return str(known), int(found[3])
    except ValueError:
        pass
    raise NotDone(["--sip has to be an address of this machine and a port, as 10.1.2.3:5060 or [fd00::1]:5060."])


def _desk(text: str, host: str, port: int) -> "Desk":
    """The control room's telephones: an address in figures, of the family of ours, and not our own."""
    from holdfast.doors.telephone.leg import Desk

    found = re.fullmatch(r"(sip:(?:[A-Za-z0-9.!*_+~-]{1,60}@)?)(\[[0-9A-Fa-f:.]+\]|[0-9.]+)(?::(\d{1,5}))?", text)
    try:
        if found and 1 <= int(found[3] or 5060) <= 65_535:
            known, number = ipaddress.ip_address(found[2].strip("[]")), int(found[3] or 5060)
            same_family = known.version == ipaddress.ip_address(host).version
            if same_family and not known.is_unspecified and (str(known), number) != (host, port):
                return Desk(text, (str(known), number))
    except ValueError:
        pass
    what = "--desk has to be the address of the control room's telephones in figures, of the kind that --sip has"
    raise NotDone([f"{what}, and not --sip itself: sip:call-takers@10.0.0.5:5060 or sip:[fd00::5]:5060."])


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ipaddress.ip_network(text)
    except ValueError as fault:
        raise NotDone(["--from has to be an address or a network, as 10.1.2.3 or 10.1.2.0/28."]) from fault


def _ports(text: str, most: int) -> tuple[int, int]:
    if not text:
        return 0, 0
    found = re.fullmatch(r"(\d{4,5})-(\d{4,5})", text)
    if not found or not 1024 <= int(found[1]) <= int(found[2]) - 2 * most + 1 or int(found[2]) > 65_535:
        raise NotDone([f"--sound-ports has to hold two ports for each of {most} lines of sound, as 20000-20199."])
    return int(found[1]) + int(found[1]) % 2, int(found[2])
