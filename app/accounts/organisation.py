"""The organisation's own sign-in: OpenID Connect Core 1.0 by the authorization code, with PKCE (RFC 7636).

What this browser began with (state, nonce, verifier) goes along sealed in its own cookie, not in a cache that another
browser's answer could reach. The identity token is believed only as the issuer's own keys sign it, in RS256 or ES256.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import BoundedSemaphore
from typing import Any, NamedTuple

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app.accounts.provider_line import bounded
from app.settings import Settings

SECONDS = 5  # that a provider has for each piece of an answer
IN_ALL = 15  # seconds that it has for one sign-in: description, token and keys together
ALGORITHMS = ["RS256", "ES256"]
LEEWAY = 60  # seconds by which clocks may differ
LASTS = 600  # seconds from the press to the answer
AT_A_TIME = BoundedSemaphore(3)  # who asks the provider: each holds one of the six threads (app/main.py)
DESCRIPTION = "/.well-known/openid-configuration"


class NotBelieved(Exception):
    """The answer is not what was asked for, or is not the issuer's: nobody is signed in by it."""


class Unreachable(Exception):
    """The provider does not answer, or not as one."""


class Begun(NamedTuple):
    """Where to send the browser, and what it keeps meanwhile."""

    url: str
    kept: dict[str, Any]


def begin(settings: Settings, back: str, at: datetime) -> Begun:
    """Return where the provider asks who it is; back is our own address that it answers to. Raises Unreachable."""
    verifier, nonce, state = secrets.token_urlsafe(48), secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    with _asking(settings, back) as client:
        described = _description(settings, client)
        url, _state = client.create_authorization_url(
            described["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
        )
    return Begun(url, {"state": state, "nonce": nonce, "verifier": verifier, "until": at.timestamp() + LASTS})


def subject_of(settings: Settings, back: str, kept: dict[str, Any] | None, state: str, code: str, at: datetime) -> str:
    """Return who has signed in there, by the provider's answer to what this browser keeps. Raises NotBelieved,
    Unreachable."""
    if kept is None or not code or at.timestamp() > kept["until"] or not _same(state, kept["state"]):
        raise NotBelieved
    try:
        with _asking(settings, back) as client:
            described = _description(settings, client)
            answer = client.fetch_token(
                described["token_endpoint"], code=code, code_verifier=kept["verifier"], timeout=SECONDS,
                allow_redirects=False,
            )  # fmt: skip
            keys = KeySet.import_key_set(_asked(client, described["jwks_uri"]))
    except requests.RequestException as error:
        raise Unreachable from error
    except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError) as error:
        raise NotBelieved from error
    return believed(settings, str(answer.get("id_token", "")), keys, kept["nonce"], at)


def believed(settings: Settings, id_token: str, keys: KeySet, nonce: str, at: datetime) -> str:
    """Return the subject of an identity token (OpenID Connect Core 1.0, 3.1.3.7). Raises NotBelieved."""
    now = int(at.timestamp())
    rules = jwt.JWTClaimsRegistry(
        now=now, leeway=LEEWAY, iss={"essential": True, "value": settings.oidc_issuer},
        aud={"essential": True, "value": settings.oidc_client_id}, exp={"essential": True}, iat={"essential": True},
        sub={"essential": True}, nonce={"essential": True, "value": nonce},
    )  # fmt: skip
    try:
        signing = KeySet([key for key in keys.keys if key.key_type in ("RSA", "EC")])
        claims = jwt.decode(id_token, signing, algorithms=ALGORITHMS).claims
        rules.validate(claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise NotBelieved from error
    subject, audience = claims["sub"], claims["aud"]
    others = isinstance(audience, list) and len(audience) > 1
    if others and claims.get("azp") != settings.oidc_client_id:
        raise NotBelieved
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise NotBelieved
    return subject


@contextmanager
def _asking(settings: Settings, back: str) -> Iterator[OAuth2Session]:
    """Let three at a time ask the provider, by a client that comes to an end (provider_line.py); raises Unreachable
    at once for who comes fourth: did they wait, strangers who press the button while the provider is slow would keep
    everybody else out."""
    if not AT_A_TIME.acquire(blocking=False):
        raise Unreachable
    try:
        with _client(settings, back) as client, bounded(client, IN_ALL):
            yield client
    finally:
        AT_A_TIME.release()


def _client(settings: Settings, back: str) -> OAuth2Session:
    return OAuth2Session(
        settings.oidc_client_id, settings.oidc_client_secret, scope="openid", redirect_uri=back,
        code_challenge_method="S256",
    )  # fmt: skip


def _description(settings: Settings, client: OAuth2Session) -> dict[str, Any]:
    """What the provider says of itself, if it says that it is the one that we were told of (Discovery 1.0, 4.3)."""
    try:
        described = _asked(client, str(settings.oidc_issuer).rstrip("/") + DESCRIPTION)
        sound = described["issuer"] == settings.oidc_issuer
        places = [str(described[name]) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        raise Unreachable from error
    scheme = str(settings.oidc_issuer).partition("//")[0] + "//"
    if not sound or not all(place.startswith(scheme) for place in places):
        raise Unreachable
    return described


def _asked(client: OAuth2Session, url: str) -> Any:
    answer = client.get(url, withhold_token=True, timeout=SECONDS, allow_redirects=False)
    if answer.status_code != 200:
        raise ValueError("no description")
    return answer.json()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
