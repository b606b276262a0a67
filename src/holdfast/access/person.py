"""Who asks, what is known of a case, and what is answered: the three values of `may`. Plain values, and pure.

- Every default means 'not known', and what is not known opens nothing.
- For police, witness care and probation the organisation is the force that they serve, as the pack names it. A control
  room that serves several says EVERY_FORCE; that is a choice: a blank one serves only cases whose force is not known.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

EVERY_FORCE = "every-force"
SEPARATE_UNIT = "professional-standards"  # where a case about a member of staff goes by itself


class Person(NamedTuple):
    """Somebody who wants to do something."""

    role: str  # one of STAFF_ROLES, or 'survivor', 'supporter', 'operator' (runs commands), 'feed' (another system)
    staff: str  # staff identifier; '' for a survivor; a supporter's id
    agency: str = "police"  # kind of agency (AGENCIES in access/staff.py)
    team: str = ""  # team within it
    organisation: str = ""  # which agency of that kind: which force, which refuge, which hospital
    unit: str = ""  # the separate unit that they belong to (professional standards), or ''
    case: str = ""  # for a survivor or supporter: the code of the one case that they may open
    scope: frozenset[str] = frozenset()  # for a supporter: what the survivor said they may do (SupporterMay)
    until: datetime | None = None  # for a supporter: when it ends


class Referral(NamedTuple):
    """The survivor was referred to a partner agency."""

    agency: str  # the kind of agency
    organisation: str  # which one, as `same_name` writes it; '' where the entry names none
    since: datetime
    until: datetime | None = None  # when it ended or will end


class Consent(NamedTuple):
    """A kind of agency may be told: the survivor agreed, or somebody stated a legal ground."""

    agency: str
    since: datetime
    until: datetime | None = None
    by_law: bool = False  # without the survivor's agreement


NOBODY: Mapping[str, datetime] = MappingProxyType({})
NO_OTHER: "Mapping[str, CaseKnown]" = MappingProxyType({})


class CaseKnown(NamedTuple):
    """What `may` needs to know about a case: made by access/known.py from its entries, walls and openings."""

    code: str
    force: str = ""
    area: str = ""
    unit: str = ""  # the separate unit that it belongs to, or ''
    unit_has_staff: bool = True  # somebody signs in there; while nobody does, the force's supervisors answer for it
    responding_until: datetime | None = None  # a case that went to the unit by itself: until when who answered keeps it
    live_until: datetime | None = None  # until when it is new work, which those on duty may open
    closed: bool = False
    assigned: frozenset[str] = frozenset()  # staff to whom it was given, or who answer for it
    recorded: frozenset[str] = frozenset()  # staff who recorded in it otherwise than by an emergency opening
    teams: frozenset[str] = frozenset()  # teams of those to whom it was given
    units: frozenset[str] = frozenset()  # police units that were sent to it
    owed_by: frozenset[str] = frozenset()  # roles that owe something in it which is nobody's yet
    referrals: tuple[Referral, ...] = ()
    consents: tuple[Consent, ...] = ()
    walled_off: frozenset[str] = frozenset()  # staff who are, or know, somebody in the case
    opened_in_emergency: Mapping[str, datetime] = NOBODY  # staff: until when
    not_again: frozenset[str] = frozenset()  # staff whose opening in an emergency was found not to be right
    without_own: "Mapping[str, CaseKnown]" = NO_OTHER  # staff who broke in: what ties them otherwise


class Answer(NamedTuple):
    """What `may` answers. Take its parts by name; its truth is `allowed`."""

    allowed: bool
    why: str  # a sentence that names no party and no case
    rule: str  # the id of the rule that decided

    def __bool__(self) -> bool:
        return self.allowed


def same_name(name: str) -> str:
    """An organisation's name as two spellings of it are compared.

    >>> same_name(" Harbour  Women’s Aid ") == same_name("harbour womens aid")
    True
    """
    return "".join(sign for sign in name.casefold() if sign.isalnum())
