"""A call's entries folded into its row. Pure: the same entries give the same row in whatever order they were recorded.

- A call is open from its coming until a CallClosed that happened at or after it. A later call opens it again.
- An alarm rings while what it rang for is owed and nobody answered since. Who was merely shown it has not answered.
- A call that a machine took in rings until a person has recorded anything in the case: somebody has it then.
- 55 says that somebody wants the police. It is never shown as where they are, nor as a promise that somebody comes.
"""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple

from holdfast.casefile.calls import BEGINS
from holdfast.casefile.calls import ENDS
from holdfast.doors.board.row import LEVELS
from holdfast.doors.board.row import Alarm
from holdfast.doors.board.row import Mark
from holdfast.doors.board.row import Row
from holdfast.doors.board.row import Sent
from holdfast.doors.board.row import Spot
from holdfast.record.entry import STAFF_ROLES
from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.facts import facts_of

Key = tuple[str, int, int]  # duty, started_by, instance
QUIET_WAYS = ("online", "counter")  # nobody waits on a line
MOST_SPOTS = 4
# What a person records about looking at a case, and not about the call.
_NOT_TAKING = frozenset({"FileOpenedInEmergency", "StaffConnectionFound", "LiveWatched"})


class Standing(NamedTuple):
    """A case's plain columns, as the row repeats them, and what is owed in it now."""

    code: str
    pack: str
    force: str = ""
    area: str = ""
    owed: Collection[Key] = ()
    words: Callable[[str, datetime], str] = lambda _duty, _at: ""


