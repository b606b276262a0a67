"""Who is in on a survivor's page, and what they may do there.

- The survivor may do everything there. A supporter may do what the survivor named (the entry SupporterNamed), as long
  as no entry ended it: the record says so, and the table of ways in only opens the door.
- The ways in, the supporters and who looked are the survivor's own, always.
"""

from datetime import datetime

from holdfast.access.may import CaseKnown
from holdfast.access.may import Person
from holdfast.access.may import may
from holdfast.access.ways_in.kept import SUPPORTER
from holdfast.access.ways_in.kept import WayIn
from holdfast.casefile.reading import CaseFile
from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.field import UNKNOWN

# What a supporter can be given. 'own_page' is everything else on the page, and never theirs.
SHARED = ("see_next_steps", "see_what_happened", "see_contact", "ask_questions", "say_what_was_not_done")
ACTS = ("own_page", *SHARED)


def person_by(way: WayIn, file: CaseFile) -> Person | None:
    """Whoever came by this way in, or None where the record says that it has ended."""
    if way.kind != SUPPORTER:
        return Person("survivor", "", agency="", case=file.code)
    named = named_by(way, file)
    if named is None:
        return None
    scope = frozenset(each for each in named.fields.may if each not in UNKNOWN)
    return Person("supporter", f"supporter-{named.number}", agency="", case=file.code, scope=scope, until=way.until)


def may_here(person: Person, act: str, file: CaseFile, at: datetime) -> bool:
    """Whether they may do this on the page of this case."""
    return act in ACTS and may(person, act, CaseKnown(file.code), at=at).allowed


def named_by(way: WayIn, file: CaseFile) -> Entry | None:
    """The entry that named a supporter, while it stands and nothing ended it."""
    entries = effective(list(file.entries))
    if any(entry.kind == "SupporterEnded" and way.entry in entry.about for entry in entries):
        return None
    return next((each for each in entries if each.number == way.entry and each.kind == "SupporterNamed"), None)
