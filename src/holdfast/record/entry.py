"""An entry: one thing that happened, never changed afterwards.

- `number` is its place in the case, from 1. `about` names earlier entries of the same case by number.
- `occurrence` is the number of the report within the case, from 1, where the entry belongs to one.
- Times are aware and in UTC. `happened_at` may lie before `recorded_at`: done in time and recorded late is kept.
- `by.staff` is a staff identifier, never a name; empty for the survivor, a court or a feed.
"""

from datetime import datetime
from typing import Any
from typing import NamedTuple

# One closed list of roles, and what each is called in English. Whoever does not sign in (the second list) can still owe
# a duty; it is then paired with a chase owed by someone who does.
STAFF_ROLES = {
    "call_taker": "Call taker",
    "dispatcher": "Dispatcher",
    "officer": "Attending officer",
    "supervisor": "Supervisor",
    "investigator": "Investigating officer",
    "custody_officer": "Custody officer",
    "records_officer": "Crime records officer",
    "safeguarding_officer": "Safeguarding officer",
    "disclosure_coordinator": "Disclosure scheme coordinator",
    "conference_coordinator": "Conference coordinator",
    "adviser": "Independent adviser",
    "outreach_worker": "Outreach worker",
    "witness_care": "Witness care officer",
    "victim_liaison": "Victim liaison officer",
    "auditor": "Auditor",
}
OTHER_ROLES = {
    "survivor": "Survivor",
    "supporter": "Supporter named by the survivor",
    "prosecutor": "Prosecutor",
    "court": "Court",
    "school": "School or college",
    "children_services": "Children's services",
    "corrections": "Prison, probation or parole service",
    "compensation_board": "Compensation board",
    "firearms_licensing": "Firearms licensing",
    "health_worker": "Health worker",
    "legal_aid": "Legal aid",
    "feed": "Another control room or system",
}
ROLES = {**STAFF_ROLES, **OTHER_ROLES}
# Somebody whom the survivor named may tell something, and never owes anything.
OWING = {role: name for role, name in ROLES.items() if role != "supporter"}


class By(NamedTuple):
    """Who recorded an entry, and in what role."""

    role: str
    staff: str = ""


class Entry(NamedTuple):
    """One entry as it is read: header and opened fields together."""

    number: int
    kind: str
    happened_at: datetime
    recorded_at: datetime
    by: By
    fields: Any  # of the Kind that `kind` names
    occurrence: int | None = None
    about: tuple[int, ...] = ()
