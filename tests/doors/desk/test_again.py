"""Signed out while typing: nothing typed is lost, nothing is recorded unseen, and no other site can send anything."""

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from tests.doors.desk.conftest import MARCH
from tests.doors.desk.conftest import PASSWORD
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case
from tests.doors.desk.conftest import entries
from tests.support.signing_in import has_codes

from holdfast.access.staff import StaffMember
from holdfast.casefile.append import Draft


@pytest.fixture
def strict(database):
    """Somebody whose browser sends tokens, and whose session has just ended."""
    cache.clear()
    desk = Desk("officer").signs_in()
    desk.client = Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
    return desk


def answered(strict, password=PASSWORD) -> dict[str, str]:
    """What somebody types on that page: name, password, and the code that their app shows."""
    member = StaffMember.objects.select_related("user").get(staff=strict.staff)
    return {"again-name": strict.staff, "again-password": password, "again-code": has_codes(member)}


def carried(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.DOTALL):
        found.setdefault(name, []).append(unescape(value))
    return found


def token(page: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]


TYPED = {"plan": "  Two lines\nof words & <tags>", "covers": ["pets", "locks"], "seen": "2", "record": "1"}


def test_what_was_typed_comes_back_and_is_recorded_only_after_it_was_seen(strict):
    code = a_case(Draft("SuspectWarned", {}, MARCH))
    address = f"/desk/case/{code}/record/SafetyPlanMade"
    page = strict.sends(address, TYPED)
    assert strict.page.status_code == 403
    assert "nothing that you typed is lost" in page
    kept = carried(page)
    assert kept["covers"] == ["pets", "locks"]
    assert kept["plan"] == [TYPED["plan"]]
    sent = {**kept, "csrfmiddlewaretoken": token(page), **answered(strict)}
    page = strict.sends(address, sent)
    assert strict.page.status_code == 200
    assert "Nothing is recorded yet" in page
    assert "of words &amp; &lt;tags&gt;" in page
    assert len(entries(code)) == 2
    strict.sends(address, {**TYPED, "csrfmiddlewaretoken": token(page)})
    assert strict.page.status_code == 302
    assert entries(code)[-1].fields.plan == TYPED["plan"]


def test_a_wrong_password_loses_nothing_either(strict):
    code = a_case()
    address = f"/desk/case/{code}/record/SafetyPlanMade"
    page = strict.sends(address, TYPED)
    sent = {**carried(page), "csrfmiddlewaretoken": token(page), **answered(strict, "wrong")}
    page = strict.sends(address, sent)
    assert strict.page.status_code == 403
    assert carried(page)["plan"] == [TYPED["plan"]]
    assert "wrong" not in "".join(value for values in carried(page).values() for value in values)


def test_a_password_without_the_code_opens_nothing_and_loses_nothing(strict):
    code = a_case()
    address = f"/desk/case/{code}/record/SafetyPlanMade"
    page = strict.sends(address, TYPED)
    sent = {**carried(page), "csrfmiddlewaretoken": token(page), **answered(strict), "again-code": ""}
    page = strict.sends(address, sent)
    assert strict.page.status_code == 403
    assert carried(page)["plan"] == [TYPED["plan"]]
    assert strict.client.get("/desk/").status_code == 302


def test_a_form_of_another_site_is_refused_and_carried_nowhere(strict):
    code = a_case()
    page = strict.client.post(f"/desk/case/{code}/record/SafetyPlanMade", TYPED, HTTP_ORIGIN="https://evil.example")
    assert page.status_code == 403
    assert not carried(page.content.decode())


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_nor_does_a_form_of_another_site_that_hides_where_it_comes_from(strict, site):
    """A form in a frame without an origin says 'null', as our own does where nothing may be said; the browser knows."""
    code = a_case()
    headers = {"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": site}
    page = strict.client.post(f"/desk/case/{code}/record/SafetyPlanMade", TYPED, **headers)
    assert page.status_code == 403
    assert not carried(page.content.decode())


def test_a_call_that_was_being_typed_is_not_lost(strict):
    page = strict.sends("/desk/call", {"call-route": "silent", "where-place": "12 Example Street", "token": "t"})
    sent = {**carried(page), "csrfmiddlewaretoken": token(page), **answered(strict)}
    page = strict.sends("/desk/call", sent)
    assert strict.page.status_code == 200
    assert 'value="12 Example Street"' in page
    assert "There is a problem" not in page


def test_another_door_says_nothing_of_what_it_is(strict):
    page = strict.client.post("/my/", {"anything": "x"}).content.decode()
    assert not any(word in page.lower() for word in ("csrf", "forbidden", "desk", "case", "police"))
