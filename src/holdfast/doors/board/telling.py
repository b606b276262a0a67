"""A row in words, once for everybody who may see it: as HTML for the page, and the same as an event of the stream.

What the words never do: call 55 a place or a promise, call a place certain that nobody confirmed, or leave out what was
not asked.
"""

import json
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string

from holdfast.casefile.codes import shown
from holdfast.casefile.packs import pack_called
from holdfast.casefile.refused import CannotKeep
from holdfast.doors.board.row import Alarm
from holdfast.doors.board.row import Row
from holdfast.doors.board.row import Sent
from holdfast.doors.board.row import Spot
from holdfast.doors.desk.transfers import LABELS as TOLD_OF
from holdfast.law.fault import PackRefused

LEVEL_WORDS = {
    "new": "New: nobody has taken it",
    "dispatcher": "Alarm for the dispatcher",
    "supervisor": "Alarm for the supervisor",
    "duty_officer": "Alarm for the duty officer",
}
# A sign of its own beside the words: told apart by shape, and not by colour alone.
LEVEL_SIGNS = {"new": "●", "dispatcher": "▲", "supervisor": "▲▲", "duty_officer": "▲▲▲"}
GRADE_WORDS = {
    "immediate": "Immediate",
    "priority": "Priority",
    "scheduled": "Scheduled",
    "by_telephone": "By telephone",
    "referred": "Referred",
    "no_attendance": "Nobody goes",
    "": "Not graded",
}
WAYS = {
    "voice": "Voice call",
    "silent": "Silent call",
    "text": "Text",
    "relay": "Relay",
    "sign_language_relay": "Sign language relay",
    "online": "Online report",
    "counter": "At the counter",
    "another_control_room": "From another control room",
    "": "Call",
}
SILENT = {
    "pressed_55": "Silent, 55 pressed. That is no place, and sends nobody by itself",
    "other_keys": "Silent, answered by keys",
    "tap_or_cough": "Silent, a tap or cough was heard",
    "noise_heard": "Silent, a noise was heard",
    "nothing": "Silent, nothing answered",
}
SILENT_OTHER = "Silent call"
HOW = {
    "said": "said by the caller",
    "subscriber_record": "where the line is registered",
    "device": "the telephone’s own position",
    "another_control_room": "told by another control room",
    "text": "from a text",
    "live_link": "from the live link",
    "earlier_history": "from earlier reports",
}
# Who was asked for at an appointment.
MEETS = {"woman": "an officer who is a woman", "man": "an officer who is a man"}
MARKS = {
    "weapons": ("Weapons", "✖"),
    "threat": ("Threat to kill", "!"),
    "children": ("Children", "◆"),
    "order": ("Order or bail condition", "§"),
    "interpreter": ("Interpreter", "⇄"),
    "hurt": ("Hurt", "+"),
    "ambulance": ("Ambulance needed", "+"),
    "strangled": ("Strangled", "!"),
    "suspect_there": ("The other person is there", "!"),
    "code_word": ("Code word agreed", "“"),
    "high_risk_before": ("High risk before", "!"),
    "repeat": ("Reported before", "↻"),
}
CALLERS = {
    "survivor": "the survivor rings", "child": "a child rings", "neighbour": "a neighbour rings",
    "friend_or_family": "a friend or relative rings", "professional": "a professional rings",
    "passer_by": "a passer-by rings", "suspect": "the other person rings",
}  # fmt: skip
REASONS = {
    "officers_attended": "officers attended",
    "appointment_made": "an appointment was made",
    "passed_to_another_force": "passed to another force",
    "dealt_with_by_telephone": "dealt with by telephone",
    "silent_call_resolved": "the silent call was resolved",
    "not_domestic_abuse": "not domestic abuse",
    "other": "closed, for another reason",
}


_SOMEBODY_GOES = ("", "immediate", "priority", "scheduled")


class Line(NamedTuple):
    """One time with its words."""

    words: str
    at: str  # the clock of the place
    iso: str


def row_in_words(row: Row) -> str:
    """The inside of one row of the board."""
    return render_to_string("board/row.html", context_of(row))


