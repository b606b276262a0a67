"""What the demo is made of: a sign-in for each role, and the invented cases. Everything here is for the demo alone.

The cases are `examples/*.json`: case documents as `holdfast owed` reads them, with two more keys: `title`, and `as_of`,
the day on which the case was written. A case with `as_of` is moved by whole weeks, so that the demo's clocks run.
"""

import json
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import Any
from typing import NamedTuple

from holdfast.record.entry import STAFF_ROLES
from holdfast.site.checks import DEMO_STAFF

EXAMPLES = Path(__file__).parents[1] / "examples"
PASSWORD = "only invented cases here"  # noqa: S105 the checks refuse these accounts outside the demo
AGENCIES = {
    "adviser": "support_service",
    "outreach_worker": "support_service",
    "witness_care": "witness_care",
    "victim_liaison": "probation",
    "auditor": "inspection",
}


class Example(NamedTuple):
    """One invented case as it stands in the demo."""

    title: str
    code: str
    words: str


def make_staff() -> list[tuple[str, str]]:
    """A sign-in for each role, made where it is missing: (name, role in words)."""
    from holdfast.access.staff import StaffMember
    from holdfast.access.staff import add_staff_member

    there = set(StaffMember.objects.values_list("staff", flat=True))
    for role in STAFF_ROLES:
        if DEMO_STAFF + role not in there:
            add_staff_member(
                name_for(role), PASSWORD, role=role, staff=DEMO_STAFF + role, agency=AGENCIES.get(role, "police")
            )
    return [(name_for(role), says) for role, says in STAFF_ROLES.items()]


def name_for(role: str) -> str:
    """What the demo's member of staff of a role signs in as."""
    return role.replace("_", ".")


def load_examples() -> list[str]:
    """Loads the invented cases into a demo that has no case yet; what could not be loaded, and why."""
    from holdfast.casefile.importing import import_case
    from holdfast.casefile.models import Case
    from holdfast.casefile.refused import Refused
    from holdfast.duties.case_json import CaseRefused

    if Case.objects.exists():
        return []
    faults = []
    for file in sorted(EXAMPLES.glob("*.json")):
        try:
            _, entries = read_example(file, datetime.now(UTC))
            import_case(entries)
        except (Refused, CaseRefused, ValueError) as fault:
            faults.append(f"{file.name}: {fault}")
    return faults


def read_example(file: Path, now: datetime) -> tuple[str, list[Any]]:
    """An example's title and entries, moved to the present where it says as of when it was written."""
    from holdfast.duties.case_json import read_case_json

    document = json.loads(file.read_text(encoding="utf-8"))
    entries = read_case_json(json.dumps({"entries": document["entries"]}).encode())
    if "as_of" in document:
        weeks = (now - datetime.fromisoformat(document["as_of"]).astimezone(UTC)) // timedelta(weeks=1)
        entries = [_moved(entry, timedelta(weeks=weeks)) for entry in entries]
    return str(document.get("title", file.stem)), entries


def issue_all_words() -> Iterator[Example]:
    """New words for every invented case: they are shown when they are issued and never again."""
    from holdfast.access.survivor_words import issue_words
    from holdfast.casefile.models import Case

    for case in Case.objects.filter(invented=True).order_by("opened_at"):
        yield Example(case.code, case.code, issue_words(case.id, case.code, datetime.now(UTC)))


def _moved(entry: Any, by: timedelta) -> Any:
    """An entry, and every time in its fields, so many weeks later."""
    fields = entry.fields
    changed = {name: value + by for name in fields.__struct_fields__ if isinstance(value := getattr(fields, name), datetime)}
    changed |= {
        name: value + by
        for name in fields.__struct_fields__
        if hasattr(value := getattr(fields, name), "toordinal") and not isinstance(value, datetime) and name != "born_on"
    }
    import msgspec

    return entry._replace(
        happened_at=entry.happened_at + by,
        recorded_at=entry.recorded_at + by,
        fields=msgspec.structs.replace(fields, **changed),
    )
