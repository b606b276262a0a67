"""Time stamps: what verifies, and every way in which one that proves nothing is refused by its own name."""

import hashlib
import subprocess
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import pytest
import rfc3161_client
from asn1crypto import cms
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as some

from holdfast.vault.own_authority import certificate
from holdfast.vault.own_authority import make_authority
from holdfast.vault.own_authority import own_authority
from holdfast.vault.own_authority import stamp
from holdfast.vault.stamping import REFUSALS
from holdfast.vault.stamping import StampRefused
from holdfast.vault.stamping import request_for
from holdfast.vault.stamping import verify

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "rfc3161" / "test" / "fixtures"
NOW = datetime.now(UTC)
BYTES = b"what was given"
DIGEST = hashlib.sha256(BYTES).digest()
NONCE = 0x5EED_0000_0000_0001
ASKED = request_for(DIGEST, NONCE)
OURS = make_authority(NOW)
KNOWN = (OURS.root,)


def key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def why(answer: bytes, digest: bytes = DIGEST, known=KNOWN, **asked) -> str:
    with pytest.raises(StampRefused) as caught:
        verify(answer, digest, known, **asked)
    return caught.value.why


class Other:
    """An authority whose signer can be made wrong in every way."""

    def __init__(self, **signer):
        self.root_key, self.key = key(), key()
        self.root = certificate("A root", self.root_key, NOW - timedelta(days=900), ca=True)
        at = signer.pop("at", NOW)
        self.signer = certificate("A signer", self.key, at, signed_by=(self.root, self.root_key), **signer)

    def answer(self, at=NOW, carried=None, **changed) -> bytes:
        return stamp(ASKED, self.signer, self.key, carried or (self.signer,), at, **changed)


def test_what_an_authority_answers_verifies_and_says_when():
    found = verify(OURS.answer(ASKED, NOW), DIGEST, KNOWN, nonce=NONCE, at=NOW)
    assert found.at == NOW.replace(microsecond=0)
    assert found.signer == "CN=Demonstration time stamps: prove nothing"


def test_openssl_verifies_it_too_and_refuses_it_for_other_bytes(tmp_path):
    (tmp_path / "item").write_bytes(BYTES)
    (tmp_path / "other").write_bytes(BYTES + b".")
    (tmp_path / "item.tsr").write_bytes(OURS.answer(ASKED))
    (tmp_path / "roots.pem").write_bytes(OURS.root.public_bytes(Encoding.PEM))
    for name, said in (("item", "Verification: OK"), ("other", "Verification: FAILED")):
        asked = ["openssl", "ts", "-verify", "-data", name, "-in", "item.tsr", "-CAfile", "roots.pem"]
        told = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert said in told.stdout + told.stderr


