"""How staff passwords are kept: Argon2id with 19 MiB, as OWASP's password storage page lists it.

Django's own setting takes 100 MiB for each sign-in, which would be most of what the whole server may use.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id, with a memory that a small server has."""

    time_cost = 3
    memory_cost = 19_456
    parallelism = 1
