"""What a session holds is sealed in the database, by whichever way Django writes it."""

import sqlite3
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from tests.secrets.searching import canary
from tests.secrets.searching import seen_under

from holdfast.site.sealed_sessions import Sealed


def test_a_session_is_read_again_and_stands_in_no_table(database):
    case = str(uuid4())
    session = SessionStore()
    session["case"], session["said"] = case, canary(1)
    session.save()
    again = SessionStore(session.session_key)
    assert (again["case"], again["said"]) == (case, canary(1))
    assert Session.objects.get().get_decoded()["case"] == case
    assert seen_under(database.parent) == []
    with sqlite3.connect(database) as raw:
        stored = raw.execute("SELECT session_data FROM django_session").fetchone()[0]
    assert case not in stored


def test_its_length_does_not_tell_what_is_in_it():
    lengths = {len(Sealed().dumps({"case": "x" * number})) for number in range(0, 200, 20)}
    assert len(lengths) == 1


def test_under_another_secret_a_session_is_empty(database, settings):
    session = SessionStore()
    session["case"] = "x"
    session.save()
    settings.SECRET_KEY = "another secret of another installation, long enough for anything"
    assert dict(SessionStore(session.session_key).items()) == {}


@pytest.mark.parametrize("stored", [b"", b"{}", b'{"case": "x"}', bytes(40)])
def test_what_was_not_sealed_is_refused(stored):
    with pytest.raises(ValueError, match="does not open"):
        Sealed().loads(stored)
