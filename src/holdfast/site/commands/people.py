"""The index of people: made anew from the record, or told how many are in it.

It finds earlier history for a name, a number or an address. It holds nothing that the record does not, and is not part
of a backup: after a restore, or a new key ring, it is made anew from the entries.
"""

import argparse
import json

from holdfast.site.operator import operator_may
from holdfast.site.start import start_on_data


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    parser.add_argument("do", choices=("rebuild", "count"), help="make the index anew, or say how many are in it")


def run(asked: argparse.Namespace) -> int:
    """Does it, and says how many cases were looked at and how many people are known."""
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
