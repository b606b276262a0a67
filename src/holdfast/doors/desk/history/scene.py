"""Who is there, held against what binds them: orders, notices, bail and firearms, here, in linked and earlier reports.

- What binds the suspect of a case binds whoever is that person here, whatever they are called here: the survivor of
  this report may be the one who is on bail.
- Found is 'yes'. Not found is never 'no': this system holds no national computer, no court's list and no firearms
  register, and says so. 'No' comes from a person who looked there.
- What may not be opened is shown as a bare flag, and counted.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from typing import Any
from typing import NamedTuple

from django.http import HttpRequest

from holdfast.access.looks import log_look
from holdfast.casefile.codes import plain
from holdfast.casefile.codes import shown
from holdfast.casefile.refused import Refused
from holdfast.doors.desk.history.links import links_of
from holdfast.doors.desk.history.looking import SURENESS
from holdfast.doors.desk.history.looking import Flag
from holdfast.doors.desk.history.looking import flag_of
from holdfast.doors.desk.history.looking import purpose_of
from holdfast.doors.desk.history.looking import search
from holdfast.doors.desk.history.markers import WEAPONS
from holdfast.doors.desk.history.markers import bonds_of
from holdfast.doors.desk.history.markers import markers
from holdfast.doors.desk.in_force import InForce
from holdfast.doors.desk.opening import Opened
from holdfast.doors.desk.opening import open_case_file
from holdfast.people.known import Asked
from holdfast.people.known import Person
from holdfast.people.linking.alike import pair
from holdfast.people.parties import people_of
from holdfast.record.entry import Entry
from holdfast.record.facts import effective

_KINDS = {"BailGranted": "bail", "CourtBailDecided": "court_bail", "NoticeIssued": "notice", "OrderMade": "order"}
_FULL = 10


class Bond(NamedTuple):
    """What binds somebody, and in which case that is recorded."""

    said: InForce
    what: str  # bail | court_bail | notice | order | told_of
    order: str
    ends_at: datetime | None
    case: str  # its code
    code: str
    sureness: str  # how surely it is they: certain where this very case says so

    @property
    def surely(self) -> bool:
        """Whether it is more than possible that it binds them."""
        return self.sureness != "possible"

    @property
    def is_bail(self) -> bool:
        """Whether it is bail, of police or a court."""
        return self.what in ("bail", "court_bail")


class There(NamedTuple):
    """Somebody who is, or may be, at the scene."""

    key: str
    person: Person
    known_from: str  # this_case | linked_case | only_what_they_said
    case: str  # the code of the case that names them, '' for somebody who only said who they are

    @property
    def name(self) -> str:
        """What they are called, or nothing."""
        return " / ".join(self.person.names)


class Bound(NamedTuple):
    """Somebody there, with what was found against them."""

    who: There
    bonds: tuple[Bond, ...]
    weapons: tuple[tuple[str, str, str], ...]  # the code of a case that says so, as read out, how surely it is they
    known_in: tuple[tuple[str, str], ...]  # the other cases in which they are, as far as they may be opened

    @property
    def sureness(self) -> str:
        """How surely what was found is against them; '' where nothing was found."""
        found = [bond.sureness for bond in self.bonds] + [sure for _code, _read_out, sure in self.weapons]
        return min(found, key=SURENESS.index, default="")


class Checked(NamedTuple):
    """What came of it."""

    people: tuple[Bound, ...]
    flags: tuple[Flag, ...]
    hidden: int
    unread: int
    behind: bool
    linked: bool  # whether every linked report could be opened


class Around(NamedTuple):
    """This case and those that are linked with it, as far as this person may open them."""

    opened: Opened
    linked: tuple[Opened, ...]
    flags: tuple[Flag, ...]
    hidden: int

    def there(self) -> tuple[There, ...]:
        """Everybody whom this case and the linked ones name, each once."""
        found = [
            There(f"{self.opened.file.code}-{place}", who, "this_case", self.opened.file.code)
            for place, who in enumerate(people_of(self.opened.seen))
        ]
        for other in self.linked:
            for place, who in enumerate(people_of(other.seen)):
                if who.names and not any(_same(who, each.person) for each in found):
                    found.append(There(f"{other.file.code}-{place}", who, "linked_case", other.file.code))
        return tuple(found)


def around(request: HttpRequest, opened: Opened) -> Around:
    """Opens the linked reports, each look written down. A proposed link counts: nobody has answered it yet."""
    person = request.member.person  # type: ignore[attr-defined]
    linked: list[Opened] = []
    flags: list[Flag] = []
    hidden = 0
    for link in links_of(opened.file.entries):
        if link.state == "refused" or not plain(link.to):
            continue
        try:
            other = open_case_file(link.to, person, purpose_of(person))
        except Refused:
            hidden += 1
            continue
        said = other.may("read_case")
        if said.allowed:
            log_look(person, link.to, "check_scene", rule=said.rule)
            linked.append(other)
        elif said.rule != "wall":
            hidden += 1
            if (flag := flag_of(other, ())) is not None:
                log_look(person, link.to, "see_flag", rule="flag")
                flags.append(flag)
    return Around(opened, tuple(linked), tuple(flags), hidden)


def check(request: HttpRequest, near: Around, there: Iterable[There]) -> Checked:
    """Holds everybody who is there against this case, the linked ones, and whatever else the index finds."""
    people = list(there)
    asked = [_asked(each.person) for each in people]
    done = search(request, asked, why=f"who is there, case {near.opened.file.code}", without=near.opened.file.id)
    others = {other.file.code: other for other in near.linked}
    others |= {each.opened.file.code: each.opened for each in done.found if each.allowed}
    flags = [*near.flags, *(each.flag for each in done.found if each.flag)]
    return Checked(
        tuple(_bound(each, near.opened, tuple(others.values())) for each in people),
        tuple(dict.fromkeys(flags)),
        near.hidden + sum(1 for each in done.found if not each.allowed),
        done.unread,
        done.behind,
        near.hidden == 0,
    )


def bonds_in(opened: Opened) -> tuple[Bond, ...]:
    """What binds the suspect of one case."""
    by_number = {entry.number: entry for entry in effective(list(opened.seen))}
    found = bonds_of(opened.seen, opened.zone, opened.pack, opened.now)
    return tuple(_bond(each, by_number.get(each.number), opened.file.code) for each in found)


def named_on_the_spot(name: str, born: str) -> Person:
    """Somebody who only said who they are."""
    return Person("other", (name,) if name else (), born)


def fields_of(checked: Checked, answers: dict[str, Any]) -> dict[str, Any]:
    """The fields of `SceneChecked`: what was found is 'yes', and only a person's own answer is 'no'."""
    people = [_person_fields(each) for each in checked.people]
    bonds = {(bond.case, bond.said.number): bond for each in checked.people for bond in each.bonds}
    surely = [bond for each in checked.people for bond in each.bonds if bond.surely]
    looked_in = ["this_case", *(["linked_cases"] if checked.linked else [])]
    looked_in += [] if checked.unread or checked.behind else ["earlier_reports"]
    looked_in += [each for each in answers["looked_in"] if each not in looked_in]
    every = ("this_case", "linked_cases", "earlier_reports", *OUTSIDE)
    return {
        "there": people,
        "everybody": answers["everybody"],
        "order_in_force": "yes" if any(not bond.is_bail for bond in surely) else answers["order_in_force"],
        "bail": "yes" if any(bond.is_bail for bond in surely) else answers["bail"],
        "firearms_certificate": answers["firearms_certificate"],
        "bonds": [_bond_fields(bond) for bond in bonds.values()],
        "looked_in": looked_in,
        "not_looked_in": [each for each in every if each not in looked_in],
        "not_shown": checked.hidden,
        "officers_told": answers["officers_told"],
    }


