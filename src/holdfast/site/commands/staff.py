"""Gives a member of staff a sign-in, or takes it away. One sign-in is one role."""

import argparse
import getpass
import json
import sys

from holdfast.record.entry import STAFF_ROLES
from holdfast.site.commands.refusing import NotDone
from holdfast.site.start import start_on_data


def arguments(parser: argparse.ArgumentParser) -> None:
    """Who, and in what role."""
    parser.add_argument("do", choices=("add", "stop", "list"), help="give a sign-in, take it away, or list them")
    parser.add_argument("name", nargs="?", default="", help="the name to sign in with")
    parser.add_argument("--role", choices=sorted(STAFF_ROLES), help="the role")
    parser.add_argument("--staff", default="", help="the identifier that entries show: never a name")
    parser.add_argument(
        "--agency", default="police", help="police, support_service, witness_care, probation or inspection"
    )


def run(asked: argparse.Namespace) -> int:
    """Does it. The password is asked for, or read from standard input where that is not a terminal."""
    start_on_data()
    from holdfast.access.staff import StaffMember
    from holdfast.site.checks import DEMO_STAFF

    if asked.do == "list":
        found = [
            {"name": one.user.get_username(), "role": one.role, "staff": one.staff, "active": one.user.is_active}
            for one in StaffMember.objects.select_related("user").order_by("staff")
        ]
        lines = [
            f"{one['name']:30} {one['staff']:20} {one['role']}{'' if one['active'] else ' (stopped)'}" for one in found
        ]
        print(json.dumps(found) if asked.json else "\n".join(lines) or "Nobody has a sign-in.")
        return 0
    if asked.do == "stop":
        member = StaffMember.objects.filter(user__username=asked.name).select_related("user").first()
        if member is None:
            raise NotDone(["Nobody signs in by this name."])
        member.user.is_active = False
        member.user.save(update_fields=["is_active"])
        print(json.dumps({"stopped": asked.name}) if asked.json else f"{asked.name} cannot sign in any more.")
        return 0
    if not (asked.name and asked.role and asked.staff):
        raise NotDone(["A name, --role and --staff have to be given."])
    if asked.staff.startswith(DEMO_STAFF):
        raise NotDone([f"Identifiers that begin with '{DEMO_STAFF}' are the demo's."])
    return _add(asked)


def _add(asked: argparse.Namespace) -> int:
    from django.contrib.auth.models import User
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import IntegrityError

    from holdfast.access.staff import add_staff_member

    asking = sys.stdin.isatty()
    password = getpass.getpass("Password (15 signs or more): ") if asking else sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password, User(username=asked.name))
        add_staff_member(asked.name, password, role=asked.role, staff=asked.staff, agency=asked.agency)
    except ValidationError as fault:
        raise NotDone(fault.messages) from fault
    except (ValueError, IntegrityError) as fault:
        raise NotDone([str(fault) if type(fault) is ValueError else "This name or identifier is taken."]) from fault
    told = f"{asked.name} can sign in as {STAFF_ROLES[asked.role].lower()}."
    print(json.dumps({"added": asked.name}) if asked.json else told)
    return 0
