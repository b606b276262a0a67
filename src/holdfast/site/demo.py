"""What the demo is made of: a sign-in for each role, and the invented cases of `examples/`. For the demo alone."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from holdfast.access.person import EVERY_FORCE
from holdfast.access.sign_in.wanted import DEMO_STAFF
from holdfast.record.entry import STAFF_ROLES

PASSWORD = "only invented cases here"  # noqa: S105 the checks refuse these accounts outside the demo
AGENCIES = {
    "adviser": "support_service",
    "outreach_worker": "support_service",
    "witness_care": "witness_care",
    "victim_liaison": "probation",
    "auditor": "inspection",
}
# A partner belongs to the service to which the examples refer somebody: without a referral nothing opens to them.
ORGANISATIONS = {"adviser": "Harbour Light (invented)", "outreach_worker": "The Lantern Room (invented)"}


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
            agency = AGENCIES.get(role, "police")
            organisation = ORGANISATIONS.get(role, EVERY_FORCE)
            add_staff_member(
                name_for(role), PASSWORD, role=role, staff=DEMO_STAFF + role, agency=agency, organisation=organisation
            )
    return [(name_for(role), says) for role, says in STAFF_ROLES.items()]


def name_for(role: str) -> str:
    """What the demo's member of staff of a role signs in as."""
    return role.replace("_", ".")


def load_examples(now: datetime) -> list[str]:
    """Loads the invented cases into a demo that has no case yet; what could not be loaded, and why."""
    from holdfast.casefile.importing import import_case
    from holdfast.casefile.models import Case
    from holdfast.casefile.refused import Refused
    from holdfast.examples import ExampleRefused
    from holdfast.examples import examples

    if Case.objects.exists():
        return []
    titles: dict[str, str] = {}
    faults = []
    try:
        for example in examples(now):
            try:
                titles[import_case(example.entries).code] = example.title
            except Refused as fault:
                faults.append(f"{example.name}: {fault}")
    except ExampleRefused as fault:
        faults.append(str(fault))
    _titles_file().write_text(json.dumps(titles), encoding="utf-8")
    return faults


def take_in_examples(now: datetime) -> list[str]:
    """Puts a few items into the vault of one invented case that has none; what could not be, and why."""
    from holdfast.casefile.reading import case_by_code
    from holdfast.casefile.refused import Refused
    from holdfast.site.demo_evidence import CASE
    from holdfast.site.demo_evidence import take_in_evidence
    from holdfast.vault.store import StoreFault

    titles = json.loads(_titles_file().read_text(encoding="utf-8")) if _titles_file().is_file() else {}
    try:
        for code in (code for code, title in titles.items() if title == CASE):
            take_in_evidence(case_by_code(code), now)
    except (Refused, StoreFault, OSError) as fault:
        return [f"evidence of {CASE}: {fault}"]
    return []


def issue_all_words(now: datetime) -> Iterator[Example]:
    """New words for every invented case: they are shown when they are issued and never again."""
    from holdfast.access.survivor_words import issue_words
    from holdfast.casefile.models import Case

    titles = json.loads(_titles_file().read_text(encoding="utf-8")) if _titles_file().is_file() else {}
    for case in Case.objects.filter(invented=True, code__in=titles).order_by("opened_at"):
        yield Example(titles[case.code], case.code, issue_words(case.id, case.code, now))


def _titles_file() -> Path:
    """Which example became which case. Only the demo keeps it."""
    from django.conf import settings

    return Path(settings.HOLDFAST_DATA) / "demo-cases.json"
