"""A time-stamping authority of this installation's own, for the demonstration: it shows the way, and proves nothing.

Whoever can change the record here can also stamp here, so a real installation asks somebody else's. It is made once:
the root signs the one signer, and its key is thrown away at once. One file of the data folder, readable by its owner.
"""

import os
import secrets
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from typing import NamedTuple

from asn1crypto import algos
from asn1crypto import cms
from asn1crypto import core
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import NoEncryption
from cryptography.hazmat.primitives.serialization import PrivateFormat
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.oid import NameOID

FILE = "stamps-demonstration.pem"
POLICY = "2.25.171428203419811270117211460519250291511"  # a number of nobody's: it stands for no promise
_YEARS = timedelta(days=3653)


class OwnAuthority(NamedTuple):
    """Signs questions in this process."""

    root: x509.Certificate
    signer: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def answer(self, request: bytes, at: datetime | None = None) -> bytes:
        """The answer (TimeStampResp, DER) to a question, with the time here, or one that was given."""
        return stamp(request, self.signer, self.key, (self.signer,), at or datetime.now(UTC))


def own_authority(folder: Path) -> OwnAuthority:
    """The one of a data folder, made where there is none."""
    path = folder / FILE
    if not path.exists():
        _keep(path, make_authority(datetime.now(UTC)))
    text = path.read_bytes()
    root, signer = x509.load_pem_x509_certificates(text)
    key = load_pem_private_key(text, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101 written by _keep
    return OwnAuthority(root, signer, key)


def make_authority(at: datetime) -> OwnAuthority:
    """A root and its one signer. The root's key is not kept: it can never sign another."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = certificate("Demonstration root: proves nothing", root_key, at, ca=True)
    signer = certificate("Demonstration time stamps: prove nothing", key, at, signed_by=(root, root_key))
    return OwnAuthority(root, signer, key)


def certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    at: datetime,
    *,
    ca: bool = False,
    signed_by: tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None = None,
    ends: datetime | None = None,
    uses: tuple[x509.ObjectIdentifier, ...] = (ExtendedKeyUsageOID.TIME_STAMPING,),
    critical: bool = True,
) -> x509.Certificate:
    """One certificate: a root, or a signer of time stamps."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer, issuer_key = (signed_by[0].subject, signed_by[1]) if signed_by else (subject, key)
    above = issuer_key.public_key()
    builder = (
        x509.CertificateBuilder(issuer, subject, key.public_key(), int.from_bytes(secrets.token_bytes(16), "big") | 1)
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(ends or at + _YEARS)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=0 if ca else None), critical=True)
        .add_extension(_usage(ca), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above), critical=False)
    )
    if not ca:
        builder = builder.add_extension(x509.ExtendedKeyUsage(uses), critical=critical)
    return builder.sign(issuer_key, hashes.SHA256())


def stamp(
    request: bytes,
    signer: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
    carried: tuple[x509.Certificate, ...],
    at: datetime,
    **changed: Any,
) -> bytes:
    """The answer to a question, signed. `changed` are fields of what is signed that shall be other than asked."""
    asked = tsp.TimeStampReq.load(request, strict=True)
    info = {
        "version": "v1",
        "policy": asked["req_policy"].native or POLICY,
        "message_imprint": asked["message_imprint"],
        "serial_number": int.from_bytes(secrets.token_bytes(16), "big"),
        "gen_time": at.astimezone(UTC).replace(microsecond=0),
        "accuracy": {"seconds": 1},
        "nonce": asked["nonce"].native,
    }
    content = tsp.TSTInfo({**info, **changed}).dump()
    attributes = _signed_attributes(content, signer)
    wanted = carried if asked["cert_req"].native else ()
    signed = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(content)},
            "certificates": [asn1_x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in wanted],
            "signer_infos": [_signer_info(signer, key, attributes)],
        }
    )
    token = cms.ContentInfo({"content_type": "signed_data", "content": signed})
    return bytes(tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump())


def _signed_attributes(content: bytes, signer: x509.Certificate) -> cms.CMSAttributes:
    named = tsp.SigningCertificateV2({"certs": [{"cert_hash": sha256(signer.public_bytes(Encoding.DER)).digest()}]})
    return cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [sha256(content).digest()]}),
            cms.CMSAttribute({"type": "signing_certificate_v2", "values": [named]}),
        ]
    )


def _signer_info(signer: x509.Certificate, key: ec.EllipticCurvePrivateKey, attributes: Any) -> cms.SignerInfo:
    loaded = asn1_x509.Certificate.load(signer.public_bytes(Encoding.DER))
    sid = cms.IssuerAndSerialNumber({"issuer": loaded.issuer, "serial_number": loaded.serial_number})
    return cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": sid}),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
        }
    )


def _usage(ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(not ca, not ca, False, False, False, ca, ca, False, False)


def _keep(path: Path, made: OwnAuthority) -> None:
    """Whole or not at all; where two make one at once, the first stays."""
    text = b"".join(
        [
            made.root.public_bytes(Encoding.PEM),
            made.signer.public_bytes(Encoding.PEM),
            made.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        ]
    )
    part = path.with_suffix(f".{secrets.token_hex(4)}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()
