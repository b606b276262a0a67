"""The links of a case: what was proposed and why, what stands, what was refused; looking for more; answering.

- An answer is a person's, who may open both reports, and stands in both. Nothing is ever linked silently.
- Of a report that this person may not open, nothing is said here but that a link waits, and who can answer it.
- A counter-allegation is called one: neither report is taken for the truth by itself, and whoever is the suspect of one
  sees nothing of it on the page that is theirs in the other.
"""

from typing import NamedTuple

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from holdfast.access.looks import log_look
from holdfast.casefile.codes import plain
from holdfast.casefile.codes import shown
from holdfast.casefile.refused import EntryRefused
from holdfast.casefile.refused import Refused
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.gate import open_case_file
from holdfast.doors.desk.history.links import Link
from holdfast.doors.desk.history.links import answer as write_answer
from holdfast.doors.desk.history.links import links_of
from holdfast.doors.desk.history.links import propose as write_proposal
from holdfast.doors.desk.history.links import stands_already
from holdfast.doors.desk.history.looking import History
from holdfast.doors.desk.history.looking import look
from holdfast.doors.desk.history.looking import purpose_of
from holdfast.doors.desk.history.said import PARTIES
from holdfast.doors.desk.history.said import REFUSED_BECAUSE
from holdfast.doors.desk.history.said import WHAT
from holdfast.doors.desk.history.said import WHY_LINKED
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.reminders import prohibitions_at
from holdfast.doors.desk.standing import Person as Shown
from holdfast.doors.desk.standing import standing
from holdfast.people.known import Asked
from holdfast.people.linking.alike import pair
from holdfast.people.linking.proposal import propose_from
from holdfast.people.parties import people_of
from holdfast.record.kinds import KINDS

_NOT_BOTH = (
    "You may not open the other report, so you cannot say whether it belongs to this one. The duty to answer stands: a "
    "safeguarding officer or supervisor who may open both answers it."
)


class LinkShown(NamedTuple):
    """A link, with as much of the other report as this person may see."""

    link: Link
    why: str
    reason: str
    matched: tuple[str, ...]
    people: tuple[Shown, ...]
    readable: bool


