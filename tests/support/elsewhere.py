"""Every address that is not of this machine, as the browsers of the tests find it: one server here answers for all.

Chromium is told so itself. Were its requests held up and answered by Playwright, it would keep nothing from one page to
the next, and what it keeps is what somebody else may find. It would cost each page as much again, too.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class _Anywhere(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "9")
        self.end_headers()
        self.wfile.write(b"elsewhere")

    def log_message(self, *_: object) -> None:
        """Nothing is kept of it."""


@contextmanager
def elsewhere(folder: Path) -> Iterator[int]:
    """The port at which it is answered until the block ends; `folder` takes the key."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Anywhere)
    server.daemon_threads = True
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(_of_nobody(folder))
    server.socket = secure.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def _of_nobody(folder: Path) -> Path:
    """A key with a certificate that nobody vouches for: the browser is told to ask nobody."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "elsewhere")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(1), now + timedelta(1))
    kept = folder / "elsewhere.pem"
    kept.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    return kept
