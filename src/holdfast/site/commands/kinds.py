"""`holdfast kinds`: every kind of entry with its fields and meanings; also the roles and the facts."""

from __future__ import annotations

import argparse
import json
from difflib import get_close_matches
from typing import Any

from holdfast.record.entry import ROLES
from holdfast.record.facts import FACTS
from holdfast.record.kind import FieldOf
from holdfast.record.kind import Kind
from holdfast.record.kind import fields_of
from holdfast.record.kind import meaning
from holdfast.record.kind import stage
from holdfast.record.kinds import KINDS
from holdfast.site.commands.refusing import NotDone

LEGEND = """\
KIND  [stage]  and below it what it means. 'about an earlier entry': it has to name the entry that it is about.
  field: type  question        * behind a field: it has to be filled in
  choice, choices              one, or a list, of the values in the line below
  parts                        a list; the fields of each part stand below, further in
  answers                      a value for each of several questions, by their ids
  line, lines, words           one line; a list of lines; as many words as are needed
  when, day                    a time with its offset, as 2026-03-06T21:00:00Z; a day, as 2026-03-06
  count, minutes, months ...   a number
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--facts", action="store_true", help="the facts that a condition may use")
    parser.add_argument("--roles", action="store_true", help="the roles")
    parser.add_argument("--kind", metavar="KIND", help="one kind only")


def run(options: argparse.Namespace) -> int:
    """Prints the list that was asked for."""
    if options.facts or options.roles:
        listed = FACTS if options.facts else ROLES
        print(json.dumps(listed) if options.json else "\n".join(f"{name:36} {says}" for name, says in listed.items()))
        return 0
    kinds = {name: kind for name, kind in KINDS.items() if options.kind in (None, name)}
    if not kinds:
        near = get_close_matches(options.kind, KINDS, n=1)
        meant = f" Perhaps {near[0]} is meant." if near else ""
        raise NotDone([f"There is no such kind.{meant} `holdfast kinds` lists them all."])
    if options.json:
        print(json.dumps([_plain(name, kind) for name, kind in kinds.items()]))
        return 0
    print(LEGEND)
    for name, kind in kinds.items():
        about = " (about an earlier entry)" if kind.needs_about else ""
        print(f"{name}  [{stage(kind)}]{about}\n    {meaning(kind)}")
        for field in fields_of(kind):
            _say(field, 6)
    return 0


def _say(field: FieldOf, indent: int) -> None:
    """A field in a line, then the values that it may have, then its parts, each further in."""
    print(f"{' ' * indent}{field.name}{' *' if field.required else ''}: {field.holds}  {field.question}")
    if field.choices:
        print(f"{' ' * (indent + 4)}{', '.join(field.choices)}")
    for part in fields_of(field.part) if field.part else ():
        _say(part, indent + 4)


def _plain(name: str, kind: type[Kind]) -> dict[str, Any]:
    return {
        "kind": name,
        "stage": stage(kind),
        "meaning": meaning(kind),
        "needs_about": kind.needs_about,
        "fields": [_field(field) for field in fields_of(kind)],
    }


def _field(field: FieldOf) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "name": field.name,
        "holds": field.holds,
        "meaning": field.question,
        "required": field.required,
    }
    if field.choices:
        plain["choices"] = list(field.choices)
    if field.part:
        plain["parts"] = [_field(part) for part in fields_of(field.part)]
    return plain
