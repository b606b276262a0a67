"""The other ways in: the agency's own sign-in, and the words that a supervisor read out to somebody who lost theirs."""

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import Http404
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from holdfast.access.sign_in import half
from holdfast.access.sign_in import proof
from holdfast.access.sign_in import recovery
from holdfast.access.sign_in import single
from holdfast.access.sign_in import tries
from holdfast.doors.desk.page import show
from holdfast.doors.desk.views.sign_in import fault
from holdfast.doors.desk.views.sign_in import go_on
from holdfast.doors.desk.views.sign_in import where_to

_NO_WAY = (
    "That name and these words open no way back in: they last 15 minutes and five tries. Check both, or ask the "
    "supervisor for new ones."
)
_NOT_TWICE = "The two new passwords are not the same. Type both again."


@require_GET
def leave_for_agency(request: HttpRequest) -> HttpResponse:
    """To the agency's own sign-in."""
    if not single.is_set_up():
        raise Http404
    try:
        return HttpResponseRedirect(single.leave_for_agency(request, where_to(request.GET.get("next", ""), request)))
    except single.NotIn as why:
        return _not_in(request, str(why))


@require_GET
def back_from_agency(request: HttpRequest) -> HttpResponse:
    """Back from there."""
    if not single.is_set_up():
        raise Http404
    try:
        found, onward = single.who_came_back(request)
    except single.NotIn as why:
        return _not_in(request, str(why))
    assert found.member is not None  # noqa: S101 it raises otherwise
    return go_on(request, found.member, found.how, onward)


@sensitive_post_parameters("words", "password", "password-again")
def recover(request: HttpRequest) -> HttpResponse:
    """The words that a supervisor read out, and a new password. Then a second factor is set up."""
    if request.method != "POST":
        return show(request, "desk/sign_in_recover.html")
    name, password = request.POST.get("name", "")[:150].strip(), request.POST.get("password", "")[:1000]
    if tries.locked(request, name):
        return _recover_page(request, [fault(proof.LOCKED)], status=429)
    if password != request.POST.get("password-again", ""):
        return _recover_page(request, [fault(_NOT_TWICE, "password")], status=400)
    try:
        validate_password(password, User(username=name))
    except ValidationError as weak:
        return _recover_page(request, [fault(why, "password") for why in weak.messages], status=400)
    found = recovery.opened_by(name, request.POST.get("words", "")[:200])
    if found is None or not recovery.use(found, password):
        tries.count_wrong(request, name)
        return _recover_page(request, [fault(_NO_WAY, "words")], status=403)
    half.begin(request, found.member, "recovery", "")
    if proof.is_spared(found.member):
        half.finish(request, found.member, "recovery")
        return HttpResponseRedirect(reverse("desk:queue"))
    return HttpResponseRedirect(reverse("desk:sign-in-set-up"))


def _recover_page(request: HttpRequest, errors: list[dict[str, str]], status: int) -> HttpResponse:
    context = {"name": request.POST.get("name", "")[:150], "errors": errors}
    return show(request, "desk/sign_in_recover.html", context, status=status)


def _not_in(request: HttpRequest, why: str) -> HttpResponse:
    return show(request, "desk/refused.html", {"why": why, "home_link": reverse("desk:sign-in")}, status=403)
