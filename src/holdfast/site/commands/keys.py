"""The keys that wrap each case's own key: lists them, adds one, wraps every case's key by it, takes an old one away.

Everything may be done while the server runs. docs/how-to/keys.md says in which order, and what to keep.
"""

import argparse
import json
import sys

from holdfast.site.commands.refusing import NotDone
from holdfast.site.commands.refusing import counted
from holdfast.site.operator import operator_may
from holdfast.site.start import start_on_data


def arguments(parser: argparse.ArgumentParser) -> None:
    """What, and with which key."""
    parser.add_argument(
        "do",
        choices=("list", "add", "rewrap", "retire"),
        help="list them; add one that wraps new cases from now on; wrap all by the newest; take an old one away",
    )
    parser.add_argument("name", nargs="?", default="", help="which key to take away")


def run(asked: argparse.Namespace) -> int:
    """Does it. The answer is 1 where some keys could not be wrapped anew."""
    if (asked.do == "retire") != bool(asked.name):
        raise NotDone(["`retire` needs the name of a key, and nothing else takes one."])
    start_on_data()
    operator_may("keep_keys", reason=asked.do)
    return {"list": _list, "add": _add, "rewrap": _rewrap, "retire": _retire}[asked.do](asked)


def _list(asked: argparse.Namespace) -> int:
    from holdfast.casefile.keys.rotating import listed

    found = listed()
    if asked.json:
        print(json.dumps([one._asdict() for one in found]))
        return 0
    for one in found:
        print(f"{one.name}  {one.kept_by}, wraps {counted(one.wraps, 'key')}{', and new cases' if one.for_new else ''}")
    return 0


def _add(asked: argparse.Namespace) -> int:
    from holdfast.casefile.keys.rotating import add_key
    from holdfast.casefile.keys.rotating import name_for_new

    name = add_key()
    used = name_for_new() == name
    if asked.json:
        print(json.dumps({"added": name, "for_new": used}))
        return 0
    print(f"{name} was added" + (" and wraps new cases from now on." if used else "; HOLDFAST_KEYS names another."))
    print("Copy keyring.json to its safe place now. Then: holdfast keys rewrap")
    return 0


def _rewrap(asked: argparse.Namespace) -> int:
    from holdfast.casefile.keys.rotating import rewrap

    ended = rewrap(_told)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if asked.json:
        print(json.dumps(ended._asdict()))
    else:
        print(f"{counted(ended.done, 'key')} wrapped anew by {ended.by}.")
        if ended.failed:
            print(f"{counted(ended.failed, 'key')} did not open and stayed as they were. Run `holdfast verify`.")
    return 1 if ended.failed else 0


def _told(done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} wrapped anew", end="", file=sys.stderr, flush=True)


def _retire(asked: argparse.Namespace) -> int:
    from holdfast.casefile.keys.aws_kms import PREFIX
    from holdfast.casefile.keys.rotating import retire

    retire(asked.name)
    if asked.json:
        print(json.dumps({"retired": asked.name}))
        return 0
    print(f"{asked.name} wraps nothing here any more and was taken away.")
    if asked.name.startswith(PREFIX):
        print("It is still in AWS KMS: disable it there, and delete it when no backup needs it.")
    print("A backup from before needs the old key: keep that copy of keyring.json as long as the backup, and apart.")
    return 0
