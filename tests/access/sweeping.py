"""A force with one person of every role, cases of every standing, and one request for every address, role and case."""

import secrets
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponseBase
from django.test import Client
from django.urls import get_resolver
from django.urls import reverse
from tests.access.routes import ITEM
from tests.access.routes import PARTNERS
from tests.access.routes import PUBLIC
from tests.access.routes import ROUTES
from tests.access.routes import STAFF
from tests.access.routes import Row
from tests.support.signing_in import signs_in

from holdfast.access.naming import look_for_connections
from holdfast.access.staff import add_staff_member
from holdfast.access.survivor_words import issue_words
from holdfast.access.walls import wall_off
from holdfast.access.ways_in.supporters import name_supporter
from holdfast.casefile.append import Draft
from holdfast.casefile.append import open_case
from holdfast.casefile.reading import CaseFile
from holdfast.casefile.reading import read_case
from holdfast.doors.api.models import add_agency
from holdfast.record.entry import By

FORCE, OTHER = "cheshire", "cumbria"
ROLES = (*sorted(STAFF), "survivor", "supporter", "feed", "nobody")
# Somebody else's case: of another force, and with no tie. Behind a wall; of a separate unit; no longer shared; no case.
OTHERS = ("another", "walled", "unit", "none")
NO_CASE = "22222222"


class Force:
    """Everybody, each with a browser of their own, and the cases by what they are to them."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)
        self.members = {}
        for role in sorted(STAFF):
            agency = "support_service" if role in PARTNERS else "inspection" if role == "auditor" else "police"
            organisation = "" if role in PARTNERS | {"auditor"} else FORCE
            self.members[role] = add_staff_member(
                f"{role}-1", None, role=role, staff=f"{role}-1", agency=agency, organisation=organisation
            )
        add_staff_member("unit-1", None, role="investigator", staff="unit-1", unit="professional-standards")
        add_staff_member("spare-1", None, role="officer", staff="spare-1", organisation=FORCE)
        self.cases = {name: self.case(name) for name in ("own", *OTHERS[:-1], "withdrawn")}
        self.key = add_agency("sweep", pack="england-and-wales", force=FORCE)
        self.browsers = {role: self.browser(role) for role in ROLES}

    def case(self, standing: str) -> CaseFile:
        """One case. Each but 'another' is every role's own work, as far as a role can have it."""
        force = OTHER if standing == "another" else FORCE
        long_ago = self.now - timedelta(hours=2)
        begun = {"sort": "witness", "language": "en"}
        drafts = [Draft("CallReceived", {"route": "voice"}, long_ago), Draft("StatementStarted", begun, long_ago)]
        if standing != "another":
            drafts += [Draft("SupportReferred", {"service": "independent_adviser", "consent": "yes"}, long_ago)]
            drafts += [
                Draft("CaseAllocated", {"role": r, "staff": f"{r}-1"}, long_ago) for r in sorted(STAFF - PARTNERS)
            ]
        taken = {"item": ITEM["item"], "what": "document", "size": 1, "sha256": "0" * 64}
        if standing != "another":
            drafts += [Draft("ItemTaken", taken, long_ago), Draft("ItemMetadataRead", {"item": ITEM["item"]}, long_ago)]
        if standing == "withdrawn":
            drafts += [Draft("ConsentWithdrawn", {}, long_ago, (4,))]
        if standing == "unit":
            drafts += [Draft("CaseGivenToSeparateUnit", {"unit": "professional-standards"}, long_ago)]
        opened = open_case(
            "england-and-wales",
            by=By("call_taker", "CT9"),
            happened_at=long_ago,
            fields={"force": force},
            drafts=drafts,
        )
        if standing == "walled":
            for role in STAFF:
                wall_off(opened.code, f"{role}-1", set_by="S9")
        file = read_case(opened.case_id)
        look_for_connections(file, self.now)
        return read_case(opened.case_id)

    def browser(self, role: str) -> Client:
        found = Client(HTTP_HOST="127.0.0.1")
        if role in STAFF:
            signs_in(found, self.members[role])
        own = self.cases["own"]
        if role == "survivor":
            words = issue_words(own.id, own.code, self.now)
            assert found.post("/my/in", {"code": own.code, "words": words}).status_code == 302
        if role == "supporter":
            said = {"name": "Sam", "who": "friend", "may": ["see_next_steps"], "until": date(2099, 1, 1).isoformat()}
            by = By("survivor")
            words = name_supporter(own, said, ZoneInfo("Europe/London"), by=by, at=self.now)
            assert found.post("/my/in", {"code": own.code, "words": words}).status_code == 302
        return found

    def states_a_purpose(self, role: str, code: str) -> None:
        """An auditor says for what they read a case, as they have to for each."""
        self.browsers[role].post(f"/desk/case/{code}/purpose", {"purpose": "audit", "words": "The yearly look at all"})

    def opens(self, name: str, row: Row, role: str, standing: str) -> bool:
        """Whether this address opens to this role in a case of that standing."""
        code = NO_CASE if standing == "none" else self.cases[standing].code
        given: dict[str, Any] = {**row.more, **({"code": code} if row.case or row.answers_all else {})}
        address = reverse(name, kwargs=given or None)
        browser = self.browsers[role]
        if row.case and role == "auditor" and standing == "own":
            self.states_a_purpose(role, code)
        if name == "desk:sign-out" or (name.startswith("survivor:") and name.split(":")[1] in ("close", "leave")):
            browser = Client(HTTP_HOST="127.0.0.1")  # whoever signs out could open nothing after it
        headers = {"Authorization": f"Bearer {self.key}"} if role == "feed" else {}
        if row.sends:
            return is_open(browser.post(address, "{}" if role == "feed" else {}, headers=headers, **_typed(role)))
        return is_open(browser.get(address, headers=headers))


def _typed(role: str) -> dict[str, str]:
    return {"content_type": "application/json"} if role == "feed" else {}


def is_open(answer: HttpResponseBase) -> bool:
    """Whether a page opened: not refused, not unfound, and not sent to sign in or to enter."""
    if answer.status_code in (301, 302):
        return not answer.headers["Location"].startswith(("/desk/sign-in?", "/my/in"))
    return answer.status_code not in (401, 403, 404)


def expected(row: Row, role: str, standing: str) -> bool:
    """What the table says."""
    return role in row.opens and (not row.case or standing == "own")


def differences(force: Force, names: Any = None, roles: Any = ROLES, standings: Any = ("own", *OTHERS)) -> list[str]:
    """Where the doors answer otherwise than the table says."""
    found = []
    for name in names or ROUTES:
        row = ROUTES[name]
        for role in roles:
            for standing in standings if row.case else ("own",):
                if row.answers_all:
                    continue
                is_, should = force.opens(name, row, role, standing), expected(row, role, standing)
                if is_ != should:
                    found.append(f"{name} {role} {standing}: {'opens' if is_ else 'shut'}")
    return found


def routes_there() -> list[str]:
    """Every named address of the URL configuration that is no public page."""
    return [name for name in _named(get_resolver(), "") if not name.startswith(PUBLIC)]


def _named(resolver: Any, space: str) -> list[str]:
    found = []
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            found += _named(pattern, pattern.namespace or space)
        else:
            found.append(f"{space}:{pattern.name or secrets.token_hex(4)}")
    return found
