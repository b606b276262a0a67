"""AWS KMS as keeper: the key-encryption key never is on this machine, and each unwrapping stands in the service's log.

- The case's identifier is the encryption context: what is wrapped for one case opens for no other.
- Nobody waits long: five seconds a try, two tries, and for some seconds after an outage the answer is no at once.
- Nothing is held here. How long an unwrapped key stays in memory is said in state.py.
"""

import threading
import time
from functools import cache
from typing import Any
from uuid import UUID

from holdfast.casefile.refused import CannotKeep

PREFIX = "kms:"  # how the names of keys kept there begin in the database
CONNECT_SECONDS, READ_SECONDS, TRIES = 2, 3, 2
REST_SECONDS = 5.0  # after an outage nobody asks for so long: a queue of waiting pages would be the next outage
_NOT_THIS_KEY = ("InvalidCiphertextException", "IncorrectKeyException", "InvalidKeyUsageException")
_NOT_ALLOWED = (
    "AccessDeniedException", "NotFoundException", "DisabledException", "KMSInvalidStateException",
    "UnrecognizedClientException", "InvalidArnException", "ValidationException",
)  # fmt: skip


class KeyServiceOut(CannotKeep):
    """No answer from the key service: nothing is wrong with any case, and trying again later is right."""


class KmsKeeper:
    """One key in KMS. `client` is boto3's own, made from its usual environment where none is given."""

    def __init__(self, key: str, client: Any = None):
        self._key = key
        self._client = client
        self._lock = threading.Lock()
        self._rest_until = 0.0

    def wrap(self, case_id: UUID, key: bytes) -> tuple[str, bytes]:
        """The key's full name (its ARN) after `kms:`, and what KMS made of the case's key."""
        answer = self._ask("encrypt", KeyId=self._key, Plaintext=key, EncryptionContext=_context(case_id))
        return PREFIX + answer["KeyId"], answer["CiphertextBlob"]

    def unwrap(self, case_id: UUID, name: str, wrapped: bytes) -> bytes:
        """The case's own key. The key's name is passed on, so that no other key of the account may answer."""
        key: bytes = self._ask(
            "decrypt",
            KeyId=name.removeprefix(PREFIX),
            CiphertextBlob=wrapped,
            EncryptionContext=_context(case_id),
        )["Plaintext"]
        return key

    def _ask(self, what: str, **asked: Any) -> Any:
        if time.monotonic() < self._rest_until:
            raise KeyServiceOut(_OUT)
        from botocore.exceptions import BotoCoreError  # type: ignore[import-untyped]
        from botocore.exceptions import ClientError

        try:
            return getattr(self._made(), what)(**asked)
        except ClientError as fault:
            code = str(fault.response.get("Error", {}).get("Code", ""))
            if code in _NOT_THIS_KEY:
                raise CannotKeep(
                    "A case's key does not open under the key service's key: it was changed, or belongs to another "
                    "database. Run `holdfast verify`, and restore a backup that opens."
                ) from fault
            if code in _NOT_ALLOWED:
                raise CannotKeep(
                    f"The key service refuses ({code}): no case can be opened. Let this machine's account use the key "
                    "that HOLDFAST_KEYS names, and see that the key is enabled and not waiting to be deleted."
                ) from fault
            raise self._out() from fault
        except BotoCoreError as fault:  # no network, no answer in time, no credentials
            raise self._out() from fault

    def _out(self) -> KeyServiceOut:
        self._rest_until = time.monotonic() + REST_SECONDS
        return KeyServiceOut(_OUT)

    def _made(self) -> Any:
        with self._lock:
            if self._client is None:
                self._client = _client()
            return self._client


_OUT = (
    "The key service does not answer, so cases cannot be opened or begun now. Nothing is lost. Try again in a minute; "
    "until then write on paper, and tell whoever runs the system to look at the network and the key service."
)


def _context(case_id: UUID) -> dict[str, str]:
    return {"holdfast-case": str(case_id)}


@cache
def kms(key: str) -> KmsKeeper:
    """The keeper for a key: one for each process, because a client takes long to make."""
    return KmsKeeper(key)


def _client() -> Any:
    try:
        import boto3  # type: ignore[import-untyped]
        from botocore.config import Config  # type: ignore[import-untyped]
    except ImportError as fault:
        raise CannotKeep(
            "HOLDFAST_KEYS names a key of AWS KMS, and what speaks to it is not installed. Install "
            "requirements/kms.txt."
        ) from fault
    return boto3.client(
        "kms",
        config=Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"mode": "standard", "total_max_attempts": TRIES},
        ),
    )
