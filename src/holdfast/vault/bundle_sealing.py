"""Sealing to recipients with age (https://age-encryption.org/v1), so that only they open what is handed to them.

A recipient is a public key as they hand it over: 'age1...' or a line of an SSH public key (ed25519 or RSA).
"""

from collections.abc import Iterable

import pyrage  # type: ignore[import-untyped]

from holdfast.vault.bag.archives import Out
from holdfast.vault.bundle_pipe import Flowing

MOST_RECIPIENTS = 20
_SECRET = ("AGE-SECRET-KEY-", "-----BEGIN")


class NotARecipient(ValueError):
    """A line is no public key. It is not repeated: it may be a secret one."""


def recipients_of(said: str) -> tuple[str, ...]:
    """The keys in a text, one a line; lines that begin with # are left out. NotARecipient."""
    found = []
    for number, line in enumerate(said.splitlines(), 1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        if words.upper().startswith(_SECRET):
            raise NotARecipient(
                f"Line {number} is a secret key. Whoever has it can open what is sealed to it: tell its owner to make "
                "a new one, and ask for the line that begins with age1."
            )
        try:
            _recipient(words)
        except (pyrage.RecipientError, ValueError, TypeError) as fault:
            raise NotARecipient(
                f"Line {number} is no key that can be sealed to, so nothing was sealed. Ask the recipient for the "
                "line that begins with age1, or for their SSH public key (ed25519 or RSA)."
            ) from fault
        found.append(words)
    if len(found) > MOST_RECIPIENTS:
        raise NotARecipient(f"That is more than {MOST_RECIPIENTS} keys. Make one bundle for each group of recipients.")
    return tuple(dict.fromkeys(found))


def seal(clear: Flowing, out: Out, recipients: Iterable[str]) -> None:
    """Seals all that flows to every recipient; what the flow raises is raised, and the sealed file then has no end."""
    keys = [_recipient(each) for each in recipients]
    if not keys:
        raise NotARecipient("Nobody was named to seal it to.")
    try:
        pyrage.encrypt_io(clear, out, keys)
    except Exception as fault:
        raise (clear.fault or fault) from fault
    if clear.fault is not None:
        raise clear.fault


def _recipient(said: str) -> object:
    if said.startswith("ssh-"):
        return pyrage.ssh.Recipient.from_str(said)
    return pyrage.x25519.Recipient.from_str(said)
