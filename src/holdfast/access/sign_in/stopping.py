"""Stopping somebody's account, and letting them in again."""

from holdfast.access.sign_in.sessions import end_all
from holdfast.access.staff import StaffMember


def may_sign_in(member: StaffMember, allowed: bool) -> None:
    """Lets somebody sign in, or stops them: then every sign-in of theirs ends at once."""
    member.user.is_active = allowed
    member.user.save(update_fields=["is_active"])
    if not allowed:
        end_all(member)
