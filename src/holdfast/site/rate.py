"""How fast anybody may ask: a token bucket for each address and for each session, held in memory and bounded.

- An address that a whole station or a telephone company shares has to be let through, so its bucket is wide: it stops a
  program, not a crowd. A session is one person: theirs is the number of pages that no person can read.
- What is asked from this machine itself has no address of its own to count (a proxy that names nobody, a bench).
- Memory is bounded: of many thousand addresses those heard of longest ago are forgotten, and begin with a full bucket.
- Wrong words at a sign-in are slowed by the doors themselves, and far sooner.

>>> bucket = Buckets(per_second=1.0, burst=2, most=10)
>>> [bucket.take("a", at) for at in (0.0, 0.0, 0.0, 1.0)]
[0.0, 0.0, 1.0, 0.0]
"""

from collections import OrderedDict
from ipaddress import ip_address
from ipaddress import ip_network
from threading import Lock

WRITING = 5  # a form costs as much as five pages


class Buckets:
    """A bucket of tokens for each key. `per_second` tokens flow in, up to `burst`; at most `most` keys are held."""

    def __init__(self, per_second: float, burst: float, most: int):
        self.per_second, self.burst, self.most = per_second, burst, most
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str, at: float, cost: float = 1.0) -> float:
        """Takes `cost` tokens at a moment in seconds. 0.0 when they were there; else the seconds until they are."""
        with self._lock:
            tokens, before = self._held.pop(key, (self.burst, at))
            tokens = min(self.burst, tokens + max(0.0, at - before) * self.per_second)
            wait = max(0.0, (cost - tokens) / self.per_second)
            self._held[key] = (tokens if wait else tokens - cost, max(at, before))
            while len(self._held) > self.most:
                self._held.popitem(last=False)
        return wait

    def __len__(self) -> int:
        """How many keys are known now."""
        return len(self._held)


def by_address() -> Buckets:
    """The bucket of an address: 40 pages a second, 400 at once."""
    return Buckets(per_second=40.0, burst=400.0, most=20_000)


def by_session() -> Buckets:
    """The bucket of one session, or of one machine's key: 30 pages a second, 300 at once."""
    return Buckets(per_second=30.0, burst=300.0, most=20_000)


def by_reporter() -> Buckets:
    """The bucket of an address that sends reports online: 10 at once, one more each half minute."""
    return Buckets(per_second=1 / 30, burst=10.0, most=20_000)


def counted_as(address: str) -> str:
    """What an address is counted as: itself, or for IPv6 its network, which one telephone has whole. '' for our own."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if known.is_loopback:
        return ""
    return str(ip_network(f"{known}/64", strict=False) if known.version == 6 else known)
