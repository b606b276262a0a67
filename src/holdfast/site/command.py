"""The `holdfast` command: finds which of its commands is asked for, and loads nothing else.

Each command is one module in `commands/`, with `ABOUT` (one line), `arguments(parser)` and `run(asked) -> int`.
The answer is 0 when all is well, 1 when it found faults in what it looked at, 2 when it could not do what was asked.
With `--json` what it says goes to standard output as one JSON document; why something was not done goes to standard
error in words, and into that document as `faults` (commands/refusing.py).
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import TextIO

from holdfast.site.commands import refusing

# The pure ones come first: they know no database and start at once.
COMMANDS = {
    "owed": "what is owed in a case that a file describes",
    "when": "when a limit ends",
    "kinds": "every kind of entry, with its fields and meanings",
    "check": "every fault in a pack",
    "new": "begins a new pack or a new duty, for you to fill in",
    "coverage": "what each pack holds, on what it rests, and what was not read",
    "diff": "what changes in the law of a place between two days",
    "languages": "a place's catalogues in other languages: extract, check, completeness",
    "handbook": "builds the files of a place's guide: PDF, e-book, braille, audio and more",
    "directory": "services of a place: imports Open Referral files, checks, exports, lists",
    "demo": "prepares the invented example and serves it to this machine only",
    "init": "makes the data folder: keys and database",
    "serve": "serves this installation",
    "answer": "answers silent calls by SIP: prompt, keys, taps, recording",
    "clock": "derives again what time alone has changed, and writes checkpoints",
    "people": "the index of people: made anew from the record; and links proposed overnight",
    "rederive": "derives every case's duties again, after a pack changed",
    "take": "takes over a call from a NENA EIDO file",
    "words": "issues the words with which a survivor opens their page",
    "agency": "gives another control room its key, or takes it away",
    "staff": "gives a member of staff a sign-in",
    "keys": "lists the keys that wrap case keys, adds one, wraps anew, takes one away",
    "backup": "everything but the key ring, into one sealed file, while the server goes on",
    "restore": "puts a backup back into an empty folder, and says what is missing",
    "keeping": "which files are due to be looked at",
    "erase": "erases a case for good by destroying its key",
    "bundle": "evidence to hand out: chosen, read, made; and any bag checked",
    "copy": "a copy of a file to give out, without what would endanger somebody",
    "verify": "whether every chain is still what was recorded",
    "receipt": "the public key of receipts, and checking one",
    "vault": "takes a file into a case's vault, lists, reads, checks, sweeps",
    "log": "who opened, searched, took out or was refused what",
    "figures": "how many duties were kept, late, overdue, not safe",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in ("-h", "--help", "help"):
        _help()
        return 0 if given else 2
    if given[0] not in COMMANDS:
        print(f"holdfast: there is no command called {given[0][:40]!r}\n", file=sys.stderr)
        _help(sys.stderr)
        return 2
    command = _command(given[0])
    parser = refusing.Asking(prog=f"holdfast {given[0]}", description=command.__doc__,
                             formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--json", action="store_true", help="answer as one JSON document")
    command.arguments(parser)
    try:
        answer: int = command.run(parser.parse_args(given[1:]))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # whoever read along has seen enough
        return 0
    except Exception as refused:  # noqa: BLE001 what is no refusal is raised again
        return refusing.answer(refused, as_json="--json" in given)
    return answer


def _command(name: str) -> ModuleType:
    return import_module(f"holdfast.site.commands.{name}")


def _help(out: TextIO | None = None) -> None:
    print("usage: holdfast COMMAND [...]   (holdfast COMMAND --help says more)\n", file=out)
    for name, about in COMMANDS.items():
        print(f"  {name:9} {about}", file=out)


if __name__ == "__main__":
    sys.exit(main())