def test_openssls_own_authority_is_believed(tmp_path):
    """Written by another program altogether: not only what we write is what we read."""
    other = Other()
    config = (
        "[tsa]\ndefault_tsa = one\n[one]\nserial = serial\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\n"
        "digests = sha256\ness_cert_id_alg = sha256\n"
    )
    from cryptography.hazmat.primitives.serialization import NoEncryption
    from cryptography.hazmat.primitives.serialization import PrivateFormat

    (tmp_path / "ts.conf").write_text(config)
    (tmp_path / "serial").write_text("01")
    (tmp_path / "asked").write_bytes(ASKED)
    (tmp_path / "signer.pem").write_bytes(other.signer.public_bytes(Encoding.PEM))
    (tmp_path / "key.pem").write_bytes(other.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    asked = ["openssl", "ts", "-reply", "-config", "ts.conf", "-queryfile", "asked", "-signer", "signer.pem"]
    asked += ["-inkey", "key.pem", "-out", "answer"]
    subprocess.run(asked, cwd=tmp_path, capture_output=True, check=True)
    answer = (tmp_path / "answer").read_bytes()
    found = verify(answer, DIGEST, (other.root,), policy="1.2.3.4", nonce=NONCE, at=datetime.now(UTC))
    assert found.policy == "1.2.3.4"
    assert why(answer, known=(other.root,), policy="1.2.3.5") == "wrong-policy"


def injected(*certificates: x509.Certificate) -> bytes:
    """Our own true answer, with certificates put in beside the signer's: they are not signed, anybody can."""
    found = tsp.TimeStampResp.load(OURS.answer(ASKED, NOW))
    signed = found["time_stamp_token"]["content"]
    carried = [each.chosen for each in signed["certificates"]]
    carried += [asn1_x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in certificates]
    signed["certificates"] = cms.CertificateSet([cms.CertificateChoices("certificate", each) for each in carried])
    return found.dump(force=True)


def same_number(of: x509.Certificate, by) -> x509.Certificate:
    """A certificate with issuer and number of another, and another key: what finds a signer by these is deceived."""
    mine = key()
    return (
        x509.CertificateBuilder(of.issuer, x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Trusted")]))
        .public_key(mine.public_key())
        .serial_number(of.serial_number)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(by, hashlib_sha256())
    )


def hashlib_sha256():
    from cryptography.hazmat.primitives.hashes import SHA256

    return SHA256()


INJECTED = {
    "somebody-else's": lambda: injected(Other().signer),
    "somebody-else's-root": lambda: injected(Other().root),
    "the-signer's-number-and-issuer": lambda: injected(same_number(OURS.signer, key())),
    "the-signer's-name": lambda: injected(certificate("Demonstration time stamps: prove nothing", key(), NOW)),
    "a-root-of-the-same-name": lambda: injected(certificate("Demonstration root: proves nothing", key(), NOW, ca=True)),
}


@pytest.mark.parametrize("which", INJECTED)
def test_a_token_with_an_injected_certificate_is_refused(which):
    assert why(INJECTED[which](), nonce=NONCE, at=NOW) == "injected"


def test_a_forged_token_that_carries_a_true_certificate_is_refused():
    """Signed by a stranger in the true signer's name, whose certificate stands beside."""
    mine = key()
    forged = stamp(ASKED, OURS.signer, mine, (OURS.signer,), NOW)
    assert why(forged) == "bad-signature"
    other = Other()
    assert why(other.answer(carried=(other.signer, OURS.signer))) == "unknown-authority"


def test_the_root_may_stand_beside_the_signer():
    assert verify(injected(OURS.root), DIGEST, KNOWN)


def with_status(status: str) -> bytes:
    found = tsp.TimeStampResp.load(OURS.answer(ASKED, NOW))
    found["status"] = {"status": status}
    return found.dump(force=True)


def reissued() -> tuple[bytes, x509.Certificate, x509.Certificate]:
    """A stamp that carries another certificate of the same signer, key and number than it names by its hash."""
    other = Other()
    again = (
        x509.CertificateBuilder(other.signer.issuer, other.signer.subject, other.signer.public_key())
        .serial_number(other.signer.serial_number)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=9_999))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(other.root_key, hashlib_sha256())
    )
    return stamp(ASKED, other.signer, other.key, (again,), NOW), again, other.root


@pytest.mark.parametrize("status", ["granted_with_mods", "waiting", "rejection"])
def test_only_what_was_granted_as_it_was_asked_counts(status):
    assert why(with_status(status)) == "not-granted"


def test_the_signer_is_the_one_that_it_names_by_its_hash():
    answer, _, root = reissued()
    assert why(answer, known=(root,)) == "other-signer"


