"""Seals a backup as it is written: a stream in parts that can neither be read, changed, left out nor cut off.

AES-256-GCM (NIST SP 800-38D) in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-
Encryption and its Nonce-Reuse Misuse-Resistance, 2015): a part's nonce says which part it is and whether it is the
last. The key comes from the installation's secret, without which a backup could not be used either: links and mails
that wait are made of it.
"""

from __future__ import annotations

import secrets
from io import RawIOBase
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.errors import Refused

BEGINS = b"koolle-backup/1\n"
SALT, TAG, PART = 16, 16, 1 << 20


def _cipher(secret: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=salt, info=b"koolle backup").derive(secret))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealed(RawIOBase):
    """A file to be written into; what is written reaches `target` sealed. `finish` writes the last part."""

    def __init__(self, target: BinaryIO, secret: bytes):
        salt = secrets.token_bytes(SALT)
        target.write(BEGINS + salt)
        self.target, self.cipher, self.number, self.waiting = target, _cipher(secret, salt), 0, bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.waiting += data
        while len(self.waiting) > PART:  # the last part is not known before the end
            self._put(bytes(self.waiting[:PART]), last=False)
            del self.waiting[:PART]
        return len(data)

    def finish(self) -> None:
        self._put(bytes(self.waiting), last=True)
        self.waiting.clear()

    def _put(self, part: bytes, *, last: bool) -> None:
        self.target.write(self.cipher.encrypt(_nonce(self.number, last), part, None))
        self.number += 1


class Unsealed(RawIOBase):
    """A sealed file, to be read. Raises Refused for what is no backup, is of another secret, changed or cut off."""

    def __init__(self, source: BinaryIO, secret: bytes):
        begins, salt = source.read(len(BEGINS)), source.read(SALT)
        if begins != BEGINS or len(salt) < SALT:
            raise Refused("this file is no backup of Koolle's")
        self.source, self.cipher, self.number, self.ready = source, _cipher(secret, salt), 0, bytearray()
        self.next, self.ended = source.read(PART + TAG), False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        while not self.ready and not self.ended:
            self._open()
        size = min(len(buffer), len(self.ready))
        buffer[:size] = self.ready[:size]
        del self.ready[:size]
        return size

    def _open(self) -> None:
        part, self.next = self.next, self.source.read(PART + TAG)
        last = not self.next
        try:
            self.ready += self.cipher.decrypt(_nonce(self.number, last), part, None)
        except (InvalidTag, ValueError) as error:
            raise Refused("the backup was made with another secret, or it is damaged: nothing of it is used") from error
        self.number, self.ended = self.number + 1, last
