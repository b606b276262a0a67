"""From where many tries come at the moment: counted by wide networks, fading within minutes, in memory and bounded.

A flood from many addresses mostly comes from few networks. Nobody is refused for their network: while more knock than
can be looked at, whoever comes from where few do goes first (turns.py).
"""

import math
import time
from collections import OrderedDict
from ipaddress import ip_address
from ipaddress import ip_network
from threading import Lock

from holdfast.access.ways_in.stretched import keyed

HALF = 30.0  # seconds after which a try counts half
FEW = 8.0  # tries of late from one network that are no crowd yet
MOST = 20_000  # networks; the one heard of longest ago is forgotten first
HIGHEST = 63


class Crowds:
    """Tries of late by network."""

    def __init__(self, most: int = MOST):
        self.most = most
        self.known: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self.lock = Lock()

    def one_more(self, network: str, now: float | None = None) -> int:
        """Counts a try, and says how crowded it is there."""
        now = time.monotonic() if now is None else now
        with self.lock:
            count = self._count(network, now) + 1
            self.known[network] = (count, now)
            self.known.move_to_end(network)
            while len(self.known) > self.most:
                self.known.popitem(last=False)
        return level(count)

    def level(self, network: str, now: float | None = None) -> int:
        """How crowded it is there: 0 where few tried, and 1 more for each doubling."""
        with self.lock:
            return level(self._count(network, time.monotonic() if now is None else now))

    def forget(self) -> None:
        """Forgets all of it."""
        with self.lock:
            self.known.clear()

    def _count(self, network: str, now: float) -> float:
        count, at = self.known.get(network, (0.0, now))
        return float(count * 0.5 ** ((now - at) / HALF))


def level(count: float) -> int:
    """How crowded so many tries of late are.

    >>> [level(count) for count in (0, 7.9, 8, 15, 16, 2000)]
    [0, 0, 1, 1, 2, 8]
    """
    return min(HIGHEST, int(math.log2(count / FEW)) + 1) if count >= FEW else 0


def wide_network_of(address: str) -> str:
    """The wide network of an address, as a keyed hash: a provider's, roughly."""
    try:
        known = ip_address(address)
    except ValueError:
        return keyed("network", "not known")
    if known.version == 6 and known.ipv4_mapped:
        known = known.ipv4_mapped
    return keyed("network", str(ip_network(f"{known}/{32 if known.version == 6 else 16}", strict=False)))
