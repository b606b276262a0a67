"""Who signs in at the desk: one role, one kind of agency, one staff identifier.

- The sign-in (name, password) is Django's own user. What the record shows is the staff identifier, never a name.
- Everyone belongs to an agency of a kind, to one organisation of that kind (which force, which refuge), and to a team
  in it. A separate unit (professional standards) is named only for those who belong to one.
- `role` is one of STAFF_ROLES. Somebody who does two jobs has two sign-ins, so that every entry says in which role it
  was made.
- `agency` is a kind of agency, because that is all that the survivor is ever shown of it: a refuge reads 'support
  service'.
"""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models

from holdfast.access.may import Person
from holdfast.record.entry import STAFF_ROLES
from holdfast.record.entry import By

AGENCIES = {
    "police": "Police",
    "support_service": "Support service",
    "witness_care": "Witness care",
    "probation": "Probation",
    "housing": "Housing",
    "health": "Health",
    "school": "School",
    "children_services": "Children’s services",
    "adult_services": "Adult services",
    "inspection": "Inspection",
}
_IDENTIFIER = RegexValidator(r"^[A-Za-z0-9._/-]+$")


class StaffMember(models.Model):
    """A member of staff who may sign in."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_member")
    role = models.CharField(max_length=40, choices=list(STAFF_ROLES.items()))
    agency = models.CharField(max_length=40, choices=list(AGENCIES.items()), default="police")
    staff = models.CharField(max_length=60, unique=True, validators=[_IDENTIFIER])
    organisation = models.CharField(max_length=60, blank=True, default="")
    team = models.CharField(max_length=60, blank=True, default="")
    unit = models.CharField(max_length=60, blank=True, default="")
    session_minutes = models.PositiveSmallIntegerField(null=True, blank=True)  # fewer than the role's; None: the role's
    subject = models.CharField(max_length=255, unique=True, null=True, blank=True, default=None)

    class Meta:
        db_table = "access_staff_member"

    def __str__(self) -> str:
        return f"{self.staff}, {STAFF_ROLES.get(self.role, self.role)}"

    @property
    def by(self) -> By:
        """How this person stands in an entry that they record."""
        return By(self.role, self.staff)

    @property
    def person(self) -> Person:
        """The value that `may` judges."""
        return Person(
            role=self.role,
            staff=self.staff,
            agency=self.agency,
            team=self.team,
            organisation=self.organisation,
            unit=self.unit,
        )


def staff_member(user: Any) -> StaffMember | None:
    """The member of staff behind a signed-in user, or None: a user without a role may do nothing at the desk."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return None
    return StaffMember.objects.filter(user=user).select_related("user").first()


def add_staff_member(
    name: str,
    password: str | None,
    *,
    role: str,
    staff: str,
    agency: str = "police",
    organisation: str = "",
    team: str = "",
    unit: str = "",
    session_minutes: int | None = None,
    subject: str | None = None,
) -> StaffMember:
    """A new sign-in, without a password where that is None: for whoever comes by single sign-on.

    Refuses (ValueError) a role or an agency that is not on its list, before anything is written.
    """
    from django.contrib.auth import get_user_model
    from django.db import transaction

    if role not in STAFF_ROLES:
        raise ValueError(f"There is no staff role of this name. The roles are: {', '.join(STAFF_ROLES)}.")
    if agency not in AGENCIES:
        raise ValueError(f"There is no kind of agency of this name. They are: {', '.join(AGENCIES)}.")
    with transaction.atomic():
        user = get_user_model().objects.create_user(username=name, password=password)
        member = StaffMember(
            user=user, role=role, staff=staff, agency=agency, organisation=organisation, team=team, unit=unit,
            session_minutes=session_minutes, subject=subject or None,
        )  # fmt: skip
        member.full_clean()
        member.save()
    return member
