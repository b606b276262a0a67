"""Signing in by role: password and code, wrong tries, where one is led, and signing out."""

import pytest
from django.core.cache import cache
from tests.doors.desk.conftest import PASSWORD
from tests.doors.desk.conftest import Desk
from tests.support.signing_in import has_codes

from holdfast.access.sign_in.stopping import may_sign_in
from holdfast.access.staff import StaffMember
from holdfast.access.staff import add_staff_member


@pytest.fixture(autouse=True)
def _nobody_has_tried(database):
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def officer() -> Desk:
    """Somebody with a password and a code app, who is not signed in."""
    add_staff_member("officer-1", PASSWORD, role="officer", staff="officer-1")
    return Desk("officer")


def member() -> StaffMember:
    return StaffMember.objects.select_related("user").get(staff="officer-1")


def types(desk: Desk, password: str = PASSWORD, name: str = "officer-1", **more: str):
    return desk.client.post("/desk/sign-in", {"name": name, "password": password, **more.pop("sent", {})}, **more)


def enters(desk: Desk, onward: str = "") -> object:
    """Both steps."""
    code = has_codes(member())
    first = types(desk, sent={"next": onward})
    assert first.headers["Location"] == "/desk/sign-in/code"
    return desk.client.post("/desk/sign-in/code", {"code": code})


def test_without_signing_in_every_page_leads_to_the_sign_in_page():
    stranger = Desk("officer")
    for address in (
        "/desk/",
        "/desk/call",
        "/desk/find",
        "/desk/overview",
        "/desk/figures",
        "/desk/keys",
        "/desk/account",
        "/desk/account/add",
        "/desk/colleagues",
        "/desk/case/234CFGHJ",
    ):
        stranger.opens(address)
        assert stranger.page.status_code == 302
        assert stranger.page.headers["Location"].startswith("/desk/sign-in")


def test_whoever_signs_in_sees_their_role_and_is_led_back_to_where_they_were_going(officer):
    assert enters(officer, "/desk/find").headers["Location"] == "/desk/find"
    assert "Attending officer" in officer.opens("/desk/find")


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/desk/", "/my/", "javascript:alert(1)", "/desk/sign-in/code"]
)
def test_signing_in_never_leads_out_of_the_desk_or_round_in_a_ring(officer, elsewhere):
    assert enters(officer, elsewhere).headers["Location"] == "/desk/"


def test_between_the_password_and_the_code_nobody_is_signed_in(officer):
    has_codes(member())
    types(officer)
    assert officer.client.get("/desk/").status_code == 302
    assert officer.client.get("/desk/account").status_code == 302
    assert member().sign_ins.count() == 0


def test_a_code_is_taken_once(officer):
    code = has_codes(member())
    types(officer)
    assert officer.client.post("/desk/sign-in/code", {"code": code}).status_code == 302
    other = Desk("officer")
    types(other)
    assert other.client.post("/desk/sign-in/code", {"code": code}).status_code == 403
    assert other.client.get("/desk/").status_code == 302


def test_a_code_alone_opens_nothing(officer):
    code = has_codes(member())
    assert officer.client.post("/desk/sign-in/code", {"code": code}).status_code == 403
    assert officer.client.get("/desk/").status_code == 302


def test_somebody_without_a_second_factor_is_led_to_set_one_up_and_nothing_else_opens(officer):
    assert types(officer).headers["Location"] == "/desk/sign-in/set-up"
    assert officer.client.get("/desk/").status_code == 302
    page = officer.opens("/desk/sign-in/set-up")
    assert "Set up your second step" in page
    assert "<svg" in page
    assert officer.client.post("/desk/sign-in/set-up", {"code": "000000"}).status_code == 403
    assert officer.client.get("/desk/").status_code == 302


def test_a_wrong_name_a_wrong_password_and_a_stopped_account_get_the_same_answer(officer):
    may_sign_in(member(), False)
    stopped = Desk().sends("/desk/sign-in", {"name": "officer-1", "password": PASSWORD})
    may_sign_in(member(), True)
    wrong_password = Desk().sends("/desk/sign-in", {"name": "officer-1", "password": "wrong"})
    wrong_name = Desk().sends("/desk/sign-in", {"name": "nobody", "password": PASSWORD})
    assert "do not open the desk" in wrong_password
    assert without_marks(wrong_password) == without_marks(stopped)
    assert without_marks(wrong_password) == without_marks(wrong_name)


def without_marks(page: str) -> str:
    """A page without what differs each time: the name that was typed, tokens, and challenges."""
    import re

    page = re.sub(r'data-passkey="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", page)
    return page.replace('value="nobody"', "").replace('value="officer-1"', "")


def test_an_unknown_name_costs_as_many_hashes_as_a_known_one(officer, monkeypatch):
    from holdfast.site.passwords import Argon2

    made: list[str] = []
    before = Argon2.encode
    monkeypatch.setattr(Argon2, "encode", lambda self, *given: made.append("made") or before(self, *given))
    checked = Argon2.verify
    monkeypatch.setattr(Argon2, "verify", lambda self, *given: made.append("made") or checked(self, *given))
    types(officer, "wrong")
    known = len(made)
    made.clear()
    types(Desk(), "wrong", name="nobody")
    assert len(made) == known == 1


def test_a_user_without_a_role_does_not_get_in(django_user_model):
    django_user_model.objects.create_user(username="visitor", password=PASSWORD)
    page = Desk().client.post("/desk/sign-in", {"name": "visitor", "password": PASSWORD})
    assert page.status_code == 403


def test_signing_out_ends_the_session_and_its_row(officer):
    enters(officer)
    assert member().sign_ins.count() == 1
    left = officer.client.post("/desk/sign-out")
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    officer.opens("/desk/")
    assert officer.page.status_code == 302
    assert member().sign_ins.count() == 0


def test_what_was_typed_as_a_password_never_comes_back():
    page = Desk().sends("/desk/sign-in", {"name": "x", "password": "my-secret-password"})
    assert "my-secret-password" not in page


def test_the_session_is_a_new_one_after_each_step(officer):
    officer.client.get("/desk/sign-in")
    keys = [session_of(officer)]
    code = has_codes(member())
    types(officer)
    keys.append(session_of(officer))
    officer.client.post("/desk/sign-in/code", {"code": code})
    keys.append(session_of(officer))
    assert len(set(keys)) == 3


def session_of(desk: Desk) -> str:
    return next(cookie.value for cookie in desk.client.cookies.values())
