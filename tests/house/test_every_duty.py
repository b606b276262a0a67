"""Whatever a pack declares can happen: each duty fires on some record, each of its limits can hold, and it can be kept.

The records are made from the duty's own data by `tests/support/simulate.py`; the dates they come to are the worked
cases' business.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import msgspec
import pytest
from tests.support.establishing import establish
from tests.support.establishing import fill
from tests.support.packs import PACKS
from tests.support.packs import pack_of
from tests.support.simulate import Simulated
from tests.support.simulate import first_moment
from tests.support.simulate import simulate
from tests.support.together import all_of

from holdfast.duties.owed import Owed
from holdfast.duties.owed import owed
from holdfast.law.clock import Worded
from holdfast.law.clock_text import read as read_clock
from holdfast.law.pack import Duty
from holdfast.law.pack import Pack
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.facts import FACTS
from holdfast.record.facts import facts_of
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS

# A Wednesday morning, a Friday shortly before midnight, a Sunday before anybody is up.
MOMENTS = [(2, 10), (4, 23), (6, 3)]


NAMES = sorted(file.parent.name for file in PACKS.glob("*/pack.yaml"))


def of_every_duty(test: Callable[[str, Duty], None]) -> Callable[[str], None]:
    """The same test of every duty in force that a pack says itself, a test for each pack that has some."""

    @pytest.mark.parametrize("name", NAMES)
    def of_all(name: str) -> None:
        all_of((f"{duty.id}/{duty.in_force.from_}", partial(test, name, duty)) for duty in in_force(name))

    of_all.__name__, of_all.__doc__ = test.__name__, test.__doc__
    return of_all


def in_force(name: str) -> list[Duty]:
    """What a pack says itself: what it inherits is tried under the pack that says it."""
    pack = pack_of(name)
    return [duty for duty in pack.duties if duty.in_force.status == "in-force" and duty.pack == pack.id]


def of(duty: Duty, made: Simulated, items: list[Owed]) -> Owed | None:
    """What is owed under this very version of the duty because of its starting entry."""
    return next((item for item in items if item.duty == duty and item.started_by == made.started_by), None)


def fires(duty: Duty, made: Simulated, pack: Pack) -> bool:
    """Owed and open, for a reason that is known: a rule that only 'unknown' sets off is one that never applies."""
    item = of(duty, made, made.fired(pack))
    return item is not None and item.state == "open" and item.unknown == made.rests_on_unknown


def is_kept(duty: Duty, made: Simulated, pack: Pack) -> bool:
    item = of(duty, made, made.kept(pack))
    return item is not None and item.state == "kept" and item.ended_by == len(made.entries)


def fired_and_kept(duty: Duty, pack: Pack, hour: int = 10, weekday: int = 2) -> Simulated | None:
    moment = first_moment(duty, pack, hour, weekday)
    records = (made for number in range(len(duty.within)) for made in simulate(duty, pack, moment, number))
    return next((made for made in records if fires(duty, made, pack) and is_kept(duty, made, pack)), None)


@of_every_duty
def test_every_duty_fires_and_can_be_kept_at_any_hour(name: str, duty: Duty) -> None:
    pack = pack_of(name)
    for weekday, hour in MOMENTS:
        assert fired_and_kept(duty, pack, hour, weekday), f"{duty.id}: no record makes it fire and be kept"


@of_every_duty
def test_every_limit_of_a_duty_holds_in_some_case(name: str, duty: Duty) -> None:
    pack = pack_of(name)
    for number, alternative in enumerate(duty.within):
        wanted = read_clock(alternative.limit)
        found = [of(duty, made, made.fired(pack)) for made in simulate(duty, pack, first_moment(duty, pack), number)]
        held = [
            item.in_words == wanted.said if isinstance(wanted, Worded) else item.clock == wanted
            for item in found
            if item
        ]
        assert any(held), f"{duty.id}: no record brings about the limit '{alternative.limit}'"


@of_every_duty
def test_every_duty_that_nobody_does_is_overdue_when_its_time_has_passed(name: str, duty: Duty) -> None:
    pack = pack_of(name)
    made = fired_and_kept(duty, pack)
    assert made
    item = of(duty, made, made.fired(pack))
    assert item
    assert item.due_by is not None, f"{duty.id}: nobody is ever rung about it"
    late = of(duty, made, owed(made.entries[:-1], pack, item.due_by + timedelta(seconds=1)))
    assert late
    assert (late.state, late.missed) == ("overdue", True)


@pytest.mark.parametrize("fact", sorted(FACTS))
def test_every_fact_can_be_established_by_an_entry(fact: str) -> None:
    pack = pack_of("england-and-wales")
    value = {"risk.grade": "high", "call.grade": "priority", "case.force": "cleveland", "case.area": "hartlepool"}.get(
        fact, "yes"
    )
    moment = first_moment(pack.duties[0], pack)
    entries = []
    for number, (kind, wanted) in enumerate(establish(fact, (("is", value),)), 1):
        fields = fill(KINDS[kind], wanted, moment)
        assert fields is not None
        entries.append(
            Entry(number, kind, moment, moment, By("officer", "X1"), read_fields(KINDS[kind], fields), None, ())
        )
    changing, people = facts_of(entries)
    assert {**changing, **people}.get(fact) == value


def test_a_duty_whose_condition_contradicts_itself_is_found() -> None:
    pack = pack_of("england-and-wales")
    never = msgspec.structs.replace(pack.duties[0], when={"risk.grade": "high", "not": {"risk.grade": "high"}})
    assert fired_and_kept(never, planted(pack, never)) is None


def test_a_duty_that_lapses_as_it_starts_is_found() -> None:
    pack = pack_of("england-and-wales")
    duty = next(duty for duty in pack.duties if duty.id == "tell-bail")
    start = msgspec.structs.replace(duty.starts[0], about="any")
    end = msgspec.structs.replace(duty.ends[0], about="started", fields={"what": "bail", "not": {"what": ["bail"]}})
    never = msgspec.structs.replace(duty, ends=(end,), lapses=(start,))
    assert fired_and_kept(never, planted(pack, never)) is None


def planted(pack: Pack, duty: Duty) -> Pack:
    from holdfast.law.loading import ready

    return ready(msgspec.structs.replace(pack, duties=(duty,)))
