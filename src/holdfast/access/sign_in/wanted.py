"""What a sign-in must have and how long it lasts, by role. Pure: the demo flag is passed in.

| who | unused for | at the longest |
|---|---|---|
| control room (call taker, dispatcher) | 60 minutes | 13 hours: a shift of 12 and the handing over |
| other police | 30 minutes | 12 hours |
| partners, probation, witness care, auditors | 20 minutes | 10 hours |

The control room stays longer: a call that is being taken must not meet a sign-in page, and the room is locked.
NIST SP 800-63B asks for both limits at its second level; the figures are our own. An account may have fewer minutes.
"""

from typing import NamedTuple

DEMO_STAFF = "demo."  # how the staff identifiers of the demo's accounts begin


class Length(NamedTuple):
    """How long a sign-in lasts."""

    unused: int  # minutes
    longest: int  # minutes


CONTROL_ROOM = Length(60, 13 * 60)
POLICE = Length(30, 12 * 60)
PARTNER = Length(20, 10 * 60)
LEAST_MINUTES = 5

_CONTROL_ROOM = frozenset({"call_taker", "dispatcher"})
_PARTNERS = frozenset({"adviser", "outreach_worker", "witness_care", "victim_liaison", "auditor"})


def length_for(role: str, fewer: int | None = None) -> Length:
    """How long somebody of a role stays signed in; `fewer` minutes unused where their own account says so.

    >>> length_for("dispatcher").unused, length_for("adviser", fewer=10).unused, length_for("adviser", fewer=90).unused
    (60, 10, 20)
    """
    found = CONTROL_ROOM if role in _CONTROL_ROOM else PARTNER if role in _PARTNERS else POLICE
    return found if fewer is None else found._replace(unused=min(found.unused, max(LEAST_MINUTES, fewer)))


def needs_second_factor(staff: str, *, demo: bool) -> bool:
    """Whether a password alone opens nothing. Every role at the desk meets case details, so only the demo is spared.

    >>> needs_second_factor("PC1", demo=True), needs_second_factor("demo.officer", demo=False)
    (True, True)
    """
    return not (demo and staff.startswith(DEMO_STAFF))
