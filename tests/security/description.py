"""The OpenAPI description of every route, with what our forms send: FastAPI's own knows no form."""

from __future__ import annotations

import inspect
import re
import sys
import warnings
from typing import Any
from urllib.parse import quote

from app.rooms import ROUTERS
from tests.security.hostile_texts import HEADERS, KEYS, WORDS
from tests.security.in_process import InProcess
from tests.security.pages_forms import Found, forms_in
from tests.test_query_counts import addresses

READS = re.compile(
    r"""(?:line|text|choice|whole|day|local_time|address|tick|get|getlist|_key|key_of)\(\s*"([a-z_0-9]+)\""""
)
FREE = "koolle"  # a field that no form of ours has
TEXT = {"type": "string", "maxLength": 40}


def described(house: InProcess) -> dict[str, Any]:
    """Return the description of all routes by the house's world: its keys among hostile ones, its forms' fields."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a route that takes GET and HEAD has one name for both
        description = house.app.openapi()
    forms, reads = _forms(house), _reads()
    for path, item in description["paths"].items():
        for method, operation in item.items():
            found = forms.get(path, Found())
            fields = {name: list(values) for name, values in found.fields.items()}
            for name in reads.get((path, method), ()):
                fields.setdefault(name, [])
            operation["parameters"] = [
                *(_parameter(house, one) for one in operation.get("parameters", [])), *_headers()
            ]  # fmt: skip
            operation["responses"] = {"200": {"description": "anything"}}
            if method in ("get", "head"):
                named = {one["name"] for one in operation["parameters"]}
                asked = {name: values for name, values in fields.items() if name not in named} | {FREE: []}
                operation["parameters"] += [_query(name, values) for name, values in asked.items()]
            else:
                operation["requestBody"] = {"required": True, "content": _bodies(fields, found.files)}
    return description


def _value(seen: list[str], hostile: list[str]) -> dict[str, Any]:
    known = [{"enum": seen}] if seen else []
    return {"anyOf": [*known, {"enum": hostile}, TEXT]}


def _parameter(house: InProcess, one: dict[str, Any]) -> dict[str, Any]:
    if one["in"] == "path":
        real = [str(house.ids[one["name"]])] if one["name"] in house.ids else ["1"]
        if one["name"] == "public_id":
            real.append(house.ids["draft_public_id"])
        return one | {"schema": {"anyOf": [{"enum": real}, {"enum": [*real, *KEYS]}]}}
    return _query(one["name"], [str(one["schema"]["default"])] if "default" in one["schema"] else [])


def _query(name: str, values: list[str]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": _value(values, WORDS)}


def _headers() -> list[dict[str, Any]]:
    given = {"HX-Request": ["true"], "HX-Current-URL": [], "Accept-Language": ["fi", "sv", "en"], "Range": []}
    return [
        {"name": name, "in": "header", "required": False, "schema": {"enum": [*values, *HEADERS]}}
        for name, values in given.items()
    ]


def _bodies(fields: dict[str, list[str]], files: set[str]) -> dict[str, Any]:
    properties = {
        name: {"anyOf": [_value(values, WORDS), {"type": "array", "items": _value(values, WORDS), "maxItems": 3}]}
        for name, values in (fields | {FREE: []}).items()
    }
    bodies = {"application/x-www-form-urlencoded": {"schema": _form(properties)}}
    if files:
        parts = properties | dict.fromkeys(files, {"type": "string", "maxLength": 200})
        bodies["multipart/form-data"] = {"schema": _form(parts)}
    return bodies


def _form(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _forms(house: InProcess) -> dict[str, Found]:
    """By a route's path, what the world's pages would send there, as the secretary and as the guest sees them."""
    pages = []
    for url, status in addresses(house.ids):
        role = "guest" if url.startswith("/m/") else "owner"
        path, _, query = url.partition("?")
        answer = house.ask("get", path.replace(" ", "%20"), quote(query, safe="=&%"), role=role)
        if answer.status == status == 200 and answer.headers.get(b"content-type", b"").startswith(b"text/html"):
            pages.append((url, answer.body.decode()))
    routes = [route for router in ROUTERS for route in router.routes]
    by_route: dict[str, Found] = {}
    for address, found in forms_in(pages).items():
        for route in (one for one in routes if one.path_regex.match(address)):
            into = by_route.setdefault(route.path_format, Found())
            into.files |= found.files
            for name, values in found.fields.items():
                into.fields[name] = [*dict.fromkeys([*into.fields[name], *values])][:12]
    return by_route


def _reads() -> dict[tuple[str, str], set[str]]:
    """By path and method, the fields that the module of a route reads: some are in no page of the world."""
    result = {}
    for router in ROUTERS:
        for route in router.routes:
            source = inspect.getsource(sys.modules[route.endpoint.__module__])
            for method in route.methods:
                result[route.path_format, method.lower()] = set(READS.findall(source))
    return result
