"""Single sign-on: only the very person whose account was joined, only by a token that is right in everything."""

import time

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import get_user_model
from django.test import Client
from tests.support.agency_sign_in import AgencySignIn
from tests.support.signing_in import has_codes

from holdfast.access.sign_in.checks import agency_sign_in
from holdfast.access.sign_in.stopping import may_sign_in
from holdfast.access.staff import add_staff_member
from holdfast.site.sign_in_settings import oidc_app


@pytest.fixture
def agency(settings):
    with AgencySignIn() as running:
        settings.HOLDFAST_OIDC_ISSUER = running.issuer
        settings.SOCIALACCOUNT_PROVIDERS = oidc_app(running.issuer, "holdfast", "shared secret")
        yield running


@pytest.fixture
def member(database):
    return add_staff_member("ann", None, role="officer", staff="PC1", subject="subject-1")


@pytest.fixture
def client() -> Client:
    return Client(HTTP_HOST="127.0.0.1")


def comes_back(client, agency, onward="/desk/find", **changed):
    left = client.get("/desk/sign-in/agency", {"next": onward})
    assert left.status_code == 302, left.content.decode()
    return client.get("/desk/sign-in/agency/back", {**agency.is_visited(left.headers["Location"]), **changed})


def is_in(client) -> bool:
    return client.get("/desk/account").status_code == 200


def test_the_person_whose_account_is_joined_comes_in_where_the_agency_says_both_factors(client, agency, member):
    agency.claims["amr"] = ["pwd", "mfa"]
    assert comes_back(client, agency).headers["Location"] == "/desk/find"
    assert is_in(client)
    assert agency.asked["scope"] == "openid"
    assert agency.asked["code_challenge_method"] == "S256"
    assert agency.exchanged[0]["client_secret"] == "shared secret"


def test_where_it_does_not_say_so_our_own_second_factor_is_asked_for(client, agency, member):
    code = has_codes(member)
    assert comes_back(client, agency).headers["Location"] == "/desk/sign-in/code"
    assert not is_in(client)
    assert client.post("/desk/sign-in/code", {"code": code}).headers["Location"] == "/desk/find"
    assert is_in(client)


def test_whoever_has_none_sets_one_up_first(client, agency, member):
    assert comes_back(client, agency).headers["Location"] == "/desk/sign-in/set-up"
    assert not is_in(client)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"}, {"nonce": None}, {"iss": "https://evil.example"}, {"aud": "another client"},
        {"exp": int(time.time()) - 10}, {"exp": None}, {"sub": None}, {"sub": ""}, {"sub": "nobody-here"},
        {"aud": ["holdfast", "other"], "azp": "other"},
    ],
)  # fmt: skip
def test_a_token_that_is_wrong_in_one_thing_opens_nothing(client, agency, member, claims):
    agency.claims = {"amr": ["mfa"], **claims}
    page = comes_back(client, agency)
    assert page.status_code == 403
    assert "did not open the desk" in page.content.decode()
    assert not is_in(client)


def test_a_token_signed_by_another_key_opens_nothing(client, agency, member):
    agency.claims["amr"] = ["mfa"]
    agency.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert comes_back(client, agency).status_code == 403
    assert not is_in(client)


def test_no_question_is_led_on_to_another_address(client, agency, member):
    agency.claims["amr"] = ["mfa"]
    agency.leads_on = f"{agency.issuer}/other-keys"
    assert comes_back(client, agency).status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_that_is_not_signed_by_a_public_key_opens_nothing(client, agency, member, algorithm):
    agency.claims["amr"] = ["mfa"]
    agency.algorithm = algorithm
    assert comes_back(client, agency).status_code == 403
    assert not is_in(client)


def test_an_issuer_that_calls_itself_something_else_opens_nothing(client, agency, member):
    agency.claims = {"amr": ["mfa"], "iss": "https://evil.example"}
    left = client.get("/desk/sign-in/agency")
    agency.says_issuer = "https://evil.example"
    assert client.get("/desk/sign-in/agency/back", agency.is_visited(left.headers["Location"])).status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize("changed", [{"state": "another"}, {"state": ""}, {"code": "another"}, {"code": ""}])
def test_a_state_or_a_code_that_is_not_ours_opens_nothing(client, agency, member, changed):
    agency.claims["amr"] = ["mfa"]
    assert comes_back(client, agency, **changed).status_code == 403
    assert not is_in(client)


def test_what_was_brought_back_cannot_be_used_again_or_in_another_browser(client, agency, member):
    agency.claims["amr"] = ["mfa"]
    left = client.get("/desk/sign-in/agency")
    brought = agency.is_visited(left.headers["Location"])
    other = Client(HTTP_HOST="127.0.0.1")
    assert other.get("/desk/sign-in/agency/back", brought).status_code == 403
    assert client.get("/desk/sign-in/agency/back", brought).status_code == 302
    assert client.get("/desk/sign-in/agency/back", brought).status_code == 403


def test_no_account_is_ever_made_and_a_name_or_address_joins_nobody(client, agency, member):
    before = get_user_model().objects.count()
    agency.subject = "subject-2"
    agency.claims = {"amr": ["mfa"], "preferred_username": "ann", "email": "ann@example.org", "email_verified": True}
    assert comes_back(client, agency).status_code == 403
    assert get_user_model().objects.count() == before
    assert not is_in(client)


def test_a_stopped_account_opens_nothing(client, agency, member):
    agency.claims["amr"] = ["mfa"]
    may_sign_in(member, False)
    assert comes_back(client, agency).status_code == 403


def test_an_account_without_a_password_is_opened_by_none(client, agency, member):
    for password in ("", "!", "None"):
        assert client.post("/desk/sign-in", {"name": "ann", "password": password}).status_code == 403


def test_an_agency_that_does_not_answer_is_said_so(client, agency, member, settings):
    settings.SOCIALACCOUNT_PROVIDERS = oidc_app("http://127.0.0.1:9", "holdfast", "")
    page = client.get("/desk/sign-in/agency")
    assert page.status_code == 403
    assert "does not answer" in page.content.decode()


def test_without_settings_there_is_no_such_way_in(client, database):
    assert client.get("/desk/sign-in/agency").status_code == 404
    assert client.get("/desk/sign-in/agency/back", {"code": "x", "state": "y"}).status_code == 404
    assert "/desk/sign-in/agency" not in client.get("/desk/sign-in").content.decode()


def test_the_sign_in_page_offers_it_by_its_name(client, agency, member, settings):
    settings.HOLDFAST_OIDC_NAME = "Exampleshire"
    page = client.get("/desk/sign-in?next=/desk/find").content.decode()
    assert "Sign in by Exampleshire" in page
    assert 'href="/desk/sign-in/agency?next=/desk/find"' in page


@pytest.mark.parametrize(
    ("issuer", "client_id", "refused"),
    [
        ("", "", False), ("https://id.example", "holdfast", False), ("http://127.0.0.1:9", "holdfast", False),
        ("http://id.example", "holdfast", True), ("https://id.example", "", True), ("id.example", "holdfast", True),
    ],
)  # fmt: skip
def test_the_server_does_not_start_with_half_of_it_or_over_an_open_line(settings, issuer, client_id, refused):
    settings.HOLDFAST_OIDC_ISSUER = issuer
    settings.SOCIALACCOUNT_PROVIDERS = oidc_app(issuer, client_id, "")
    assert [fault.id for fault in agency_sign_in()] == (["holdfast.E016"] if refused else [])
