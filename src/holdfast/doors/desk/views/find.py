"""Finding a case by its code, and by nothing else: names are looked for elsewhere, with a reason."""

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse

from holdfast.casefile.codes import plain
from holdfast.casefile.refused import NoSuchCase
from holdfast.doors.desk.gate import signed_in
from holdfast.doors.desk.page import show


@signed_in("search")
def find(request: HttpRequest) -> HttpResponse:
    """The box, and the case that was asked for. Not there and not theirs are answered alike, by the case's own page."""
    typed = request.POST.get("code", "") if request.method == "POST" else ""
    if request.method != "POST":
        return show(request, "desk/find.html")
    code = plain(typed)
    if not code:
        context = {"typed": typed[:40], "errors": [{"anchor": "code", "why": str(NoSuchCase())}]}
        return show(request, "desk/find.html", context, status=404)
    return HttpResponseRedirect(reverse("desk:case", args=[code]))
