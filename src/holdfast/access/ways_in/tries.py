"""Who was wrong how often in the last hour: a device, an address, a code. In memory, by keyed hashes, and bounded.

- A device is the session of its browser and no more: nothing is left on a telephone to know it by again.
- An address of the newer kind counts by its network: one telephone changes its address at will.
- The code is counted only so that staff are told. It is never slowed and never stopped.
"""

import time
from collections import OrderedDict
from ipaddress import ip_address
from ipaddress import ip_network
from threading import Lock

from holdfast.access.ways_in.stretched import keyed

FREE = 3  # anybody mistypes; only then does it become slow
SLOWEST = 8  # seconds
FORGOTTEN_AFTER = 3600.0  # seconds
MOST = 20_000  # of each kind; the oldest is forgotten first


class Tries:
    """Wrong tries by whatever they are counted by."""

    def __init__(self, most: int = MOST):
        self.most = most
        self.known: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self.lock = Lock()

    def wrong(self, who: str, now: float | None = None) -> int:
        """Counts one, and says how many there are now."""
        now = time.monotonic() if now is None else now
        with self.lock:
            count = self._count(who, now) + 1
            self.known[who] = (count, now)
            self.known.move_to_end(who)
            while len(self.known) > self.most:
                self.known.popitem(last=False)
        return count

    def count(self, who: str, now: float | None = None) -> int:
        """How many there were in the last hour, each hour after the last one forgotten."""
        with self.lock:
            return self._count(who, time.monotonic() if now is None else now)

    def forget(self) -> None:
        """Forgets all of it."""
        with self.lock:
            self.known.clear()

    def _count(self, who: str, now: float) -> int:
        count, at = self.known.get(who, (0, 0.0))
        return count if now - at < FORGOTTEN_AFTER else 0


def seconds_for(count: int) -> int:
    """How long somebody waits who was wrong so often: nothing at first, then ever longer, up to a bound.

    >>> [seconds_for(count) for count in (0, 2, 3, 4, 5, 6, 60)]
    [0, 0, 1, 2, 4, 8, 8]
    """
    return min(SLOWEST, 2 ** min(count - FREE, 10)) if count >= FREE else 0


def network_of(address: str) -> str:
    """What an address is counted by, as a keyed hash: itself, or for the newer kind the network it belongs to."""
    try:
        known = ip_address(address)
    except ValueError:
        return keyed("address", "not known")
    if known.version == 6 and known.ipv4_mapped:
        known = known.ipv4_mapped
    network = ip_network(f"{known}/64", strict=False) if known.version == 6 else known
    return keyed("address", str(network))
