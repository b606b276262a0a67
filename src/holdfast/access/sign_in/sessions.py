"""Who is signed in where: each sign-in is a row, and without its row a session opens nothing.

- Its person sees each one (since when, last used, by what, which browser) and ends it; a supervisor may end another's.
- A row holds no address and no case. It goes when the sign-in ends, or a few hours after it was last used.
- Ending takes hold at the next page, since every page looks for the row.
"""

import uuid
from datetime import datetime
from datetime import timedelta

from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from holdfast.access.sign_in.wanted import length_for
from holdfast.access.staff import StaffMember

WRITTEN_EVERY = timedelta(minutes=1)
_ROW = "sign_in"
_FAMILIES = (("Edg", "Edge"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("Chrom", "Chrome"), ("CriOS", "Chrome"),
             ("Safari", "Safari"))  # fmt: skip


class SignIn(models.Model):
    """One sign-in of one member of staff, at one browser."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="sign_ins")
    began_at = models.DateTimeField()
    used_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    how = models.CharField(max_length=40, blank=True, default="")
    browser = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        db_table = "access_sign_in"

    def __str__(self) -> str:
        return f"{self.member.staff}, {self.browser}"


def begin(request: HttpRequest, member: StaffMember, how: str = "") -> SignIn:
    """A row for the session that has just been signed in, which now lasts as long as its role says."""
    now = timezone.now()
    length = length_for(member.role, member.session_minutes)
    row = SignIn.objects.create(
        member=member,
        began_at=now,
        used_at=now,
        ends_at=now + timedelta(minutes=length.longest),
        how=how,
        browser=browser_family(request.headers.get("User-Agent", "")),
    )
    request.session[_ROW] = str(row.id)
    request.session["_minutes"] = length.unused  # site/sessions.py counts these
    return row


def still_on(request: HttpRequest) -> bool:
    """Whether this session's row is there and not past its longest time. Notes the use, once a minute."""
    found = SignIn.objects.filter(pk=_row(request)).values_list("used_at", "ends_at").first()
    now = timezone.now()
    if found is None or found[1] <= now:
        return False
    if now - found[0] > WRITTEN_EVERY:
        SignIn.objects.filter(pk=_row(request)).update(used_at=now)
    return True


def is_this_one(request: HttpRequest, row: SignIn) -> bool:
    """Whether a row is the very session that asks."""
    return str(row.id) == request.session.get(_ROW)


def sign_ins_of(member: StaffMember) -> list[SignIn]:
    """Everywhere that somebody is signed in now, the last used first."""
    now = timezone.now()
    unused = timedelta(minutes=length_for(member.role, member.session_minutes).unused)
    return list(member.sign_ins.filter(ends_at__gt=now, used_at__gt=now - unused).order_by("-used_at"))


def end(member: StaffMember, row: str) -> bool:
    """Ends one sign-in of this person. Whether there was such a one; an identifier that is none names nothing."""
    try:
        return bool(member.sign_ins.filter(pk=uuid.UUID(row)).delete()[0])
    except ValueError:
        return False


def end_this(request: HttpRequest) -> None:
    """Ends the sign-in that asks."""
    SignIn.objects.filter(pk=_row(request)).delete()


def end_others(request: HttpRequest, member: StaffMember) -> int:
    """Ends every sign-in of this person but the one that asks; how many those were."""
    return member.sign_ins.exclude(pk=_row(request)).delete()[0]


def end_all(member: StaffMember) -> int:
    """Ends every sign-in of this person; how many those were."""
    return member.sign_ins.all().delete()[0]


def forget_over(at: datetime) -> int:
    """Takes away the rows of sign-ins that are over: when somebody was signed in is nobody's to read later."""
    longest_unused = timedelta(minutes=60)
    over = models.Q(ends_at__lte=at) | models.Q(used_at__lte=at - longest_unused - WRITTEN_EVERY)
    return SignIn.objects.filter(over).delete()[0]


def browser_family(agent: str) -> str:
    """Which kind of browser, and whether it is a telephone's: enough to know one's own by.

    >>> browser_family("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36")
    'Chrome on a phone'
    >>> browser_family("curl/8")
    'Another program'
    """
    family = next((name for sign, name in _FAMILIES if sign in agent), "Another program")
    return f"{family} on a phone" if "Mobile" in agent else family


def _row(request: HttpRequest) -> str:
    """The row of the session that asks; one that no row has, where it has none."""
    return str(request.session.get(_ROW) or uuid.UUID(int=0))
