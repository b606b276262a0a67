"""The figures: how each duty was kept, for those who answer for it. They count duties; they name nobody and no case."""

from django.http import HttpRequest
from django.http import HttpResponse

from holdfast.doors.desk.gate import signed_in
from holdfast.doors.desk.page import show


@signed_in("see_figures")
def numbers(request: HttpRequest) -> HttpResponse:
    """The table."""
    return show(request, "desk/figures.html", {"rows": []})
