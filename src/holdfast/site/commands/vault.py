"""Takes a file into the vault, lists a case's items, reads one, checks them all, and sweeps up what belongs to nobody.

  holdfast vault take FILE --case CODE --staff ID --what body_worn_video
  holdfast vault list --case CODE --staff ID
  holdfast vault read ITEM --case CODE --staff ID --purpose "for the prosecutor" --to FILE
  holdfast vault check [--whole] [--case CODE]
  holdfast vault sweep [--remove]
  holdfast vault rescan [--whole] [--case CODE]

`take`, `list` and `read` act as a member of staff, who has to have a tie to the case as at the desk; the record and the
log say so. `check`, `sweep` and `rescan` show no word of a case. `check` answers 1 where an item is not as the record
says, `rescan` where something could not be scanned.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from holdfast.site.start import start_on_data

if TYPE_CHECKING:
    from collections.abc import Callable

CHOICES = ("take", "list", "read", "check", "sweep", "rescan")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with what."""
    parser.add_argument("do", choices=CHOICES, help="what to do")
    parser.add_argument("given", nargs="?", default="", metavar="FILE or ITEM", help="take: a file; read: an item")
    parser.add_argument("--case", default="", help="the case's code")
    parser.add_argument("--staff", default="", help="the staff identifier of whoever does it")
    parser.add_argument("--what", default="other", help="take: what it is, as `holdfast kinds ItemTaken` lists it")
    parser.add_argument("--from", dest="source", default="not_asked", help="take: from whom it comes")
    parser.add_argument("--words", default="", help="take: what it shows")
    parser.add_argument("--exhibit", default="", help="take: its exhibit number")
    parser.add_argument("--purpose", default="", help="take, read: for what")
    parser.add_argument("--named", default=None, help="take: the name it is known by (the file's own)")
    parser.add_argument("--to", type=Path, help="read: a file to write it to, in clear; none is written over")
    parser.add_argument("--at", type=int, default=0, help="read: from which byte")
    parser.add_argument("--count", type=int, default=-1, help="read: how many bytes (all)")
    parser.add_argument("--although-held", action="store_true", help="read: although it is held as dangerous")
    parser.add_argument("--whole", action="store_true", help="check: every byte; rescan: also what was scanned")
    parser.add_argument("--remove", action="store_true", help="sweep: take away what is old enough")
    parser.add_argument("--not-synced", action="store_true", help=argparse.SUPPRESS)  # bench/vault.py alone


def run(asked: argparse.Namespace) -> int:
    """Does it."""
    start_on_data()
    from holdfast.site import vault_acts

    acts: dict[str, Callable[[argparse.Namespace], int]] = {
        "take": vault_acts.take_file,
        "list": vault_acts.list_items,
        "read": vault_acts.read_item,
        "check": vault_acts.check,
        "sweep": vault_acts.sweep,
        "rescan": vault_acts.rescan,
    }
    return acts[asked.do](asked)
