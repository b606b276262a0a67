"""The items of a case of 10,000 entries folded, beside reading the same entries once; time stamps and receipts, each.

What only computes: processor time. What a page of custody pays for each item is the stamp's verifying.
"""

import secrets
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from _measure import figure
from _measure import heading
from _measure import in_turns
from _measure import middle
from _measure import ms
from _measure import ratio

from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS
from holdfast.vault.acts import acts_of
from holdfast.vault.case_export import case_uco
from holdfast.vault.items import items_of
from holdfast.vault.own_authority import make_authority
from holdfast.vault.receipt import Receipt
from holdfast.vault.receipt import write_receipt
from holdfast.vault.stamping import request_for
from holdfast.vault.stamping import verify

ENTRIES = 10_000
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
OFFICER = By("investigator", "DC7")


def entry(number: int) -> Entry:
    """Every fifth takes an item; the others look at one."""
    item = str(UUID(int=number - (number - 1) % 5))
    if number % 5 == 1:
        kind, said = "ItemTaken", {"item": item, "what": "photograph", "size": 9, "sha256": "ab" * 32}
    else:
        kind, said = "ItemLookedAt", {"item": item, "purpose": "To investigate this case"}
    at = NOW + timedelta(seconds=number)
    return Entry(number, kind, at, at, OFFICER, read_fields(KINDS[kind], said))


def main() -> None:
    """Measures all."""
    heading(f"custody: a case of {ENTRIES:,} entries")
    entries = [entry(number) for number in range(1, ENTRIES + 1)]
    items, acts = items_of(entries), acts_of(entries)
    works = {
        "items": lambda: items_of(entries),
        "acts": lambda: acts_of(entries),
        "read": lambda: [one.kind for one in entries if one.fields.item],
        "case": lambda: case_uco(UUID(int=1), items, acts),
    }
    times = in_turns(works, rounds=15)
    read = middle(times["read"])
    figure(
        f"items_of: {len(items):,} items", ms(middle(times["items"])), ratio(middle(times["items"]), read, "reading")
    )
    figure(
        "acts_of: every act with its items", ms(middle(times["acts"])), ratio(middle(times["acts"]), read, "reading")
    )
    figure("reading each entry's kind and item once", ms(read))
    figure("all of it as CASE/UCO", ms(middle(times["case"])))
    authority, digest = make_authority(datetime.now(UTC)), sha256(b"what was given").digest()
    answer, private = authority.answer(request_for(digest, 7)), secrets.token_bytes(32)
    said = Receipt(UUID(int=1), NOW, 9, digest.hex())
    each = in_turns(
        {
            "verify": lambda: verify(answer, digest, (authority.root,)),
            "receipt": lambda: write_receipt(said, private),
        },
        rounds=50,
    )
    figure("one time stamp verified", ms(middle(each["verify"])))
    figure("one receipt written and signed", ms(middle(each["receipt"])))


if __name__ == "__main__":
    main()
