"""Answers that come after a round time, so that how long one took says nothing of what it found.

All of the work is inside it, what is written to the disk too. It takes less than STEP as long as the machine is not
overloaded; when it takes longer, the answer waits for the next. A try under load tells nothing finer than that.

A try with words or a passkey is held from the moment it arrives, by the server's way in (site/way_in.py); what is held
here, in its own thread, is the page that follows.
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

STEP = 0.25  # seconds: with the way over the line it stays under three tenths


@contextmanager
def held() -> Iterator[None]:
    """Waits after what is done inside until the time is round."""
    begun = time.monotonic()
    try:
        yield
    finally:
        time.sleep(seconds_more(time.monotonic() - begun))


def seconds_more(took: float, step: float | None = None) -> float:
    """How long is still to wait.

    >>> [round(seconds_more(took, 0.25), 2) for took in (0.0, 0.1, 0.25, 0.26)]
    [0.25, 0.15, 0.0, 0.24]
    """
    step = STEP if step is None else step
    return max(1, math.ceil(took / step)) * step - took