def in_time(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that count, in the order in which they happened; what was recorded twice over counts once."""
    kept: list[Entry] = []
    same: dict[tuple[str, datetime], list[Entry]] = {}
    other_name: dict[int, int] = {}  # of one that is left out: the one that says the same
    for entry in sorted(effective(list(entries)), key=lambda entry: (entry.happened_at, entry.number)):
        alike = same.setdefault((entry.kind, entry.happened_at), [])
        about = tuple(sorted({other_name.get(number, number) for number in entry.about}))
        before = next((each for each in alike if (each.fields, each.about) == (entry.fields, about)), None)
        if before is not None:
            other_name[entry.number] = before.number
            continue
        alike.append(entry._replace(about=about))
        kept.append(alike[-1])
    return kept


def is_open(entries: Sequence[Entry]) -> bool:
    """Whether a call is open, by entries in the order in which they happened."""
    begun = max((entry.happened_at for entry in entries if entry.kind in BEGINS), default=None)
    closed = max((entry.happened_at for entry in entries if entry.kind == ENDS), default=None)
    return begun is not None and (closed is None or closed < begun)


def fold(recorded: Iterable[Entry], standing: Standing) -> Row | None:
    """The row of a call, or None where none is open."""
    entries = in_time(recorded)
    if not is_open(entries):
        return None
    calls = [entry for entry in entries if entry.kind in BEGINS]
    # What was said of an earlier call that was closed is history, and may be long out of date.
    ended = max((entry.happened_at for entry in entries if entry.kind == ENDS), default=None)
    now = entries if ended is None else [entry for entry in entries if entry.happened_at > ended]
    facts, people = facts_of(entries)
    row = Row(
        code=standing.code,
        pack=standing.pack,
        force=standing.force,
        area=standing.area,
        since=calls[-1].happened_at,
        way=next((entry.fields.route for entry in reversed(now) if entry.kind == "CallReceived"), ""),
        caller=next((entry.fields.caller for entry in reversed(now) if entry.kind == "CallReceived"), "not_known"),
        spots=_spots(now),
        sent=_sent(now),
        marks=_marks(entries, {**people, **facts}, calls),
        calls=len(calls),
        alarms=_loudest_first((*_new(now), *_alarms(entries, standing))),
        silent=_silent(now),
    )
    for entry in now:
        rule = _RULES.get(entry.kind)
        if rule is not None:
            row = row._replace(**rule(row, entry))
    return row._replace(
        handed_to=_handed(now),
        not_arrived=_not_arrived(now),
        call_back=_promised(now, "CallBackPromised", "by_when", ("CallBackMade",)),
        **_meeting(now),
    )


# --- what one entry changes --------------------------------------------------------------------------------------


def _graded(row: Row, entry: Entry) -> dict[str, Any]:
    minutes = entry.fields.attend_within
    due = None if minutes is None else entry.happened_at + timedelta(minutes=minutes)
    return {"grade": entry.fields.grade, "graded_at": entry.happened_at, "due": due, "left": None}


def _second_call(row: Row, entry: Entry) -> dict[str, Any]:
    found = {"there": None, "left": None, "cut_off": None}
    if entry.fields.new_place:
        found |= {"second_place": entry.fields.new_place, "second_confidential": entry.fields.place_confidential}
    return found


_RULES: dict[str, Callable[[Row, Entry], dict[str, Any]]] = {
    "CallGraded": _graded,
    "CallRegraded": _graded,
    "CallReceived": lambda row, entry: {"there": None, "left": None, "cut_off": None},
    "SecondCallMade": _second_call,
    "CallTransferredIn": lambda row, entry: {"came_from": entry.fields.from_whom},
    "UnitArrived": lambda row, entry: {"there": row.there or entry.happened_at, "left": None},
    "OfficersLeft": lambda row, entry: {"there": None, "left": entry.happened_at},
    "CallCutOff": lambda row, entry: {"cut_off": entry.happened_at, "call_taker": None, "no_call_taker": None},
    "CallTakerConnected": lambda row, entry: {"call_taker": entry.happened_at, "no_call_taker": None},
    "CallTakerDisconnected": lambda row, entry: {
        "call_taker": None,
        "no_call_taker": None if row.cut_off else entry.happened_at,
    },
    "CallBackMade": lambda row, entry: {"cut_off": None} if entry.fields.reached == "yes" else {},
}


# --- what several say together -----------------------------------------------------------------------------------


def _silent(entries: Sequence[Entry]) -> str:
    answered = [entry.fields.answered_by for entry in entries if entry.kind == "SilentCallHandled"]
    if answered:
        said: list[str] = [each for each in answered if each not in ("nothing", "not_asked", "not_known", "declined")]
        return said[-1] if said else str(answered[-1])
    silent = any(
        entry.kind == "CallReceived" and (entry.fields.route == "silent" or entry.fields.silent == "yes")
        for entry in entries
    )
    return "not_known" if silent else ""


def _spots(entries: Sequence[Entry]) -> tuple[Spot, ...]:
    """The newest of each way in which a place was found: first what was confirmed with the caller, then the newest."""
    newest: dict[str, Spot] = {}
    for entry in entries:
        if entry.kind == "LocationFound":
            said = entry.fields
            newest[said.how] = Spot(
                said.how, entry.happened_at, said.place, said.latitude, said.longitude, said.uncertainty, said.confirmed
            )
    found = sorted(newest.values(), key=lambda spot: (spot.confirmed == "yes", spot.at), reverse=True)
    return tuple(found[:MOST_SPOTS])


def _sent(entries: Sequence[Entry]) -> tuple[Sent, ...]:
    """Who was sent since the call came, each with what became of it. Who arrived unsent is named too."""
    sent = {entry.number: Sent(entry.fields.unit, entry.happened_at) for entry in entries if entry.kind == "UnitSent"}
    for entry in entries:
        if entry.kind == "UnitDiverted":
            for number in entry.about:
                if number in sent:
                    sent[number] = sent[number]._replace(diverted=entry.happened_at)
    for entry in entries:
        if entry.kind != "UnitArrived":
            continue
        theirs = [number for number, each in sent.items() if entry.fields.unit in ("", each.unit)]
        for number in theirs:
            if sent[number].arrived is None and sent[number].at <= entry.happened_at:
                sent[number] = sent[number]._replace(arrived=entry.happened_at, diverted=None)
        if not theirs:
            sent[-entry.number] = Sent(entry.fields.unit, entry.happened_at, arrived=entry.happened_at)
    return tuple(sent.values())


def _handed(entries: Sequence[Entry]) -> str:
    open_still: dict[int, str] = {}
    for entry in entries:
        if entry.kind == "CallTransferredOut":
            open_still[entry.number] = entry.fields.to_whom
    for entry in entries:
        if entry.kind == "TransferAccepted":
            for number in entry.about:
                open_still.pop(number, None)
    return next(iter(open_still.values()), "")


def _not_arrived(entries: Sequence[Entry]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Who does not have which dangers that they were told of, and has not read them back since."""
    to_whom = {entry.number: entry.fields.to_whom for entry in entries if entry.kind == "HandoverDocumentMade"}
    has_it = {
        number
        for entry in entries
        if entry.kind == "TransferLossAnswered" and entry.fields.they_have_it == "yes"
        for number in entry.about
    }
    lost = [entry for entry in entries if entry.kind == "TransferLossFound" and entry.number not in has_it]
    return tuple((to_whom.get(next(iter(entry.about), 0), ""), entry.fields.dangers) for entry in lost)


def _promised(entries: Sequence[Entry], kind: str, when: str, ends: tuple[str, ...]) -> datetime | None:
    """The soonest of what was promised and not kept yet."""
    promised: dict[int, datetime] = {
        entry.number: getattr(entry.fields, when) for entry in entries if entry.kind == kind
    }
    for entry in entries:
        if entry.kind in ends:
            for number in entry.about:
                promised.pop(number, None)
    return min(promised.values(), default=None)


def _meeting(entries: Sequence[Entry]) -> dict[str, Any]:
    """The soonest appointment that was neither kept nor missed: when, where, and with whom."""
    ended = {n for entry in entries if entry.kind in ("AppointmentKept", "AppointmentMissed") for n in entry.about}
    left = [entry for entry in entries if entry.kind == "AppointmentMade" and entry.number not in ended]
    if not left:
        return {}
    said = min(left, key=lambda entry: entry.fields.at).fields
    return {"meeting": said.at, "meeting_where": said.where, "meeting_officer": said.officer_gender}


def _new(entries: Sequence[Entry]) -> tuple[Alarm, ...]:
    """A call that a machine took in and that no person has touched."""
    last = [entry for entry in entries if entry.kind in BEGINS][-1]
    quiet = last.kind == "CallReceived" and last.fields.route in QUIET_WAYS
    if last.by.role in STAFF_ROLES or quiet:
        return ()
    for entry in entries:
        if entry.by.role in STAFF_ROLES and entry.kind not in _NOT_TAKING and entry.happened_at >= last.happened_at:
            return ()
    return (Alarm("new", "", last.happened_at, last.number),)


def _alarms(entries: Sequence[Entry], standing: Standing) -> tuple[Alarm, ...]:
    """What was rung for and is still owed."""
    rung: dict[Key, list[Entry]] = {}
    key_of: dict[int, Key] = {}
    for entry in entries:
        if entry.kind == "AlarmRung":
            key = (str(entry.fields.duty), entry.fields.started_by, entry.fields.instance)
            rung.setdefault(key, []).append(entry)
            key_of[entry.number] = key
    answered: dict[Key, datetime] = {}
    named: set[int] = set()  # an answer quiets what it names, though the clock that rang may have been ahead of it
    for entry in entries:
        if entry.kind == "AlarmAnswered":
            named.update(entry.about)
            for number in entry.about:
                if number in key_of:
                    answered[key_of[number]] = max(entry.happened_at, answered.get(key_of[number], entry.happened_at))
    found = []
    for key, rings in rung.items():
        if key not in standing.owed:
            continue
        open_still = [
            entry
            for entry in rings
            if entry.number not in named and (key not in answered or entry.happened_at > answered[key])
        ]
        loudest = max(open_still or rings, key=lambda entry: (LEVELS.index(_level(entry)), entry.number))
        found.append(
            Alarm(
                _level(loudest),
                key[0],
                rings[0].happened_at,
                loudest.number,
                standing.words(key[0], rings[0].happened_at),
                None if open_still else answered[key],
            )
        )
    return tuple(found)


def _loudest_first(alarms: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """What rings before what was answered."""
    return tuple(
        sorted(
            alarms, key=lambda alarm: (alarm.answered is not None, -LEVELS.index(alarm.level), alarm.since, alarm.duty)
        )
    )


def _level(entry: Entry) -> str:
    """A level that this version does not know rings as loud as any."""
    return entry.fields.level if entry.fields.level in LEVELS else LEVELS[-1]


def _marks(entries: Sequence[Entry], facts: dict[str, str], calls: Sequence[Entry]) -> tuple[Mark, ...]:
    """Every warning that is asked for, whatever was answered, and those others that are so."""
    asked = [entry.fields for entry in entries if entry.kind == "CallQuestionsAnswered"]
    weapons = _together([each.weapons_used for each in asked], [each.weapons_in_home for each in asked])
    heard = [entry.fields.threat_to_kill for entry in entries if entry.kind == "WordsHeard"]
    threats = [each.threat_to_kill for each in asked] + [value for value in heard if value == "yes"]
    language = next((each.language for each in reversed(asked) if each.language), "")
    marks = [
        Mark("weapons", "yes" if facts.get("suspect.firearms") == "yes" else weapons),
        Mark("threat", _together(threats)),
        Mark("children", _plain(facts.get("child.in_home"))),
        Mark("order", _plain(facts.get("order.in_force"))),
        Mark("interpreter", _plain(facts.get("survivor.needs_interpreter")), str(language)),
    ]
    code_word = any(entry.kind == "SafeNumberGiven" and entry.fields.code_word for entry in entries)
    only_where_so = {
        "hurt": _together([each.hurt for each in asked]),
        "ambulance": _together([each.ambulance_needed for each in asked]),
        "strangled": _together([each.strangled for each in asked]),
        "suspect_there": _together([each.suspect_there for each in asked][-1:]),
        "code_word": "yes" if code_word else "",
        "high_risk_before": facts.get("repeat.high_risk_before", ""),
        "repeat": "yes" if facts.get("repeat.in_12_months") == "yes" or _said_again(calls) else "",
    }
    return (*marks, *(Mark(name, "yes") for name, state in only_where_so.items() if state == "yes"))


def _said_again(calls: Sequence[Entry]) -> bool:
    return len(calls) > 1 or any(getattr(call.fields, "second_call", "") == "yes" for call in calls)


def _together(*answers: Sequence[str]) -> str:
    """'yes' where anybody said so; 'no' only where each question was answered by it; else not known."""
    if any("yes" in each for each in answers):
        return "yes"
    return "no" if all("no" in each for each in answers) else "not_known"


def _plain(value: str | None) -> str:
    return value if value in ("yes", "no") else "not_known"
