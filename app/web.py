"""Pages, fragments, redirects and forms: the only module that knows htmx."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import quote, unquote

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2_fragments import render_block
from markupsafe import Markup
from sqlalchemy import text
from sqlalchemy.orm import Session
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from app import dates, language
from app.assets import ROOT, assets
from app.cookies import forget, keep, kept
from app.db import DbSession
from app.errors import Invalid
from app.urlencoded import fields_of
from app.versions import Overtaken, Theirs, check_version, taken_over, version_of

# of a page within a page that shows a mail: it runs and loads nothing
FRAME_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
MOST_FIELDS = 5000
MOST_OF_FIELD = 12_000_000  # bytes beside files: more than may be pasted (app/imports/uploading.py), which then says so
MOST_OF_FLASH = 300  # letters of up to twelve bytes each: a browser keeps cookies of 4,096 (RFC 6265, 6.1)


class Key(IntegerConvertor):
    """`{event_id:int}` in an address: a row's key. What cannot be one is no address of ours, and no query sees it."""

    regex = "[0-9]{1,9}"


register_url_convertor("int", Key())


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
    for name in ("day", "day_long", "weekday_day", "month", "clock", "day_and_clock"):
        function = getattr(dates, name)
        env.filters[name] = lambda value, function=function: function(value, language.spoken())
    env.globals.update(
        static=assets.url, languages=language.LANGUAGES, in_zone=dates.in_zone, at_home=dates.at_home,
        clock_range=lambda start, end=None: dates.clock_range(start, end, language.spoken()),
        when=lambda start, end=None, long=True: dates.when(start, end, language.spoken(), long=long),
    )  # fmt: skip
    env.globals["ui"] = env.get_template("shared/fields.html").module
    return env


env = _environment()


class Form:
    """What a form shows: what was typed, else the stored values; what is wrong, by field; and what it is made from."""

    def __init__(
        self, values: Mapping[str, Any] | FormData | None = None, problems: Iterable[tuple[str, str]] = (),
        *, overtaken: Overtaken | None = None, version: str | None = None,
    ):  # fmt: skip
        self._values = {} if values is None else values
        self.errors = list(problems)
        self.overtaken = overtaken
        self.draft: Any = None  # what its reader had begun in it and never saved (app/drafts/offering.py)
        self._version = version

    @classmethod
    def refused(cls, posted: FormData, error: Invalid) -> Form:
        """A form as it was sent: with what is wrong, or beside what somebody else has stored meanwhile."""
        return cls(posted, error.problems, overtaken=error if isinstance(error, Overtaken) else None)

    @property
    def version(self) -> str:
        """What the form is made from (app/versions.py)."""
        if self.overtaken is not None:
            return self.overtaken.version
        if self._version is not None:
            return self._version
        sent = isinstance(self._values, FormData)
        return str(self._values.get("version", "")) if sent else version_of(self._values)

    def theirs(self, name: str) -> Theirs | None:
        """What somebody else has stored in a field meanwhile."""
        return self.overtaken.fields.get(name) if self.overtaken is not None else None

    def value(self, name: str) -> str:
        """What stands in a field; nothing for a tick that is not set."""
        value = self._values.get(name)
        return "" if value is None or value is False else str(value)

    def values(self, name: str) -> list[str]:
        """All values of a field that may have several."""
        if isinstance(self._values, FormData):
            return [str(value) for value in self._values.getlist(name)]
        value = self._values.get(name) or []
        return [str(item) for item in value] if isinstance(value, list | tuple | set) else [str(value)]

    def error(self, name: str) -> str | None:
        return next((sentence for place, sentence in self.errors if place == name), None)


async def posted_form(request: Request) -> FormData:
    """What a form sent, without NUL: nobody means it, and PostgreSQL cannot keep it. Raises HTTPException."""
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        try:
            sent = fields_of(await request.body(), MOST_FIELDS)
        except ValueError:
            raise HTTPException(400) from None
    elif "charset=" in request.headers.get("content-type", "").lower():
        raise HTTPException(400)  # no browser names one, and `unicode_escape` would bring in letters that none can keep
    else:
        form = await request.form(max_fields=MOST_FIELDS, max_files=50, max_part_size=MOST_OF_FIELD)
        sent = form.multi_items()
    whole = [(name, value.replace("\0", "") if isinstance(value, str) else value) for name, value in sent]
    request.state.posted = FormData(whole)  # for the page that says why it could not be taken (app/kept.py)
    button = request.state.posted.get("action")  # as a route reads it, so that the trail is told what was done
    known = isinstance(button, str) and button.isascii() and button.isprintable()
    request.state.action = button[:80] if known else ""
    return request.state.posted


Posted = Annotated[FormData, Depends(posted_form)]


def checked(posted: FormData, shown: Mapping[str, Any]) -> FormData:
    """Return what a form that edits sent, if it was made from what is stored: shown are the stored values as its page
    shows them. Where the writer took over what somebody else had stored, that stands in it. Raises Overtaken."""
    check_version(posted, shown)
    taken = taken_over(posted, shown)
    names = {name for name, _value in taken}
    return FormData([*((name, value) for name, value in posted.multi_items() if name not in names), *taken])


def _alone(request: Request, session: DbSession) -> Session:
    """The session of a request that edits: until it ends nobody else edits at the same address.

    On SQLite nobody else writes at all; on PostgreSQL two could compare with the same row, and both save."""
    if session.get_bind().dialect.name == "postgresql":
        path = {"path": request.scope["path"]}
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:path, 0))"), path)
    return session


EditSession = Annotated[Session, Depends(_alone, scope="function")]


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
    settings = request.app.state.settings
    flash = kept(request, settings, "flash")
    context |= {
        "request": request,
        "url_for": lambda name, /, **params: address(request.app, name, **params),
        "locale": language.spoken(),
        "account": context.get("account"),
        "flashes": [unquote(flash)] if flash else [], "demo": settings.demo,
    } | {name: getattr(request.state, name, ()) for name in ("may", "at_work")}  # fmt: skip
    if status >= 400:
        request.state.refused = True  # nothing was done that an audit would ask for
    fragment = block is not None and is_htmx(request)
    aside = SAID_ASIDE if template.startswith("layout/") and is_htmx(request) else {}
    html = render_block(env, template, block, **context) if fragment else env.get_template(template).render(context)
    if fragment and context.get("stages"):  # what changed in the block has changed the figures of the event's line
        line = render_block(env, template, "line", **context)
        html += f'<hx-partial hx-target="#event-line" hx-swap="outerHTML">{line}</hx-partial>'
    shown = getattr(request.state, "shown", str)  # to who may only look (app/access.py)
    response = HTMLResponse(shown(html), status, {"Vary": "HX-Request", **aside, **(headers or {})})
    if flash:
        forget(response, settings, "flash")
    return response


def redirect(request: Request, url: str, flash: str | None = None) -> Response:
    """Send the browser on after a form, with a sentence for the next page; htmx is told to load the whole page."""
    url = str(url)
    response = (
        Response(status_code=204, headers={"HX-Redirect": url}) if is_htmx(request) else RedirectResponse(url, 303)
    )
    if flash:
        flash = flash if len(flash) <= MOST_OF_FLASH else flash[: MOST_OF_FLASH - 1] + "…"
        keep(response, request.app.state.settings, "flash", quote(flash), 60)
    return response


def own_path(text: str) -> str:
    """Return a path on our own origin, or / for anything else (`//elsewhere`, `/\\elsewhere`, control characters)."""
    plain = text.startswith("/") and not text.startswith(("//", "/\\")) and "\\" not in text
    return text if plain and text.isprintable() and text.isascii() else "/"
