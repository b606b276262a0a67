"""RFC 3161 time stamps: asked for over an item's SHA-256, and verified, now and years later, against known roots.

`rfc3161-client` verifies signature and chain. What the RFC asks for and it leaves open is looked at here besides:

- the signer is the one that the signed attributes name by its hash (RFC 5816), and signs time stamps and nothing else;
- the answer carries no certificate but those of the path from its signer to a root: one that was put in is refused;
- the time lies within the validity of every certificate of that path, and, when asked for, near our own.

What is not looked at is whether a certificate was revoked: that would need the network each time. It is said.
"""

from collections.abc import Iterable
from datetime import datetime
from datetime import timedelta
from hashlib import sha256 as sha256_of
from typing import Any
from typing import NamedTuple

import rfc3161_client
from asn1crypto import cms
from asn1crypto import tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID

MOST = 65_536  # bytes of an answer: real ones have two to ten thousand
MOST_CERTIFICATES = 12
CLOCKS_DIFFER = timedelta(minutes=5)
# Why an answer is refused: a closed list, each with what it means to whoever reads the page.
REFUSALS = {
    "unreadable": "it is no answer of a time-stamping authority",
    "not-granted": "the authority refused to stamp",
    "wrong-hash": "it stamps other bytes",
    "wrong-nonce": "it answers another question, or an old one",
    "wrong-policy": "it was made under another policy",
    "no-signer": "it does not say who signed, or says several",
    "other-signer": "its signer is not the one that it names by its hash",
    "not-for-stamping": "its signer's certificate is not one for time stamps alone",
    "unknown-authority": "its signer does not lead to an authority that is trusted here",
    "expired": "a certificate was not valid at the time that it gives",
    "injected": "it carries certificates that have no business in it",
    "bad-signature": "its signature is not true",
    "other-time": "its time is not near the time here",
}


class StampRefused(Exception):
    """An answer that proves nothing. `why` is a key of REFUSALS."""

    def __init__(self, why: str):
        self.why = why
        super().__init__(f"A time stamp was refused: {REFUSALS[why]}.")


class Verified(NamedTuple):
    """What a time stamp that verifies says."""

    at: datetime  # the time the authority gave, in UTC
    policy: str
    serial: str  # the stamp's own number, in hex
    signer: str  # of its certificate, as RFC 4514 writes a name
    valid_until: datetime  # the signer's certificate


def request_for(digest: bytes, nonce: int, policy: str = "") -> bytes:
    """The question to an authority, DER: a stamp over this SHA-256, with its certificates."""
    if len(digest) != 32 or nonce <= 0:
        raise ValueError("a time stamp is asked for over a SHA-256, with a nonce above nought")
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    asked: dict[str, Any] = {"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": True}
    return bytes(tsp.TimeStampReq({**asked, "req_policy": policy} if policy else asked).dump())


def verify(
    answer: bytes,
    digest: bytes,
    known: Iterable[x509.Certificate],
    *,
    policy: str = "",
    nonce: int | None = None,
    at: datetime | None = None,
) -> Verified:
    """What the answer (TimeStampResp, DER) says of these bytes, or StampRefused.

    `known` are the certificates that are trusted here: those signed by themselves are roots, others only help to find
    the way to one. `digest` is SHA-256, SHA-384 or SHA-512. `nonce` and `at` are given when the answer has just come.
    """
    info, signed = _read(answer)
    _answers(info, digest, policy, nonce)
    try:
        path = _path(info, signed, tuple(known))
    except (ValueError, TypeError, KeyError, x509.InvalidVersion) as fault:
        raise StampRefused("unreadable") from fault
    _signature(answer, digest, path)
    given: datetime = info["gen_time"].native
    if at is not None and abs(given - at) > CLOCKS_DIFFER:
        raise StampRefused("other-time")
    signer = path[0]
    return Verified(
        given, info["policy"].dotted, f"{info['serial_number'].native:x}", signer.subject.rfc4514_string(),
        signer.not_valid_after_utc,
    )  # fmt: skip


def _read(answer: bytes) -> tuple[Any, Any]:
    """What was signed, and by whom: everything that is used is parsed here, so that nothing fails later."""
    if len(answer) > MOST:
        raise StampRefused("unreadable")
    try:
        found = tsp.TimeStampResp.load(answer, strict=True)
        status = found["status"]["status"].native
        if status != "granted":  # 'granted with mods' is not what was asked for
            raise StampRefused("not-granted")
        content = found["time_stamp_token"]
        signed = content["content"]
        if content["content_type"].native != "signed_data" or not isinstance(signed, cms.SignedData):
            raise StampRefused("unreadable")
        inner = signed["encap_content_info"]
        info = inner["content"].parsed
        if inner["content_type"].native != "tst_info" or not isinstance(info, tsp.TSTInfo):
            raise StampRefused("unreadable")
        _ = info.native, signed["signer_infos"].native
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError) as fault:
        raise StampRefused("unreadable") from fault
    return info, signed


def _answers(info: Any, digest: bytes, policy: str, nonce: int | None) -> None:
    """Whether it answers what was asked."""
    imprint = info["message_imprint"]
    lengths = {"sha256": 32, "sha384": 48, "sha512": 64}
    same = imprint["hashed_message"].native == digest
    if not same or lengths.get(imprint["hash_algorithm"]["algorithm"].native) != len(digest):
        raise StampRefused("wrong-hash")
    if nonce is not None and info["nonce"].native != nonce:
        raise StampRefused("wrong-nonce")
    if policy and info["policy"].dotted != policy:
        raise StampRefused("wrong-policy")


