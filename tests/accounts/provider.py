"""An organisation's sign-in of our own, on a real socket: OpenID Connect as far as Koolle asks, and every way to be
wrong."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "koolle", "salaisuus"


class Provider:
    """What it says of itself and of people; a test changes it: `claims`, `algorithm`, `key`, `issuer`."""

    def __init__(self):
        self.signing = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.begin()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def begin(self) -> None:
        """Be sound again."""
        self.issuer, self.claims, self.algorithm, self.key = self.url, {}, "RS256", self.signing
        self.status, self.codes, self.asked = 200, {}, []
        self.slow, self.padding = "", 0  # the address whose answer comes letter by letter; blanks after an answer

    def sign_in(self, url: str, at, code: str = "code") -> str:
        """Play the person who signs in there; returns the path that the browser is led back to."""
        asked = {name: one[0] for name, one in parse_qs(urlsplit(url).query).items()}
        self.asked.append(asked)
        now = int(at.timestamp())
        sound = {
            "iss": self.url, "aud": CLIENT, "sub": "hakala-7", "nonce": asked["nonce"], "iat": now, "exp": now + 300,
            "email": "somebody.else@koolle.example",
        }  # fmt: skip
        self.codes[code] = asked, sound
        return f"/sign-in/organisation/back?state={asked['state']}&code={code}"

    def confuse(self) -> None:
        """Sign with the public key as if it were a shared secret (CVE-2026-114615, algorithm confusion)."""
        self.algorithm, self.key = "HS256", self.signing.as_pem(private=False)

    def _id_token(self, sound: dict) -> str:
        claims = {name: value for name, value in (sound | self.claims).items() if value is not None}
        header = {"alg": self.algorithm, "kid": "one"}
        if self.algorithm == "RS256":
            return jwt.encode(header, claims, self.key)
        signed = ".".join(_b64(json.dumps(part).encode()) for part in (header, claims))
        signature = hmac.digest(self.key, signed.encode(), "sha256") if self.algorithm == "HS256" else b""
        return f"{signed}.{_b64(signature)}"

    def _answer(self, path: str, form: dict[str, str], authorization: str) -> dict | None:
        if path == "/.well-known/openid-configuration":
            places = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
            return {"issuer": self.issuer, **{name: self.url + place for name, place in places.items()}}
        if path == "/keys":
            return {"keys": [self.signing.as_dict(private=False)]}
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        found = self.codes.pop(form.get("code"), None)
        if path != "/token" or authorization != f"Basic {expected}" or found is None:
            return None
        asked, sound = found
        proved = _b64(hashlib.sha256(form["code_verifier"].encode()).digest()) == asked["code_challenge"]
        return {"access_token": "x", "token_type": "Bearer", "id_token": self._id_token(sound)} if proved else None

    def _handler(self):
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.answer({})

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.answer({name: one[0] for name, one in parse_qs(body).items()})

            def answer(self, form):
                said = provider._answer(urlsplit(self.path).path, form, self.headers.get("Authorization", ""))
                content = json.dumps(said or {"error": "invalid_grant"}).encode() + b" " * provider.padding
                if provider.slow and self.path.endswith(provider.slow):
                    return self.drip(content)
                self.send_response(provider.status if said else 400)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def drip(self, content):
                """Send it letter by letter, which would take minutes."""
                answer = b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + content
                with suppress(OSError):
                    for place in range(len(answer)):
                        self.connection.sendall(answer[place : place + 1])
                        time.sleep(0.1)

            def log_message(self, *_args):
                pass

        return Handler


def _b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
