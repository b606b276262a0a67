"""Gives another control room its key, which is shown once, or takes it away."""

import argparse
import json
from datetime import UTC
from datetime import datetime

from holdfast.site.commands.refusing import NotDone
from holdfast.site.operator import operator_may
from holdfast.site.start import start_on_data


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with whom."""
    parser.add_argument("do", choices=("add", "stop", "list"), help="give a key, take it away, or list who has one")
    parser.add_argument("name", nargs="?", default="", help="the control room: letters, digits and . _ -")
    parser.add_argument("--pack", help="the pack whose law runs its calls")
    parser.add_argument("--force", default="", help="the police force, as the pack names it")
    parser.add_argument("--area", default="", help="the area of the force, as the pack names it")


def run(asked: argparse.Namespace) -> int:
    """Does it."""
    start_on_data()
    operator_may("keep_feeds", reason=f"{asked.do} {asked.name}".strip())
    from django.conf import settings

    from holdfast.casefile.packs import pack_called
    from holdfast.casefile.packs import pack_names
    from holdfast.casefile.where import faults_of_place
    from holdfast.doors.api.models import SendingAgency
    from holdfast.doors.api.models import add_agency
    from holdfast.doors.api.models import stop_agency

    pack = asked.pack or settings.HOLDFAST_PLACE
    if asked.do == "list":
        found = [
            {"name": one.name, "pack": one.pack, "force": one.force, "stopped": one.stopped_at is not None}
            for one in SendingAgency.objects.order_by("name")
        ]
        lines = [
            f"{one['name']:30} {one['pack']} {one['force']}{' (stopped)' if one['stopped'] else ''}" for one in found
        ]
        print(json.dumps(found) if asked.json else "\n".join(lines) or "No control room has a key.")
        return 0
    if asked.do == "stop":
        if not stop_agency(asked.name, datetime.now(UTC)):
            raise NotDone(["No control room of this name has a key."])
        print(json.dumps({"stopped": asked.name}) if asked.json else f"The key of {asked.name} opens nothing any more.")
        return 0
    if pack not in pack_names():
        raise NotDone([f"There is no such pack. The packs are: {', '.join(pack_names())}."])
    if faults := faults_of_place(asked.force, asked.area, pack_called(pack)):
        raise NotDone([(fault.field, fault.why) for fault in faults])
    try:
        key = add_agency(asked.name, pack=pack, force=asked.force, area=asked.area)
    except ValueError as fault:
        raise NotDone([str(fault)]) from fault
    told = f"The key of {asked.name}. It is shown only now; an earlier one has ended:\n\n  {key}\n"
    print(json.dumps({"name": asked.name, "key": key}) if asked.json else told)
    return 0
