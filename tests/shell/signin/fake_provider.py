"""An OpenID Connect provider on 127.0.0.1: discovery, authorize, token, keys, userinfo; PKCE."""

import base64
import hashlib
import json
import secrets
import threading
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT_ID, SECRET = "hygie-client", "s3cret"


@cache
def _keys() -> tuple[rsa.RSAPrivateKey, rsa.RSAPrivateKey]:
    """The provider's key and a stranger's; slow to make, hence once."""
    make = rsa.generate_private_key
    return make(public_exponent=65537, key_size=2048), make(public_exponent=65537, key_size=2048)


class FakeProvider:
    """Signs in whoever `claims` says, and lets a test break any single rule."""

    def __init__(self) -> None:
        self.key, self.other_key = _keys()
        self.claims: dict[str, Any] = {
            "sub": "psc-1",
            "email": "nora@hygie.test",
            "email_verified": True,
        }
        self.token_changes: dict[str, Any] = {}
        self.userinfo_changes: dict[str, Any] = {}
        self.algorithm = "RS256"
        self.signs_with_other_key = False
        self.asked: dict[str, Any] = {}
        self.seen: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def settings(self, **options: Any) -> dict[str, Any]:
        """What the operator would declare."""
        return {
            "provider_id": "fake",
            "name": "Fake",
            "client_id": CLIENT_ID,
            "secret": SECRET,
            "settings": {"server_url": self.url, **options},
        }

    def authorize(self, query: dict[str, list[str]]) -> str:
        """Where the browser is sent back, as after the person's consent."""
        self.asked = {name: values[0] for name, values in query.items()}
        code = secrets.token_urlsafe(8)
        self._codes[code] = {
            "challenge": self.asked.get("code_challenge", ""),
            "redirect_uri": self.asked["redirect_uri"],
        }
        back = {"code": code, "state": self.asked["state"]}
        return f"{self.asked['redirect_uri']}?{urlencode(back)}"

    def exchange(self, form: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        """Tokens for a code, once, to the client that can prove itself and the challenge."""
        asked = {name: values[0] for name, values in form.items()}
        kept = self._codes.pop(asked.get("code", ""), None)
        verifier = asked.get("code_verifier", "")
        digest = hashlib.sha256(verifier.encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        is_client = (asked.get("client_id"), asked.get("client_secret")) == (CLIENT_ID, SECRET)
        if kept is None or not is_client or kept["redirect_uri"] != asked.get("redirect_uri"):
            return 400, {"error": "invalid_grant"}
        if not kept["challenge"] or kept["challenge"] != challenge:
            return 400, {"error": "invalid_grant", "error_description": "PKCE"}
        return 200, {"access_token": "at", "token_type": "Bearer", "id_token": self.id_token()}

    def id_token(self) -> str:
        """The identity, signed unless the test says otherwise."""
        now = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 60, **self.claims,
            **self.token_changes,
        }  # fmt: skip
        headers = {"kid": "k1"}
        if self.algorithm == "none":
            return jwt.encode(claims, None, algorithm="none", headers=headers)
        if self.algorithm == "HS256":
            return jwt.encode(claims, "x" * 32, algorithm="HS256", headers=headers)
        key = self.other_key if self.signs_with_other_key else self.key
        return jwt.encode(claims, key, algorithm=self.algorithm, headers=headers)

    def answer(self, path: str) -> tuple[int, dict[str, Any]]:
        """Documents served by GET."""
        public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        documents: dict[str, dict[str, Any]] = {
            "/.well-known/openid-configuration": {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/userinfo",
                "jwks_uri": f"{self.url}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/keys": {"keys": [{**public, "kid": "k1", "alg": "RS256", "use": "sig"}]},
            "/userinfo": {**self.claims, **self.userinfo_changes},
        }
        found = documents.get(path)
        return (404, {}) if found is None else (200, found)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                fake.seen.append(parts.path)
                if parts.path == "/authorize":
                    self.send_response(302)
                    self.send_header("Location", fake.authorize(parse_qs(parts.query)))
                    self.end_headers()
                    return
                self._json(*fake.answer(parts.path))

            def do_POST(self) -> None:
                fake.seen.append(self.path)
                length = int(self.headers["Content-Length"])
                self._json(*fake.exchange(parse_qs(self.rfile.read(length).decode())))

            def _json(self, status: int, document: dict[str, Any]) -> None:
                body = json.dumps(document).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
