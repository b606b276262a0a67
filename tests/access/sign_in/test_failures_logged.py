"""A wrong try at the desk's door is a line of the log: of which account, by what, and nothing that was typed."""

import json

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from tests.support.signing_in import has_codes

from holdfast.access.looks import Look
from holdfast.access.sign_in import proof
from holdfast.access.sign_in import wrong_lines
from holdfast.access.staff import add_staff_member

PASSWORD = "a long and plain password"


@pytest.fixture(autouse=True)
def _nothing_was_wrong_before():
    wrong_lines.forget()
    yield
    wrong_lines.forget()


@pytest.fixture
def member(database):
    return add_staff_member("ann", PASSWORD, role="officer", staff="PC1")


def tried(name, password):
    request = RequestFactory(REMOTE_ADDR="192.0.2.7").post("/desk/sign-in")
    request.session = SessionStore()
    return proof.by_password(request, name, password)


def lines():
    found = Look.objects.filter(act="sign_in", allowed=False).order_by("number")
    return [(look.staff, look.role, json.loads(bytes(look.line))["rule"]) for look in found]


def test_a_wrong_password_is_a_line_with_the_account_and_nothing_that_was_typed(member):
    tried("ann", "my secret")
    assert lines() == [("PC1", "officer", "wrong-password")]


def test_a_name_that_nobody_has_is_a_line_without_it(member):
    tried("a password typed in the wrong box", "x")
    assert lines() == [("", "nobody", "wrong-password")]
    look = Look.objects.get(act="sign_in")
    assert b"typed" not in bytes(look.line) + bytes(look.sealed)


def test_a_try_that_is_not_looked_at_writes_nothing_so_that_a_flood_does_not_fill_the_log(member):
    for _ in range(settings.AXES_FAILURE_LIMIT + 5):
        tried("ann", "wrong")
    assert [rule for _, _, rule in lines()] == ["wrong-password"] * settings.AXES_FAILURE_LIMIT


def test_wrong_codes_and_passkeys_are_lines(member):
    has_codes(member)
    proof.by_code(member, "000000")
    proof.by_passkey("{}")
    assert lines() == [("PC1", "officer", "wrong-code"), ("", "nobody", "wrong-passkey")]


def test_a_flood_from_everywhere_is_counted_and_never_fills_the_log():
    rules = [rule for second in range(60) for _ in range(50) if (rule := wrong_lines.rule_for("code", float(second)))]
    assert wrong_lines.AT_ONCE <= len(rules) <= wrong_lines.AT_ONCE + 60 * wrong_lines.A_SECOND + 1
    assert rules[0] == "wrong-code"
    counted = sum(int(rule.split()[1]) for rule in rules if " " in rule)
    last = wrong_lines.rule_for("code", 100_000.0)
    assert counted + int(last.split()[1]) + len(rules) == 3000
    assert wrong_lines.rule_for("code", 100_000.0) == "wrong-code"