def context_of(row: Row) -> dict[str, object]:
    """What a row says, for every page that shows one."""
    zone = zone_of(row.pack)
    ringing = row.ringing
    grade = GRADE_WORDS.get(row.grade, row.grade)
    return {
        "row": row,
        "code": row.code,
        "code_shown": shown(row.code),
        "ringing": ringing,
        "alarms": [alarm_in_words(alarm, zone) for alarm in row.alarms],
        "grade": grade,
        "due": line("", row.due, zone),
        "there": line("Officers there since", row.there, zone),
        "left": line("Officers were there, and left at", row.left, zone),
        "since": line(WAYS.get(row.way, WAYS[""]), row.since, zone),
        "caller": CALLERS.get(row.caller, ""),
        "silent": SILENT.get(row.silent, SILENT_OTHER) if row.silent else "",
        "spots": [spot_in_words(spot, zone) for spot in row.spots],
        "sent": [sent_in_words(each, zone, row.left) for each in row.sent],
        "nobody_sent": row.there is None and row.left is None and not row.on_the_way and row.grade in _SOMEBODY_GOES,
        "marks": [(mark, *MARKS[mark.name]) for mark in row.marks],
        "yes": [(*MARKS[mark.name], mark.more) for mark in row.marks if mark.state == "yes"],
        "unknown": [MARKS[mark.name][0] for mark in row.marks if mark.state == "not_known"],
        "no": [MARKS[mark.name][0] for mark in row.marks if mark.state == "no"],
        "not_arrived": [(who, [TOLD_OF.get(one, one) for one in dangers]) for who, dangers in row.not_arrived],
        "cut_off": line("The line was lost", row.cut_off, zone),
        "call_taker": line("A call taker’s telephone is connected with them since", row.call_taker, zone),
        "no_call_taker": line("Their line is open and no call taker is connected, since", row.no_call_taker, zone),
        "call_back": line("Promised to ring back by", row.call_back, zone),
        "meeting_officer": MEETS.get(row.meeting_officer, ""),
        "meeting": line("Appointment", row.meeting, zone, day=True),
    }  # fmt: skip


def zone_of(pack: str) -> ZoneInfo:
    """The clock of the place; where its pack cannot be had, the installation's own. A call is shown all the same."""
    for name in (pack, settings.HOLDFAST_PLACE):
        with suppress(CannotKeep, PackRefused):
            return ZoneInfo(pack_called(name).timezone)
    return ZoneInfo("UTC")


def frame_of(row: Row, html: str) -> bytes:
    """The row as an event; its number goes before it."""
    said = {
        "code": row.code,
        "sort": row.sort_key,
        "ring": row.ringing,
        "html": html,
        "grade": GRADE_WORDS.get(row.grade),
    }
    return b"event: row\ndata: " + json.dumps(said, separators=(",", ":")).encode() + b"\n\n"


def line(words: str, at: datetime | None, zone: ZoneInfo, *, day: bool = False) -> Line | None:
    """A time with what it is of, or None."""
    if at is None:
        return None
    local = at.astimezone(zone)
    return Line(words, f"{local:%a %d %b, %H:%M}" if day else f"{local:%H:%M:%S}", at.isoformat())


def alarm_in_words(alarm: Alarm, zone: ZoneInfo) -> dict[str, object]:
    """An alarm: its sign, who is rung, what for, since when."""
    return {
        "level": alarm.level,
        "sign": LEVEL_SIGNS[alarm.level],
        "words": LEVEL_WORDS[alarm.level],
        "what": alarm.words,
        "since": line("since", alarm.since, zone),
        "answered": line("answered", alarm.answered, zone),
        "number": alarm.number,
    }


def spot_in_words(spot: Spot, zone: ZoneInfo) -> dict[str, object]:
    """A place and how sure of it anybody is. A figure is what was claimed, never what we know."""
    return {
        "place": spot.place,
        "point": f"{spot.latitude:.5f}, {spot.longitude:.5f}" if spot.has_point else "",
        "how": HOW.get(spot.how, "found, and not said how"),
        "sure": how_sure(spot),
        "confirmed": spot.confirmed == "yes",
        "at": line("", spot.at, zone),
    }


def how_sure(spot: Spot) -> str:
    """In words how sure a place is."""
    if spot.confirmed == "yes":
        said = "confirmed with the caller"
    elif spot.confirmed == "no":
        said = "NOT confirmed: the caller was asked"
    else:
        said = "not confirmed with the caller"
    if spot.has_point:
        within = (
            "nobody said how near" if spot.uncertainty is None else f"claimed to be within {distance(spot.uncertainty)}"
        )
        said = f"{within}, {said}"
    return said


def distance(metres: float) -> str:
    """A distance as it is read at a glance.

    >>> distance(12.4), distance(1840), distance(23_000)
    ('12 m', '1.8 km', '23 km')
    """
    if metres < 1000:
        return f"{metres:.0f} m"
    return f"{metres / 1000:.1f} km" if metres < 10_000 else f"{metres / 1000:.0f} km"


def sent_in_words(sent: Sent, zone: ZoneInfo, left: datetime | None = None) -> dict[str, object]:
    """A unit and what became of it; `left` is when all who were there had gone."""
    if sent.arrived is not None and left is not None and sent.arrived <= left:
        return {"unit": sent.unit, "state": "left", "line": line("was there from", sent.arrived, zone)}
    if sent.arrived is not None:
        return {"unit": sent.unit, "state": "there", "line": line("there since", sent.arrived, zone)}
    if sent.diverted is not None:
        return {"unit": sent.unit, "state": "diverted", "line": line("sent elsewhere at", sent.diverted, zone)}
    return {"unit": sent.unit, "state": "on-the-way", "line": line("on the way, sent at", sent.at, zone)}
