"""Many small cases as one test: each failure is told under its own name, as it would be of a test of its own.

A test of its own costs some milliseconds in every process that shares the tests out, which is more than a small case.
"""

from collections.abc import Callable
from collections.abc import Iterable


def all_of(cases: Iterable[tuple[str, Callable[[], None]]]) -> None:
    """Tries every case, whatever became of those before it; ExceptionGroup with each that failed."""
    faults = []
    tried = 0
    for name, case in cases:
        tried += 1
        try:
            case()
        except Exception as fault:  # noqa: BLE001 told together, below
            fault.add_note(name)
            faults.append(fault)
    assert tried, "there was no case to try"
    if faults:
        raise ExceptionGroup(f"{len(faults)} of {tried} failed", faults)
