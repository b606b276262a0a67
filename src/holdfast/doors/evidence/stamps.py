"""Stamps what has no time stamp yet, beside the clock: whoever gives something never waits for an authority.

What waits is found in the record each time a process starts (items that were taken and have no stamp), so nothing is
lost by a restart. While the authority is out it is asked again after half a minute, then less and less often.
"""

import logging
import threading
import time
from datetime import UTC
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.append import Draft
from holdfast.casefile.append import append_all
from holdfast.casefile.noticing import anything_since
from holdfast.casefile.noticing import cases_short_of
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CaseErased
from holdfast.casefile.refused import CaseMovedOn
from holdfast.casefile.refused import Refused
from holdfast.record.entry import By
from holdfast.vault.authority import Authority
from holdfast.vault.authority import AuthorityOut
from holdfast.vault.authority import NoAuthority
from holdfast.vault.authority import authority
from holdfast.vault.items import KnownItem
from holdfast.vault.items import items_of
from holdfast.vault.stamping import StampRefused

_HOLDFAST = By("feed", "holdfast")
AGAIN_SECONDS = 30.0
SELDOM_SECONDS = 900.0
_log = logging.getLogger("holdfast.evidence")


class Trouble(NamedTuple):
    """Why the authority did not stamp when it was last asked."""

    at: datetime
    why: str


class Waiting:
    """The cases that may have something to stamp, and when to ask again. One for a process."""

    def __init__(self) -> None:
        self.place = 0  # up to where the record was looked through
        self.cases: dict[UUID, None] = {}  # in the order in which they came
        self.not_before = 0.0
        self.pause = AGAIN_SECONDS
        self.trouble: Trouble | None = None
        self.at_work = threading.Lock()

    def failed(self, at: datetime, why: str) -> None:
        """Asks again later, and less often each time."""
        if self.trouble is None:
            _log.error("time stamps wait: %s", why)
        self.trouble = Trouble(at, why)
        self.not_before = time.monotonic() + self.pause
        self.pause = min(self.pause * 2, SELDOM_SECONDS)

    def went_well(self) -> None:
        """Nothing is in the way any more."""
        self.trouble, self.not_before, self.pause = None, 0.0, AGAIN_SECONDS


WAITING = Waiting()


def trouble() -> Trouble | None:
    """Why nothing is stamped at present, where the authority was asked and did not."""
    return WAITING.trouble


def without_stamp(items: tuple[KnownItem, ...]) -> tuple[KnownItem, ...]:
    """What was taken and nobody stamped. What was made from it is bound to it by the chain, and is not stamped."""
    return tuple(item for item in items if item.of is None and not item.stamps)


def stamp_when_due(at: datetime) -> None:
    """The clock's part: sees whether anything waits, and if so stamps it in a thread of its own."""
    if time.monotonic() < WAITING.not_before or WAITING.at_work.locked():
        return
    if WAITING.cases or anything_since(WAITING.place):
        threading.Thread(target=_in_a_thread, name="stamps", daemon=True).start()


def stamp_waiting() -> int:
    """Stamps all that waits, as far as the authority answers; how many stamps there are more."""
    if not WAITING.at_work.acquire(blocking=False):
        return 0
    try:
        return _stamp_waiting()
    finally:
        WAITING.at_work.release()


def stamp_case(case_id: UUID, chosen: Authority) -> int:
    """Stamps what has no stamp in one case. AuthorityOut or StampRefused after what did work was kept, CaseMovedOn."""
    drafts, fault, file = [], None, read_case(case_id)
    for item in without_stamp(items_of(file.entries)):
        at = datetime.now(UTC)
        try:
            token, verified = chosen.stamp(bytes.fromhex(item.sha256), at)
        except (AuthorityOut, StampRefused) as refused:
            fault = refused
            break
        said = {"item": str(item.item), "authority": chosen.name, "at": verified.at, "token": token}
        drafts.append(Draft("ItemTimeStamped", said, at))
    if drafts:
        # Only where nothing was written meanwhile: two who stamp at once leave one stamp, not two.
        append_all(case_id, drafts, by=_HOLDFAST, expected_length=file.length)
    if fault:
        raise fault
    return len(drafts)


def _stamp_waiting() -> int:
    found = cases_short_of("ItemTimeStamped", "ItemTaken", WAITING.place)
    WAITING.cases.update(dict.fromkeys(found.cases))
    WAITING.place, count = found.until, 0
    if not WAITING.cases:
        return 0
    try:
        chosen = authority()
        for case_id in list(WAITING.cases):
            try:
                count += stamp_case(case_id, chosen)
            except CaseMovedOn:
                continue  # somebody else wrote first: it is stamped the next time
            except CaseErased:
                pass  # nothing can be recorded in it any more
            except Refused:
                _log.error("a case could not be read to stamp its items; run `holdfast verify`")
            del WAITING.cases[case_id]
    except (NoAuthority, AuthorityOut, StampRefused) as fault:
        WAITING.failed(datetime.now(UTC), str(fault))
    else:
        WAITING.went_well()
    return count


def _in_a_thread() -> None:
    from django.db import connection

    try:
        stamp_waiting()
    except Exception:  # noqa: BLE001 the clock starts another; whoever runs the system reads why
        _log.exception("time stamps could not be made")
        WAITING.failed(datetime.now(UTC), "Something went wrong here: look at the system's log.")
    finally:
        connection.close()
