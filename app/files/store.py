"""Uploads and finished papers: each content kept once, under its SHA-256."""

from __future__ import annotations

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.files.models import StoredFile


def store(session: Session, content: bytes) -> str:
    """Keep content unless it is there already; return its SHA-256 in hexadecimal."""
    sha256 = hashlib.sha256(content).hexdigest()
    if session.get(StoredFile, sha256) is None:
        session.add(StoredFile(sha256=sha256, size=len(content), content=content))
        session.flush()
    return sha256


def read(session: Session, sha256: str) -> bytes:
    """Return the content kept under a hash. Raises NotFound for one that is not."""
    content = session.scalar(select(StoredFile.content).where(StoredFile.sha256 == sha256))
    if content is None:
        raise NotFound
    return content
