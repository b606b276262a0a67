"""A way back in by a second person: their words, once, for a quarter of an hour; what was lost opens nothing more."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone
from tests.support.signing_in import has_codes
from tests.support.signing_in import signs_in

from holdfast.access.looks import Look
from holdfast.access.sign_in import recovery
from holdfast.access.staff import add_staff_member

PASSWORD, NEW = "a long and plain password", "another plain and long one"


@pytest.fixture
def supervisor(database):
    return add_staff_member("sue", PASSWORD, role="supervisor", staff="S1", organisation="north")


@pytest.fixture
def colleague(supervisor):
    return add_staff_member("ann", PASSWORD, role="officer", staff="PC1", organisation="north")


def words_for(supervisor, colleague):
    return recovery.start(supervisor.person, colleague, supervisor)


def gives(words, name="ann", password=NEW, client=None):
    client = client or Client(HTTP_HOST="127.0.0.1")
    sent = {"name": name, "words": words, "password": password, "password-again": password}
    return client.post("/desk/sign-in/recover", sent)


def test_the_words_set_a_new_password_end_every_sign_in_and_take_what_was_lost_away(supervisor, colleague):
    has_codes(colleague)
    there = Client(HTTP_HOST="127.0.0.1")
    signs_in(there, colleague)
    assert there.get("/desk/account").status_code == 200
    client = Client(HTTP_HOST="127.0.0.1")
    assert gives(words_for(supervisor, colleague), client=client).headers["Location"] == "/desk/sign-in/set-up"
    assert there.get("/desk/account").status_code == 302
    assert not Authenticator.objects.exists()
    assert client.get("/desk/").status_code == 302  # a second factor comes first
    assert client.get("/desk/sign-in/set-up").status_code == 200
    colleague.user.refresh_from_db()
    assert colleague.user.check_password(NEW)


def test_both_steps_are_in_the_log_with_both_names(supervisor, colleague):
    gives(words_for(supervisor, colleague))
    found = [(line.staff, line.act, line.allowed) for line in Look.objects.order_by("number")]
    assert found == [("S1", "start_recovery", True), ("PC1", "use_recovery", True)]


def test_the_words_open_once(supervisor, colleague):
    words = words_for(supervisor, colleague)
    assert gives(words).status_code == 302
    assert gives(words, password="yet another long password").status_code == 403


def test_the_words_end_after_a_quarter_of_an_hour(supervisor, colleague):
    words = words_for(supervisor, colleague)
    colleague.recoveries.update(started_at=timezone.now() - recovery.LASTS - timedelta(seconds=1))
    assert gives(words).status_code == 403
    colleague.user.refresh_from_db()
    assert colleague.user.check_password(PASSWORD)


def test_five_wrong_tries_end_the_words(supervisor, colleague):
    words = words_for(supervisor, colleague)
    for _ in range(recovery.MOST_TRIES):
        assert gives("three wrong words").status_code == 403
    assert gives(words).status_code == 403


def test_new_words_end_the_older_ones(supervisor, colleague):
    older = words_for(supervisor, colleague)
    words_for(supervisor, colleague)
    assert gives(older).status_code == 403


def test_somebody_elses_words_open_nothing(supervisor, colleague):
    add_staff_member("ben", PASSWORD, role="officer", staff="PC2", organisation="north")
    assert gives(words_for(supervisor, colleague), name="ben").status_code == 403


def test_a_weak_new_password_is_refused_before_the_words_are_spent(supervisor, colleague):
    words = words_for(supervisor, colleague)
    assert gives(words, password="password").status_code == 400
    assert gives(words).status_code == 302


def test_nothing_changes_until_the_words_are_used(supervisor, colleague):
    has_codes(colleague)
    there = Client(HTTP_HOST="127.0.0.1")
    signs_in(there, colleague)
    words_for(supervisor, colleague)
    assert there.get("/desk/account").status_code == 200
    assert Authenticator.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "organisation", "why"),
    [
        ("officer", "north", "no supervisor"),
        ("supervisor", "south", "another organisation"),
        ("auditor", "north", "an auditor writes nothing"),
    ],
)
def test_nobody_else_starts_it(supervisor, colleague, role, organisation, why):
    other = add_staff_member("other", PASSWORD, role=role, staff="X1", organisation=organisation)
    assert not recovery.may_start(other, colleague), why
    with pytest.raises(recovery.NotYours):
        words_for(other, colleague)


def test_nobody_starts_it_for_themselves(supervisor):
    with pytest.raises(recovery.NotYours):
        words_for(supervisor, supervisor)
    assert not recovery.Recovery.objects.exists()


def test_the_words_are_kept_only_as_a_slow_hash(supervisor, colleague):
    words = words_for(supervisor, colleague)
    kept = recovery.Recovery.objects.get().words
    assert kept.startswith("argon2$")
    assert words not in kept
