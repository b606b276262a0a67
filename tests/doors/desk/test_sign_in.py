"""Signing in by role, being slowed down, and signing out."""

import pytest
from django.core.cache import cache
from tests.doors.desk.conftest import PASSWORD
from tests.doors.desk.conftest import Desk


@pytest.fixture(autouse=True)
def _nobody_has_tried(database):
    cache.clear()
    yield
    cache.clear()


def test_without_signing_in_every_page_leads_to_the_sign_in_page():
    stranger = Desk("officer")
    for address in (
        "/desk/",
        "/desk/call",
        "/desk/find",
        "/desk/overview",
        "/desk/figures",
        "/desk/keys",
        "/desk/case/234CFGHJ",
    ):
        stranger.opens(address)
        assert stranger.page.status_code == 302
        assert stranger.page.headers["Location"].startswith("/desk/sign-in")


def test_whoever_signs_in_sees_their_role_and_is_led_back_to_where_they_were_going():
    desk = Desk("investigator").signs_in()
    desk.client.post("/desk/sign-out")
    sent = desk.client.post("/desk/sign-in", {"name": desk.staff, "password": PASSWORD, "next": "/desk/find"})
    assert sent.headers["Location"] == "/desk/find"
    assert "Investigating officer" in desk.opens("/desk/find")


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/desk/", "/my/", "javascript:alert(1)"])
def test_signing_in_never_leads_out_of_the_desk(elsewhere):
    desk = Desk("officer").signs_in()
    sent = desk.client.post("/desk/sign-in", {"name": desk.staff, "password": PASSWORD, "next": elsewhere})
    assert sent.headers["Location"] == "/desk/"


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer():
    desk = Desk("officer").signs_in()
    wrong_password = Desk().sends("/desk/sign-in", {"name": desk.staff, "password": "wrong"})
    wrong_name = Desk().sends("/desk/sign-in", {"name": desk.staff, "password": "also wrong"})
    assert "do not open the desk" in wrong_password
    assert wrong_password.count("do not open the desk") == wrong_name.count("do not open the desk")


def test_a_user_without_a_role_does_not_get_in(django_user_model):
    django_user_model.objects.create_user(username="visitor", password=PASSWORD)
    page = Desk().client.post("/desk/sign-in", {"name": "visitor", "password": PASSWORD})
    assert page.status_code == 403


def test_wrong_tries_slow_the_device_and_lock_nobody_out():
    desk = Desk("officer").signs_in()
    for _ in range(5):
        assert desk.client.post("/desk/sign-in", {"name": desk.staff, "password": "wrong"}).status_code == 403
    assert desk.client.post("/desk/sign-in", {"name": desk.staff, "password": PASSWORD}).status_code == 429
    other_device = desk.client.post(
        "/desk/sign-in", {"name": desk.staff, "password": PASSWORD}, REMOTE_ADDR="192.0.2.7"
    )
    assert other_device.status_code == 302


def test_signing_out_ends_the_session():
    desk = Desk("officer").signs_in()
    desk.client.post("/desk/sign-out")
    desk.opens("/desk/")
    assert desk.page.status_code == 302


def test_what_was_typed_as_a_password_never_comes_back():
    page = Desk().sends("/desk/sign-in", {"name": "x", "password": "my-secret-password"})
    assert "my-secret-password" not in page
