"""Templates of letters: all of them, a new one, one to be changed, its end."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.access import Signed
from app.db import DbSession
from app.drafts.offering import offering
from app.errors import Invalid
from app.invitations.letter_templates import (
    all_templates,
    convening_groups,
    delete_template,
    template_by_id,
    template_values,
    write_template,
)
from app.invitations.words import template_kinds
from app.language import LANGUAGES, spoken
from app.language import gettext as _
from app.people.words import body_name
from app.versions import Overtaken
from app.web import EditSession, Form, Posted, checked, redirect, render

router = APIRouter()
EMPTY = {"name": None, "subject": None, "body": "\n\n{link}\n"}  # a new template in which nothing is written yet


@router.get("/letters", name="letter_templates")
def show_all(request: Request, session: DbSession, account: Signed):
    return render(
        request, "invitations/templates.html", account=account, templates=all_templates(session),
        kinds=template_kinds(), named=lambda group: body_name(group, spoken()),
    )  # fmt: skip


@router.get("/letters/new", name="new_letter_template")
def begin(request: Request, session: DbSession, account: Signed):
    form = Form({"kind": "invitation", "language": spoken(), "body": EMPTY["body"]})
    return template_page(request, session, account, offering(request, session, form, EMPTY, request.scope["path"]))


def template_page(request: Request, session, account, form: Form, template=None, status: int = 200) -> Response:
    """The form of a template, new or as it stands, or refused."""
    return render(
        request, "invitations/template.html", status=status, account=account, form=form,
        kept=template, kinds=list(template_kinds().items()), spoken_in=list(LANGUAGES.items()),
        conveners=[("", _("All conveners"))]
        + [(group.id, body_name(group, spoken())) for group in convening_groups(session)],
    )  # fmt: skip


@router.post("/letters/new")
def add(request: Request, session: DbSession, account: Signed, posted: Posted):
    try:
        template = write_template(session, posted)
    except Invalid as error:
        return template_page(request, session, account, Form(posted, error.problems), status=422)
    return kept(request, template)


@router.get("/letters/{template_id:int}", name="letter_template")
def show(request: Request, session: DbSession, account: Signed, template_id: int):
    template = template_by_id(session, template_id)
    stored = template_values(template)
    form = offering(request, session, Form(stored), stored, request.scope["path"])
    return template_page(request, session, account, form, template)


@router.post("/letters/{template_id:int}")
def change(request: Request, session: EditSession, account: Signed, template_id: int, posted: Posted):
    template = template_by_id(session, template_id)
    try:
        posted = checked(posted, template_values(template))
        write_template(session, posted, template)
    except Invalid as error:
        return template_page(request, session, account, Form.refused(posted, error), template, error.status)
    return kept(request, template)


@router.get("/letters/{template_id:int}/delete", name="delete_letter_template")
def ask(request: Request, session: DbSession, account: Signed, template_id: int):
    template = template_by_id(session, template_id)
    form = Form(template_values(template))
    return render(request, "invitations/delete_template.html", account=account, kept=template, form=form)


@router.post("/letters/{template_id:int}/delete")
def delete(request: Request, session: EditSession, account: Signed, template_id: int, posted: Posted):
    template = template_by_id(session, template_id)
    try:
        checked(posted, template_values(template))
    except Overtaken as error:
        shown = {"kept": template, "form": Form.refused(posted, error)}
        return render(request, "invitations/delete_template.html", status=error.status, account=account, **shown)
    delete_template(session, template)
    said = _("The template “%(name)s” is deleted.") % {"name": template.name}
    return redirect(request, request.app.url_path_for("letter_templates"), flash=said)


def kept(request: Request, template) -> Response:
    said = _("The template “%(name)s” is saved.") % {"name": template.name}
    return redirect(request, request.app.url_path_for("letter_templates"), flash=said)
