"""What follows when somebody signs in, by whatever way they came."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from holdfast.access.sign_in.fresh import proved
from holdfast.access.sign_in.sessions import begin
from holdfast.access.staff import StaffMember


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: Any, **_: Any) -> None:
    """Signing in is proof of who one is, and begins a row among one's sign-ins."""
    proved(request)
    if member := StaffMember.objects.filter(user=user).first():
        begin(request, member, how=getattr(request, "signed_in_by", ""))
