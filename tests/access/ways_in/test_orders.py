"""Whatever is issued, ended and entered in whatever order: what opens is what was issued last and not ended."""

from datetime import UTC
from datetime import datetime
from uuid import uuid4

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from holdfast.access.survivor_words import end_words
from holdfast.access.survivor_words import issue_words
from holdfast.access.ways_in import stretched
from holdfast.access.ways_in.kept import PASSKEY
from holdfast.access.ways_in.kept import SECOND
from holdfast.access.ways_in.kept import SUPPORTER
from holdfast.access.ways_in.kept import WORDS
from holdfast.access.ways_in.kept import WayIn
from holdfast.access.ways_in.kept import end
from holdfast.access.ways_in.kept import looked_up
from holdfast.access.ways_in.kept import still_open
from holdfast.access.ways_in.opening import opened_by
from holdfast.access.ways_in.second import agree_second
from holdfast.access.ways_in.second import end_second
from holdfast.access.ways_in.stretched import tag_of

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
CODE = "234CFGHJ"
ACTS = ("issue", "issue alone", "end", "second", "end second", "supporter", "end supporters", "passkey")


@pytest.fixture
def quick(monkeypatch):
    """The hash is made quick: its slowness is not what is looked at here."""
    slow = stretched.hash_secret_raw
    monkeypatch.setattr(
        stretched, "hash_secret_raw", lambda *a, **n: slow(*a, **{**n, "memory_cost": 8, "time_cost": 1})
    )


def named(case):
    words = f"supporter words {uuid4().hex}"
    WayIn.objects.create(case=case, kind=SUPPORTER, lookup=looked_up(CODE), tag=tag_of(CODE, words), issued_at=NOW)
    return words


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(ACTS), max_size=9))
def test_what_opens_is_what_was_issued_and_not_ended(quick, acts):
    WayIn.objects.all().delete()
    case = uuid4()
    live: dict[str, str] = {}  # words: kind
    every: list[str] = []
    visits: dict[int, str] = {}

    def drop(*kinds):
        for words in [words for words, kind in live.items() if kind in kinds]:
            del live[words]

    for act in acts:
        if act.startswith("issue"):
            words = issue_words(case, CODE, NOW, keep_others=act == "issue")
            drop(WORDS, *(() if act == "issue" else (SUPPORTER,)))
            live[words] = WORDS
        elif act == "second":
            words = agree_second(case, CODE, NOW)
            drop(SECOND)
            live[words] = SECOND
        elif act == "supporter" and sum(kind == SUPPORTER for kind in live.values()) < 6:
            words = named(case)
            live[words] = SUPPORTER
        elif act == "passkey":
            WayIn.objects.create(case=case, kind=PASSKEY, lookup=looked_up(CODE), credential="x", issued_at=NOW)
            continue
        else:
            end_words(case, NOW) if act == "end" else None
            end_second(case, NOW) if act == "end second" else None
            end(case, SUPPORTER, at=NOW) if act == "end supporters" else None
            drop({"end": WORDS, "end second": SECOND, "end supporters": SUPPORTER}.get(act, ""))
            continue
        every.append(words)
        visits[opened_by(CODE, words).pk] = words

    for words in every:
        found = opened_by(CODE, words)
        assert (found.kind if found else None) == live.get(words)
    for way, words in visits.items():  # whoever is in is in as long as their words would let them in
        assert (still_open(case, way, NOW) is not None) == (words in live)
    assert opened_by("999CFGHJ", every[-1] if every else "") is None
