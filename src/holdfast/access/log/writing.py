"""Writing a line of the log, before what it tells of is shown. What cannot be written is not shown.

- Shares its commit with whoever else is writing (casefile/store.py).
- Holds staff identifiers, roles, acts and codes of cases, never a name or a word of a case: what somebody typed is
  sealed (access/log/reasons.py).
"""

import re
import secrets
import sqlite3
from datetime import UTC
from datetime import datetime
from typing import NamedTuple

from holdfast.access.log.reasons import NOT_KEPT
from holdfast.access.log.reasons import is_known
from holdfast.access.log.reasons import key_for
from holdfast.access.log.reasons import make_own_key
from holdfast.access.log.reasons import tie_of
from holdfast.access.log.route import NotWritten
from holdfast.access.log.route import route_now
from holdfast.access.may import Person
from holdfast.casefile.codes import plain
from holdfast.casefile.group import Kept
from holdfast.casefile.log import write_log_line
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.store import write
from holdfast.record.header import HeaderRefused

_UNSEEN = "This is not shown, because it could not be written down who asked for it. Nobody opens a file unseen. "
NOT_WRITTEN = (
    _UNSEEN + "Try again; if it fails again, tell whoever runs the system to look at the disk's room and rights."
)
_NOT_STAFF = re.compile(r"[^A-Za-z0-9._/-]")
_NOT_ACT = re.compile(r"[^a-z0-9_]")
_NOT_ROUTE = re.compile(r"[^A-Za-z0-9 :._/-]")
_NOT_TEAM = re.compile(r'["\\\x00-\x1f\ud800-\udfff]')


class Logged(NamedTuple):
    """A line that was written, and that the disk has."""

    number: int
    at: datetime


def log_look(
    person: Person,
    case: str,
    act: str,
    reason: str = "",
    *,
    allowed: bool = True,
    rule: str = "",
    route: str = "",
    tie: str = "",
) -> Logged:
    """Writes one line of the log, or raises NotWritten (a CannotKeep): then nothing may be shown.

    `case` is a case's code or '' where there is none. `reason` may have been typed: it is sealed, unless it is one of
    the record's own (reasons.TIES). `tie` says one of those beside a typed reason. `rule` is the rule that decided.
    """
    tie = tie or tie_of(reason, rule, allowed=allowed)
    words = "" if is_known(reason) else reason.strip()
    said: dict[str, str | bool] = {
        "role": _NOT_ACT.sub("_", person.role or "nobody")[:40],
        "staff": "" if person.role in ("survivor", "supporter") else _NOT_STAFF.sub("_", person.staff)[:60],
        "agency": re.sub(r"[^a-z_]", "_", person.agency)[:40],
        "organisation": _NOT_TEAM.sub(" ", getattr(person, "organisation", ""))[:120],
        "team": _NOT_TEAM.sub(" ", person.team)[:120],
        "act": _NOT_ACT.sub("_", act.lower())[:60] or "not_known",
        "route": _NOT_ROUTE.sub("_", route or route_now())[:80],
        "case": plain(case),
        "allowed": bool(allowed),
        "tie": tie[:40],
        "rule": _NOT_ROUTE.sub("_", rule)[:80],
    }
    at = datetime.now(UTC)

    kind, key = key_for(str(said["case"])) if words else ("", b"")
    if words and not kind:
        words, said["tie"] = "", NOT_KEPT
    nonce = secrets.token_bytes(12)

    def work(connection: sqlite3.Connection, kept: Kept) -> Logged:
        sealed_with = key or (make_own_key(connection) if words else b"")
        number = write_log_line(connection, at, {**said, "key": kind}, words=words, key=sealed_with, nonce=nonce)
        return Logged(number, at)

    try:
        found: Logged = write(work)
    except CannotKeep as fault:  # it says itself what is to be done
        raise NotWritten(f"{_UNSEEN}{fault}") from fault
    except (sqlite3.Error, HeaderRefused) as fault:
        raise NotWritten(NOT_WRITTEN) from fault
    return found
