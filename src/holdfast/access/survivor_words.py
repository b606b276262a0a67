"""How a survivor enters: the case's code, and four words that were given to them by a person.

- The words are shown once, when they are issued, and kept only as a slow hash (argon2id). The code is looked up by a
  keyed hash, so that a copy of the table names no case to whoever lacks the key.
- A code that nobody has and words that are wrong get the same answer in the same time.
- Wrong tries slow the address they come from. They never lock a case: the right words still enter, from anywhere. The
  one who must not be able to shut the survivor out is the one who knows where they live.
- New words end the old ones, and every visit that was opened with them.
- Capital letters, spaces and hyphens do not matter: people type in a hurry, on old phones.

>>> typed("  Correct-Horse battery STAPLE ")
'correcthorsebatterystaple'
"""

import secrets
import unicodedata
from datetime import datetime
from datetime import timedelta
from functools import cache
from ipaddress import ip_address
from ipaddress import ip_network
from pathlib import Path
from threading import BoundedSemaphore
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from argon2.exceptions import InvalidHashError
from django.db import models
from django.db import transaction
from django.utils.crypto import salted_hmac

from holdfast.casefile.codes import plain

WORDS = 4  # of 7,772: more than three thousand million million ways
FREE_TRIES = 3  # anybody mistypes; only then does it become slow
SLOWEST = 8  # seconds
FORGOTTEN_AFTER = timedelta(hours=1)

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_AT_ONCE = BoundedSemaphore(4)  # each check takes memory and time: a flood of tries must not take all of it
_NOBODY = _hasher.hash("nobody has these words")


class SurvivorWords(models.Model):
    """The words that open one case's survivor page. Never shown again, never changed: ended, and new ones issued."""

    case = models.UUIDField()
    lookup = models.CharField(max_length=64)
    words = models.CharField(max_length=200)
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_survivor_words"
        indexes = [models.Index(fields=["lookup"], name="survivor_words_lookup")]

    def __str__(self) -> str:
        return f"words {self.pk}"


class WrongTries(models.Model):
    """How often somebody at one address was wrong of late. The address is kept as a keyed hash, for an hour."""

    address = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        db_table = "access_wrong_tries"

    def __str__(self) -> str:
        return f"tries {self.pk}"


def issue_words(case: UUID, code: str, at: datetime) -> str:
    """New words for a case, to be read aloud or written down now: they can't be shown again. Earlier ones end."""
    words = " ".join(secrets.choice(word_list()) for _ in range(WORDS))
    with transaction.atomic():
        end_words(case, at)
        SurvivorWords.objects.create(case=case, lookup=_keyed("code", plain(code)), words=_hash(words), issued_at=at)
    return words


def end_words(case: UUID, at: datetime) -> int:
    """Ends a case's words, so that nobody enters with them any more. How many were ended."""
    return SurvivorWords.objects.filter(case=case, ended_at=None).update(ended_at=at)


def case_for(code: str, words: str) -> UUID | None:
    """The case that this code and these words open, or None. Takes as long either way."""
    found = opened_by(code, words)
    return found.case if found else None


def opened_by(code: str, words: str) -> SurvivorWords | None:
    """The words that fit, or None. Takes as long either way."""
    known = SurvivorWords.objects.filter(lookup=_keyed("code", plain(code)), ended_at=None).order_by("-pk").first()
    with _AT_ONCE:
        right = _matches(known.words if known and plain(code) else _NOBODY, words)
    return known if right else None


def still_open(case: UUID, words: object) -> bool:
    """Whether the words with which somebody entered still open the case: new ones end every visit with the old."""
    return isinstance(words, int) and SurvivorWords.objects.filter(pk=words, case=case, ended_at=None).exists()


def seconds_to_wait(address: str, at: datetime) -> int:
    """How long this address waits for its next answer, right or wrong: 0 until it was wrong several times."""
    tries = WrongTries.objects.filter(address=_from(address), last_at__gt=at - FORGOTTEN_AFTER).first()
    wrong = tries.count - FREE_TRIES if tries else 0
    return min(SLOWEST, 2 ** min(wrong, 10)) if wrong >= 0 and tries else 0


def was_wrong(address: str, at: datetime) -> None:
    """Counts one wrong try, and forgets those of more than an hour ago."""
    with transaction.atomic():
        WrongTries.objects.filter(last_at__lte=at - FORGOTTEN_AFTER).delete()
        tries, made = WrongTries.objects.get_or_create(address=_from(address), defaults={"count": 1, "last_at": at})
        if not made:
            tries.count += 1
            tries.last_at = at
            tries.save()


def typed(words: str) -> str:
    """What somebody typed, as it is compared: letters only."""
    folded = unicodedata.normalize("NFKC", words[:400]).casefold()
    return "".join(sign for sign in folded if sign.isalpha())


@cache
def word_list() -> tuple[str, ...]:
    """The words from which a survivor's words are drawn. Those with a hyphen are left out: hard to say aloud."""
    listed = (Path(__file__).parent / "words" / "eff_large.txt").read_text(encoding="utf-8").split()
    return tuple(word for word in listed if word.isalpha())


def _hash(words: str) -> str:
    return _hasher.hash(typed(words))


def _matches(hashed: str, words: str) -> bool:
    try:
        return _hasher.verify(hashed, typed(words))
    except (Argon2Error, InvalidHashError):
        return False


def _from(address: str) -> str:
    """An address, or for the newer kind the network it belongs to: one telephone changes its address at will."""
    try:
        known = ip_address(address)
    except ValueError:
        return _keyed("address", "not known")
    network = ip_network(f"{known}/64", strict=False) if known.version == 6 else known
    return _keyed("address", str(network))


def _keyed(what: str, value: str) -> str:
    return salted_hmac(f"holdfast.access.survivor_words.{what}", value, algorithm="sha256").hexdigest()
