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
        """The same as a condition on duty_row `d` and case `c`, with its values; ('', ()) where all is within."""
        parts: list[str] = []
        values: list[str] = []
        for column, found, there in (
            ("d.force", self.forces, "IN"),
            ("c.code", self.without or None, "NOT IN"),
            ("c.code", self.only, "IN"),
        ):
            if found is not None:
                parts.append(f" AND {column} {there} ({', '.join('?' * len(found))})")
                values += found
        return "".join(parts), tuple(values)


EVERYTHING = Within()
