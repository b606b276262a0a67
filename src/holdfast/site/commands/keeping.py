"""Which files are due to be looked at: their time has passed, their outcome and rule are known, and nothing holds them.

Nothing is erased by this. A person looks at each file; two decide (`holdfast erase`).
"""

import argparse
import json

from holdfast.site.operator import operator_may
from holdfast.site.start import start_on_data


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to list, and in which place."""
    parser.add_argument("do", choices=("due",), help="list the files that are due")
    parser.add_argument("--pack", default="", help="of this place only")


def run(asked: argparse.Namespace) -> int:
    """Lists them, with why and by which rule. A code is no word of a case."""
    start_on_data()
    operator_may("see_keeping")
    from holdfast.casefile.codes import shown
    from holdfast.casefile.keeping import files_due

    found = [each for each in files_due() if not asked.pack or each.pack == asked.pack]
    listed = [
        {
            "case": each.code,
            "pack": each.pack,
            "outcome": each.review.outcome,
            "rule": each.review.rule.id if each.review.rule else "",
            "due_on": each.review.due_on.isoformat() if each.review.due_on else "",
            "why": each.review.why,
        }
        for each in found
    ]
    if asked.json:
        print(json.dumps(listed))
        return 0
    for each in listed:
        said = (shown(each["case"]), each["pack"], each["outcome"].replace("_", " "), each["rule"])
        print("  ".join(said), f" due since {each['due_on'][:10]}")
    if not listed:
        print("No file is due. What is not known keeps a file: `holdfast check` names rules that nobody has verified.")
    return 0
