"""Which cases a list may show somebody: the same answers as `may`, asked of many cases at once.

- A list (queue, overview, figures) shows a row only of the person's own force, of no case that they are walled off from
  and of no separate unit's but their own; a partner's shows only the cases that were shared with it and stand.
- `CaseApart` and `CaseShared` copy what the record says, so that a list need not open every case. They are written anew
  whenever a case is written or opened, can be thrown away at any time, and name an organisation by a keyed hash alone:
  which refuge a survivor went to is nowhere in clear.
- A list is a way to a case and not the case: its page asks `may` again.
"""

import hmac
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from holdfast.access.partners import agency_of
from holdfast.access.partners import is_partner
from holdfast.access.person import EVERY_FORCE
from holdfast.access.person import CaseKnown
from holdfast.access.person import Person
from holdfast.access.person import same_name
from holdfast.access.staff import StaffMember
from holdfast.access.walls import walls_of
from holdfast.casefile.queue import holders_of
from holdfast.casefile.within import Within


class CaseApart(models.Model):
    """A case of a separate unit."""

    case = models.CharField(max_length=80, primary_key=True)
    unit = models.CharField(max_length=60)

    class Meta:
        db_table = "access_case_apart"

    def __str__(self) -> str:
        return f"{self.case} / {self.unit}"


class CaseShared(models.Model):
    """A case that was shared with one organisation, until when."""

    case = models.CharField(max_length=80)
    partner = models.CharField(max_length=64)  # the kind of agency and the organisation, by a keyed hash
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_case_shared"
        constraints = [models.UniqueConstraint(fields=["case", "partner"], name="case_shared_once")]
        indexes = [models.Index(fields=["partner"], name="case_shared_partner")]

    def __str__(self) -> str:
        return f"{self.case} / {self.partner}"


def reach_of(person: Person, at: datetime) -> Within:
    """What of every list this person may see: two short queries."""
    apart = CaseApart.objects.exclude(unit=person.unit) if person.unit else CaseApart.objects.all()
    without = walls_of(person.staff) | frozenset(apart.values_list("case", flat=True))
    if is_partner(person):
        shared = CaseShared.objects.filter(partner=_partner(agency_of(person), same_name(person.organisation)))
        shared = shared.filter(Q(until=None) | Q(until__gt=at))
        return Within(None, tuple(without), tuple(shared.values_list("case", flat=True)))
    everywhere = person.role == "auditor" or person.organisation == EVERY_FORCE
    return Within(None if everywhere else ("", person.organisation), tuple(without), None)


def signing_in(staff: Iterable[str]) -> frozenset[str]:
    """Who of these can sign in. What was given to anybody else is nobody's: it must not be hidden behind them."""
    asked = set(staff) - {""}
    if not asked:
        return frozenset()
    return frozenset(StaffMember.objects.filter(staff__in=asked, user__is_active=True).values_list("staff", flat=True))


def work_beside(member: StaffMember, role: str) -> tuple[str, ...]:
    """Whose work of a role somebody sees beside their own: their team's, and that of whoever signs in no longer."""
    mates = StaffMember.objects.filter(team=member.team, organisation=member.organisation) if member.team else ()
    return (*(mate.staff for mate in mates), *left_behind(role))


def left_behind(role: str) -> tuple[str, ...]:
    """Who was given what a role owes and signs in no longer: it is nobody's, so everybody of the role sees it."""
    given = holders_of(role)
    return tuple(sorted(given - signing_in(given)))


def write_reach(known: CaseKnown, at: datetime) -> None:
    """Copies what a case's own record says of who may see it, where the copy differs."""
    unit = known.unit if known.unit_has_staff else ""
    before = CaseApart.objects.filter(case=known.code).values_list("unit", flat=True).first() or ""
    if unit != before:
        CaseApart.objects.filter(case=known.code).delete()
        if unit:
            CaseApart.objects.create(case=known.code, unit=unit)
    now = {} if known.unit else _shared(known, at)
    kept = dict(CaseShared.objects.filter(case=known.code).values_list("partner", "until"))
    if now != kept:
        CaseShared.objects.filter(case=known.code).delete()
        CaseShared.objects.bulk_create(CaseShared(case=known.code, partner=key, until=now[key]) for key in now)


def _shared(known: CaseKnown, at: datetime) -> dict[str, datetime | None]:
    found: dict[str, datetime | None] = {}
    for referral in known.referrals:
        for consent in known.consents:
            ends = [end for end in (referral.until, consent.until) if end is not None]
            if consent.agency != referral.agency or any(end <= at for end in ends):
                continue
            key, until = _partner(referral.agency, referral.organisation), min(ends, default=None)
            if key not in found or until is None or (found[key] is not None and until > found[key]):  # type: ignore[operator]
                found[key] = until
    return found


def _partner(agency: str, organisation: str) -> str:
    key = hmac.digest(settings.SECRET_KEY.encode(), b"holdfast.access.reach", "sha256")
    return hmac.digest(key, f"{agency}|{organisation}".encode(), "sha256").hex()
