"""An organisation's sign-in on this machine: an OpenID provider that says what a test wants it to say.

Its answers are made by a real server, and its tokens signed with real keys.
"""

from __future__ import annotations

import hmac
import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from app.settings import Settings
from tests.conftest import NOW

CLIENT, SUBJECT = "koolle", "00u7731"
BACK = "/sign-in/organisation/back"


@dataclass
class Provider:
    """What it says of itself, which claims it signs in which way, and what it was asked."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1", "use": "sig"}))
    other: RSAKey | None = None  # another key, that it does not tell of
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "1"})
    claims: dict[str, Any] = field(default_factory=dict)
    description: dict[str, Any] = field(default_factory=dict)
    token: str | None = None
    asked: list[tuple[str, dict]] = field(default_factory=list)
    nonce: str = ""

    def described(self) -> dict[str, Any]:
        told = {"issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize"}
        told |= {"token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys"}
        return told | self.description

    def id_token(self, at: datetime = NOW) -> str:
        now = int(at.timestamp())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": SUBJECT, "iat": now, "exp": now + 300, "nonce": self.nonce}
        claims = {name: value for name, value in (claims | self.claims).items() if value is not None}
        if self.header["alg"] == "none":
            return unsigned(claims)
        if self.header["alg"].startswith("HS"):
            return signed_as_if_shared(self.header, claims, self.key.as_pem(private=False))
        return jwt.encode(self.header, claims, self.other or self.key, algorithms=[self.header["alg"]])


def part(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def unsigned(claims: dict[str, Any]) -> str:
    return f"{part(json.dumps({'alg': 'none', 'typ': 'JWT'}).encode())}.{part(json.dumps(claims).encode())}."


def signed_as_if_shared(header: dict[str, Any], claims: dict[str, Any], public: bytes) -> str:
    """A token signed with the public key, as if it were a secret of both (JWS, RFC 7518 section 3.2)."""
    text = f"{part(json.dumps(header).encode())}.{part(json.dumps(claims).encode())}"
    return f"{text}.{part(hmac.digest(public, text.encode(), 'sha' + header['alg'][2:]))}"


@contextmanager
def provided() -> Iterator[Provider]:
    """Yield a provider that answers until the block ends."""
    provider = Provider()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            provider.asked.append((path, {}))
            keys = {"keys": [provider.key.as_dict(private=False)]}
            self.tell(provider.described() if path.endswith("openid-configuration") else keys)

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers.get("content-length", 0))).decode())
            provider.asked.append((self.path, {name: values[0] for name, values in form.items()}))
            token = provider.token if provider.token is not None else provider.id_token()
            self.tell({"access_token": "x", "token_type": "Bearer", "id_token": token})

        def tell(self, told: dict[str, Any]) -> None:
            content = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        provider.issuer = f"http://127.0.0.1:{server.server_port}"
        yield provider
        server.shutdown()


def told_of(settings: Settings, provider: Provider) -> Settings:
    """The settings of an installation that has this provider."""
    return replace(
        settings, oidc_issuer=provider.issuer, oidc_client_id=CLIENT, oidc_client_secret="salaisuus", oidc_name="RM"
    )


def go(client, provider: Provider, **how) -> dict[str, str]:
    """Begin in a browser; return what was asked of the provider."""
    answer = client.get("/sign-in/organisation", params=how)
    assert answer.status_code == 303 and answer.headers["location"].startswith(f"{provider.issuer}/authorize?")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}
    provider.nonce = asked["nonce"]
    return asked


def back(client, state: str, code: str = "c"):
    """Come back to us in a browser."""
    return client.get(BACK, params={"state": state, "code": code})
