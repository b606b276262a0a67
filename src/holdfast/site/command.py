"""The `holdfast` command: one module a command, imported only when it is asked for, so that the pure ones never wait for Django.

Each module in `commands/` has a docstring (its help), `arguments(parser)` and `run(options) -> exit code`.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

# name -> what it does, in the order of the help.
COMMANDS = {
    "demo": "prepare a local demonstration with invented cases, and serve it",
    "serve": "serve the pages and run the clock",
    "init": "prepare the data folder: keys and database",
    "take": "take a handover (an EIDO file) from another control room and open a case",
    "owed": "say what is owed in a case document, with the working",
    "when": "say when a limit ends, with the working",
    "kinds": "print every kind of entry with its fields and meanings",
    "check": "check a pack, or every pack, and print every fault",
    "verify": "verify every chain against itself and the checkpoints",
    "figures": "print the compliance rows",
    "words": "issue a survivor's words for a case",
    "clock": "bring duties up to date as time passes",
}


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 done, 1 faults found, 2 not understood or refused."""
    given = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="holdfast", description="Every promise made to the person who called, kept.")
    choices = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    asked = next((word for word in given if not word.startswith("-")), "")
    for name, says in COMMANDS.items():
        sub = choices.add_parser(name, help=says, description=says)
        if name == asked:
            module = import_module(f"holdfast.site.commands.{name}")
            module.arguments(sub)
            sub.add_argument("--json", action="store_true", help="print JSON")
            sub.set_defaults(run=module.run)
    options = parser.parse_args(given)
    return int(options.run(options) or 0)


if __name__ == "__main__":
    sys.exit(main())
