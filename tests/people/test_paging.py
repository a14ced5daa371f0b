from __future__ import annotations

import pytest

from app.people.paging import page_of


@pytest.mark.parametrize(
    ("total", "number", "first", "last", "earlier", "later"),
    [
        (0, "1", 0, 0, None, None),
        (2, "1", 1, 2, None, None),
        (3, "1", 1, 2, None, 2),
        (3, "2", 3, 3, 1, None),
        (5, "2", 3, 4, 1, 3),
        (5, "99", 5, 5, 2, None),
        (5, "-1", 1, 2, None, 2),
        (5, "0", 1, 2, None, 2),
        (5, "٣", 1, 2, None, 2),
        (5, "9" * 5000, 1, 2, None, 2),
        (5, "", 1, 2, None, 2),
    ],
)
def test_pages(total, number, first, last, earlier, later):
    page = page_of(range(total), number, size=2)
    assert (page.first, page.last, page.total, page.earlier, page.later) == (first, last, total, earlier, later)
    assert list(page.rows) == list(range(total))[max(first - 1, 0) : last]
