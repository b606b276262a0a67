"""One duty, four outputs: the guide's sentence, the staff's task, the survivor's promise, and a row of the figures.

What is kept from the survivor says why: it is owed to somebody else, or its `why` says so, or its
source is not checked.
"""

from datetime import datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import msgspec
from django.utils.html import escape
from tests.house.test_every_duty import NAMES
from tests.house.test_every_duty import fired_and_kept
from tests.house.test_every_duty import in_force
from tests.house.test_every_duty import of_every_duty
from tests.house.test_every_duty import pack_of
from tests.support.simulate import first_moment

from holdfast.doors.desk.owed_words import show_duty
from holdfast.doors.guide.words import say
from holdfast.doors.survivor.promised import line
from holdfast.duties.steps import steps
from holdfast.law.pack import Duty
from holdfast.law.pack import Pack
from holdfast.law.placeholders import Placeholder
from holdfast.record.entry import ROLES
from holdfast.record.entry import STAFF_ROLES


def guide_faults(duty: Duty, pack: Pack) -> list[str]:
    """Why the public cannot read this duty in the guide, or what it reads that it should not."""
    day = first_moment(duty, pack).astimezone(ZoneInfo(pack.timezone)).date()
    said = say(Placeholder("duty", duty.id, 1), pack, day, "/guide/x/")
    if duty.shown_to_survivor != (said is not None):
        return ["the guide says it" if said else "the guide has no sentence for it"]
    if said is None:
        return []
    limit = say(Placeholder("limit", duty.id, 1), pack, day, "/guide/x/")
    faults = [] if escape(duty.says) in said.inline else ["the guide's sentence is another one"]
    if limit is None or not limit.inline.strip():
        faults.append("the guide has no words for its limit")
    return faults


def staff_faults(duty: Duty, pack: Pack) -> list[str]:
    """Why nobody finds this duty in a queue, or cannot tell from it what to do."""
    now = first_moment(duty, pack)
    shown = show_duty(
        duty, state="open", started_by=1, instance=1, due_by=now, in_words=False, now=now, zone=ZoneInfo(pack.timezone)
    )
    faults = [
        f"staff are not told {what}"
        for what in ("staff", "owed_by", "authority", "source_title")
        if not getattr(shown, what)
    ]
    if duty.owed_by not in ROLES:
        faults.append("it is owed by nobody on the list of roles")
    if duty.owed_by not in STAFF_ROLES and not any(other.chases == duty.id for other in pack.duties):
        faults.append("it is owed by somebody who does not sign in, and nobody chases it")
    return faults


def survivor_faults(duty: Duty, pack: Pack) -> list[str]:
    """Why the survivor does not read this promise, before and after it was kept."""
    made = fired_and_kept(duty, pack)
    assert made, f"{duty.id} never fires"
    faults = []
    for when, entries, at in (
        ("while it is owed", made.entries[:-1], made.fired_at),
        ("once it is kept", made.entries, made.kept_at),
    ):
        found = [each for each in steps(entries, pack, at).promises if each.owed.duty == duty]
        if not duty.shown_to_survivor:
            faults += [f"the survivor reads it {when}"] if found else []
            continue
        lines = [line(each, ZoneInfo(pack.timezone), at) for each in found]
        if not any(each.says == duty.says and each.state and each.when.strip(" .") for each in lines):
            faults.append(f"the survivor has no promise with its state and its time {when}")
    return faults


def hidden_for_no_reason(duty: Duty) -> bool:
    """Whether it is kept from the survivor and nothing says why."""
    return not duty.survivor_sees and duty.owed_to in ("survivor", "child") and not duty.why and not duty.chases


@of_every_duty
def test_the_guide_says_it_or_keeps_it_off(name: str, duty: Duty) -> None:
    assert guide_faults(duty, pack_of(name)) == []


@of_every_duty
def test_staff_are_told_what_to_do_and_by_what_law(name: str, duty: Duty) -> None:
    assert staff_faults(duty, pack_of(name)) == []


@of_every_duty
def test_the_survivor_reads_the_promise_and_that_it_was_kept(name: str, duty: Duty) -> None:
    assert survivor_faults(duty, pack_of(name)) == []


def test_what_is_kept_from_the_survivor_says_why() -> None:
    hidden = [duty for name in NAMES for duty in in_force(name)]
    assert [duty.file for duty in hidden if hidden_for_no_reason(duty)] == []


def place_of_a_case(name: str, duty: Duty) -> str:
    """The pack itself, or the first under which a case is opened and which inherits this very duty from it."""
    if not pack_of(name).abstract:
        return name
    return next(
        folder
        for folder in NAMES
        if pack_of(folder).inherits == name and not pack_of(folder).abstract and duty in pack_of(folder).duties
    )


def test_every_duty_has_its_row_in_the_figures(database: Path) -> None:
    from django.db import connection

    from holdfast.casefile.models import Case
    from holdfast.casefile.rows import rows_now
    from holdfast.casefile.rows import write_rows
    from holdfast.figures.compliance import compliance

    wanted = set()
    latest = datetime.min.replace(tzinfo=ZoneInfo("UTC"))
    for number, (said_by, duty) in enumerate((name, duty) for name in NAMES for duty in in_force(name)):
        name = place_of_a_case(said_by, duty)
        pack = pack_of(name)
        made = fired_and_kept(duty, pack)
        assert made
        at = made.entries[0].happened_at
        case = Case.objects.create(
            id=uuid4(), code=f"{number:08d}", pack=name, opened_at=at, length=1, head=b"", invented=False
        )
        rows = rows_now(made.entries, pack, made.kept_at).rows
        write_rows(connection.connection, case.id.hex, {}, rows)
        wanted.add((name, duty.id))
        latest = max(latest, made.kept_at)
    found = compliance(at=latest)
    kept = {(row.pack, row.duty) for row in found if row.kept and row.staff and row.owed_by and row.authority}
    assert wanted - kept == set()


# Each of these can fail: one duty with the output taken from it.


def a_duty() -> tuple[Pack, Duty]:
    pack = pack_of("england-and-wales")
    return pack, next(duty for duty in pack.duties if duty.id == "tell-bail")


def test_a_duty_that_the_guide_cannot_say_is_found() -> None:
    pack, duty = a_duty()
    assert guide_faults(duty, msgspec.structs.replace(pack, duties=())) == ["the guide has no sentence for it"]


def test_a_duty_without_a_task_is_found() -> None:
    pack, duty = a_duty()
    mute = msgspec.structs.replace(duty, staff="", owed_by="court")
    assert len(staff_faults(mute, pack)) == 2


def test_a_hidden_duty_without_a_reason_is_found() -> None:
    _, duty = a_duty()
    assert hidden_for_no_reason(msgspec.structs.replace(duty, survivor_sees=False, why=""))


def test_a_promise_that_the_survivor_cannot_read_is_found() -> None:
    pack, duty = a_duty()
    blank = msgspec.structs.replace(
        duty, limit_words=" ", within=(msgspec.structs.replace(duty.within[0], limit="at once"),)
    )
    from holdfast.law.loading import ready

    assert survivor_faults(blank, ready(msgspec.structs.replace(pack, duties=(blank,))))
