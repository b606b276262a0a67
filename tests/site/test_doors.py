"""What every door adds to its pages: headers, sessions of their own, and silence in the log."""

import logging
import time
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from holdfast.site.doors import DOORS
from holdfast.site.doors import door_at
from holdfast.site.logs import WithoutDetail


@pytest.fixture
def client(database) -> Client:
    return Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)


def test_each_address_belongs_to_one_door():
    assert door_at("/desk/x").app == "holdfast.doors.desk"
    assert door_at("/my/").app == "holdfast.doors.survivor"
    assert door_at("/api/calls").app == "holdfast.doors.api"
    assert door_at("/desktop").app == door_at("/").app == "holdfast.doors.guide"


@pytest.mark.parametrize(
    "path", ["/", "/my/in", "/desk/sign-in", "/api/calls", "/nowhere", "/my/nowhere", "/desk/nowhere"]
)
def test_every_answer_allows_nothing_from_elsewhere(client, path):
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert {"object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["/.git/config", "/static/", "/static/look/", "/static/../.git/config", "/static/%2e%2e/settings.py",
     "/keyring.json", "/static/look/../../../settings.py", "/data/holdfast.sqlite3", "/admin/", "/accounts/login/",
     "/metrics"],
)  # fmt: skip
def test_nothing_is_served_but_pages_and_the_doors_own_files(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/my/in", "/my/nowhere", "/desk/sign-in", "/desk/nowhere", "/api/calls"])
def test_what_is_private_is_kept_by_no_browser_and_no_search_engine(client, path):
    answer = client.get(path)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]


@pytest.mark.parametrize("path", ["/", "/api/calls", "/nowhere"])
def test_the_guide_and_the_machines_door_set_no_cookie(client, path):
    assert not client.get(path).cookies


def test_the_doors_with_sessions_have_cookies_of_their_own(client):
    names = set()
    for door in DOORS:
        if not door.cookie:
            continue
        answer = client.get(f"/{door.path}{'in' if door.path == 'my/' else 'sign-in'}")
        for cookie in answer.cookies.values():
            names.add(cookie.key)
            assert cookie["path"] == "/" + door.path
            assert cookie["httponly"]
            assert cookie["samesite"] == "Lax"
    assert len({door.cookie for door in DOORS if door.cookie}) == 2
    assert names == {"__Secure-page", "__Secure-desk"}


def logged(*, name: str, text: str, args: tuple = (), status: int | None = None, fault: Exception | None = None) -> str:
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, text, args, None)
    if status:
        record.status_code = status
    if fault:
        try:
            raise fault
        except Exception as raised:  # noqa: BLE001 it is what is logged
            record.exc_info = (type(raised), raised, raised.__traceback__)
    return WithoutDetail().format(record)


def test_the_log_says_that_something_went_wrong_and_not_in_whose_case():
    line = logged(name="django.request", text="Not Found: %s", args=("/my/promises/7",), status=404)
    assert "404" in line
    assert "promises" not in line
    line = logged(
        name="django.request", text="Internal Server Error: %s", args=("/my/x",), fault=ValueError("Quillfeather")
    )
    assert "ValueError" in line
    assert "test_doors.py" in line
    assert "Quillfeather" not in line
    assert "/my/x" not in line


def test_a_line_of_the_log_says_its_time_in_utc(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        stamp = logged(name="holdfast.clock", text="clock").split()[0]
        assert abs((datetime.now(UTC) - datetime.fromisoformat(stamp)).total_seconds()) < 3600
    finally:
        monkeypatch.undo()
        time.tzset()


def test_our_own_words_are_logged_whole():
    assert "clock 3" in logged(name="holdfast.clock", text="clock %s", args=(3,))


class TestSessions:
    """A session is written when it has to be, and ends when it should."""

    @pytest.fixture
    def at_desk(self, database):
        from holdfast.access.sign_in.sessions import SignIn
        from holdfast.access.staff import add_staff_member

        member = add_staff_member("pat", "a long enough pass phrase", role="officer", staff="PC1")
        client = Client(SERVER_NAME="127.0.0.1")
        client.get("/desk/sign-in")
        from django.contrib.auth import BACKEND_SESSION_KEY
        from django.contrib.auth import HASH_SESSION_KEY
        from django.contrib.auth import SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore

        session = SessionStore()
        session[SESSION_KEY] = str(member.user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
        now = timezone.now()
        row = SignIn.objects.create(member=member, began_at=now, used_at=now, ends_at=now + timedelta(hours=1))
        session["sign_in"] = str(row.id)
        session.save()
        client.cookies["__Secure-desk"] = session.session_key
        return client

    def test_a_session_is_not_written_for_each_page(self, at_desk):
        assert at_desk.get("/desk/").cookies["__Secure-desk"].value
        assert "__Secure-desk" not in at_desk.get("/desk/").cookies

    def test_a_session_of_the_desk_opens_no_other_door(self, at_desk):
        key = at_desk.cookies["__Secure-desk"].value
        assert at_desk.get("/desk/").status_code == 200
        stranger = Client(SERVER_NAME="127.0.0.1")
        stranger.cookies["__Secure-page"] = key
        assert stranger.get("/my/").status_code == 302

    def test_a_session_that_was_ended_elsewhere_stays_ended(self, at_desk):
        from django.contrib.sessions.models import Session

        at_desk.get("/desk/")
        Session.objects.all().delete()
        answer = at_desk.get("/desk/")
        assert answer.status_code == 302
        assert Session.objects.count() <= 1

    def test_a_key_that_somebody_made_up_opens_nothing(self, at_desk):
        at_desk.cookies["__Secure-desk"] = "x" * 32
        assert at_desk.get("/desk/").status_code == 302
