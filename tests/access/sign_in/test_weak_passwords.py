"""Which passwords are refused: short, common, or made of what anybody would try first here. Any signs are taken."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from holdfast.access.sign_in import proof
from holdfast.access.staff import AGENCIES
from holdfast.access.staff import STAFF_ROLES
from holdfast.access.staff import add_staff_member
from holdfast.site.passwords import GUESSED
from holdfast.site.passwords import Argon2
from holdfast.site.settings import PASSWORD_HASHERS

PLAIN = "four copper kettles sing"


@pytest.fixture
def member(database):
    return add_staff_member(
        "ann.example", PLAIN, role="officer", staff="PC2718", organisation="Exampleshire", team="response"
    )


def refused(password, member) -> bool:
    try:
        validate_password(password, member.user)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    "password",
    ["short", "fourteen signs", "qwertyuiopasdfgh", "1234567890123456", "aaaaaaaaaaaaaaaaaaaa", "ann.example 2026!",
     "Exampleshire 2026!", "PC2718PC2718PC2718", "safeguarding police 1", "Dispatcher2026!!", "domestic abuse 999",
     "Survivor-Survivor-1", "probation-officer", "holdfastholdfast1"],
)  # fmt: skip
def test_what_anybody_would_try_first_here_is_refused(password, member):
    assert refused(password, member)


@pytest.mark.parametrize(
    "password", [PLAIN, "żółw-leña-œuf-7 !", "x9" * 4 + "mvkplw" + "é" * 90, "police kettle copper violin"]
)
def test_any_signs_and_any_length_are_taken_where_enough_is_left(password, member):
    assert not refused(password, member)


def test_every_role_and_kind_of_agency_is_among_the_words(member):
    words = {word for name in (*STAFF_ROLES, *AGENCIES) for word in name.split("_") if len(word) > 3}
    assert words <= set(GUESSED)


def test_the_page_for_whoever_runs_it_lists_the_words():
    text = (Path(__file__).parents[3] / "docs/how-to/sign-in.md").read_text(encoding="utf-8")
    listed = re.search(r"<!-- guessed -->(.*?)<!-- end -->", text, re.DOTALL)
    assert listed
    assert set(re.findall(r"[a-z]+", listed[1])) == set(GUESSED)


def test_a_password_opens_only_as_it_was_set(member, rf):
    from django.contrib.sessions.backends.db import SessionStore

    def opens(password: str) -> bool:
        request = rf.post("/desk/sign-in")
        request.session = SessionStore()
        return proof.by_password(request, "ann.example", password).member == member

    assert opens(PLAIN)
    assert not any(opens(other) for other in (PLAIN.upper(), PLAIN[:-1], f"{PLAIN} ", f" {PLAIN}"))


def test_a_password_is_kept_by_argon2id_as_slow_as_owasp_asks(settings, member):
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    member.user.set_password(PLAIN)
    assert member.user.password.startswith("argon2$argon2id$v=19$m=19456,t=3,p=1$")
    assert (Argon2.memory_cost, Argon2.time_cost, Argon2.parallelism) == (19_456, 3, 1)
