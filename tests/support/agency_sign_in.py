"""An agency's own sign-in (OpenID Connect), run in the test: real HTTP on this machine, tokens signed with a fresh key.

What it says can be made wrong one thing at a time, as a faulty or hostile one would say it.
"""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm


class AgencySignIn:
    """The provider. `subject` is who has signed in there; `claims` and the rest change what its token says."""

    def __init__(self) -> None:
        self.subject = "subject-1"
        self.claims: dict[str, Any] = {}
        self.says_issuer = ""
        self.leads_on = ""  # an address to which it sends whoever asks for its keys
        self.signing_key = self.published_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.algorithm = "RS256"
        self.asked: dict[str, str] = {}
        self.exchanged: list[dict[str, str]] = []
        agency = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if agency.leads_on and self.path == "/keys":
                    self.send_response(302)
                    self.send_header("Location", agency.leads_on)
                    self.end_headers()
                    return
                self._send(agency.answer(urlsplit(self.path).path, {}))

            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._send(agency.answer(urlsplit(self.path).path, {k: v[0] for k, v in parse_qs(sent).items()}))

            def _send(self, answer: dict[str, Any] | None) -> None:
                self.send_response(200 if answer is not None else 400)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(answer or {"error": "invalid_grant"}).encode())

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.issuer = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> "AgencySignIn":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def is_visited(self, address: str) -> dict[str, str]:
        """Somebody arrives at its sign-in page and signs in: what the browser brings back."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return {"code": "code-of-this-time", "state": self.asked["state"]}

    def answer(self, path: str, sent: dict[str, str]) -> dict[str, Any] | None:
        """What it says at one address."""
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.says_issuer or self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path in ("/keys", "/other-keys"):
            key = json.loads(RSAAlgorithm.to_jwk(self.published_key.public_key()))
            return {"keys": [{**key, "kid": "one", "alg": "RS256", "use": "sig"}]}
        if path != "/token":
            return None
        self.exchanged.append(sent)
        challenge = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        proved = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode() == self.asked.get("code_challenge")
        if sent.get("code") != "code-of-this-time" or not proved:
            return None
        return {"access_token": "a", "token_type": "Bearer", "id_token": self._token()}

    def _token(self) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": self.subject, "aud": self.asked["client_id"], "nonce": self.asked.get("nonce"),
            "iat": now, "exp": now + 60, **self.claims,
        }  # fmt: skip
        kept = {name: value for name, value in claims.items() if value is not None}
        key: Any = "x" * 32 if self.algorithm == "HS256" else None if self.algorithm == "none" else self.signing_key
        return jwt.encode(kept, key, algorithm=self.algorithm, headers={"kid": "one"})
