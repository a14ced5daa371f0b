"""The privacy notice and the accessibility statement: open to everybody, made from settings and rules."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.access import CurrentSettings
from app.privacy.notice import told
from app.privacy.words import days_words
from app.web import render

router = APIRouter()
READ = ["GET", "HEAD"]


@router.api_route("/privacy-notice", methods=READ, name="privacy_notice")
def notice(request: Request, settings: CurrentSettings) -> Response:
    links, backed_up = days_words(settings.link_days), settings.backups is not None
    shown = {"controller": settings.controller, "told": told(settings.keeps), "links": links, "backed_up": backed_up}
    return render(request, "privacy/notice.html", mail_from=settings.mail_from, **shown)


@router.api_route("/accessibility", methods=READ, name="accessibility")
def accessibility(request: Request, settings: CurrentSettings) -> Response:
    shown = {"controller": settings.controller, "base_url": settings.base_url, "mail_from": settings.mail_from}
    return render(request, "privacy/accessibility.html", **shown)
