"""The page about keys: what each does, and a switch that turns them off.

Single keys can be struck by speech input or a trembling hand, so whoever wishes can be without them (WCAG 2.1.4).
"""

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse

from holdfast.doors.desk.gate import signed_in
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show

KEYS = (
    ("j", "next row"),
    ("k", "row before"),
    ("Enter", "open the row’s link"),
    ("d", "do the row’s duty now"),
    ("w", "show why, and by what law"),
    ("n", "new entry in this case"),
    ("u", "what no machine could read"),
    ("/", "find a case, or a word in a long list"),
    ("q", "my queue"),
    ("r", "the board"),
    ("c", "take a call"),
    ("h", "earlier history"),
    ("o", "overview"),
    ("l", "the log"),
    ("?", "this page"),
)


@signed_in("search")
def keys(request: HttpRequest) -> HttpResponse:
    """Shows the keys, and keeps the choice for this session."""
    if request.method == "POST":
        request.session["keys"] = "off" if request.POST.get("keys") == "off" else "on"
        say(request, "Single keys are off." if request.session["keys"] == "off" else "Single keys are on.")
        return HttpResponseRedirect(reverse("desk:keys"))
    return show(request, "desk/keys.html", {"keys": KEYS})
