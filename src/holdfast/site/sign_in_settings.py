"""Settings of the libraries that sign staff in (access/sign_in says how they are used).

| variable | what it is | left out or empty |
|---|---|---|
| HOLDFAST_OIDC_ISSUER | the agency's own sign-in (OpenID Connect), by its address | no single sign-on |
| HOLDFAST_OIDC_CLIENT | the name under which Holdfast is known there | no single sign-on |
| HOLDFAST_OIDC_SECRET | the secret that it was given there | none is sent |
| HOLDFAST_OIDC_NAME | what the sign-in page calls it | `your agency’s sign-in` |
"""

import os
from datetime import timedelta
from typing import Any

SIGN_IN_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]

# None of allauth's own pages is reachable: the desk's views use its parts. Accounts have no e-mail and are never signed
# up for, by whichever way.
ACCOUNT_ADAPTER = "holdfast.access.sign_in.adapter.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
MFA_ADAPTER = "holdfast.access.sign_in.adapter.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"

# What each figure is for: access/sign_in/tries.py. Nothing is kept of those who sign in, only of wrong tries.
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "holdfast.access.sign_in.tries.hashed_name"
AXES_CLIENT_STR_CALLABLE = "holdfast.access.sign_in.tries.in_words"
SILENCED_SYSTEM_CHECKS = ["axes.W002"]  # its middleware only shows a page of its own; the desk shows one

HOLDFAST_OIDC_ISSUER = os.environ.get("HOLDFAST_OIDC_ISSUER", "").rstrip("/")
HOLDFAST_OIDC_CLIENT = os.environ.get("HOLDFAST_OIDC_CLIENT", "")
HOLDFAST_OIDC_NAME = os.environ.get("HOLDFAST_OIDC_NAME") or "your agency’s sign-in"
SOCIALACCOUNT_ADAPTER = "holdfast.access.sign_in.adapter.Agencies"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5


def oidc_app(issuer: str, client: str, secret: str) -> dict[str, Any]:
    """What allauth needs to know of an agency's own sign-in. Empty where there is none."""
    if not (issuer and client):
        return {}
    one = {
        "provider_id": "agency",
        "name": "agency",
        "client_id": client,
        "secret": secret,
        "settings": {
            "server_url": issuer,
            "scope": ["openid"],  # who it is, and nothing else of them
            "fetch_userinfo": False,
            "oauth_pkce_enabled": True,
        },
    }
    return {"openid_connect": {"APPS": [one]}}


SOCIALACCOUNT_PROVIDERS = oidc_app(
    HOLDFAST_OIDC_ISSUER, HOLDFAST_OIDC_CLIENT, os.environ.get("HOLDFAST_OIDC_SECRET", "")
)
