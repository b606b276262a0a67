"""Who left a screen open must prove who they are before a dangerous act; what was typed meanwhile is kept."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from tests.support.signing_in import has_codes

from holdfast.access.sign_in import fresh
from holdfast.access.staff import add_staff_member

PASSWORD = "a long and plain password"


@pytest.fixture
def member(database):
    return add_staff_member("ann", PASSWORD, role="supervisor", staff="S1")


def asked(member, proved_at=None, **sent):
    request = RequestFactory().post("/desk/case/X/words", sent)
    request.session = SessionStore()
    request.user = get_user_model().objects.get(pk=member.user_id)
    request.member = member
    if proved_at is not None:
        request.session["proved_at"] = proved_at
    return request


def test_a_session_that_proved_nothing_is_not_fresh_and_one_that_just_did_is(member):
    request = asked(member)
    assert not fresh.is_fresh(request)
    fresh.proved(request)
    assert fresh.is_fresh(request)
    fresh.no_longer_fresh(request)
    assert not fresh.is_fresh(request)


def test_proof_ends(member, monkeypatch):
    request = asked(member, proved_at=1_000)
    monkeypatch.setattr(fresh.time, "time", lambda: 1_000 + fresh.FRESH_FOR - 1)
    assert fresh.is_fresh(request)
    monkeypatch.setattr(fresh.time, "time", lambda: 1_000 + fresh.FRESH_FOR)
    assert not fresh.is_fresh(request)


def test_the_page_carries_what_was_sent_and_no_password(member):
    page = fresh.ask_again(asked(member, why="because she asked", password="not to be repeated"))
    said = page.content.decode()
    assert page.status_code == 403
    assert "because she asked" in said
    assert "not to be repeated" not in said


def test_the_answer_proves_it_and_is_taken_out_of_what_the_view_reads(member):
    wrong = asked(member, **{"prove-password": "something else entirely", "why": "kept"})
    assert not fresh.is_fresh(wrong)
    without_code = asked(member, **{"prove-password": PASSWORD, "why": "kept"})
    code = has_codes(member)
    assert not fresh.is_fresh(without_code)
    right = asked(member, **{"prove-password": PASSWORD, "prove-code": code, "why": "kept"})
    assert fresh.is_fresh(right)
    assert right.POST.dict() == {"why": "kept"}
    assert fresh.is_fresh(right)