def _path(info: Any, signed: Any, known: tuple[x509.Certificate, ...]) -> list[x509.Certificate]:
    """From the signer to a trusted root, each valid at the time given; nothing else may be carried along."""
    carried = [_certificate(each) for each in signed["certificates"] or ()]
    signers = signed["signer_infos"]
    if len(signers) != 1 or len(carried) > MOST_CERTIFICATES:
        raise StampRefused("no-signer")
    signer = _signer(signers[0], carried, known)
    _for_stamping(signer)
    path = _to_a_root(signer, carried, known)
    at: datetime = info["gen_time"].native
    if any(not each.not_valid_before_utc <= at <= each.not_valid_after_utc for each in path):
        raise StampRefused("expired")
    # An authority may carry its root as another root once signed it: the same name and key.
    if not {_name_and_key(each) for each in carried} <= {_name_and_key(each) for each in path}:
        raise StampRefused("injected")
    return path


def _certificate(carried: Any) -> x509.Certificate:
    """One that is carried along. Its number is above nought (RFC 5280): below, not all read it alike."""
    if carried.name != "certificate" or carried.chosen["tbs_certificate"]["serial_number"].native <= 0:
        raise StampRefused("unreadable")
    return x509.load_der_x509_certificate(carried.dump())


def _signer(
    signer: Any, carried: Iterable[x509.Certificate], known: Iterable[x509.Certificate]
) -> x509.Certificate:  # fmt: skip
    """The certificate that signed: by issuer and number, which anybody can imitate, and by its hash."""
    if signer["sid"].name != "issuer_and_serial_number":
        raise StampRefused("no-signer")
    sid = signer["sid"].chosen
    issuer, serial = sid["issuer"].dump(), sid["serial_number"].native
    named = {
        each for each in (*carried, *known) if each.issuer.public_bytes() == issuer and each.serial_number == serial
    }
    if not named:
        raise StampRefused("no-signer")
    if len(named) > 1:  # two certificates under one number: one was put in
        raise StampRefused("injected")
    found = named.pop()
    algorithm, hashed = _named_by_hash(signer)
    digest = hashes.Hash(algorithm)
    digest.update(found.public_bytes(Encoding.DER))
    if digest.finalize() != hashed:
        raise StampRefused("other-signer")
    return found


def _named_by_hash(signer: Any) -> tuple[hashes.HashAlgorithm, bytes]:
    """The hash of the signer's certificate that stands among what was signed: the first, as RFC 5035 says."""
    for attribute in signer["signed_attrs"] or ():
        kind = attribute["type"].native
        if kind == "signing_certificate_v2":
            first = attribute["values"][0]["certs"][0]
            known = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
            algorithm = known.get(first["hash_algorithm"]["algorithm"].native)
            if algorithm is not None:
                return algorithm, first["cert_hash"].native
        elif kind == "signing_certificate":
            return hashes.SHA1(), attribute["values"][0]["certs"][0]["cert_hash"].native  # noqa: S303 RFC 3161's own; the signature is another
    raise StampRefused("other-signer")


def _for_stamping(signer: x509.Certificate) -> None:
    """RFC 3161, 2.3: the one use 'time stamping', and critical."""
    try:
        uses = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound as fault:
        raise StampRefused("not-for-stamping") from fault
    if not uses.critical or list(uses.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise StampRefused("not-for-stamping")


def _to_a_root(
    signer: x509.Certificate, carried: list[x509.Certificate], known: tuple[x509.Certificate, ...]
) -> list[x509.Certificate]:
    roots = [each for each in known if each.issuer == each.subject]
    between = [each for each in (*known, *carried) if each not in roots and each != signer]
    path = [signer]
    while len(path) <= MOST_CERTIFICATES:
        last = path[-1]
        above = next((each for each in (*roots, *between) if each not in path and _signed_by(last, each)), None)
        if above is None:
            break
        path.append(above)
        if above in roots:
            return path
    raise StampRefused("unknown-authority")


def _signed_by(below: x509.Certificate, above: x509.Certificate) -> bool:
    """Whether one that may sign certificates signed this one."""
    if below.issuer != above.subject:
        return False
    try:
        if not above.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return False
        below.verify_directly_issued_by(above)
    except (x509.ExtensionNotFound, InvalidSignature, ValueError, TypeError):
        return False
    return True


def _signature(answer: bytes, digest: bytes, path: list[x509.Certificate]) -> None:
    """The library's own verdict, with this path alone."""
    builder = rfc3161_client.VerifierBuilder().add_root_certificate(path[-1]).tsa_certificate(path[0])
    for each in path[1:-1]:
        builder = builder.add_intermediate_certificate(each)
    try:
        builder.build().verify(rfc3161_client.decode_timestamp_response(answer), digest)
    except (rfc3161_client.VerificationError, ValueError) as fault:
        raise StampRefused("bad-signature") from fault


def _name_and_key(certificate: x509.Certificate) -> tuple[bytes, bytes]:
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return certificate.subject.public_bytes(), sha256_of(key).digest()
