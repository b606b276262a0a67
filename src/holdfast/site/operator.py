"""Whoever runs a command, as `may` judges them: the account of the machine, who reads no word of a case.

A command that touches cases asks before it does anything. One that acts as a member of staff (`--staff`) asks as they,
and the log has a line of each of the two.
"""

import getpass
import re
from datetime import UTC
from datetime import datetime
from typing import TYPE_CHECKING

from holdfast.site.commands.refusing import NotDone

if TYPE_CHECKING:
    from holdfast.access.may import Person
    from holdfast.access.staff import StaffMember
    from holdfast.casefile.reading import CaseFile


def operator_may(act: str, *, log: bool = True, case: str = "", reason: str = "") -> None:
    """Goes on where whoever runs this may do the act, and writes it in the log; else NotDone.

    `case` is the code of the case that it is about, `reason` what was asked for. `log=False` is for a command that has
    to run where nothing can be written: before there are tables, on a copy of the disk.
    """
    from holdfast.access.may import may

    answer = may(_operator(), act, at=datetime.now(UTC))
    if log:
        from holdfast.access.looks import log_look

        why = reason if answer.allowed else answer.why
        log_look(_operator(), case, act, why, allowed=answer.allowed, rule=answer.rule, route="command")
    if not answer.allowed:
        raise NotDone([answer.why])


def _operator() -> "Person":
    from holdfast.access.may import Person

    return Person("operator", re.sub(r"[^A-Za-z0-9._-]", "_", _account())[:60], agency="operator")


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "not_known"  # an account without a name, as in a small container


def staff_may(staff: str, act: str, code: str) -> "tuple[StaffMember, CaseFile]":
    """The member of staff as whom a command acts, and the case, where they may do the act in it; else NotDone.

    No such case and not theirs are answered alike, as at the desk.
    """
    from zoneinfo import ZoneInfo

    from holdfast.access.known import case_known
    from holdfast.access.looks import log_look
    from holdfast.access.may import may
    from holdfast.access.staff import StaffMember
    from holdfast.casefile.packs import pack_called
    from holdfast.casefile.reading import case_by_code
    from holdfast.casefile.reading import read_case
    from holdfast.casefile.refused import NoSuchCase

    member = StaffMember.objects.filter(staff=staff, user__is_active=True).first()
    if member is None:
        raise NotDone(["There is no member of staff with this identifier."])
    without = may(member.person, act, at=datetime.now(UTC))
    if not without.allowed:
        raise NotDone([without.why])
    file = read_case(case_by_code(code))
    known = case_known(file, ZoneInfo(pack_called(file.pack).timezone))
    answer = may(member.person, act, known, at=datetime.now(UTC))
    log_look(_operator(), file.code, act, f"as {staff}", allowed=answer.allowed, route="command")
    log_look(member.person, file.code, act, "" if answer.allowed else answer.why, allowed=answer.allowed)
    if not answer.allowed:
        raise NoSuchCase
    return member, file
