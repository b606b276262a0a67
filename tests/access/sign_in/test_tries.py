"""Wrong tries lock a name at an address for a while, and never everywhere; what is kept of them tells nothing."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test import RequestFactory
from django.utils import timezone
from tests.support.signing_in import SECRET
from tests.support.signing_in import has_codes
from tests.support.signing_in import shown_code

from holdfast.access.sign_in import proof
from holdfast.access.sign_in import second
from holdfast.access.sign_in import tries
from holdfast.access.sign_in.forgetting import forget
from holdfast.access.staff import add_staff_member
from holdfast.access.ways_in.turns import Turns

PASSWORD = "a long and plain password"
STATION, ELSEWHERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def member(database):
    return add_staff_member("ann", PASSWORD, role="officer", staff="PC1")


def tried(name="ann", password="wrong", address=STATION):  # noqa: S107 a test's
    request = RequestFactory(REMOTE_ADDR=address).post("/desk/sign-in", {"again-password": password, "plan": "secret"})
    request.session = SessionStore()
    return proof.by_password(request, name, password)


def rows():
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names() if name.startswith("axes_")]
        assert names
        found = []
        for name in names:
            cursor.execute(f"SELECT * FROM {name}")  # noqa: S608 a name from the database itself
            found += cursor.fetchall()
        return found


def test_ten_wrong_tries_lock_the_name_at_that_address_and_nowhere_else(member):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        assert tried().status == 403
    locked = tried(password=PASSWORD)
    assert (locked.status, locked.member) == (429, None)
    assert tried(password=PASSWORD, address=ELSEWHERE).member == member


def test_an_unknown_name_is_locked_alike(member):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        assert tried("nobody").why == proof.WRONG
    assert tried("nobody").why == proof.LOCKED


def test_a_locked_name_costs_no_hash(member, monkeypatch):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        tried()
    monkeypatch.setattr(tries, "user_with", lambda *_: pytest.fail("a password was looked at"))
    assert tried().status == 429


def test_one_address_cannot_try_many_names(member):
    for number in range(tries.MOST_FROM_ONE_ADDRESS):
        tried(f"name{number}")
    assert tried(password=PASSWORD).status == 429
    assert tried(password=PASSWORD, address=ELSEWHERE).member == member


def test_the_lock_ends_after_its_time_even_while_somebody_goes_on_trying(member, monkeypatch):
    for _ in range(settings.AXES_FAILURE_LIMIT + 3):
        tried()
    later = timezone.now() + settings.AXES_COOLOFF_TIME + timedelta(seconds=1)
    monkeypatch.setattr("axes.handlers.proxy.now", lambda: later)
    monkeypatch.setattr(tries.timezone, "now", lambda: later)
    assert tried(password=PASSWORD).member == member


def test_signing_in_forgets_the_wrong_tries(member):
    code = has_codes(member)
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        tried(address="127.0.0.1")
    client = Client(HTTP_HOST="127.0.0.1")
    client.post("/desk/sign-in", {"name": "ann", "password": PASSWORD})
    assert client.post("/desk/sign-in/code", {"code": code}).status_code == 302
    assert rows() == []


def test_wrong_codes_are_counted_for_the_account_wherever_they_come_from(member):
    has_codes(member)
    for _ in range(tries.MOST_CODES):
        assert proof.by_code(member, "000000").status == 403
    right = proof.by_code(member, shown_code(SECRET))
    assert (right.status, right.why) == (429, proof.CODES_LOCKED)


def test_a_code_is_refused_after_a_hundred_wrong_ones_in_a_row_however_slowly(member):
    has_codes(member)
    for _ in range(second.MOST_WRONG_IN_A_ROW):
        assert not second.code_is_right(member.user, "000000")
    assert not second.code_is_right(member.user, shown_code(SECRET))


def test_what_is_kept_holds_no_password_no_name_and_nothing_that_was_typed(member):
    tried("my password typed in the wrong field", "hunter2 hunter2 hunter2")
    tried()
    kept = str(rows())
    assert STATION in kept  # it is there, until the clock takes it away
    for secret in ("hunter2", "wrong", "ann'", "my password", "plan", "secret", "again-password"):
        assert secret not in kept


def test_the_clock_takes_the_addresses_away(member):
    tried()
    assert forget(timezone.now()) == 0
    assert forget(timezone.now() + settings.AXES_COOLOFF_TIME + timedelta(seconds=1)) == 1
    assert rows() == []


def test_the_log_says_neither_who_nor_from_where(member, caplog):
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        tried()
    assert "AXES" in caplog.text
    assert "ann" not in caplog.text
    assert STATION not in caplog.text


def test_a_flood_from_everywhere_is_told_to_come_back_and_costs_no_hash(member, monkeypatch):
    monkeypatch.setattr(tries, "HASHES", Turns(a_second=0.001, at_once=1.0, longest=0.05))
    assert tried(address="203.0.113.1").status == 403
    monkeypatch.setattr(tries, "authenticate", lambda *_, **__: pytest.fail("a password was looked at"))
    refused = tried(password=PASSWORD)
    assert (refused.status, refused.why, refused.member) == (503, proof.TOO_MANY, None)


def test_whoever_was_wrong_least_from_their_address_goes_first(member, monkeypatch):
    ranks = []
    turns = Turns()
    monkeypatch.setattr(tries, "HASHES", SimpleNamespace(turn=lambda rank: ranks.append(rank) or turns.turn(rank)))
    for address in (STATION, STATION, ELSEWHERE):
        tried(address=address)
    assert ranks == [0, 1, 0]
