"""What allauth asks of us: the secrets of code apps are sealed in the database, and nobody signs themselves up.

The sealing key is drawn from the key ring's session secret: whoever has only the database reads no secret.
"""

import base64
import secrets
from typing import Any

import requests
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

_BOUND = b"holdfast second factors"


class Accounts(DefaultAccountAdapter):  # type: ignore[misc] # allauth carries no types
    """Nobody makes an account for themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class Agencies(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth carries no types
    """Asks an agency's own sign-in at the addresses that it names itself, and is led on to no other."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False

    def get_requests_session(self) -> requests.Session:
        """allauth's, for which being sent elsewhere is a fault."""
        found: requests.Session = super().get_requests_session()
        found.max_redirects = 0
        return found


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc] # allauth carries no types
    """Seals the secrets; what a device shows of the account is the staff identifier, never a case or a person."""

    def encrypt(self, text: str) -> str:
        """Sealed, for the database."""
        nonce = secrets.token_bytes(12)
        return base64.urlsafe_b64encode(nonce + _sealing().encrypt(nonce, text.encode(), _BOUND)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Opened, or InvalidTag: it was changed, or sealed under another session secret."""
        sealed = base64.urlsafe_b64decode(encrypted_text)
        return _sealing().decrypt(sealed[:12], sealed[12:], _BOUND).decode()

    def get_totp_issuer(self) -> str:
        """What the code app files it under."""
        return "Holdfast desk"

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, object]:
        """What the device shows beside the passkey."""
        found: dict[str, object] = super().get_public_key_credential_user_entity(user)
        return {**found, "display_name": user.get_username()}


def _sealing() -> AESGCM:
    drawn = HKDF(algorithm=SHA256(), length=32, salt=None, info=_BOUND).derive(settings.SECRET_KEY.encode())
    return AESGCM(drawn)
