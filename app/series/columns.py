"""A row's own values, to make another row of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import inspect


def values_of(row: Any, without: Collection[str]) -> dict[str, Any]:
    """Return a row's values by column, without these columns. Columns that come to be later are among them."""
    return {one.key: getattr(row, one.key) for one in inspect(type(row)).column_attrs if one.key not in without}
