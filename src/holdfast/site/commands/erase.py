"""Erases a case for good by destroying its key. Two people decide; a signed certificate says that it was done.

What stands against it (a live case, a hold, an open order, something still owed) is named, and nothing is done.
"""

import argparse
import json
from datetime import UTC
from datetime import datetime

from holdfast.record.erasure import REASONS
from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import counted
from holdfast.site.start import start_on_data


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which case, why, and who decided."""
    parser.add_argument("case", help="the case's code")
    parser.add_argument("--reason", choices=REASONS, required=True, help="why")
    parser.add_argument("--rule", default="", help="the pack's rule, where its time has ended (`holdfast keeping due`)")
    parser.add_argument("--staff", required=True, help="the staff identifier of whoever decides")
    parser.add_argument("--second", required=True, help="the staff identifier of the second person who agreed")


def run(asked: argparse.Namespace) -> int:
    """Erases, and says where the certificate is."""
    start_on_data()
    from holdfast.access.looks import log_look
    from holdfast.access.two_people import two_who_may
    from holdfast.casefile.reading import case_by_code
    from holdfast.casefile.reading import read_case
    from holdfast.vault.erasing import erase_with_items

    case_id = case_by_code(asked.case)
    file = read_case(case_id)
    at = datetime.now(UTC)
    people = two_who_may("erase", file, asked.staff, asked.second, at=at)
    if people.why:
        log_look(people.first.person, file.code, "erase", people.why, allowed=False) if people.first else None
        raise NotDone([people.why])
    assert people.first is not None  # noqa: S101 no reason why not means that both are there
    log_look(people.first.person, file.code, "erase", asked.reason)
    erased = erase_with_items(
        case_id, by=people.first.by, second=asked.second, reason=asked.reason, rule=asked.rule, seen=file.length
    )
    done = erased.case
    if asked.json:
        items = {"items_removed": erased.removed, "items_left": erased.left}
        print(json.dumps({"certificate": str(done.certificate), "gone": done.gone, **items}))
        return 0
    print(f"Erased. The certificate is {done.certificate}; `holdfast verify --certificate` checks it.")
    if not done.gone:
        print("Somebody still reads an older moment of the database: the key's bytes go when that ends: restart it.")
    if erased.removed:
        print(f"{counted(erased.removed, 'item')} of the vault went with it.")
    if erased.left:
        left = counted(erased.left, "item is", "items are")
        print(f"{left} still in the vault, locked or out of reach: nobody can open them. See `holdfast vault sweep`.")
    print("Backups made before today still hold the key. Destroy them in time; a restore destroys it again.")
    return 0
