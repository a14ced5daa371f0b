"""What is said on the next page is carried there by a cookie, which a browser keeps only while it is short."""

from __future__ import annotations

from urllib.parse import unquote

from app.distribution.codes import code_of, mark_of
from app.distribution.recipients import Term


def test_a_long_name_is_said_shortened(signed_in):
    at = signed_in.post("/lists", data={"name": "Siltalista", "people": ""}).headers["location"]
    signed_in.post(at, data={"name": "😀" * 200})
    answer = signed_in.post(f"{at}/deletion")
    cookie = answer.headers["set-cookie"]
    assert (answer.status_code, "…" in unquote(cookie), len(cookie) < 4096) == (303, False, True)


def test_what_is_said_never_outgrows_a_cookie(signed_in, session):
    term = Term("text", text="😀" * 5000)
    at = signed_in.post("/lists", data={"name": "Siltalista", "people": ""}).headers["location"]
    field = signed_in.get(at).text.partition("/recipients/")[2].partition("/")[0].partition('"')[0]
    signed_in.post(f"/recipients/{field}/restoration", data={"item": code_of(term), "place": "0"})
    answer = signed_in.post(f"/recipients/{field}/removal", data={"item": mark_of(term)})
    cookie = answer.headers["set-cookie"]
    assert (answer.status_code, "…" in unquote(cookie), len(cookie) < 4096) == (303, True, True)
