"""Answers that come after a round time, so that how long one took says nothing of what it found.

What is inside takes less than LEAST as long as the machine is not overloaded; when it takes longer, the answer waits
for the next STEP. A try under load still tells nothing finer than that.
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

LEAST = 0.22  # seconds: with the page that follows it stays under three tenths
STEP = 0.05


@contextmanager
def held(least: float | None = None) -> Iterator[None]:
    """Waits after what is done inside until the time is round."""
    begun = time.monotonic()
    try:
        yield
    finally:
        time.sleep(seconds_more(time.monotonic() - begun, LEAST if least is None else least))


def seconds_more(took: float, least: float = LEAST) -> float:
    """How long is still to wait.

    >>> [round(seconds_more(took, 0.2), 2) for took in (0.0, 0.15, 0.2, 0.22)]
    [0.2, 0.05, 0.0, 0.03]
    """
    if took <= least:
        return least - took
    return math.ceil((took - least) / STEP) * STEP - (took - least)
