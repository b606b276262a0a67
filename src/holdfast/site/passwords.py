"""How staff passwords are kept (Argon2id with 19 MiB, as OWASP's password storage page lists it), and what is too weak.

Django's own setting takes 100 MiB for each sign-in, which would be most of what the whole server may use.
"""

from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError

# What anybody would try first here; docs/how-to/sign-in.md lists the same words.
GUESSED = (
    "holdfast", "password", "passphrase", "welcome", "secret", "police", "force", "desk", "case", "abuse", "domestic",
    "violence", "safeguarding", "safety", "survivor", "victim", "suspect", "emergency", "call", "taker", "dispatcher",
    "officer", "attending", "investigator", "supervisor", "custody", "adviser", "outreach", "worker", "witness", "care",
    "liaison", "records", "disclosure", "conference", "chair", "auditor", "support", "service", "services", "probation",
    "housing", "health", "school", "children", "adult", "inspection", "coordinator",
)  # fmt: skip


_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")


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

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError where too little is left."""
        left = _without_rows(password.casefold())
        member = getattr(user, "staff_member", None)
        about = [getattr(member, part, "") for part in ("staff", "organisation", "team")]
        for word in (*GUESSED, getattr(user, "username", ""), *about):
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


def _without_rows(text: str) -> str:
    """The text without what fingers do by themselves: four or more that follow one another, forwards or backwards."""
    for row in (*_ROWS, *(row[::-1] for row in _ROWS)):
        for length in range(len(row), 3, -1):
            for start in range(len(row) - length + 1):
                text = text.replace(row[start : start + length], "")
    return text
