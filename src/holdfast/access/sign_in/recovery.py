"""A way back in, by a named second person who has the colleague in front of them.

- A supervisor (never for oneself) starts it and reads out three words, shown once. They open, within a quarter of an
  hour and five tries, the page that sets a new password. Whoever runs the system can do it from the command.
- What was lost is then gone: every passkey and code app, and every sign-in. A second factor is set up anew before the
  desk opens.
- Nothing changes until the words are used: starting it locks nobody out. Both steps are written to the log.
- Nothing is sent: there is no e-mail and no question to guess.
"""

import secrets
from datetime import datetime
from datetime import timedelta

from django.contrib.auth.hashers import check_password
from django.contrib.auth.hashers import make_password
from django.db import models
from django.db import transaction
from django.utils import timezone

from holdfast.access.looks import log_look
from holdfast.access.may import Person
from holdfast.access.sign_in import second
from holdfast.access.sign_in.sessions import end_all
from holdfast.access.staff import StaffMember
from holdfast.access.words import word_list

WORDS = 3  # of 7,299: more than three hundred thousand million ways, for five tries
LASTS = timedelta(minutes=15)
MOST_TRIES = 5
OPERATOR = "operator"  # whoever runs the system, by the command


class Recovery(models.Model):
    """One way back in that was opened for somebody."""

    member = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="recoveries")
    started_by = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    words = models.CharField(max_length=200)  # hashed
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    used = models.BooleanField(default=False)

    class Meta:
        db_table = "access_recovery"

    def __str__(self) -> str:
        return f"{self.member.staff} by {self.started_by}"


class NotYours(Exception):
    """Nobody opens a way back in for themselves, or for somebody of another organisation."""


def may_start(starter: StaffMember, member: StaffMember) -> bool:
    """Whether this supervisor may do it for this colleague."""
    same = (starter.agency, starter.organisation) == (member.agency, member.organisation)
    return starter.role == "supervisor" and starter.pk != member.pk and same and not _same_person(starter, member)


def start(by: Person, member: StaffMember, starter: StaffMember | None = None) -> str:
    """The words, to be read out to the colleague now: they can't be shown again. NotYours where it is not allowed.

    `starter` is the supervisor; None is whoever runs the system.
    """
    if starter is not None and not may_start(starter, member):
        log_look(by, "", "start_recovery", f"for {member.staff}", allowed=False)
        raise NotYours("A way back in is opened by another supervisor of the same organisation, never for oneself.")
    listed = word_list("en")
    words = " ".join(secrets.choice(listed) for _ in range(WORDS))
    now = timezone.now()
    with transaction.atomic():
        member.recoveries.filter(ended_at=None).update(ended_at=now)
        Recovery.objects.create(
            member=member, started_by=by.staff or OPERATOR, started_at=now, words=make_password(_plain(words))
        )
    log_look(by, "", "start_recovery", f"for {member.staff}")
    return words


def opened_by(name: str, words: str) -> Recovery | None:
    """The way back in that these words open, or None; takes as long where there is none."""
    now = timezone.now()
    found = (
        Recovery.objects.filter(member__user__username=name.strip(), member__user__is_active=True, ended_at=None)
        .filter(started_at__gt=now - LASTS, tries__lt=MOST_TRIES)
        .select_related("member__user")
        .first()
    )
    if found is None:
        make_password(words)  # the same work
        return None
    Recovery.objects.filter(pk=found.pk).update(tries=models.F("tries") + 1)
    return found if check_password(_plain(words), found.words) else None


def use(recovery: Recovery, password: str) -> bool:
    """Sets the new password and takes away what was lost; whether these words were still unused."""
    member, now = recovery.member, timezone.now()
    with transaction.atomic():
        if not Recovery.objects.filter(pk=recovery.pk, ended_at=None).update(ended_at=now, used=True):
            return False
        member.user.set_password(password)
        member.user.save(update_fields=["password"])
        second.forget_all(member.user)
        end_all(member)
    log_look(member.person, "", "use_recovery", f"started by {recovery.started_by}")
    return True


def last_of(member: StaffMember) -> Recovery | None:
    """The newest that was started for somebody: their own page tells them."""
    return member.recoveries.order_by("-started_at").first()


def let_in_by(member: StaffMember, starter: StaffMember) -> bool:
    """Whether words that this colleague read out were used for that account, as far back as these rows go."""
    return member.recoveries.filter(used=True, started_by=starter.staff).exists()


def forget_old(at: datetime) -> int:
    """Takes away those of more than thirty days ago: the log keeps that they were."""
    return Recovery.objects.filter(started_at__lt=at - timedelta(days=30)).delete()[0]


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _same_person(one: StaffMember, other: StaffMember) -> bool:
    """Whether two sign-ins are one person's, as far as single sign-on tells: somebody with two jobs has two."""
    return bool(one.subject) and one.subject == other.subject
