from __future__ import annotations

import pytest


@pytest.fixture
def desk(signed_in):
    """Helmi's browser in English, the language of the messages in the code."""
    signed_in.headers["Accept-Language"] = "en"
    return signed_in
