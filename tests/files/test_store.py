"""A file is kept once, whatever it is called and however often it comes."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.errors import NotFound
from app.files.models import StoredFile
from app.files.store import read, store


def test_the_same_content_is_kept_once(session):
    first, again, other = store(session, b"kutsu"), store(session, b"kutsu"), store(session, b"ohjelma")
    assert first == again != other
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 2
    assert (read(session, first), read(session, other)) == (b"kutsu", b"ohjelma")


def test_a_hash_that_nobody_stored_is_not_found(session):
    with pytest.raises(NotFound):
        read(session, "0" * 64)
