"""Which cases a list may show: of which forces, without which, and where that is all, only which. Whoever asks says it.

It is passed in by access/reach.py: what is kept here does not know who may see what.
"""

from typing import NamedTuple


class Within(NamedTuple):
    """A cut through all cases. `forces` None: of every force ('' is 'not stated'). `only` None: of every case."""

    forces: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()  # codes
    only: tuple[str, ...] | None = None  # codes

    def holds(self, code: str, force: str = "") -> bool:
        """Whether one case is within it."""
        if code in self.without or (self.only is not None and code not in self.only):
            return False
        return self.forces is None or force in self.forces

    @property
    def sql(self) -> tuple[str, tuple[str, ...]]:
        """The same as a condition on duty_row `d`, with its values; ('', ()) where all is within.

        Codes are looked up once for the whole query; the signs keep it to the index that is in the order of a queue.
        """
        parts: list[str] = []
        values: list[str] = []
        cases = '+d.case_id {} (SELECT id FROM "case" WHERE code IN ({}))'
        for condition, found in (
            ("+d.force IN ({})", self.forces),
            (cases.format("NOT IN", "{}"), self.without or None),
            (cases.format("IN", "{}"), self.only),
        ):
            if found is not None:
                parts.append(f" AND {condition.format(', '.join('?' * len(found)))}")
                values += found
        return "".join(parts), tuple(values)


EVERYTHING = Within()
