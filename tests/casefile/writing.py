"""What tests of the casefile share: who writes, and when."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from uuid import UUID

from holdfast.casefile.append import append
from holdfast.casefile.append import open_case
from holdfast.record.entry import By

TAKER = By("call_taker", "CT1")
DETECTIVE = By("investigator", "DC7")


def ago(**how_long: float) -> datetime:
    """A moment before now."""
    return datetime.now(UTC) - timedelta(**how_long)


def new_case(pack: str = "smallplace", **fields: str) -> UUID:
    """A case of its own."""
    return open_case(pack, by=TAKER, happened_at=ago(hours=5), fields=fields).case_id


def ask(case: UUID, question: str = "What now?") -> int:
    """One small entry."""
    return append(case, "QuestionAsked", {"question": question}, by=By("survivor"), happened_at=ago(minutes=1)).number
