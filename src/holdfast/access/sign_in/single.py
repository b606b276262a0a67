"""Single sign-on by OpenID Connect: the agency's own sign-in says who it is. Off unless HOLDFAST_OIDC_* name one.

- It opens only an account that was given that very subject (`holdfast staff set NAME --subject`). None is ever made,
  and no name or e-mail address is looked at: they can be given to somebody else.
- The token is checked even though it comes straight from the agency: signature, issuer, audience, time and nonce.
  allauth carries the exchange (state, PKCE, keys); what it leaves to trust in the connection is checked here as well.
- It takes the place of the password. The second factor is asked for here, unless the agency says (`amr`) that it did.
"""

import secrets
from typing import Any

import jwt
import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from holdfast.access.sign_in.proof import Proof
from holdfast.access.staff import StaffMember

PROVIDER = "agency"
_KEPT = "single"
_SIGNED_BY = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
_SECOND_FACTORS = frozenset({"mfa", "hwk", "otp", "swk", "fpt", "face"})  # RFC 8176
_FAULTS = (OAuth2Error, requests.RequestException, jwt.PyJWTError, KeyError, TypeError, ValueError)
UNREACHED = "Your agency’s sign-in does not answer, or not as it should. Use a passkey or your password for now."
REFUSED = (
    "Your agency’s sign-in did not open the desk. Begin again; if it fails again, ask a supervisor whether your "
    "account is joined to it."
)


class NotIn(Exception):
    """Why the agency's own sign-in opened nothing, in words for the page."""


class Agency(OpenIDConnectOAuth2Adapter):  # type: ignore[misc] # allauth carries no types
    """allauth's, at an address of the desk."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Where the agency sends people back to."""
        return request.build_absolute_uri(reverse("desk:single-back"))


def is_set_up() -> bool:
    """Whether this installation has single sign-on."""
    return bool(settings.SOCIALACCOUNT_PROVIDERS)


def leave_for_agency(request: HttpRequest, onward: str) -> str:
    """The agency's address to go to, with a state, a nonce and a challenge of this session's own. Raises NotIn."""
    nonce = secrets.token_urlsafe(24)
    try:
        provider = get_adapter().get_provider(request, PROVIDER)
        provider.oauth2_adapter_class = Agency
        address: str = provider.redirect(request, "login", auth_params={"nonce": nonce}).headers["Location"]
    except _FAULTS as fault:
        raise NotIn(UNREACHED) from fault
    request.session[_KEPT] = {"nonce": nonce, "next": onward}
    return address


def who_came_back(request: HttpRequest) -> tuple[Proof, str]:
    """Who the agency says it is, and where they were going. Raises NotIn for everything that does not add up."""
    state = statekit.unstash_state(request, provider_id=PROVIDER, state_id=request.GET.get("state", ""))
    kept = request.session.pop(_KEPT, None)
    if state is None or not kept or not request.GET.get("code"):
        raise NotIn(REFUSED)
    agency = Agency(request, PROVIDER)
    try:
        app = agency.get_provider().app
        if agency.openid_config["issuer"].rstrip("/") != settings.HOLDFAST_OIDC_ISSUER:
            raise NotIn(REFUSED)
        client = agency.get_client(request, app)
        sent = agency.get_access_token_data(request, app, client, pkce_code_verifier=state.get("pkce_code_verifier"))
        claims = _checked(agency, sent["id_token"], app.client_id, kept["nonce"])
    except _FAULTS as fault:
        raise NotIn(REFUSED) from fault
    member = StaffMember.objects.filter(subject=claims["sub"], user__is_active=True).select_related("user").first()
    if member is None:
        raise NotIn(REFUSED)
    both = _SECOND_FACTORS & set(claims.get("amr") or ())
    return Proof(member, "single sign-on with second factor" if both else "single sign-on"), kept["next"]


def _checked(agency: Agency, token: str, client: str, nonce: str) -> dict[str, Any]:
    """What the token says, or one of _FAULTS."""
    if jwt.get_unverified_header(token).get("alg") not in _SIGNED_BY:
        raise ValueError
    claims: dict[str, Any] = jwtkit.verify_and_decode(
        credential=token,
        keys_url=agency.openid_config["jwks_uri"],
        issuer=agency.openid_config["issuer"],
        audience=client,
        lookup_kid=jwtkit.lookup_kid_jwk,
        verify_signature=True,
    )
    for_us_alone = isinstance(claims["aud"], str) or claims.get("azp", client) == client
    if not secrets.compare_digest(str(claims["nonce"]), nonce) or not for_us_alone or not claims["exp"]:
        raise ValueError
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise ValueError
    return claims
