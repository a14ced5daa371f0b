"""A sealed stream comes back whole, or not at all."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.backups import sealing
from app.backups.sealing import BEGINS, SALT, TAG, Sealed, Unsealed
from app.errors import Refused

SECRET = b"0" * 32
PART = 64


@pytest.fixture(autouse=True, scope="module")
def small_parts():
    """Parts of 64 bytes, so that a short text has many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "PART", PART)
        yield


def sealed(content: bytes) -> bytes:
    target = io.BytesIO()
    stream = Sealed(target, SECRET)
    for start in range(0, len(content), 50):
        stream.write(content[start : start + 50])
    stream.finish()
    return target.getvalue()


def opened(data: bytes, secret: bytes = SECRET) -> bytes:
    return io.BufferedReader(Unsealed(io.BytesIO(data), secret)).read()


@given(st.binary(max_size=1000))
def test_what_is_sealed_opens_as_it_was(content):
    data = sealed(content)
    assert opened(data) == content
    parts = max(-(-len(content) // PART), 1)
    assert len(data) == len(BEGINS) + SALT + len(content) + parts * TAG


@pytest.mark.parametrize("length", [0, 1, PART - 1, PART, PART + 1, 3 * PART])
def test_nothing_can_be_cut_off_changed_or_moved(length):
    data = sealed(bytes(length))
    for end in range(len(data)):
        with pytest.raises(Refused):
            opened(data[:end])
    for place in range(len(data)):
        with pytest.raises(Refused):
            opened(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
    with pytest.raises(Refused):
        opened(data + b"x")
    with pytest.raises(Refused):
        opened(data, b"1" * 32)


def test_parts_cannot_change_places():
    data = sealed(bytes(range(200)))
    head, part = len(BEGINS) + SALT, PART + TAG
    swapped = data[:head] + data[head + part : head + 2 * part] + data[head : head + part] + data[head + 2 * part :]
    with pytest.raises(Refused):
        opened(swapped)


def test_two_seals_of_one_text_have_nothing_in_common():
    assert sealed(b"x" * 300)[len(BEGINS) :] != sealed(b"x" * 300)[len(BEGINS) :]
