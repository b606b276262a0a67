"""How a form made by hand differs from one drawn from its kind: order, headings, hints and starting values.

- A layout changes how a form reads, never what it accepts: the one check is `read_fields`.
- A field that a layout forgets still shows, in the last section: a question must not be lost because a list was not
  kept up.
"""

from typing import Any
from typing import NamedTuple


class Part(NamedTuple):
    """A heading with the fields that stand under it."""

    legend: str
    fields: tuple[str, ...]
    hint: str = ""
    folded: bool = False  # seldom asked: behind a line that opens it


class Layout(NamedTuple):
    """One form made by hand."""

    kind: str
    parts: tuple[Part, ...]
    lead: str = ""  # one or two sentences at the top: what this act is for, what must not be forgotten
    hints: dict[str, str] = {}
    questions: dict[str, str] = {}
    defaults: dict[str, Any] = {}
    reminders: tuple[str, ...] = ()  # shown beside the button: what usually follows
    rest: str = "Also"
