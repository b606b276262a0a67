"""Sealed items in a bucket of S3, or of whatever speaks as it does (AWS_ENDPOINT_URL_S3 names that).

- An item is sent in parts, each with its SHA-256, which the store checks; it is put only when the whole is there with
  its length and the checksum of all parts. Where the store tells no checksum, every byte is read back.
- With a lock nobody can change or remove an item before its day, whoever has the keys to the bucket: `governance` lets
  those whom the bucket's own rules name, `compliance` nobody at all. Erasing a case destroys its key all the same.
- boto3 is asked for here alone (requirements/kms.txt). Its usual environment says who we are.
"""

import hashlib
import os
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import Any
from typing import NamedTuple
from uuid import UUID

from holdfast.vault.store import ENDING
from holdfast.vault.store import NoRoom
from holdfast.vault.store import NoSuchItem
from holdfast.vault.store import StoreFault
from holdfast.vault.store import fault_of

PART = 16 << 20  # bytes; 10,000 parts are allowed, so a long item has longer ones
MOST_PARTS = 9_000
CONNECT_SECONDS, READ_SECONDS, TRIES = 5, 60, 3
MODES = ("governance", "compliance")
_NOT_THERE = ("404", "NoSuchKey", "NotFound")
_FULL = ("QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "InsufficientStorage")
_OUT = (
    "The store of evidence does not answer, or refuses{code}. What was acknowledged is safe. Look at the network, at "
    "the account of this machine and at the bucket that HOLDFAST_VAULT names, then go on from where it stopped."
)


class Lock(NamedTuple):
    """How an item is locked as it is put."""

    mode: str  # one of MODES
    days: int


class S3Store:
    """One bucket, or what in it begins with `prefix`. `client` is boto3's own, made where none is given."""

    def __init__(self, bucket: str, prefix: str = "", *, lock: Lock | None = None, client: Any = None):
        self.bucket, self.prefix, self.lock = bucket, f"{prefix.strip('/')}/" if prefix.strip("/") else "", lock
        self._client = client or _client()

    def put(self, item: UUID, sealed: Path) -> None:
        """Sends the file, checks what is there, then takes the file away."""
        try:
            try:
                self.length(item)
            except NoSuchItem:
                self._send(self._key(item), sealed)
            sealed.unlink(missing_ok=True)
        except OSError as fault:
            raise fault_of(fault) from fault

    def length(self, item: UUID) -> int:
        """What the store says."""
        return int(self._ask("head_object", Key=self._key(item))["ContentLength"])

    def since(self, item: UUID) -> datetime:
        """When it was last written, which is once."""
        when: datetime = self._ask("head_object", Key=self._key(item))["LastModified"]
        return when.astimezone(UTC)

    def read(self, item: UUID, at: int, count: int) -> bytes:
        """By a range."""
        if count <= 0:
            return b""
        try:
            answer = self._ask("get_object", Key=self._key(item), Range=f"bytes={at}-{at + count - 1}")
        except _PastItsEnd:
            return b""
        if at and not str(answer.get("ContentRange", "")).startswith(f"bytes {at}-"):
            raise StoreFault("The store of evidence gives no part of an item, only all of it: use another one.")
        return self._body(answer, count)

    def items(self) -> Iterator[UUID]:
        """By name, in order; anything else that lies there is passed over."""
        asked = {"Bucket": self.bucket, "Prefix": self.prefix}
        while True:
            answer = self._ask("list_objects_v2", **asked)
            for each in answer.get("Contents", ()):
                name = str(each["Key"]).removeprefix(self.prefix)
                if name.endswith(ENDING) and len(parts := name.removesuffix(ENDING).split("/")) == 2:
                    with suppress(ValueError):
                        yield UUID(parts[1])
            if not answer.get("IsTruncated"):
                return
            asked["ContinuationToken"] = answer["NextContinuationToken"]

    def remove(self, item: UUID) -> None:
        """Every version of it. StoreFault where a lock holds it."""
        key = self._key(item)
        found = self._ask("list_object_versions", Prefix=key)
        for each in (*found.get("Versions", ()), *found.get("DeleteMarkers", ())):
            if each["Key"] == key:
                bypass = {"BypassGovernanceRetention": True} if self.lock and self.lock.mode == "governance" else {}
                self._ask("delete_object", Key=key, VersionId=each["VersionId"], **bypass)

    def end_unfinished(self, before: datetime) -> int:
        """Takes away what was being sent when a process was killed before then; how many that were."""
        found = self._ask("list_multipart_uploads", Prefix=self.prefix).get("Uploads", ())
        ours = [each for each in found if each["Key"].startswith(self.prefix)]
        old = [each for each in ours if each["Initiated"].astimezone(UTC) < before]
        for each in old:
            self._ask("abort_multipart_upload", Key=each["Key"], UploadId=each["UploadId"])
        return len(old)

    def why_not(self) -> str:
        """Why this bucket cannot be used as it was asked for; '' where it can."""
        try:
            self._ask("list_objects_v2", Prefix=self.prefix, MaxKeys=1)
            if self.lock is None:
                return ""
            said = self._ask("get_object_lock_configuration")["ObjectLockConfiguration"]
        except StoreFault as fault:
            if "ObjectLockConfigurationNotFoundError" in str(fault) or "NotImplemented" in str(fault):
                return (
                    "HOLDFAST_VAULT_LOCK asks for a lock, and the bucket was made without one: it would lock nothing."
                )
            return str(fault)
        return "" if said.get("ObjectLockEnabled") == "Enabled" else "The bucket's lock is not enabled."

    def _send(self, key: str, sealed: Path) -> None:
        length = sealed.stat().st_size
        size = max(PART, -(-length // MOST_PARTS))
        locked = self._locked()
        upload = self._ask("create_multipart_upload", Key=key, ChecksumAlgorithm="SHA256", **locked)["UploadId"]
        try:
            parts, digests = [], hashlib.sha256()
            with sealed.open("rb", buffering=0) as file:
                for number in range(1, max(1, -(-length // size)) + 1):
                    content = os.pread(file.fileno(), size, (number - 1) * size)
                    digest = hashlib.sha256(content).digest()
                    digests.update(digest)
                    said = {"PartNumber": number, "ChecksumSHA256": b64encode(digest).decode()}
                    answer = self._ask("upload_part", Key=key, UploadId=upload, Body=content, **said)
                    parts.append({"ETag": answer["ETag"], **said})
            self._ask("complete_multipart_upload", Key=key, UploadId=upload, MultipartUpload={"Parts": parts})
        except BaseException:
            with suppress(StoreFault):
                self._ask("abort_multipart_upload", Key=key, UploadId=upload)
            raise
        self._check(key, sealed, length, f"{b64encode(digests.digest()).decode()}-{len(parts)}")

    def _check(self, key: str, sealed: Path, length: int, checksum: str) -> None:
        """Nothing is acknowledged that the store does not say it has, as it was sent."""
        said = self._ask("head_object", Key=key, ChecksumMode="ENABLED")
        if said["ContentLength"] != length or said.get("ChecksumSHA256", checksum) not in (checksum, checksum[:44]):
            raise StoreFault("The store of evidence has not what was sent. It was not acknowledged: send it again.")
        if "ChecksumSHA256" not in said and not self._same(key, sealed, length):
            raise StoreFault("The store of evidence gives back other bytes than it was sent. Do not use it.")
        if self.lock:
            self._check_lock(key, said, self.lock)

    def _check_lock(self, key: str, said: Any, lock: Lock) -> None:
        """Some stores do not lock what comes in parts: they are asked once more, then not believed."""
        if said.get("ObjectLockMode") != lock.mode.upper():
            held = {"Mode": lock.mode.upper(), "RetainUntilDate": _until(lock)}
            self._ask("put_object_retention", Key=key, Retention=held)
            said = self._ask("head_object", Key=key)
        if said.get("ObjectLockMode") != lock.mode.upper():
            raise StoreFault(
                "The store of evidence did not lock an item as it was asked to. Look at the bucket's lock."
            )

    def _same(self, key: str, sealed: Path, length: int) -> bool:
        with sealed.open("rb", buffering=0) as file:
            for at in range(0, length, PART):
                answer = self._ask("get_object", Key=key, Range=f"bytes={at}-{min(length, at + PART) - 1}")
                if self._body(answer, PART) != os.pread(file.fileno(), PART, at):
                    return False
        return True

    def _locked(self) -> dict[str, Any]:
        if self.lock is None:
            return {}
        return {"ObjectLockMode": self.lock.mode.upper(), "ObjectLockRetainUntilDate": _until(self.lock)}

    def _key(self, item: UUID) -> str:
        return f"{self.prefix}{item.hex[:2]}/{item}{ENDING}"

    def _body(self, answer: Any, count: int) -> bytes:
        from botocore.exceptions import BotoCoreError  # type: ignore[import-untyped]

        try:
            content: bytes = answer["Body"].read(count)
            answer["Body"].close()
        except (BotoCoreError, OSError) as fault:
            raise StoreFault(_OUT.format(code="")) from fault
        return content

    def _ask(self, what: str, **asked: Any) -> Any:
        from botocore.exceptions import BotoCoreError
        from botocore.exceptions import ClientError

        try:
            return getattr(self._client, what)(**{"Bucket": self.bucket, **asked})
        except ClientError as fault:
            code = str(fault.response.get("Error", {}).get("Code", ""))
            if code in _NOT_THERE:
                raise NoSuchItem(
                    "The vault does not have this item. It was taken away or not put back: look for an older version "
                    "of it in the bucket, or for a copy of the bucket."
                ) from fault
            if code in ("InvalidRange", "416"):
                raise _PastItsEnd from fault
            if code in _FULL:
                raise NoRoom(_OUT.format(code=f" ({code})")) from fault
            raise StoreFault(_OUT.format(code=f" ({code})")) from fault
        except BotoCoreError as fault:  # no network, no answer in time, no account
            raise StoreFault(_OUT.format(code=f" ({type(fault).__name__})")) from fault


def _until(lock: Lock) -> datetime:
    return datetime.now(UTC) + timedelta(days=lock.days)


class _PastItsEnd(StoreFault):
    """A range that begins after the end."""


def _client() -> Any:
    try:
        import boto3  # type: ignore[import-untyped]
        from botocore.config import Config  # type: ignore[import-untyped]
        from botocore.exceptions import BotoCoreError
    except ImportError as fault:
        raise StoreFault(
            "HOLDFAST_VAULT names a bucket, and what speaks to it is not installed. Install requirements/kms.txt."
        ) from fault
    elsewhere = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    try:
        return boto3.client(
            "s3",
            config=Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"mode": "standard", "total_max_attempts": TRIES},
                s3={"addressing_style": "path" if elsewhere else "auto"},
            ),
        )
    except (BotoCoreError, ValueError) as fault:
        raise StoreFault(_OUT.format(code=f" ({type(fault).__name__})")) from fault