OUTSIDE = {
    "national_computer": "the national police computer",
    "courts": "the courts’ lists of orders",
    "firearms_register": "the firearms register",
    "other_forces": "other forces’ systems",
}


def _bound(who: There, opened: Opened, others: Sequence[Opened]) -> Bound:
    bonds: list[Bond] = []
    weapons: list[tuple[str, str, str]] = []
    known_in: list[tuple[str, str]] = []
    for each in (opened, *others):
        how = _is_suspect_of(who, each)
        if how is None:
            continue
        party, sure = how
        if each is not opened:
            known_in.append((each.file.code, shown(each.file.code)))
        if party == "suspect":
            bonds += [bond._replace(sureness=sure) for bond in bonds_in(each)]
            weapons += [(each.file.code, shown(each.file.code), sure)] if WEAPONS in markers(each.seen) else []
    return Bound(who, tuple(bonds), tuple(weapons), tuple(known_in))


def _is_suspect_of(who: There, opened: Opened) -> tuple[str, str] | None:
    """In which part this person is in a case, the suspect before all, and how surely it is they; None where not."""
    if who.case == opened.file.code and who.known_from != "only_what_they_said":
        return who.person.party, "certain"
    found = [(each.party, both.sureness) for each in people_of(opened.seen) if (both := pair(who.person, each))]
    if not found:
        return None
    return min(found, key=lambda each: (each[0] != "suspect", SURENESS.index(each[1])))


def _same(one: Person, other: Person) -> bool:
    both = pair(one, other)
    return both is not None and both.sureness != "possible"


def _asked(person: Person) -> Asked:
    last = [each[-1] if each else "" for each in (person.names, person.numbers, person.addresses)]
    # Where somebody is known by name, everybody else of their address is not asked for.
    return Asked(last[0], person.born, "", "") if last[0] else Asked("", person.born, last[1], last[2])


def _bond(said: InForce, entry: Entry | None, case: str) -> Bond:
    what = _KINDS.get(entry.kind, "told_of") if entry else "told_of"
    fields: Any = entry.fields if entry else None
    order = getattr(fields, "order", "") or getattr(fields, "notice", "")
    return Bond(said, what, order, getattr(fields, "ends_at", None), case, shown(case), "certain")


def _person_fields(each: Bound) -> dict[str, Any]:
    born = each.who.person.born
    order = any(not bond.is_bail and bond.surely for bond in each.bonds)
    bail = any(bond.is_bail and bond.surely for bond in each.bonds)
    fields: dict[str, Any] = {
        "party": each.who.person.party,
        "name": each.who.name[:200],
        "known_from": "earlier_report"
        if each.known_in and each.who.known_from == "only_what_they_said"
        else each.who.known_from,
        "in_case": (each.who.case or next((code for code, _read_out in each.known_in), "")).lower(),
        "sureness": each.sureness or "not_known",
        "order_in_force": "yes" if order else "not_known",
        "bail": "yes" if bail else "not_known",
        "firearms_certificate": "not_known",  # weapons were spoken of; a certificate is in the register
    }
    if len(born) == _FULL:
        fields["born_on"] = date.fromisoformat(born).isoformat()
    return fields


def _bond_fields(bond: Bond) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "what": bond.what,
        "order": bond.order,
        "in_case": bond.case.lower(),
        "entry": bond.said.number,
        "served": "yes" if bond.said.served == "served" else "not_known",
    }
    if bond.ends_at is not None:
        fields["ends_at"] = bond.ends_at.isoformat()
    return fields
