"""The page before anything leaves the desk: who will see it, what was found in it, and a person who confirms.

A look-through that found nothing is never shown as safe. What is confirmed is what was shown: where something changed
meanwhile, the page is shown again.
"""

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from holdfast.doors.desk.in_words import Said
from holdfast.doors.desk.page import shown_again
from holdfast.doors.evidence.bundle_preview import NOTHING_FOUND
from holdfast.doors.evidence.bundle_telling import Telling
from holdfast.doors.evidence.leaving import Leaving

_NOT_TYPED = frozenset({"when", "day", "choice", "choices"})  # a time reads like a telephone number to the look-through
GOES_ON = "What the prosecution, a court or another agency has, the suspect may come to read. Nobody can take it back."


def decisions_of(request: HttpRequest) -> dict[str, str]:
    """What the page that was sent says of each find."""
    return {name[7:]: request.POST.get(name, "") for name in request.POST if name.startswith("decide-")}


def why_not_yet(request: HttpRequest, leaving: Leaving) -> str | None:
    """None where a person read what was shown and confirmed it; else what to say, '' where they were not asked yet."""
    if request.method != "POST" or shown_again(request) or request.POST.get("do") not in ("leave", "show"):
        return ""
    if request.POST.get("do") == "show":
        return "Nothing has left yet. This is how it leaves with what you decided: read it, then confirm."
    if leaving.undecided:
        return "Decide about everything that was found."
    if request.POST.get("seen") != leaving.seen:
        return "It has changed since it was shown to you. Read it once more, then confirm."
    if request.POST.get("read_it") != "yes":
        return "Say that you have read all of it: the look-through finds only what it knows."
    return None


def in_the_log(leaving: Leaving) -> str:
    """What was found and decided, for the log: never the words themselves."""
    out = sum(one.decided == "leave" for one in leaving.found)
    return f"looked through: {len(leaving.found)} found, {out} left out; read and confirmed"


def asked(leaving: Leaving, why: str, again: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What desk/leaving_found.html shows. `again` is what the form has to send once more."""
    return {
        "leaving": leaving,
        "again": tuple((again or {}).items()),
        "nothing_found": NOTHING_FOUND,
        "errors": [{"anchor": "confirm", "why": why}] if why else [],
    }


def told(said: Sequence[Said], telling: Telling, name: str, where: str) -> tuple[Said, ...]:
    """Each answer of an entry, and each of its parts, as it leaves. `where` is told to whoever decides about it."""
    found = []
    for place, each in enumerate(said):
        here, asked_for = f"{name}.{place}", f"{where}: {each.question}"
        rows = tuple(told(row, telling, f"{here}.{number}", asked_for) for number, row in enumerate(each.rows))
        answer = each.answer if each.holds in _NOT_TYPED else telling.say(here, asked_for, each.answer)
        found.append(each._replace(answer=answer, rows=rows))
    return tuple(found)