@in_case("look_history")
def links(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The links; when it is sent, earlier reports about everybody whom the case names."""
    found = None
    if request.method == "POST":
        asked = [
            Asked(*(each[-1] if each else "" for each in (who.names, (who.born,), who.numbers, who.addresses)))
            for who in people_of(opened.seen)
        ]
        found = look(request, asked, why=f"case {opened.file.code}", without=opened.file.id)
    return _page(request, opened, found)


@require_POST
@in_case("propose_link")
def propose(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Proposes a link with a report that was found. What is alike is worked out here, not taken from the page."""
    member = request.member  # type: ignore[attr-defined]
    other = _other(request, opened, "propose_link")
    if other is None:
        return _page(request, opened, why=_NOT_BOTH)
    code = other.file.code
    pairs = [
        both for one in people_of(opened.seen) for who in people_of(other.seen) if (both := pair(one, who)) is not None
    ]
    proposal = propose_from(pairs, opened.file.opened_at, other.file.opened_at)
    if proposal is None:
        why = (
            "Nothing that is recorded in both is alike. If you know that they belong together, record ‘Report linked’."
        )
        return _page(request, opened, why=why)
    if stands_already(opened.file.entries, code, proposal.sureness):
        say(request, f"A link with {shown(code)} is proposed, stands, or was refused already.")
        return HttpResponseRedirect(reverse("desk:history", args=[opened.file.code]))
    write_proposal(opened.file, other.file, proposal, found_by="look_up", by=member.by, at=timezone.now())
    say(request, f"Proposed: a link with {shown(code)}. It is no link until somebody has answered it.")
    return HttpResponseRedirect(reverse("desk:history", args=[opened.file.code]))


@require_POST
@in_case("answer_link")
def answer(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Accepts or refuses, in both cases."""
    member = request.member  # type: ignore[attr-defined]
    other = _other(request, opened, "answer_link")
    if other is None:
        return _page(request, opened, why=_NOT_BOTH)
    link = next((each for each in links_of(opened.file.entries) if each.to == other.file.code), None)
    if link is None or link.state != "proposed":
        say(request, "That link was answered meanwhile.", "warning")
        return HttpResponseRedirect(reverse("desk:history", args=[opened.file.code]))
    accept = request.POST.get("answer") == "accept"
    if not accept and request.POST.get("answer") != "refuse":
        return _page(request, opened, anchor=f"answer-{link.to}", why="Say whether the link stands.")
    said = {
        "why": request.POST.get("why") if request.POST.get("why") in WHY_LINKED else link.why,
        "double": request.POST.get("double", "not_asked"),
        "reason": request.POST.get("reason", ""),
        "explained": request.POST.get("explained", "").strip()[:2000],
    }
    if not accept and said["reason"] not in REFUSED_BECAUSE:
        return _page(request, opened, anchor=f"reason-{link.to}", why="Say why the link does not stand.")
    try:
        write_answer(opened.file, other.file, accept=accept, said=said, by=member.by, at=timezone.now())
    except EntryRefused as no:
        return _page(request, opened, anchor=f"answer-{link.to}", why=f"{no.faults[0].field}: {no.faults[0].why}.")
    say(request, "The reports are linked. Look at the risk over both." if accept else "Refused, in both reports.")
    return HttpResponseRedirect(reverse("desk:history", args=[opened.file.code]))


def _other(request: HttpRequest, opened: Opened, act: str) -> Opened | None:
    """The other case, if this person may do this in it too. The try is in the log either way."""
    member = request.member  # type: ignore[attr-defined]
    code = plain(request.POST.get("to", ""))
    if not code or code == opened.file.code:
        return None
    try:
        other = open_case_file(code, member.person, purpose_of(member.person))
    except Refused:
        return None
    may_both = other.may("read_case"), other.may(act)
    said = next((each for each in may_both if not each.allowed), may_both[1])
    log_look(member.person, code, act, "" if said.allowed else said.why, allowed=said.allowed, rule=said.rule)
    return other if said.allowed else None


def _shown(request: HttpRequest, opened: Opened, link: Link) -> LinkShown:
    matched = tuple(
        f"{PARTIES.get(each.here, each.here)} here, {PARTIES.get(each.there, each.there).lower()} there: "
        f"{WHAT.get(each.what, each.what)} {each.how}"
        for each in link.matched
    )
    other = _readable(request, link.to)
    people: tuple[Shown, ...] = ()
    if other is not None and link.state == "proposed":
        person = request.member.person  # type: ignore[attr-defined]
        log_look(person, link.to, "look_history", rule=other.may("read_case").rule)
        people = tuple(who for who in standing(other.seen, other.pack, other.zone, other.now).people if who.name)
    why = WHY_LINKED.get(link.why, link.why)
    return LinkShown(link, why, REFUSED_BECAUSE.get(link.reason, ""), matched, people, other is not None)


def _readable(request: HttpRequest, code: str) -> Opened | None:
    """The case of this code, if this person may read it."""
    person = request.member.person  # type: ignore[attr-defined]
    if not plain(code):
        return None
    try:
        other = open_case_file(code, person, purpose_of(person))
    except Refused:
        return None
    return other if other.may("read_case") else None


def _page(
    request: HttpRequest, opened: Opened, found: History | None = None, *, anchor: str = "", why: str = ""
) -> HttpResponse:
    shown_links = [_shown(request, opened, each) for each in links_of(opened.seen)]
    context = {
        "links": shown_links,
        "counter": any(each.link.why == "counter_allegation" and each.link.state != "refused" for each in shown_links),
        "found": found,
        "named": bool(people_of(opened.seen)),
        "may_propose": opened.may("propose_link").allowed,
        "may_answer": opened.may("answer_link").allowed,
        "whys": WHY_LINKED.items(),
        "reasons": REFUSED_BECAUSE.items(),
        "parties": PARTIES,
        "prohibitions": prohibitions_at(opened.pack, KINDS["ReportLinked"], opened.now, opened.zone),
        "code": shown(opened.file.code),
        "plain_code": opened.file.code,
        "errors": [{"anchor": anchor, "why": why}] if why else [],
    }
    return show(request, "desk/history/links.html", context, status=422 if why else 200)
