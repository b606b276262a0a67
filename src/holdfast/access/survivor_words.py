"""The four words that open a survivor's page, as a person gives them. What they open: access/ways_in.

- Drawn from a published list without the words that would tell or hurt (access/words), in the reader's language where
  there is such a list.
- Shown once, when they are issued, and kept only as a slow keyed hash.
- New words end the old ones, every visit that was opened with them, and, unless somebody says otherwise, the passkeys
  and supporters that were added behind them: whoever had the words could have added their own. Second words stay: a
  person set them, and whoever learnt them may need them.
"""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from holdfast.access.ways_in.kept import PASSKEY
from holdfast.access.ways_in.kept import SUPPORTER
from holdfast.access.ways_in.kept import WORDS as OWN
from holdfast.access.ways_in.kept import WayIn
from holdfast.access.ways_in.kept import end
from holdfast.access.ways_in.kept import looked_up
from holdfast.access.ways_in.opening import opened_by
from holdfast.access.ways_in.stretched import tag_of
from holdfast.access.words import word_list

WORDS = 4  # of 7,299 English ones: more than two thousand million million ways


def issue_words(case: UUID, code: str, at: datetime, language: str = "en", *, keep_others: bool = True) -> str:
    """New words for a case, to be read aloud or written down now: they can't be shown again. Earlier ones end."""
    words = drawn(language)
    tag = tag_of(code, words)  # before the transaction: it is slow
    with transaction.atomic():
        end(case, OWN, *(() if keep_others else (PASSKEY, SUPPORTER)), at=at)
        WayIn.objects.create(case=case, kind=OWN, lookup=looked_up(code), tag=tag, issued_at=at)
    return words


def end_words(case: UUID, at: datetime) -> int:
    """Ends a case's words, so that nobody enters with them any more. How many were ended."""
    return end(case, OWN, at=at)


def case_for(code: str, words: str) -> UUID | None:
    """The case whose own words these are, or None. Takes as long either way."""
    found = opened_by(code, words)
    return found.case if found and found.kind == OWN else None


def drawn(language: str = "en") -> str:
    """Four words at random, from the list of that language or, where it has none, the English one."""
    listed = word_list(language)
    return " ".join(secrets.choice(listed) for _ in range(WORDS))
