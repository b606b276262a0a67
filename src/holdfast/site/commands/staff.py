"""Gives a member of staff a sign-in, changes it, stops it, ends its sessions, or opens a way back in.

  holdfast staff add NAME --role officer --staff PC2718 --organisation "Example Police" --team response
  holdfast staff list
  holdfast staff set NAME --team safeguarding --session-minutes 15
  holdfast staff disable NAME            (and enable)
  holdfast staff end-sessions NAME
  holdfast staff recover NAME            three words, for fifteen minutes, to be read out to them

One sign-in is one role: somebody with two jobs has two. It has no e-mail address. At the first sign-in a passkey or a
code app has to be set up before anything opens.
"""

import argparse
import getpass
import json
import sys
from typing import TYPE_CHECKING
from typing import Any

from holdfast.access.sign_in.wanted import DEMO_STAFF
from holdfast.record.entry import STAFF_ROLES
from holdfast.site.commands.refusing import NotDone
from holdfast.site.operator import operator_may
from holdfast.site.start import start_on_data

if TYPE_CHECKING:
    from holdfast.access.staff import StaffMember

DOES = ("add", "list", "set", "disable", "enable", "stop", "end-sessions", "recover")
_SETTABLE = ("role", "agency", "organisation", "team", "unit", "session_minutes", "subject")
_SESSIONS_END = ("role", "agency", "organisation", "team", "unit")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Who, and in what role."""
    parser.add_argument("do", choices=DOES, help="what to do; 'stop' is an older word for 'disable'")
    parser.add_argument("name", nargs="?", default="", help="the name to sign in with")
    parser.add_argument("--role", choices=sorted(STAFF_ROLES), help="the role")
    parser.add_argument("--staff", default="", help="the identifier that entries show: never a name")
    parser.add_argument("--agency", help="the kind of agency: police (where left out), support_service, health, ...")
    parser.add_argument("--organisation", help="which one of that kind: which force, which refuge")
    parser.add_argument("--team", help="the team within it")
    parser.add_argument("--unit", help="a separate unit, such as professional standards")
    parser.add_argument("--session-minutes", type=int, help="signed out after so many minutes unused, if that is fewer")
    parser.add_argument("--subject", help="who they are at the agency's own sign-in (single sign-on)")
    parser.add_argument("--no-password", action="store_true", help="add: they come by single sign-on alone")


def run(asked: argparse.Namespace) -> int:
    """Does it. The password is asked for, or read from standard input where that is not a terminal."""
    start_on_data()
    operator_may("keep_staff", reason=f"{asked.do} {asked.staff or asked.name}".strip())
    if asked.do == "list":
        return _list(asked)
    if not asked.name:
        raise NotDone(["A name has to be given."])
    if asked.do == "add":
        return _add(asked)
    return _change(asked, _member(asked.name))


def _change(asked: argparse.Namespace, member: "StaffMember") -> int:
    from holdfast.access.looks import log_look
    from holdfast.access.may import Person
    from holdfast.access.sign_in import recovery
    from holdfast.access.sign_in.sessions import end_all
    from holdfast.access.sign_in.stopping import may_sign_in

    operator = Person("operator", "operator")
    if asked.do == "recover":
        words = recovery.start(operator, member)
        said = f"Read these to {asked.name}, who stands before you: {words}"
        return _say(asked, {"words": words}, f"{said}\nThey last 15 minutes, at /desk/sign-in/recover.")
    log_look(operator, "", f"staff_{asked.do}", f"of {member.staff}")
    if asked.do in ("disable", "stop", "enable"):
        may_sign_in(member, asked.do == "enable")
        now = "can sign in again" if asked.do == "enable" else "cannot sign in any more, and is signed out everywhere"
        key = "enabled" if asked.do == "enable" else "stopped"
        return _say(asked, {key: asked.name}, f"{asked.name} {now}.")
    if asked.do == "end-sessions":
        count = end_all(member)
        return _say(asked, {"ended": count}, f"{asked.name} is signed out everywhere: {count} ended.")
    return _set(asked, member)


def _set(asked: argparse.Namespace, member: "StaffMember") -> int:
    from django.core.exceptions import ValidationError

    from holdfast.access.sign_in.sessions import end_all

    given = {field: getattr(asked, field) for field in _SETTABLE if getattr(asked, field) is not None}
    if not given:
        raise NotDone([f"Say what to set: --{', --'.join(_SETTABLE).replace('_', '-')}."])
    for field, value in given.items():
        setattr(member, field, (value or None) if field in ("subject", "session_minutes") else value)
    try:
        member.full_clean()
    except ValidationError as fault:
        raise NotDone(fault.messages) from fault
    member.save()
    if set(given) & set(_SESSIONS_END):
        end_all(member)  # a page that is open was opened in the former role
    return _say(asked, {"set": sorted(given)}, f"{asked.name} is changed: {', '.join(sorted(given))}.")


def _list(asked: argparse.Namespace) -> int:
    from holdfast.access.sign_in.second import factors_of
    from holdfast.access.sign_in.sessions import sign_ins_of
    from holdfast.access.staff import StaffMember

    found = []
    for one in StaffMember.objects.select_related("user").order_by("staff"):
        factors = factors_of(one.user)
        found.append(
            {
                "name": one.user.get_username(), "role": one.role, "staff": one.staff, "active": one.user.is_active,
                "agency": one.agency, "organisation": one.organisation, "team": one.team, "unit": one.unit,
                "second_factor": factors.any, "signed_in": len(sign_ins_of(one)),
            }
        )  # fmt: skip
    lines = [
        f"{one['name']:30} {one['staff']:20} {one['role']}{'' if one['active'] else ' (stopped)'}"
        f"{'' if one['second_factor'] else ' (no second factor yet)'}"
        for one in found
    ]
    print(json.dumps(found) if asked.json else "\n".join(lines) or "Nobody has a sign-in.")
    return 0


def _add(asked: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError
    from django.db import IntegrityError

    from holdfast.access.staff import add_staff_member

    if not (asked.role and asked.staff):
        raise NotDone(["A name, --role and --staff have to be given."])
    if asked.staff.startswith(DEMO_STAFF):
        raise NotDone([f"Identifiers that begin with '{DEMO_STAFF}' are the demo's."])
    if asked.no_password and not asked.subject:
        raise NotDone(["Without a password they need --subject: who they are at the agency's own sign-in."])
    given = {field: getattr(asked, field) for field in _SETTABLE if getattr(asked, field) is not None}
    try:
        add_staff_member(asked.name, None if asked.no_password else _password(asked.name), staff=asked.staff, **given)
    except ValidationError as fault:
        raise NotDone(fault.messages) from fault
    except (ValueError, IntegrityError) as fault:
        raise NotDone([str(fault) if type(fault) is ValueError else "This name or identifier is taken."]) from fault
    return _say(asked, {"added": asked.name}, f"{asked.name} can sign in as {STAFF_ROLES[asked.role].lower()}.")


def _password(name: str) -> str:
    from django.contrib.auth.models import User
    from django.contrib.auth.password_validation import validate_password

    asking = sys.stdin.isatty()
    password = getpass.getpass("Password (15 signs or more): ") if asking else sys.stdin.readline().rstrip("\n")
    validate_password(password, User(username=name))
    return password


def _member(name: str) -> "StaffMember":
    from holdfast.access.staff import StaffMember

    found = StaffMember.objects.filter(user__username=name).select_related("user").first()
    if found is None:
        raise NotDone(["Nobody signs in by this name."])
    return found


def _say(asked: argparse.Namespace, document: dict[str, Any], words: str) -> int:
    print(json.dumps(document) if asked.json else words)
    return 0
