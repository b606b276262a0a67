"""The placeholders in a guide page: where the prose asks the pack for a figure, a promise or a number.

- A placeholder is `{{verb:name}}`; the verbs are one closed list, and what each asks for stands beside it.
- Reading never fails: what cannot be read comes back as `Broken`, with its line, so that `check` lists every fault in
  one go and a page leaves a broken one out.
- Nothing is looked up here: `check` asks whether the name exists, and the guide door finds the words for it.

>>> parse("Tell them {{limit:tell-bail}}.")
('Tell them ', Placeholder(verb='limit', name='tell-bail', line=1), '.')
>>> parse("Call {{number emergency}}")
('Call ', Broken(text='{{number emergency}}', line=1))
"""

import re
from typing import NamedTuple

VERBS = {
    "duty": "a duty's sentence with its limit",
    "limit": "a duty's limit in words",
    "duties": "every promise of a stage, as a list",
    "can": "a limit: its sentence, how, and its clock",
    "order": "what an order does",
    "power": "what a power lets police do",
    "policy": "how a power of arrest or charge is to be used here",
    "lasts": "how long an order lasts",
    "term": "what this place calls something",
    "number": "an emergency or service number, with its hours",
    "service": "a service as a block",
    "risk": "a figure of a risk instrument",
    "see": "a link to another page of the guide",
}

# Verbs whose words fill lines of their own: a page puts nothing else on that line.
BLOCKS = frozenset({"duties", "service", "can"})

_BRACES = re.compile(r"\{\{.*?\}\}|\{\{|\}\}", re.DOTALL)
_WELL_MADE = re.compile(r"\{\{\s*([a-z]+)\s*:\s*([a-z0-9][a-z0-9._-]*)\s*\}\}")


class Placeholder(NamedTuple):
    """One thing that a page asks of the pack."""

    verb: str
    name: str
    line: int


class Broken(NamedTuple):
    """Braces that are no placeholder: a verb that is not on the list, no name, or only one half of a pair."""

    text: str
    line: int


Piece = str | Placeholder | Broken


def parse(text: str) -> tuple[Piece, ...]:
    """The page cut into prose and placeholders, in order; joined again, the prose is what was written."""
    pieces: list[Piece] = []
    end = 0
    for found in _BRACES.finditer(text):
        if found.start() > end:
            pieces.append(text[end : found.start()])
        pieces.append(_read(found[0], text.count("\n", 0, found.start()) + 1))
        end = found.end()
    if end < len(text):
        pieces.append(text[end:])
    return tuple(pieces)


def _read(braces: str, line: int) -> Placeholder | Broken:
    made = _WELL_MADE.fullmatch(braces)
    if made is None or made[1] not in VERBS:
        return Broken(braces, line)
    return Placeholder(made[1], made[2], line)
