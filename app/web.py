"""Pages, fragments, redirects and forms: the only module that knows htmx."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, unquote

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2_fragments import render_block
from markupsafe import Markup
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from app import dates, language
from app.urlencoded import fields_of

ROOT = Path(__file__).parent.parent
NODE = ROOT / "node_modules"
FONTS = {
    "@fontsource-variable": ("latin-wght-normal",),
    "@fontsource": (
        "latin-400-normal",
        "latin-600-normal",
        "latin-400-italic",
        "latin-ext-400-normal",
        "latin-ext-600-normal",
    ),
}

# sheets that a guest's browser, which was never here before, gets in one request
TOGETHER = {"letter.css": ("koolle.css", "forms.css", "public.css")}
mimetypes.add_type("font/woff2", ".woff2")


# of a page within a page that shows a mail: it runs and loads nothing
FRAME_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
MOST_FIELDS = 5000
MOST_OF_FLASH = 300  # letters of up to twelve bytes each: a browser keeps cookies of 4,096 (RFC 6265, 6.1)


class Key(IntegerConvertor):
    """`{event_id:int}` in an address: a row's key. What cannot be one is no address of ours, and no query sees it."""

    regex = "[0-9]{1,9}"


register_url_convertor("int", Key())


class Assets:
    """What the pages need beside themselves, read once, served under one hash of all of it."""

    def __init__(self, files: Iterable[tuple[str, Path]]):
        self.content = {name: file.read_bytes() for name, file in files}
        for name, parts in TOGETHER.items():
            self.content[name] = b"\n".join(self.content[part] for part in parts)
        self.version = hashlib.sha256(b"".join(self.content[name] for name in sorted(self.content))).hexdigest()[:12]
        self.packed = {
            name: gzip.compress(data, 9) for name, data in self.content.items() if not name.endswith("woff2")
        }

    def url(self, name: str) -> str:
        """Return the address of a known asset; an unknown name raises KeyError while the page is made."""
        if name not in self.content:
            raise KeyError(f"no such asset: {name}")
        return f"/static/{self.version}/{name}"

    def response(self, name: str, accept_encoding: str) -> Response | None:
        """Return an asset to be kept for a year, packed if the browser takes that; None for an unknown name."""
        if name not in self.content:
            return None
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
        content = self.content[name]
        if name in self.packed and "gzip" in accept_encoding:
            headers["Content-Encoding"] = "gzip"
            content = self.packed[name]
        return Response(content, media_type=mimetypes.guess_type(name)[0], headers=headers)


def _asset_files() -> Iterable[tuple[str, Path]]:
    yield "htmx.js", NODE / "htmx.org" / "dist" / "htmx.min.js"
    yield "sortable.js", NODE / "sortablejs" / "Sortable.min.js"
    own = Path(__file__).parent / "static"
    for file in sorted(own.rglob("*")):
        if file.is_file():
            yield file.relative_to(own).as_posix(), file
    for package, cuts in FONTS.items():
        for cut in cuts:
            name = f"source-sans-3-{cut}.woff2"
            yield f"fonts/{name}", NODE / package / "source-sans-3" / "files" / name


assets = Assets(_asset_files())


@pass_eval_context
def say(eval_ctx: EvalContext, message: str, /, **variables: Any) -> str:
    """What `_("…")` and trans do in templates: as Jinja's own, without formatting what has nothing to be filled in."""
    text = language.gettext(message)
    if eval_ctx.autoescape:
        text = Markup(text)
    return text % variables if variables or "%" in text else text


def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"], auto_reload=False,
    )  # fmt: skip
    env.install_gettext_callables(
        language.gettext, language.ngettext, newstyle=True, pgettext=language.pgettext, npgettext=language.npgettext
    )
    env.globals["_"] = env.globals["gettext"] = say
    for name in ("day", "day_long", "weekday_day", "clock", "day_and_clock"):
        function = getattr(dates, name)
        env.filters[name] = lambda value, function=function: function(value, language.spoken())
    env.globals.update(
        static=assets.url,
        languages=language.LANGUAGES,
        in_zone=dates.in_zone,
        clock_range=lambda start, end=None: dates.clock_range(start, end, language.spoken()),
        when=lambda start, end=None, long=True: dates.when(start, end, language.spoken(), long=long),
    )
    env.globals["ui"] = env.get_template("shared/fields.html").module
    return env


env = _environment()


