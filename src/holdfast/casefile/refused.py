"""The ways in which the casefile says no, and whose turn it is to mend each.

- `EntryRefused`: the person who typed it can put it right; `faults` names every field, never its value.
- `CaseMovedOn`: somebody else wrote first; look again, then write.
- `NoSuchCase`: nothing by that name. The same answer is given to whoever may not see it.
- `CannotKeep`: the store itself must be seen to by staff; nothing was written.
"""

from holdfast.record.kind import FieldFault


class Refused(Exception):
    """Nothing was written."""


class EntryRefused(Refused):
    """What was given does not make an entry of this case."""

    def __init__(self, kind: str, faults: tuple[FieldFault, ...]):
        self.kind = kind
        self.faults = faults
        listed = "; ".join(f"{fault.field}: {fault.why}" for fault in faults)
        super().__init__(f"{kind[:60]} was not recorded: {listed}. Correct these and record it again.")


class CaseMovedOn(Refused):
    """The case has more entries than the writer had seen."""

    def __init__(self, expected: int, actual: int):
        self.expected = expected
        self.actual = actual
        super().__init__(
            f"Nothing was recorded: the case has {actual} entries and you had seen {expected}. "
            "Somebody else wrote in it. Look at what is new, then record yours if it is still right."
        )


class NoSuchCase(Refused):
    """There is no case by that name."""

    def __init__(self) -> None:
        super().__init__("There is no such case. Check the code, letter by letter.")


class CannotKeep(Refused):
    """The store cannot keep what it is given."""


class CaseErased(CannotKeep):
    """The case's key is gone: its words were erased, or somebody took the key out. `holdfast verify` says which."""
