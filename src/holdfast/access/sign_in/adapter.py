"""What allauth asks of us: the secrets of code apps are sealed in the database, and nobody signs themselves up.

The sealing key is drawn from the key ring's session secret: whoever has only the database reads no secret.
"""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class Accounts(DefaultAccountAdapter):  # type: ignore[misc] # allauth carries no types
    """Nobody makes an account for themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc] # allauth carries no types
    """Seals the secrets; what a device shows of the account is the staff identifier, never a case or a person."""

    def encrypt(self, text: str) -> str:
        """Sealed, for the database."""
        return _sealing().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Opened."""
        return _sealing().decrypt(encrypted_text.encode("ascii")).decode()

    def get_totp_issuer(self) -> str:
        """What the code app files it under."""
        return "Holdfast desk"

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, object]:
        """What the device shows beside the passkey."""
        found: dict[str, object] = super().get_public_key_credential_user_entity(user)
        return {**found, "display_name": user.get_username()}


def _sealing() -> Fernet:
    drawn = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"holdfast second factors").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(drawn))