EXPIRED = {"at": NOW - timedelta(days=60), "ends": NOW - timedelta(days=30)}
REFUSED = {
    "wrong-hash": lambda: OURS.answer(request_for(hashlib.sha256(b"other").digest(), NONCE), NOW),
    "wrong-nonce": lambda: OURS.answer(request_for(DIGEST, NONCE + 1), NOW),
    "other-time": lambda: OURS.answer(ASKED, NOW + timedelta(hours=1)),
    "unreadable": lambda: OURS.answer(ASKED, NOW)[:-1],
    "not-granted": lambda: with_status("rejection"),
    "unknown-authority": lambda: Other().answer(),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_an_answer_that_proves_nothing_is_refused_by_its_name(reason):
    known = (OURS.root, certificate("Older", key(), NOW - timedelta(days=9), ca=True))
    assert why(REFUSED[reason](), known=known, nonce=NONCE, at=NOW) == reason
    assert reason in REFUSALS


def test_a_stamp_without_a_nonce_is_no_answer_to_a_question_with_one():
    assert why(OURS.answer(ASKED, NOW), nonce=NONCE + 1) == "wrong-nonce"
    other = Other()
    assert why(other.answer(nonce=None), known=(other.root,), nonce=NONCE) == "wrong-nonce"


SIGNERS = {
    "an-expired-one": (EXPIRED, "expired"),
    "one-that-does-not-begin-yet": ({"at": NOW + timedelta(days=2)}, "expired"),
    "one-for-servers": ({"uses": (ExtendedKeyUsageOID.SERVER_AUTH,)}, "not-for-stamping"),
    "one-for-stamps-and-more": (
        {"uses": (ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING)}, "not-for-stamping",
    ),
    "one-where-it-is-not-critical": ({"critical": False}, "not-for-stamping"),
}  # fmt: skip


@pytest.mark.parametrize("which", SIGNERS)
def test_a_signer_that_may_not_stamp_is_refused(which):
    signer, reason = SIGNERS[which]
    other = Other(**signer)
    assert why(other.answer(), known=(other.root,), nonce=NONCE, at=NOW) == reason


def test_a_stamp_of_a_signer_that_has_ended_since_still_stands():
    """It was valid at the time it gives: that is what a time stamp is for. The page says when it ended."""
    other = Other(**EXPIRED)
    then = NOW - timedelta(days=40)
    found = verify(other.answer(then), DIGEST, (other.root,), nonce=NONCE)
    assert found.valid_until < NOW


def test_a_signer_that_signed_a_certificate_is_not_an_authority():
    """A signer's own certificate may not sign another: the way to the root ends there."""
    false_key = key()
    false = certificate("False", false_key, NOW, signed_by=(OURS.signer, OURS.key))
    assert why(stamp(ASKED, false, false_key, (false, OURS.signer), NOW)) == "unknown-authority"


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")  # of what was made wrong
@settings(max_examples=300, deadline=None)
@given(some.integers(0, 5_000), some.integers(1, 255))
def test_no_changed_byte_makes_another_time_or_other_bytes_true(at, by):
    """A change to what is not signed may be let pass: then everything it says is still as it was."""
    answer = bytearray(OF_ALL)
    answer[at % len(answer)] ^= by
    try:
        found = verify(bytes(answer), DIGEST, KNOWN, nonce=NONCE, at=NOW)
    except StampRefused:
        return
    assert found == verify(OF_ALL, DIGEST, KNOWN, nonce=NONCE, at=NOW)


OF_ALL = OURS.answer(ASKED, NOW)


@settings(max_examples=200, deadline=None)
@given(some.binary(max_size=400))
def test_whatever_comes_is_refused_and_never_fails_otherwise(answer):
    assert why(answer) == "unreadable"


def test_a_certificate_whose_number_is_below_nought_is_not_read():
    """OpenSSL, Python and others do not agree on such a number: what one takes for the signer another would not."""
    der = OURS.signer.public_bytes(Encoding.DER)
    serial = OURS.signer.serial_number
    width = (serial.bit_length() + 8) // 8
    number = serial.to_bytes(width, "big")
    assert number[0] == 0 or number[0] < 0x80
    at = der.index(number)
    changed = der[:at] + bytes([number[0] | 0x80]) + der[at + 1 :]
    assert why(OF_ALL.replace(der, changed)) == "unreadable"


def test_a_long_answer_is_not_even_read():
    assert why(OF_ALL + bytes(70_000)) == "unreadable"


def test_the_demonstrations_authority_is_made_once_and_readable_by_its_owner(tmp_path):
    made, again = own_authority(tmp_path), own_authority(tmp_path)
    assert made.signer == again.signer
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert verify(made.answer(ASKED), DIGEST, (again.root,))


# --- the samples, with what each is expected to be, and each difference from the library named ---------------------

needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not beside the project")
CHAIN = "all of ts_chain.pem"
ROOT = "its root alone"
EXPECTED = [
    # file, certificates known, ours, the library's own verdict with the same certificates
    ("identrust/issue-104.tsr", ROOT, "verifies", True),
    ("sigstage/response-sha256.tsr", CHAIN, "verifies", True),
    ("sigstage/response-sha384.tsr", CHAIN, "verifies", True),
    ("sigstage/response-sha512.tsr", CHAIN, "verifies", True),
    ("sigstage/response-sha256.tsr", ROOT, "verifies", True),
    ("sigstage/response-no-embedded-cert.tsr", CHAIN, "verifies", True),
    ("sigstage/response-no-embedded-cert.tsr", ROOT, "no-signer", False),
    ("sigstage/response-invalid-signature.tsr", CHAIN, "bad-signature", False),
    ("test_tsa/response.tsr", CHAIN, "verifies", True),
    ("test_tsa/response.tsr", ROOT, "unknown-authority", False),  # it carries the signer alone, not what signed that
    ("test_tsa/other_response.tsr", CHAIN, "unknown-authority", False),  # of an authority of the same names, made anew
]


@needs_samples
@pytest.mark.parametrize(("name", "which", "ours", "librarys"), EXPECTED)
def test_the_samples_are_what_they_are_expected_to_be(name, which, ours, librarys):
    answer, chain = (SAMPLES / name).read_bytes(), certificates(SAMPLES / name)
    known = chain if which == CHAIN else chain[-1:]
    digest = hashlib.new(algorithm(answer), b"hello").digest()
    assert (verdict(answer, digest, known), by_the_library(answer, digest, known)) == (ours, librarys)
    assert verdict(answer, hashlib.new(algorithm(answer), b"other").digest(), known) in {"wrong-hash", ours} - {
        "verifies"
    }


@needs_samples
def test_every_sample_is_in_the_list():
    there = {str(file.relative_to(SAMPLES)) for file in SAMPLES.rglob("*.tsr")}
    assert there == {name for name, *_ in EXPECTED}


def certificates(sample: Path) -> list[x509.Certificate]:
    text = (sample.parent / "ts_chain.pem").read_bytes()
    if b"BEGIN" not in text:
        return [x509.load_der_x509_certificate(text)]
    return x509.load_pem_x509_certificates(text)


def algorithm(answer: bytes) -> str:
    content = tsp.TimeStampResp.load(answer)["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
    return content["message_imprint"]["hash_algorithm"]["algorithm"].native


def verdict(answer, digest, known) -> str:
    try:
        verify(answer, digest, known)
    except StampRefused as refused:
        return refused.why
    return "verifies"


def by_the_library(answer, digest, known) -> bool:
    builder = rfc3161_client.VerifierBuilder().add_root_certificate(known[-1])
    if len(known) > 1:
        builder = builder.tsa_certificate(known[0])
    for between in known[1:-1]:
        builder = builder.add_intermediate_certificate(between)
    try:
        return builder.build().verify(rfc3161_client.decode_timestamp_response(answer), digest)
    except (rfc3161_client.VerificationError, ValueError):
        return False


def test_what_the_library_lets_pass_and_holdfast_does_not():
    """The known differences: each is closed here. Where the library closes one itself, this says so."""
    named, again, root = reissued()
    let_pass = {
        "injected": by_the_library(injected(Other().signer), DIGEST, [OURS.signer, OURS.root]),
        "other-signer": by_the_library(named, DIGEST, [again, root]),
        "other-time": by_the_library(REFUSED["other-time"](), DIGEST, [OURS.signer, OURS.root]),
    }
    assert let_pass == {"injected": True, "other-signer": True, "other-time": True}
