"""Custody as a file for other agencies' tools, by those who hand evidence out: for what is said first and written down.

What the file holds is shown before it leaves, with everything in it that could lead to somebody, and a person confirms.
"""

import json
from collections.abc import Collection
from collections.abc import Iterable
from datetime import UTC
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdfast.access.looks import log_look
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.leaving import GOES_ON
from holdfast.doors.desk.leaving import asked
from holdfast.doors.desk.leaving import decisions_of
from holdfast.doors.desk.leaving import in_the_log
from holdfast.doors.desk.leaving import why_not_yet
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.doors.desk.views.custody import of_case
from holdfast.doors.desk.views.custody import witness_in_words
from holdfast.doors.desk.views.evidence_look import PURPOSES
from holdfast.doors.evidence.bundle_lint import decide
from holdfast.doors.evidence.custody import Story
from holdfast.doors.evidence.custody import stories
from holdfast.doors.evidence.leaving import last_look
from holdfast.doors.evidence.leaving import look_over
from holdfast.doors.evidence.leaving import words_of_json
from holdfast.vault.acts import Act
from holdfast.vault.acts import acts_of
from holdfast.vault.case_export import MEDIA
from holdfast.vault.case_export import NAME
from holdfast.vault.case_export import case_uco

_SHOWN = 100_000  # signs of the file on the page before it leaves


@require_POST
@in_case("make_bundle")
def take_out(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The story as a file: CASE/UCO for other tools, or plain JSON. For what is said first; then a person reads it."""
    member = request.member  # type: ignore[attr-defined]
    purpose, form = request.POST.get("purpose", ""), request.POST.get("form", "")
    if purpose not in PURPOSES or form not in _FORMS or shown_again(request):
        say(request, "Say for what the file is, and which. Nothing was taken out.", "warning")
        return HttpResponseRedirect(reverse("desk:custody", args=[opened.file.code]) + "#take-out")
    chosen = stories(opened.file.id, opened.seen)
    decisions = decisions_of(request)
    exhibits = {
        f"{each.item.item}.exhibit": (f"item {number}: its exhibit number", each.item.exhibit)
        for number, each in enumerate(chosen, 1)
        if each.item.exhibit
    }
    name, media, write = _FORMS[form]
    text = write(opened, _without(chosen, look_over(opened.file, exhibits, (), decisions).left))
    leaving = look_over(opened.file, exhibits, (), decisions, whole=text)
    last = last_look(opened.file, words_of_json(text), "the file itself", leaving)
    leaving = leaving._replace(found=(*leaving.found, *decide(last, decisions)))
    why = why_not_yet(request, leaving)
    if why is not None:
        context = {
            **of_case(opened), **asked(leaving, why, {"purpose": purpose, "form": form}),
            "who": (f"{PURPOSES[purpose]}: whoever the file is given to, and everybody who works with their tools.",
                    GOES_ON),
            "shown": text[:_SHOWN], "more": len(text) if len(text) > _SHOWN else 0,
            "back": reverse("desk:custody", args=[opened.file.code]), "doing": "Take it out",
        }  # fmt: skip
        return show(request, "desk/leaving.html", context, status=422 if why else 200)
    log_look(
        member.person, opened.file.code, "make_bundle",
        f"custody as a file, {form}: {PURPOSES[purpose]}; {in_the_log(leaving)}",
    )  # fmt: skip
    answer = HttpResponse(text, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _without(chosen: Iterable[Story], left: Collection[str]) -> tuple[Story, ...]:
    """The stories without the exhibit numbers that a person left out."""
    return tuple(
        each._replace(item=each.item._replace(exhibit="")) if f"{each.item.item}.exhibit" in left else each
        for each in chosen
    )


def _as_case(opened: Opened, told: Iterable[Story]) -> str:
    found = list(told)
    witnessed = {each.item.item: witness_in_words(each, opened.zone) for each in found if each.witness}
    return case_uco(
        opened.file.id, [each.item for each in found], acts_of(opened.seen), purposes=tuple(PURPOSES.values()),
        witnessed=witnessed,
    )  # fmt: skip


def _as_json(opened: Opened, told: Iterable[Story]) -> str:
    """The same in our own words: no name, no file name, nothing that anybody typed."""
    return json.dumps({"items": [_item_out(each) for each in told], "acts": [_act_out(each) for each in
                       acts_of(opened.seen)]}, indent=1)  # fmt: skip


_FORMS = {
    "case": (NAME, MEDIA, _as_case),
    "json": ("custody.json", "application/json", _as_json),
}


def _item_out(story: Story) -> dict[str, Any]:
    item, witness = story.item, story.witness
    return {
        "item": str(item.item), "what": item.what, "size": item.size, "sha256": item.sha256, "media": item.media,
        "exhibit": item.exhibit, "taken_at": _utc(item.taken_at), "made_from": str(item.of) if item.of else None,
        "how": item.how, "held": list(item.held), "receipt": item.receipt,
        "stamps": [
            {"authority": each.authority, "at": _utc(each.at), "verifies": each.verifies, "own": each.own}
            for each in story.stamps
        ],
        "tokens": [each.token for each in item.stamps],
        "checkpoint": witness and {
            "number": witness.checkpoint, "at": _utc(witness.at), "length": witness.length, "head": witness.head,
            "fits": witness.fits,
        },
        "not_known": list(story.not_known),
    }  # fmt: skip


def _act_out(act: Act) -> dict[str, Any]:
    return {
        "entry": act.number, "kind": act.kind, "items": [str(each) for each in act.items], "role": act.by.role,
        "staff": act.by.staff, "happened_at": _utc(act.happened_at), "recorded_at": _utc(act.recorded_at),
        "purpose": next((each for each in PURPOSES.values() if act.purpose.startswith(each)), ""),
    }  # fmt: skip


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
