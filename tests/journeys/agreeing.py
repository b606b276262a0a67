"""Promise for promise: what the pages say, held against what the pure engine says of the same entries just then.

The words for each state are written here by hand: a page that changed a word would have to change it here too.
"""

from collections import Counter
from datetime import UTC
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.journeys.staff import Staff
from tests.journeys.survivor import Survivor

from holdfast.duties.owed import owed
from holdfast.duties.steps import Promise
from holdfast.duties.steps import steps
from holdfast.law.pack import Pack

LONDON = ZoneInfo("Europe/London")
READ_AS = {
    "late": "Late",
    "to come": "Not done yet",
    "no date": "No date",
    "kept": "Done",
    "kept late": "Done, but late",
    "not safe": "Not safe to do",
    "not needed": "Not needed",
    "no longer owed": "No longer needed",
}
CAN_AS = {"open": "You can", "used": "Done", "passed": "Time has passed", "undated": "No date"}


def assert_survivor_reads_the_record(code: str, survivor: Survivor, pack: Pack) -> list[Promise]:
    """The survivor's list has exactly the promises of the record, each in its state and with its day."""
    entries = survivor.served.entries(code)
    lines = survivor.reads_every_promise()
    found = steps(entries, pack, datetime.now(UTC))
    promises = list(found.promises)
    read = Counter((line.says, line.state) for line in lines)
    assert read == Counter((promise.says, READ_AS[promise.standing]) for promise in promises)
    for promise in promises:
        if promise.standing in ("to come", "late") and promise.by is not None:
            day = promise.by.astimezone(LONDON)
            days = [line.when for line in lines if line.says == promise.says]
            assert any(f"{day.day} {day:%B}" in when for when in days), (promise.owed.id, days)
    can = Counter((line.says, line.state) for line in survivor.reads_what_they_can_do())
    assert can == Counter((each.limit.says, CAN_AS[each.state]) for each in found.can)
    return promises


def assert_guide_promises_the_same(promises: list[Promise], guide: set[str]) -> None:
    """Each promise of this case is, word for word, one that the public guide makes."""
    missing = {promise.owed.id for promise in promises if promise.says not in guide}
    assert not missing, f"the guide does not promise: {sorted(missing)}"


def assert_desk_owes_the_same(code: str, staff: Staff, pack: Pack) -> None:
    """What the case's page says is owed is what the record and the pack make owed, due at the same moment."""
    shown = staff.owed(code)
    entries = staff.served.entries(code)
    live = {
        f"{item.id}@{item.started_by}.{item.instance}": (
            item.due_by.isoformat() if item.due_by else "",
            item.state,
        )
        for item in owed(entries, pack, datetime.now(UTC))
        if item.state in ("open", "overdue", "undated")
    }
    # The desk marks what is due within two hours.
    assert {key: (due, "open" if state == "soon" else state) for key, (due, state) in shown.items()} == live
