"""A case's code: what a person reads out, writes on paper or types. Eight letters and digits, none easily misread.

It says nothing about the case, and by itself opens nothing.
"""

import secrets
import sqlite3

ALPHABET = "23456789CFGHJMPQRVWX"  # no vowels, so no words; nothing that sounds or looks like another
LENGTH = 8


def new_code(connection: sqlite3.Connection) -> str:
    """A code that no case has yet."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if connection.execute('SELECT 1 FROM "case" WHERE code = ?', (code,)).fetchone() is None:
            return code


def shown(code: str) -> str:
    """The code as it is written for people.

    >>> shown("234CFGHJ")
    '234C FGHJ'
    """
    return f"{code[:4]} {code[4:]}"


def plain(typed: str) -> str:
    """The code in what somebody typed, however they spaced it; '' where it cannot be one.

    >>> plain("234c-fghj ")
    '234CFGHJ'
    """
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return letters if len(letters) == LENGTH and set(letters) <= set(ALPHABET) else ""
