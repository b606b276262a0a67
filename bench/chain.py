"""Verifying a chain of 500 entries, beside the bare hashing of the same bytes; and opening a case of 40.

- Bare hashing is the chain's own hash of each entry (`entry_hash`), with nothing compared and nothing read. SHA-256
  alone, over bytes that were put together beforehand, is printed too.
- Opening is what a page pays for a case that is not in memory: verify, decrypt, read the fields.
"""

import secrets
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

from _measure import PACK
from _measure import figure
from _measure import heading
from _measure import in_turns
from _measure import middle
from _measure import ms
from _measure import ratio
from _measure import target

from holdfast.duties.owed import owed
from holdfast.examples import examples
from holdfast.law.loading import load_pack
from holdfast.record.chain import Stored
from holdfast.record.chain import entry_hash
from holdfast.record.chain import open_entry
from holdfast.record.chain import seal_entry
from holdfast.record.chain import verify_chain
from holdfast.record.entry import Entry
from holdfast.record.outcome import Outcome

LONG = 500
MOST_TIMES = 3
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def sealed_chain(case: str, key: bytes, entries: list[Entry]) -> list[Stored]:
    """The entries sealed one after the other."""
    chain: list[Stored] = []
    for number, entry in enumerate(entries, 1):
        before = chain[-1].hash if chain else None
        chain.append(
            seal_entry(
                case, before, number, entry.kind, entry.fields, happened_at=entry.happened_at,
                recorded_at=entry.recorded_at, by=entry.by, key=key, key_id="key-1", nonce=secrets.token_bytes(12),
                about=[one for one in entry.about if one < number],
            )
        )  # fmt: skip
    return chain


def bare_hashing(chain: list[Stored]) -> bytes:
    """The hash of each entry, and nothing else."""
    digest = b""
    for header, sealed, _ in chain:
        digest = entry_hash(header, sealed)
    return digest


def sha_alone(ready_made: list[bytes]) -> bytes:
    """SHA-256 and nothing else, not even putting the bytes together."""
    digest = b""
    for one in ready_made:
        digest = sha256(one).digest()
    return digest


def main() -> None:
    """Measures both."""
    heading(f"chain: {LONG} entries")
    entries = list(max((example.entries for example in examples(NOW)), key=len))
    case, key = str(uuid4()), secrets.token_bytes(32)
    chain = sealed_chain(case, key, (entries * (LONG // len(entries) + 1))[:LONG])
    assert verify_chain(case, chain).outcome is Outcome.SOUND
    size = sum(len(one.header) + len(one.sealed) for one in chain)
    ready_made = [header + sealed for header, sealed, _ in chain]
    works = {
        "verify": lambda: verify_chain(case, chain),
        "bare": lambda: bare_hashing(chain),
        "sha": lambda: sha_alone(ready_made),
    }
    times = in_turns(works, rounds=200, calls=2)
    verify, bare, alone = middle(times["verify"]), middle(times["bare"]), middle(times["sha"])
    figure(f"verify_chain, {size // LONG:,} bytes an entry", ms(verify), ratio(verify, bare, "the bare hashing"))
    figure("bare hashing of the same bytes", ms(bare))
    figure("SHA-256 alone of the same bytes", ms(alone), f"verifying is {ratio(verify, alone, 'this')}")
    target(f"within {MOST_TIMES} times the bare hashing", met=verify < MOST_TIMES * bare)
    a_case(case, key, entries[:40])


def a_case(case: str, key: bytes, entries: list[Entry]) -> None:
    """From stored bytes to duties."""
    chain, pack = sealed_chain(case, key, entries), load_pack(PACK)
    at = entries[-1].recorded_at + timedelta(hours=1)

    def opened() -> list[Entry]:
        verify_chain(case, chain)
        return [open_entry(one.header, one.sealed, key) for one in chain]

    times = in_turns({"open": opened, "derive": lambda: owed(opened(), pack, at)}, rounds=100)
    figure("a case of 40 from stored bytes: verify and open", ms(middle(times["open"])))
    figure("    and derive its duties", ms(middle(times["derive"])))


if __name__ == "__main__":
    main()
