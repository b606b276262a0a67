"""Links between reports: proposed, explained, accepted or refused by a person, and an entry in both cases.

- A proposal is no link. Accepting it writes `LinkAccepted` and `ReportLinked` in both cases, all of it or none; the
  chains stay apart. Refusing it writes `LinkRefused` in both.
- Nothing is written in a case of a separate unit's by anybody else, and nothing that names one in any other case.
- The same two cases are not proposed again while a proposal waits or a link stands; once refused, only by more.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from typing import NamedTuple

from django.db import transaction

from holdfast.access.reach import CaseApart
from holdfast.casefile.append import Draft
from holdfast.casefile.append import append_all
from holdfast.casefile.codes import plain
from holdfast.casefile.codes import shown
from holdfast.casefile.reading import CaseFile
from holdfast.people.linking.proposal import SURENESS
from holdfast.people.linking.proposal import Proposal
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.facts import effective


class Link(NamedTuple):
    """One other case, as this one's entries speak of it."""

    to: str  # its code
    state: str  # proposed | linked | refused
    number: int  # the entry that says so: the proposal's while it waits
    why: str
    sureness: str
    found_by: str
    double: str
    matched: tuple[Any, ...]
    reason: str = ""

    @property
    def code(self) -> str:
        """The code as it is read out."""
        return shown(self.to) if self.to else ""


def links_of(entries: Sequence[Entry]) -> tuple[Link, ...]:
    """Every other case that this one speaks of, each once, as it stands; those that wait for an answer first."""
    found: dict[str, Link] = {}
    for entry in effective(list(entries)):
        said = entry.fields
        if entry.kind not in ("LinkProposed", "LinkRefused", "ReportLinked"):
            continue
        to = plain(said.to_case) or said.to_case
        before = found.get(to)
        if entry.kind == "LinkProposed" and not (before and before.state == "linked"):
            found[to] = Link(
                to, "proposed", entry.number, said.why, said.sureness, said.found_by, said.double, said.matched
            )
        elif entry.kind == "ReportLinked":
            known = before or Link(to, "", 0, "", "", "person", "not_known", ())
            found[to] = known._replace(state="linked", number=entry.number, why=said.why)
        elif entry.kind == "LinkRefused" and before and before.state == "proposed":
            found[to] = before._replace(state="refused", reason=said.reason)
    order = ("proposed", "linked", "refused")
    return tuple(sorted(found.values(), key=lambda link: (order.index(link.state), -link.number)))


def stands_already(entries: Sequence[Entry], to: str, sureness: str) -> bool:
    """Whether nothing new is said by proposing this: it waits, it stands, or it was refused on as much."""
    link = next((each for each in links_of(entries) if each.to == to), None)
    if link is None:
        return False
    if link.state in ("proposed", "linked"):
        return True
    return SURENESS.get(sureness, 0) <= SURENESS.get(link.sureness, 0)


def propose(one: CaseFile, other: CaseFile, proposal: Proposal, *, found_by: str, by: By, at: datetime) -> int:
    """Writes the proposal in both cases, where it says something new; in how many it was written."""
    written = 0
    hidden = kept_apart(one.code, other.code)
    with transaction.atomic():
        for here, there, said in ((one, other, proposal), (other, one, proposal.turned())):
            if here.code in hidden or stands_already(here.entries, there.code, said.sureness):
                continue
            append_all(here.id, [Draft("LinkProposed", _fields(said, there.code, found_by), at)], by=by)
            written += 1
    return written


def answer(here: CaseFile, there: CaseFile, *, accept: bool, said: dict[str, Any], by: By, at: datetime) -> None:
    """Writes what somebody answered in both cases: all of it or none. EntryRefused where a field is not sound."""
    hidden = kept_apart(here.code, there.code)
    with transaction.atomic():
        for file, other in ((here, there), (there, here)):
            waiting = [link for link in links_of(file.entries) if link.to == other.code and link.state == "proposed"]
            drafts = []
            if waiting:
                drafts.append(_answered(waiting[0].number, other.code, said, at, accept=accept))
            stands = any(link.state == "linked" for link in links_of(file.entries) if link.to == other.code)
            if accept and not stands and file.code not in hidden:
                linked = {"to_case": other.code.lower(), "why": said["why"], "in_12_months": _lately(file, other)}
                drafts.append(Draft("ReportLinked", linked, at))
            if drafts:
                append_all(file.id, drafts, by=by)


def kept_apart(one: str, other: str) -> frozenset[str]:
    """Which of two cases may not name the other: a separate unit's case is named in no case but its own unit's."""
    unit = dict(CaseApart.objects.filter(case__in=(one, other)).values_list("case", "unit"))
    pairs = ((one, other), (other, one))
    return frozenset(here for here, there in pairs if unit.get(there) and unit.get(there) != unit.get(here))


def _answered(number: int, to: str, said: dict[str, Any], at: datetime, *, accept: bool) -> Draft:
    named = ("why", "double") if accept else ("reason", "explained")
    fields = {"to_case": to.lower(), **{name: said[name] for name in named if said.get(name)}}
    return Draft("LinkAccepted" if accept else "LinkRefused", fields, at, about=(number,))


def _lately(one: CaseFile, other: CaseFile) -> str:
    return "yes" if abs((one.opened_at - other.opened_at).days) < 365 else "no"  # a year


def _fields(proposal: Proposal, to: str, found_by: str) -> dict[str, Any]:
    return {
        "to_case": to.lower(),
        "why": proposal.why,
        "sureness": proposal.sureness,
        "found_by": found_by,
        "double": proposal.double,
        "matched": [
            {"here": each.here, "there": each.there, "what": each.what, "how": each.how} for each in proposal.matched
        ],
    }
