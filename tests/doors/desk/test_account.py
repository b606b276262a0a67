"""One's own sign-in, and a supervisor's page of colleagues."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone
from tests.doors.desk.conftest import PASSWORD
from tests.doors.desk.conftest import Desk
from tests.support.signing_in import has_codes
from tests.support.signing_in import signs_in

from holdfast.access.sign_in import sessions
from holdfast.access.sign_in.stopping import may_sign_in
from holdfast.access.sign_in.wanted import CONTROL_ROOM
from holdfast.access.staff import StaffMember
from holdfast.access.staff import add_staff_member
from holdfast.site.doors import door_at

NEW = "another plain and long one"


@pytest.fixture
def officer(database) -> Desk:
    return Desk("officer").signs_in()


def member(staff="officer-1") -> StaffMember:
    return StaffMember.objects.select_related("user").get(staff=staff)


def at_another_browser(staff="officer-1", agent="Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/140.0") -> Client:
    client = Client(HTTP_HOST="127.0.0.1", HTTP_USER_AGENT=agent)
    signs_in(client, member(staff))
    return client


def open_at(client: Client) -> bool:
    return client.get("/desk/account").status_code == 200


def left_open(desk: Desk) -> None:
    """The last proof of who they are is long ago."""
    store = SessionStore(desk.client.cookies[door_at("/desk/").cookie_name].value)
    store["proved_at"] = 0
    store.save()


def test_each_sign_in_is_listed_and_can_be_ended(officer):
    other = at_another_browser()
    page = officer.opens("/desk/account")
    assert page.count("Last used") == 2
    assert "(this one)" in page
    row = next(row for row in sessions.sign_ins_of(member()) if str(row.id) in page)
    officer.sends("/desk/account/end", {"which": str(row.id)})
    assert not open_at(other)
    assert open_at(officer.client)


def test_all_others_end_at_once(officer):
    others = [at_another_browser(), at_another_browser()]
    officer.sends("/desk/account/end", {"which": "others"})
    assert [open_at(other) for other in others] == [False, False]
    assert open_at(officer.client)


@pytest.mark.parametrize("which", ["", "x", "' OR 1=1", "00000000-0000-0000-0000-000000000000"])
def test_a_sign_in_that_is_none_or_somebody_elses_stays(officer, which):
    add_staff_member("other", PASSWORD, role="officer", staff="other")
    other = at_another_browser("other")
    theirs = str(sessions.sign_ins_of(member("other"))[0].id)
    for each in (which, theirs):
        officer.sends("/desk/account/end", {"which": each})
        assert officer.page.status_code == 302
    assert open_at(other)


def test_disabling_the_account_ends_its_sign_ins_at_once(officer):
    may_sign_in(member(), False)
    assert not open_at(officer.client)
    may_sign_in(member(), True)
    assert not open_at(officer.client)


def test_a_sign_in_ends_at_its_longest_however_much_it_is_used(officer):
    assert open_at(officer.client)
    member().sign_ins.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert not open_at(officer.client)


def test_an_account_may_have_fewer_minutes_and_never_more_than_its_role(database):
    for role, minutes, expected in (
        ("dispatcher", None, CONTROL_ROOM.unused),
        ("officer", 10, 10),
        ("officer", 90, 30),
    ):
        name = f"{role}{minutes}"
        add_staff_member(name, PASSWORD, role=role, staff=name, session_minutes=minutes)
        client = at_another_browser(name)
        assert open_at(client)
        store = SessionStore(client.cookies[door_at("/desk/").cookie_name].value)
        assert store["_minutes"] == expected
        assert store.get_expiry_age() <= expected * 60


def test_a_new_password_ends_every_other_sign_in(officer):
    other = at_another_browser()
    officer.sends("/desk/account/password", {"password": NEW, "password-again": NEW})
    assert officer.page.status_code == 302
    assert not open_at(other)
    assert open_at(officer.client)
    assert member().user.check_password(NEW)


@pytest.mark.parametrize(
    ("password", "again"),
    [
        ("short", "short"),
        (NEW, "not the same at all"),
        ("officer-1officer-1", "officer-1officer-1"),
        ("aaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaa"),
        ("holdfast police desk", "holdfast police desk"),
        ("", ""),
    ],
)
def test_a_weak_or_mistyped_password_changes_nothing(officer, password, again):
    officer.sends("/desk/account/password", {"password": password, "password-again": again})
    assert officer.page.status_code == 400
    assert member().user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/desk/account/password", {"password": NEW, "password-again": NEW}),
        ("/desk/account/add", {"code": "123456"}),
        ("/desk/account/take-away", {"key": "1"}),
        ("/desk/colleagues/officer-2/recover", {"seen": "yes"}),
        ("/desk/colleagues/officer-2/end", {}),
    ],
)
def test_what_changes_a_sign_in_asks_for_proof_where_the_screen_was_left_open(database, address, sent):
    add_staff_member("officer-2", PASSWORD, role="officer", staff="officer-2")
    desk = Desk("supervisor").signs_in()
    left_open(desk)
    page = desk.sends(address, sent)
    assert desk.page.status_code == 403
    assert "Prove that it is you" in page
    assert NEW not in page
    assert member("supervisor-1").user.check_password(PASSWORD)


def test_the_right_answer_goes_on_with_the_act_and_a_wrong_one_does_not(database):
    add_staff_member("officer-2", PASSWORD, role="officer", staff="officer-2")
    desk = Desk("supervisor").signs_in()
    code = has_codes(member("supervisor-1"))
    there = at_another_browser("officer-2")
    left_open(desk)
    address = "/desk/colleagues/officer-2/end"
    desk.sends(address, {"prove-password": PASSWORD, "prove-code": "000000"})
    assert desk.page.status_code == 403
    assert open_at(there)
    desk.sends(address, {"prove-password": PASSWORD, "prove-code": code})
    assert desk.page.status_code == 302
    assert not open_at(there)


def test_the_last_second_factor_cannot_be_taken_away(officer):
    has_codes(member())
    key = Authenticator.objects.get().pk
    officer.sends("/desk/account/take-away", {"key": str(key)})
    assert officer.page.status_code == 409
    Authenticator.objects.create(user=member().user, type="webauthn", data={"name": "one", "credential": {}})
    officer.sends("/desk/account/take-away", {"key": str(key)})
    assert officer.page.status_code == 302
    assert [one.type for one in Authenticator.objects.all()] == ["webauthn"]


def test_nobody_takes_a_second_factor_of_somebody_else_away(officer):
    add_staff_member("other", PASSWORD, role="officer", staff="other")
    has_codes(member("other"))
    theirs = Authenticator.objects.get().pk
    has_codes(member())
    Authenticator.objects.create(user=member().user, type="webauthn", data={"name": "one", "credential": {}})
    for key in (str(theirs), "9" * 30, "x", ""):
        officer.sends("/desk/account/take-away", {"key": key})
        assert officer.page.status_code == 409
    assert Authenticator.objects.filter(pk=theirs).exists()


def test_a_supervisor_makes_words_for_a_colleague_only_by_saying_that_they_are_there(database):
    add_staff_member("officer-2", PASSWORD, role="officer", staff="officer-2")
    desk = Desk("supervisor").signs_in()
    desk.sends("/desk/colleagues/officer-2/recover", {})
    assert desk.page.status_code == 400
    page = desk.sends("/desk/colleagues/officer-2/recover", {"seen": "yes"})
    assert desk.page.status_code == 200
    assert 'class="four read-out"' in page
    assert member("officer-2").recoveries.count() == 1


@pytest.mark.parametrize("staff", ["supervisor-1", "elsewhere-1", "nobody", "a/b", "%00", "x" * 500])
def test_not_for_oneself_not_for_another_organisation_and_not_for_nobody(database, staff):
    add_staff_member("elsewhere-1", PASSWORD, role="officer", staff="elsewhere-1", organisation="south")
    desk = Desk("supervisor").signs_in()
    for act in ("recover", "end"):
        desk.sends(f"/desk/colleagues/{staff}/{act}", {"seen": "yes"})
        assert desk.page.status_code == 404
    assert "elsewhere-1" not in desk.opens("/desk/colleagues")


def test_an_officer_has_no_page_of_colleagues(officer):
    officer.opens("/desk/colleagues")
    assert officer.page.status_code == 403


def test_the_colleague_reads_that_a_way_back_in_was_opened(database):
    add_staff_member("officer-2", PASSWORD, role="officer", staff="officer-2")
    Desk("supervisor").signs_in().sends("/desk/colleagues/officer-2/recover", {"seen": "yes"})
    page = at_another_browser("officer-2").get("/desk/account").content.decode()
    assert "supervisor-1" in page
    assert "was not used" in page


def test_the_secret_of_a_code_app_is_sealed_in_the_database(officer):
    has_codes(member(), "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in str(Authenticator.objects.get().data)
