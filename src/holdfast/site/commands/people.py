"""The index of people: made anew from the record, or told how many are in it. And the overnight pass over everybody.

  holdfast people rebuild
  holdfast people link        compares everybody in memory, and proposes links that a person answers

It finds earlier history for a name, a number or an address. It holds nothing that the record does not, and is not part
of a backup: after a restore, or a new key ring, it is made anew from the entries.
"""

import argparse
import json
import re

from holdfast.site.commands.refusing import NotDone
from holdfast.site.operator import operator_may
from holdfast.site.start import start_on_data

_MEMORY = re.compile(r"[1-9]\d{0,4}(?:MB|GB)")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    parser.add_argument(
        "do",
        choices=("rebuild", "count", "link"),
        help="make the index anew, say how many are in it, or propose links overnight",
    )
    parser.add_argument(
        "--memory", default="1GB", help="link: what the comparing may use (1GB); it never writes to disk"
    )


def run(asked: argparse.Namespace) -> int:
    """Does it, and says how many cases were looked at and how many people are known."""
    if asked.do == "link":
        return _link(asked)
    start_on_data()
    operator_may("derive")
    from holdfast.people import feeding
    from holdfast.people import here

    looked = feeding.rebuild() if asked.do == "rebuild" else 0
    people = here.index().count()
    if asked.json:
        print(json.dumps({"cases": looked, "people": people}))
    elif asked.do == "rebuild":
        print(f"The index of people was made anew: {looked:,} looked at, {people:,} people known.")
    else:
        print(f"{people:,} people known.")
    return 0


def _link(asked: argparse.Namespace) -> int:
    """The overnight pass."""
    if not _MEMORY.fullmatch(asked.memory):
        raise NotDone(["--memory has to be a size such as 500MB or 4GB."])
    start_on_data()
    operator_may("link_overnight")
    from django.utils import timezone

    from holdfast.doors.desk.history.overnight import link_all
    from holdfast.people.linking.overnight import CannotLink

    try:
        passed = link_all(timezone.now(), asked.memory)
    except CannotLink as fault:
        raise NotDone([str(fault)]) from fault
    if asked.json:
        print(json.dumps(passed._asdict()))
        return 0
    print(
        f"{passed.cases:,} cases with {passed.people:,} people compared: {passed.found:,} pairs may belong together, "
        f"{passed.proposed:,} newly proposed, {passed.doubles:,} of them perhaps one report taken twice."
    )
    if passed.unread:
        print(f"{passed.unread:,} cases could not be read and were not compared: run `holdfast verify`.")
    return 0
