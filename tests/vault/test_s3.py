"""A bucket as store, tried on what answers as S3 does."""

import hashlib
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from uuid import uuid4

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.exceptions import EndpointConnectionError
from moto import mock_aws
from tests.vault.sealing import some

from holdfast.vault import place
from holdfast.vault import s3
from holdfast.vault.s3 import Lock
from holdfast.vault.s3 import S3Store
from holdfast.vault.sealed import CHUNK
from holdfast.vault.store import FolderStore
from holdfast.vault.store import NoRoom
from holdfast.vault.store import NoSuchItem
from holdfast.vault.store import StoreFault

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:(boto|moto)")
IN_EUROPE = {"CreateBucketConfiguration": {"LocationConstraint": "eu-west-2"}}


@pytest.fixture
def client(monkeypatch):
    """A service in this process, with a bucket that has no lock and one that has."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "eu-west-2",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setattr(s3, "PART", 5 << 20)  # the least that the service takes
    place._named.cache_clear()
    with mock_aws():
        client = boto3.client("s3")
        client.create_bucket(Bucket="evidence", **IN_EUROPE)
        client.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True, **IN_EUROPE)
        yield client
    place._named.cache_clear()


class Between:
    """A client of which some answers are others."""

    def __init__(self, client, **others):
        self._client, self._others, self.asked = client, others, []

    def __getattr__(self, name):
        def call(**asked):
            self.asked.append(name)
            real = getattr(self._client, name)
            return self._others[name](real, **asked) if name in self._others else real(**asked)

        return call


def failing(fault):
    def call(real, **asked):
        raise fault

    return call


def refused(code):
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": 400}}, "Asked")


def sealed(tmp_path, content):
    path = tmp_path / "coming"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("prefix", ["", "force/items", "/odd/"])
@pytest.mark.parametrize("size", [0, 1, 12 << 20])
def test_what_was_put_is_there(client, tmp_path, size, prefix):
    store, item, content = S3Store("evidence", prefix), uuid4(), some(size)
    path = sealed(tmp_path, content)
    store.put(item, path)
    assert not path.exists()
    assert store.length(item) == size
    assert list(store.items()) == [item]
    assert store.read(item, 0, size) == content
    assert store.read(item, max(0, size - 9), 100) == content[-9:]
    assert store.read(item, size + 5, 3) == b""
    assert abs(store.since(item) - datetime.now(UTC)) < timedelta(minutes=1)
    named = [each["Key"] for each in client.list_objects_v2(Bucket="evidence")["Contents"]]
    assert named == [f"{prefix.strip('/') + '/' if prefix else ''}{item.hex[:2]}/{item}.hfv"]


def test_it_is_put_once(client, tmp_path):
    store, item = S3Store("evidence"), uuid4()
    store.put(item, sealed(tmp_path, b"first"))
    store.put(item, sealed(tmp_path, b"second"))
    assert store.read(item, 0, 100) == b"first"


def test_what_is_not_there(client):
    store = S3Store("evidence")
    for asked in (store.length, store.since, lambda item: store.read(item, 0, 1)):
        with pytest.raises(NoSuchItem):
            asked(uuid4())
    store.remove(uuid4())


def test_an_item_is_taken_and_read_at_any_place(client, vault):
    vault, content = vault._replace(store=S3Store("evidence", "a")), some(7 * CHUNK + 5)
    taken = vault.take(content)
    item = vault.item(taken.item)
    assert item.read(5 * CHUNK - 3, 20) == content[5 * CHUNK - 3 :][:20]
    assert b"".join(item.whole()) == content
    with vault.intake(other := uuid4()) as intake:
        intake.add(0, content[:CHUNK])
        assert intake.finish().sha256 == hashlib.sha256(content[:CHUNK]).digest()
        intake.done()
    assert vault.item(other).read() == content[:CHUNK]
    assert list((vault.folder / "intake").iterdir()) == []


def test_more_items_than_one_answer_lists(client, tmp_path):
    store, put = S3Store("evidence"), set()
    for _ in range(5):
        put.add(item := uuid4())
        store.put(item, sealed(tmp_path, b"x"))
    client.put_object(Bucket="evidence", Key="00/notes.txt", Body=b"x")
    short = Between(client, list_objects_v2=lambda real, **asked: real(**{**asked, "MaxKeys": 2}))
    store = S3Store("evidence", client=short)
    assert set(store.items()) == put
    assert short.asked.count("list_objects_v2") >= 3


def shorter(real, **asked):
    answer = real(**asked)
    return {**answer, "ContentLength": answer["ContentLength"] - 1}


def other_checksum(real, **asked):
    return {**real(**asked), "ChecksumSHA256": "AAAA"}


def no_checksum(real, **asked):
    answer = dict(real(**asked))
    answer.pop("ChecksumSHA256", None)
    return answer


def other_bytes(real, **asked):
    real(Bucket=asked["Bucket"], Key=asked["Key"])
    return {"ContentRange": "bytes 0-", "Body": __import__("io").BytesIO(b"other")}


@pytest.mark.parametrize("head", [shorter, other_checksum])
def test_nothing_is_acknowledged_that_the_store_has_not(client, tmp_path, head):
    path = sealed(tmp_path, some(6 << 20))
    with pytest.raises(StoreFault, match="not what was sent"):
        S3Store("evidence", client=Between(client, head_object=head)).put(uuid4(), path)
    assert path.exists()


def test_where_no_checksum_is_told_every_byte_is_read_back(client, tmp_path):
    path, item = sealed(tmp_path, some(11 << 20)), uuid4()
    between = Between(client, head_object=no_checksum)
    S3Store("evidence", client=between).put(item, path)
    assert between.asked.count("get_object") == 3
    path = sealed(tmp_path, some(11 << 20))
    with pytest.raises(StoreFault, match="other bytes"):
        S3Store("evidence", client=Between(client, head_object=no_checksum, get_object=other_bytes)).put(uuid4(), path)
    assert path.exists()


def test_the_checksum_is_asked_for_with_each_part(client, tmp_path):
    """A part that was changed on its way is refused by the service itself."""
    said = []

    def part(real, **asked):
        said.append((asked["ChecksumSHA256"], len(asked["Body"])))
        return real(**asked)

    S3Store("evidence", client=Between(client, upload_part=part)).put(uuid4(), sealed(tmp_path, some(6 << 20)))
    assert len(said) == 2
    assert all(len(checksum) == 44 for checksum, _ in said)


@pytest.mark.parametrize("call", ["head_object", "create_multipart_upload", "upload_part", "complete_multipart_upload"])
@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (EndpointConnectionError(endpoint_url="http://store.example"), StoreFault),
        (refused("AccessDenied"), StoreFault),
        (refused("XMinioStorageFull"), NoRoom),
    ],
)
def test_the_store_gone_in_the_middle_keeps_what_was_to_be_put(client, tmp_path, call, fault, kind):
    path, item = sealed(tmp_path, some(6 << 20)), uuid4()
    with pytest.raises(kind) as found:
        S3Store("evidence", client=Between(client, **{call: failing(fault)})).put(item, path)
    assert not isinstance(found.value, NoSuchItem)
    assert "store.example" not in str(found.value)
    assert path.exists()
    assert client.list_multipart_uploads(Bucket="evidence").get("Uploads", []) == []
    S3Store("evidence").put(item, path)
    assert S3Store("evidence").length(item) == 6 << 20


def begun_now(real, **asked):
    """The service of these tests says that all was begun in 2010."""
    return {"Uploads": [{**each, "Initiated": datetime.now(UTC)} for each in real(**asked).get("Uploads", ())]}


def test_what_a_kill_left_half_sent_is_ended(client):
    client.create_multipart_upload(Bucket="evidence", Key="a/00/half")
    client.create_multipart_upload(Bucket="evidence", Key="b/00/another's")
    store = S3Store("evidence", "a", client=Between(client, list_multipart_uploads=begun_now))
    assert store.end_unfinished(datetime.now(UTC) - timedelta(days=1)) == 0
    assert store.end_unfinished(datetime.now(UTC) + timedelta(days=1)) == 1
    assert [each["Key"] for each in client.list_multipart_uploads(Bucket="evidence")["Uploads"]] == ["b/00/another's"]


@pytest.mark.parametrize("mode", ["governance", "compliance"])
def test_a_lock_holds_every_item(client, tmp_path, mode):
    store, item = S3Store("locked", lock=Lock(mode, 30)), uuid4()
    assert store.why_not() == ""
    store.put(item, sealed(tmp_path, b"locked away"))
    said = client.head_object(Bucket="locked", Key=store._key(item))
    assert said["ObjectLockMode"] == mode.upper()
    assert timedelta(days=29) < said["ObjectLockRetainUntilDate"] - datetime.now(UTC) <= timedelta(days=30)
    client.delete_object(Bucket="locked", Key=store._key(item))
    with pytest.raises(NoSuchItem, match="older version"):
        store.length(item)


def test_erasing_takes_every_version_where_the_lock_lets_it(client, tmp_path):
    store, item = S3Store("locked", lock=Lock("governance", 30)), uuid4()
    store.put(item, sealed(tmp_path, b"locked away"))
    S3Store("locked").remove(uuid4())
    store.remove(item)
    left = client.list_object_versions(Bucket="locked")
    assert left.get("Versions", []) == left.get("DeleteMarkers", []) == []


def test_what_a_lock_holds_is_not_said_to_be_gone(client, tmp_path):
    store, item = S3Store("locked", lock=Lock("compliance", 30)), uuid4()
    store.put(item, sealed(tmp_path, b"locked away"))
    with pytest.raises(StoreFault, match="AccessDenied"):
        store.remove(item)
    assert store.length(item) == 11


def test_a_lock_that_the_store_did_not_set_is_no_lock(client, tmp_path):
    def unlocked(real, **asked):
        return {name: value for name, value in real(**asked).items() if not name.startswith("ObjectLock")}

    assert "put_object_retention" in dir(client)
    path = sealed(tmp_path, b"x")
    with pytest.raises(StoreFault, match="did not lock"):
        S3Store("locked", lock=Lock("governance", 3), client=Between(client, head_object=unlocked)).put(uuid4(), path)
    assert path.exists()


def test_a_bucket_that_cannot_do_it_is_refused(client):
    assert S3Store("evidence").why_not() == ""
    assert "without one" in S3Store("evidence", lock=Lock("governance", 3)).why_not()
    assert "does not answer, or refuses" in S3Store("not-there").why_not()


@pytest.mark.parametrize(
    ("named", "lock", "why"),
    [
        ("", "", ""),
        ("s3:evidence", "", ""),
        ("s3:evidence/force-a/items", "", ""),
        ("s3:locked", "compliance:365", ""),
        ("s3:evidence", "compliance:365", "without one"),
        ("s3:locked", "compliance", "HOLDFAST_VAULT_LOCK is not understood"),
        ("s3:locked", "governance:0", "HOLDFAST_VAULT_LOCK is not understood"),
        ("", "governance:5", "names none"),
        ("/somewhere/else", "governance:5", "names none"),
        ("s3:", "", "HOLDFAST_VAULT is not understood"),
        ("s3:Bad_Bucket", "", "HOLDFAST_VAULT is not understood"),
        ("vault", "", "HOLDFAST_VAULT is not understood"),
        ("gs:bucket", "", "HOLDFAST_VAULT is not understood"),
        ("/not/there", "", "is not there"),
        ("s3:nobodys-bucket", "", "refuses"),
    ],
)
def test_the_setting(client, settings, named, lock, why):
    settings.HOLDFAST_VAULT, settings.HOLDFAST_VAULT_LOCK = named, lock
    assert (why in place.why_not()) if why else place.why_not() == ""


def test_a_folder_that_is_named(settings, tmp_path):
    settings.HOLDFAST_VAULT, settings.HOLDFAST_VAULT_LOCK = str(tmp_path), ""
    assert place.why_not() == ""
    store = place.store()
    assert isinstance(store, FolderStore)
    assert store.folder == tmp_path


@pytest.mark.parametrize(("days", "understood"), [("30", True), ("0", False), ("soon", False), ("-1", False)])
def test_what_is_wrong_is_refused_at_start(settings, days, understood):
    from holdfast.site.checks import vault as checked

    settings.HOLDFAST_VAULT, settings.HOLDFAST_INTAKE_DAYS = "", days
    assert [each.id for each in checked()] == ([] if understood else ["holdfast.E018"])
    settings.HOLDFAST_VAULT = "/not/there"
    assert [each.id for each in checked()] == ["holdfast.E018"]


def test_without_boto3_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "boto3", None)
    with pytest.raises(StoreFault, match=r"requirements/kms\.txt"):
        S3Store("evidence")
