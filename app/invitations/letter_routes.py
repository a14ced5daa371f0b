"""The letter: read as each recipient gets it, written in each language, tried on oneself, kept as a template."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.access import CurrentSettings, Now, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.drafts.offering import offering
from app.errors import Invalid
from app.events.queries import RequestedEvent
from app.forms import key_of
from app.guard import CONTENT_POLICY
from app.invitations.keeping import save_letter, write_itself
from app.invitations.letter_templates import keep_letter, templates_for
from app.invitations.previewing import beginning_of, preview_of
from app.invitations.readers import invitees_called
from app.invitations.trial import send_test
from app.language import LANGUAGES, spoken
from app.language import gettext as _
from app.people.words import body_name
from app.versions import version_of
from app.web import FRAME_POLICY, EditSession, Form, Posted, checked, redirect, render

router = APIRouter()


@router.get("/events/{event_id:int}/invitation/letter", name="invitation_letter")
def show(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    write: str = "", who: str | None = None,
):  # fmt: skip
    return letter_page(request, session, settings, account, event, writing=bool(write), who=who)


def letter_page(
    request: Request, session, settings, account, event, *, writing: bool, error=None, posted=None, who=None,
):  # fmt: skip
    """The letter as one recipient gets it; beside it who that is, or the form in which it is written.

    who: the words by which a recipient is looked for. Refused is a form of the letter, or of a template's name.
    """
    asked = request.query_params if posted is None else posted
    preview = preview_of(
        session, settings, event, str(asked.get("as", "")), str(asked.get("language", "")), writing=writing
    )
    begun = beginning_of(session, settings, event, preview, asked) if writing else preview.letter
    form = Form(vars(begun), version=version_of(vars(preview.letter)))
    if error is not None:
        form = Form.refused(posted, error)
    elif writing:
        form = offering(request, session, form, vars(preview.letter), letter_form(request, event, preview.language))
    headers = {"Content-Security-Policy": CONTENT_POLICY + "; frame-src 'self'"}
    return render(
        request, "invitations/letter.html", block="found" if who is not None else "letter",
        status=error.status if error else 200, headers=headers, account=account, event=event, preview=preview,
        form=form, writing=writing, stages=event_line(session, event), who=who or "",
        found=invitees_called(session, event, who or ""),
        templates=[(one.id, one.name) for one in templates_for(session, event, preview.language)] if writing else [],
        convener=body_name(event.convener, spoken()),
    )  # fmt: skip


@router.get("/events/{event_id:int}/invitation/letter/mail", name="letter_mail")
def mail(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    language: str = "",
):  # fmt: skip
    """The HTML part of the mail in a page of its own, which runs and loads nothing."""
    preview = preview_of(session, settings, event, request.query_params.get("as", ""), language)
    html = preview.html.replace("<head>", '<head><base target="_blank">', 1)
    return HTMLResponse(html, headers={"Content-Security-Policy": FRAME_POLICY})


@router.post("/events/{event_id:int}/invitation/letter")
def save(
    request: Request, session: EditSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    posted: Posted,
) -> Response:  # fmt: skip
    language = language_posted(posted, event)
    if posted.get("own"):
        write_itself(session, event, language)
        return back(request, event, language, _("The letter writes itself again."))
    stored = preview_of(session, settings, event, "", language, writing=True).letter
    try:
        posted = checked(posted, vars(stored))
        save_letter(session, event, language, posted)
    except Invalid as error:
        return letter_page(request, session, settings, account, event, writing=True, error=error, posted=posted)
    return back(request, event, language, _("The letter is saved."))


@router.post("/events/{event_id:int}/invitation/letter/test", name="test_letter")
def send_to_oneself(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    posted: Posted, at: Now,
) -> Response:  # fmt: skip
    recipient = send_test(session, settings, event, account, key_of(posted.get("as")), at=at)
    if recipient is None:
        return back(request, event, "", _("Pick people first: a test is sent as one of them would get it."))
    said = _("A test is on its way to %(address)s, as %(name)s would get it.")
    here = f"{request.app.url_path_for('invitation_letter', event_id=event.id)}?as={recipient.id}"
    return redirect(request, here, flash=said % {"address": account.email, "name": recipient.person.name})


@router.post("/events/{event_id:int}/invitation/letter/template", name="keep_letter")
def keep(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    posted: Posted,
) -> Response:  # fmt: skip
    language = language_posted(posted, event)
    letter = preview_of(session, settings, event, "", language, writing=True).letter
    try:
        template = keep_letter(session, event, letter, language, posted)
    except Invalid as error:
        return letter_page(request, session, settings, account, event, writing=False, error=error, posted=posted)
    return back(request, event, language, _("The letter is kept as the template “%(name)s”.") % {"name": template.name})


def letter_form(request: Request, event, language: str) -> str:
    """Return the address that a letter's form is sent to: each language has its own, and so its own draft."""
    return f"{request.app.url_path_for('invitation_letter', event_id=event.id)}?language={language}"


def language_posted(posted, event) -> str:
    """Return the language that a form is about; by default the event's."""
    language = str(posted.get("language", ""))
    return language if language in LANGUAGES else event.language


def back(request: Request, event, language: str, said: str) -> Response:
    here = request.app.url_path_for("invitation_letter", event_id=event.id)
    return redirect(request, f"{here}?language={language}" if language else here, flash=said)
