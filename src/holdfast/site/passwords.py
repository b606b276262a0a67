"""How staff passwords are kept (Argon2id with 19 MiB, as OWASP's password storage page lists it), and what is too weak.

Django's own setting takes 100 MiB for each sign-in, which would be most of what the whole server may use.
"""

from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError


class Argon2(Argon2PasswordHasher):
    """Argon2id, with a memory that a small server has."""

    time_cost = 3
    memory_cost = 19_456
    parallelism = 1


class EnoughBeside:
    """What is left of a password without the words that anybody would try first here must still be much, and varied.

    Beside Django's own rules (length, a list of common ones, likeness to the name), all of which need nothing online.
    """

    LEAST_LEFT = 10
    LEAST_DIFFERENT = 6
    GUESSED = ("holdfast", "password", "police", "safeguarding", "officer", "desk")

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError where too little is left."""
        left = password.casefold()
        member = getattr(user, "staff_member", None)
        about = [getattr(member, part, "") for part in ("staff", "organisation", "team")]
        for word in (*self.GUESSED, getattr(user, "username", ""), *about):
            if len(word) > 2:  # shorter ones are in every word
                left = left.replace(word.casefold(), "")
        if len("".join(left.split())) < self.LEAST_LEFT or len(set(left)) < self.LEAST_DIFFERENT:
            raise ValidationError(self.get_help_text(), code="too_little_beside")

    def get_help_text(self) -> str:
        """What to do instead."""
        return (
            "Too much of this password is your own name, your organisation, a word of this work, or one sign again and "
            "again. Take four or five plain words that have nothing to do with it."
        )