class Form:
    """What a form shows: what was typed, else the stored values; and what is wrong, by field."""

    def __init__(self, values: Mapping[str, Any] | FormData | None = None, problems: Iterable[tuple[str, str]] = ()):
        self._values = {} if values is None else values
        self.errors = list(problems)

    def value(self, name: str) -> str:
        value = self._values.get(name)
        return "" if value is None else str(value)

    def values(self, name: str) -> list[str]:
        """All values of a field that may have several."""
        if isinstance(self._values, FormData):
            return [str(value) for value in self._values.getlist(name)]
        value = self._values.get(name) or []
        return [str(item) for item in value] if isinstance(value, list | tuple | set) else [str(value)]

    def error(self, name: str) -> str | None:
        return next((sentence for place, sentence in self.errors if place == name), None)


async def _posted(request: Request) -> FormData:
    """What a form sent, without NUL: nobody means it, and PostgreSQL cannot keep it."""
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        try:
            sent = fields_of(await request.body(), MOST_FIELDS)
        except ValueError:
            raise HTTPException(400) from None
    elif "charset=" in request.headers.get("content-type", "").lower():
        raise HTTPException(400)  # no browser names one, and `unicode_escape` would bring in letters that none can keep
    else:
        # a field may be as long as a request (app/guard.py), so that the form itself can say that it is too long
        form = await request.form(max_fields=MOST_FIELDS, max_files=50, max_part_size=30_000_000)
        sent = form.multi_items()
    button = next((value for name, value in sent if name == "action" and isinstance(value, str)), "")
    request.state.action = button[:80] if button.isascii() and button.isprintable() else ""
    return FormData([(name, value.replace("\0", "") if isinstance(value, str) else value) for name, value in sent])


Posted = Annotated[FormData, Depends(_posted)]


@lru_cache(8192)
def address(app: FastAPI, name: str, /, **params: Any) -> str:
    """Return the path of a route by name; remembered, since looking through all routes costs as much as a query."""
    return str(app.url_path_for(name, **params))


# What a page says in place of itself (refused, not found) is said at the top instead: what was typed below stays.
SAID_ASIDE = {"HX-Retarget": "#flash", "HX-Reselect": "#main > p", "HX-Reswap": "innerHTML show:top"}


def is_htmx(request: Request) -> bool:
    return request.headers.get("HX-Request") == "true"


def render(
    request: Request,
    template: str,
    *,
    block: str | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """Return a page; to htmx, only its block (name = element id = target) where one is named, and the event's line."""
    flash = request.cookies.get("flash")
    context |= {
        "request": request,
        "url_for": lambda name, /, **params: address(request.app, name, **params),
        "locale": language.spoken(),
        "account": context.get("account"),
        "flashes": [unquote(flash)] if flash else [],
        "demo": request.app.state.settings.demo,
    }
    if status >= 400:
        request.state.refused = True  # nothing was done that an audit would ask for
    fragment = block is not None and is_htmx(request)
    aside = SAID_ASIDE if template.startswith("layout/") and is_htmx(request) else {}
    html = render_block(env, template, block, **context) if fragment else env.get_template(template).render(context)
    if fragment and context.get("stages"):  # what changed in the block has changed the figures of the event's line
        line = render_block(env, template, "line", **context)
        html += f'<hx-partial hx-target="#event-line" hx-swap="outerHTML">{line}</hx-partial>'
    response = HTMLResponse(html, status, {"Vary": "HX-Request", **aside, **(headers or {})})
    if flash:
        response.delete_cookie("flash", path="/")
    return response


def redirect(request: Request, url: str, flash: str | None = None) -> Response:
    """Send the browser on after a form, with a sentence for the next page; htmx is told to load the whole page."""
    url = str(url)
    response = (
        Response(status_code=204, headers={"HX-Redirect": url}) if is_htmx(request) else RedirectResponse(url, 303)
    )
    if flash:
        flash = flash if len(flash) <= MOST_OF_FLASH else flash[: MOST_OF_FLASH - 1] + "…"
        secure = request.app.state.settings.https
        response.set_cookie("flash", quote(flash), max_age=60, path="/", httponly=True, samesite="lax", secure=secure)
    return response


def own_path(text: str) -> str:
    """Return a path on our own origin, or / for anything else (`//elsewhere`, `/\\elsewhere`, control characters)."""
    plain = text.startswith("/") and not text.startswith(("//", "/\\")) and "\\" not in text
    return text if plain and text.isprintable() and text.isascii() else "/"
