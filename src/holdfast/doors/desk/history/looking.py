"""Earlier history for what was typed: found, opened, judged, cut down to what the asker may see, and logged.

- `may` is asked of every case that fits, with the purpose that goes with the role. What it refuses is not shown. Of a
  case that the asker is kept out of by a wall nothing is shown at all; of any other at most two bare flags, weapons and
  order in force, with whom to ask: never which case, whose, or why it is not theirs.
- Each search is in the log, what was typed sealed; each case that was opened for it too, once in ten minutes.
- A case that cannot be read is counted, so that 'nothing found' is never said of what was not looked at.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from holdfast.access.looks import log_look
from holdfast.access.person import Person
from holdfast.access.ties import MAY_STATE
from holdfast.casefile.codes import shown
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import Refused
from holdfast.doors.desk.history.markers import bonds_of
from holdfast.doors.desk.history.markers import flags
from holdfast.doors.desk.history.markers import markers
from holdfast.doors.desk.history.said import PARTIES
from holdfast.doors.desk.history.said import why_in_words
from holdfast.doors.desk.in_force import InForce
from holdfast.doors.desk.in_words import name_of
from holdfast.doors.desk.local_time import in_short
from holdfast.doors.desk.opening import Opened
from holdfast.doors.desk.opening import opened_file
from holdfast.doors.desk.opening import state_purpose
from holdfast.doors.desk.opening import why_they_look
from holdfast.doors.desk.standing import standing
from holdfast.people.feeding import catch_up
from holdfast.people.feeding import is_behind
from holdfast.people.here import index
from holdfast.people.known import Asked
from holdfast.people.known import Match
from holdfast.people.linking.alike import pair

MOST = 10  # cases
LOOKED_AT = 40  # people: several may be of one case
AGAIN = timedelta(minutes=10)
_LOGGED = "history-logged"  # in the session: the cases that stand in the log for this, and since when
# For what each role may say that it needs a case that nothing ties it to: what looking for history is.
_PURPOSE = ("history", "risk", "custody")
SURENESS = ("certain", "likely", "possible")


class Fits(NamedTuple):
    """Somebody of a case who fits what was typed."""

    party: str
    name: str
    born: str
    sureness: str
    why: str


class Candidate(NamedTuple):
    """An earlier report that the asker may read."""

    code: str
    plain: str
    opened: str
    closed: bool
    place: str  # the force, as the pack names it
    fits: tuple[Fits, ...]
    family: tuple[tuple[str, str], ...]  # who else is in it: in which part, name
    risk: str
    risk_since: str
    orders: tuple[InForce, ...]
    markers: tuple[str, ...]


class Flag(NamedTuple):
    """What is told of a case that the asker may not open."""

    sureness: str
    weapons: bool
    order: bool
    ask: str


class History(NamedTuple):
    """What a search came to."""

    candidates: tuple[Candidate, ...]
    flags: tuple[Flag, ...]
    unread: int
    behind: bool
    typed: tuple[str, ...]  # which of name, born, number and address were given
    counter: bool  # somebody who fits is the survivor of one report and the suspect of another


class Found(NamedTuple):
    """A case that fits, opened and judged; of one that is not theirs only `flag` may be shown."""

    opened: Opened
    allowed: bool
    matches: tuple[Match, ...]
    flag: Flag | None = None


class Search(NamedTuple):
    """What was opened for a search."""

    found: tuple[Found, ...]
    unread: int
    behind: bool  # the index has not taken in everything yet


def look(request: HttpRequest, asked: Sequence[Asked], *, why: str = "", without: UUID | None = None) -> History:
    """Searches, opens and logs. `why` is what the asker said they need it for; `without` is the case they are in."""
    typed = tuple(name for name in Asked._fields if any(getattr(each, name) for each in asked))
    done = search(request, asked, why=why, without=without)
    return History(
        tuple(_candidate(each.opened, each.matches) for each in done.found if each.allowed),
        tuple(dict.fromkeys(each.flag for each in done.found if each.flag)),
        done.unread,
        done.behind,
        typed,
        _counter([each for one in done.found if one.allowed for each in one.matches]),
    )


def search(request: HttpRequest, asked: Sequence[Asked], *, why: str = "", without: UUID | None = None) -> Search:
    """The cases that fit any of what is asked, each judged by `may` and logged."""
    person: Person = request.member.person  # type: ignore[attr-defined]
    asked = [each for each in asked if any(each)]
    if not asked:
        return Search((), 0, behind=False)
    now = timezone.now()
    words = " / ".join("; ".join(f"{name}: {said}" for name, said in each._asdict().items() if said) for each in asked)
    log_look(person, "", "look_history", f"{why} | {words}" if why else words, rule="role")
    catch_up(now)
    behind = is_behind()
    found: list[Found] = []
    unread = 0
    for case, matches in _by_case(asked, without):
        if len(found) >= MOST:
            break
        try:
            opened = opened_file(read_case(case), person, purpose_of(person))
        except Refused:
            unread += 1
            continue
        if (one := _judged(request, opened, tuple(matches))) is not None:
            found.append(one)
    return Search(tuple(found), unread, behind)


def _counter(matches: Sequence[Match]) -> bool:
    """Whether the survivor of one case and the suspect of another are, more than possibly, one person."""
    sides = {party: [each.known for each in matches if each.known.party == party] for party in ("survivor", "suspect")}
    pairs = (pair(one, other) for one in sides["survivor"] for other in sides["suspect"] if one.case != other.case)
    return any(both is not None and both.sureness != "possible" for both in pairs)


def _judged(request: HttpRequest, opened: Opened, matches: tuple[Match, ...]) -> Found | None:
    """The case as far as this person may have it, logged; None where nothing of it is shown."""
    assert opened.person is not None  # noqa: S101 search() gave it
    answer = opened.may("read_case")
    if answer.allowed:
        _log_once(request, opened, answer.rule)
        if answer.rule == "purpose":
            state_purpose(request, opened.file.code, opened.purpose, opened.now)
        return Found(opened, allowed=True, matches=matches)
    if answer.rule == "wall" or (flag := flag_of(opened, matches)) is None:
        return None
    log_look(opened.person, opened.file.code, "see_flag", rule="flag")
    return Found(opened, allowed=False, matches=matches, flag=flag)


def purpose_of(person: Person) -> str:
    """The purpose that looking for history is, for this role; '' for one that has ties of its own alone."""
    return next((name for name in _PURPOSE if name in MAY_STATE.get(person.role, ())), "")


def _by_case(asked: Sequence[Asked], without: UUID | None) -> list[tuple[UUID, list[Match]]]:
    """The matches case by case, the best first; of each person of a case the best."""
    people = index()
    best: dict[tuple[UUID, str, tuple[str, ...]], Match] = {}
    for match in (each for one in asked for each in people.find(one, limit=LOOKED_AT)):
        known = match.known
        key = (known.case, known.party, known.names)
        if known.case != without and (key not in best or best[key].score < match.score):
            best[key] = match
    cases: dict[UUID, list[Match]] = {}
    for match in sorted(best.values(), key=lambda match: (SURENESS.index(match.sureness), -match.score)):
        cases.setdefault(match.known.case, []).append(match)
    return list(cases.items())


def _candidate(opened: Opened, matches: Sequence[Match]) -> Candidate:
    stands = standing(opened.seen, opened.pack, opened.zone, opened.now)
    fits = tuple(
        Fits(PARTIES.get(each.known.party, each.known.party), " / ".join(each.known.names), each.known.born,
             each.sureness, why_in_words(each.why))
        for each in matches
    )  # fmt: skip
    there = {(each.party, each.name) for each in fits}
    family = {(PARTIES.get(who.party, who.party), who.name): None for who in stands.people if who.name}
    return Candidate(
        code=shown(opened.file.code),
        plain=opened.file.code,
        opened=in_short(opened.file.opened_at, opened.zone),
        closed=stands.closed,
        place=name_of(opened.file.force, "force", opened.pack) if opened.file.force else "",
        fits=fits,
        family=tuple(each for each in family if each not in there),
        risk=stands.risk,
        risk_since=stands.risk_since,
        orders=bonds_of(opened.seen, opened.zone, opened.pack, opened.now),
        markers=markers(opened.seen),
    )


def flag_of(opened: Opened, matches: Sequence[Match]) -> Flag | None:
    """The two bare flags of a case that is not theirs, or None where it has neither."""
    said = flags(opened.file.entries, opened.zone, opened.pack, opened.now)
    if not said:
        return None
    surest = min((each.sureness for each in matches), key=SURENESS.index, default="linked")
    force = opened.file.force
    theirs = not force or opened.person is None or force == opened.person.organisation
    ask = "your duty officer" if theirs else f"the duty officer of {name_of(force, 'force', opened.pack)}"
    return Flag(surest, said.weapons, said.order_in_force, ask)


def _log_once(request: HttpRequest, opened: Opened, rule: str) -> None:
    """Writes the look, unless it was written for this person within the last minutes: one look goes on as they type."""
    since = (opened.now - AGAIN).isoformat()
    logged = {code: at for code, at in request.session.get(_LOGGED, {}).items() if at > since}
    if opened.file.code in logged:
        return
    assert opened.person is not None  # noqa: S101 search() gave it
    log_look(
        opened.person, opened.file.code, "look_history", why_they_look(opened.person, opened.known, rule), rule=rule
    )
    request.session[_LOGGED] = {**logged, opened.file.code: opened.now.isoformat()}
