"""AWS KMS as keeper, tried on what answers as it does."""

import re
import sqlite3
import time
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config
from botocore.stub import Stubber
from moto import mock_aws
from tests.casefile.writing import ask
from tests.casefile.writing import new_case

from holdfast.casefile.keys import aws_kms
from holdfast.casefile.keys.aws_kms import KeyServiceOut
from holdfast.casefile.keys.aws_kms import KmsKeeper
from holdfast.casefile.keys.belonging import fault_of_keys
from holdfast.casefile.keys.belonging import keep_check
from holdfast.casefile.keys.chosen import ring
from holdfast.casefile.keys.rotating import listed
from holdfast.casefile.keys.rotating import retire
from holdfast.casefile.keys.rotating import rewrap
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.state import REMEMBERED
from holdfast.casefile.verifying import verify_all

CASE, KEY = uuid4(), b"k" * 32
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:(boto|moto)")


@pytest.fixture
def service(monkeypatch):
    """A key service in this process, and a key in it."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "eu-west-2",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    aws_kms.kms.cache_clear()
    with mock_aws():
        client = boto3.client("kms")
        yield client, client.create_key()["KeyMetadata"]["Arn"]
    aws_kms.kms.cache_clear()


@pytest.fixture
def in_kms(service, database, settings, small_pack):
    """An installation whose new cases are wrapped there."""
    client, arn = service
    settings.HOLDFAST_KEYS = f"kms:{arn}"
    return client, arn


def test_a_case_key_opens_for_its_own_case_only(service):
    client, arn = service
    kept = KmsKeeper(arn, client)
    name, wrapped = kept.wrap(CASE, KEY)
    assert name == f"kms:{arn}"
    assert KEY not in wrapped
    assert kept.unwrap(CASE, name, wrapped) == KEY
    with pytest.raises(CannotKeep, match="does not open"):
        kept.unwrap(uuid4(), name, wrapped)
    with pytest.raises(CannotKeep, match="does not open"):
        kept.unwrap(CASE, name, wrapped[:-1] + bytes([wrapped[-1] ^ 1]))


@pytest.mark.parametrize(
    "code", ["DisabledException", "KMSInvalidStateException", "AccessDeniedException", "UnrecognizedClientException"]
)
def test_a_key_that_may_not_be_used_is_said_to_be_refused(service, code):
    client, arn = service
    with Stubber(client) as stubbed:
        stubbed.add_client_error("decrypt", code)
        with pytest.raises(CannotKeep, match="refuses") as refused:
            KmsKeeper(arn, client).unwrap(CASE, f"kms:{arn}", b"wrapped")
    assert type(refused.value) is CannotKeep


def test_a_key_that_was_never_there_is_said_to_be_refused(service):
    client, arn = service
    with pytest.raises(CannotKeep, match="refuses"):
        KmsKeeper(arn[:-36] + str(uuid4()), client).wrap(CASE, KEY)


def test_no_answer_is_an_outage_told_soon_and_then_at_once(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    # Nobody listens at this port of this machine.
    nowhere = boto3.client(
        "kms",
        region_name="eu-west-2",
        endpoint_url="http://127.0.0.1:9",
        config=Config(connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 1}),
    )
    kept = KmsKeeper("some-key", nowhere)
    with pytest.raises(KeyServiceOut, match="does not answer"):
        kept.wrap(CASE, KEY)
    monkeypatch.setattr(kept, "_made", lambda: pytest.fail("asked again while it rests"))
    with pytest.raises(KeyServiceOut):
        kept.unwrap(CASE, "kms:some-key", b"x")
    kept._rest_until = time.monotonic() - 1
    with pytest.raises(pytest.fail.Exception):
        kept.wrap(CASE, KEY)


@pytest.mark.parametrize("code", ["ThrottlingException", "KMSInternalException", "DependencyTimeoutException"])
def test_a_service_that_is_too_busy_is_out_and_refuses_nobody(service, code):
    client, arn = service
    with Stubber(client) as stubbed:
        stubbed.add_client_error("encrypt", code)
        with pytest.raises(KeyServiceOut):
            KmsKeeper(arn, client).wrap(CASE, KEY)


def test_waiting_is_bounded(service):
    made = aws_kms._client().meta.config
    assert made.connect_timeout + made.read_timeout <= 5
    assert made.retries["total_max_attempts"] == 2


def test_cases_are_begun_written_and_read(in_kms, database):
    _, arn = in_kms
    assert keep_check()
    case = new_case()
    ask(case)
    REMEMBERED.forget()
    ask(case)
    assert len(read_case(case).entries) == 3
    with sqlite3.connect(database) as raw:
        assert raw.execute("SELECT DISTINCT ring_key FROM case_key").fetchall() == [(f"kms:{arn}",)]
    assert verify_all(words=True).findings == ()
    assert fault_of_keys() == ""


def test_a_case_that_is_open_works_on_through_an_outage_and_another_says_why(in_kms, monkeypatch):
    case, other = new_case(), new_case()
    ask(case)
    REMEMBERED.forget(other)
    monkeypatch.setattr(KmsKeeper, "_ask", lambda self, what, **asked: (_ for _ in ()).throw(self._out()))
    ask(case)
    for what in (lambda: read_case(other), lambda: ask(other), new_case):
        with pytest.raises(KeyServiceOut, match="on paper"):
            what()


def test_nobody_waits_in_line_while_the_service_is_asked(in_kms, monkeypatch):
    """A write that asks elsewhere would hold up every other writer for as long."""
    from holdfast.casefile.group import Group

    case, inside = new_case(), []
    before = Group._write_each

    def watched(self, connection, group):
        monkeypatch.setattr(KmsKeeper, "_ask", lambda self, what, **asked: inside.append(what))
        try:
            return before(self, connection, group)
        finally:
            monkeypatch.setattr(KmsKeeper, "_ask", asked_before)

    asked_before = KmsKeeper._ask
    monkeypatch.setattr(Group, "_write_each", watched)
    REMEMBERED.forget()
    ask(case)
    new_case()
    assert inside == []


def test_from_the_ring_to_the_service_and_back(database, service, settings, small_pack):
    client, arn = service
    client.create_alias(AliasName="alias/holdfast", TargetKeyId=arn)
    keep_check()
    cases, old = [new_case() for _ in range(3)], ring().newest
    settings.HOLDFAST_KEYS = "kms:alias/holdfast"
    assert rewrap() == (f"kms:{arn}", 3, 0)
    assert rewrap().done == 0
    assert {one.name: (one.wraps, one.for_new) for one in listed()} == {old: (0, False), f"kms:{arn}": (3, True)}
    REMEMBERED.forget()
    assert all(read_case(case).entries for case in cases)
    settings.HOLDFAST_KEYS = "file"
    with pytest.raises(CannotKeep, match="still wraps 3 keys"):
        retire(f"kms:{arn}")
    assert rewrap() == (old, 3, 0)
    retire(f"kms:{arn}")
    assert [one.name for one in listed()] == [old]


def test_an_outage_half_way_stops_wrapping_anew_and_harms_nothing(database, service, settings, small_pack, monkeypatch):
    _, arn = service
    cases = [new_case() for _ in range(40)]
    settings.HOLDFAST_KEYS = f"kms:{arn}"

    def fall_out(done: int) -> None:
        monkeypatch.setattr(KmsKeeper, "_ask", lambda self, what, **asked: (_ for _ in ()).throw(self._out()))

    with pytest.raises(KeyServiceOut):
        rewrap(fall_out)
    monkeypatch.undo()
    aws_kms.kms(arn)._rest_until = 0.0
    assert rewrap().done == 8
    REMEMBERED.forget()
    assert all(read_case(case).entries for case in cases)


def test_errors_name_no_case_and_no_key(service):
    client, arn = service
    with pytest.raises(CannotKeep) as refused:
        KmsKeeper(arn, client).unwrap(CASE, f"kms:{arn}", b"not wrapped at all")
    assert str(CASE) not in str(refused.value)
    assert re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", str(refused.value)) is None
