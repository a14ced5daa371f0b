"""The personal link of one invitee, as the secretary keeps it: made, revoked, put back, renewed."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import CurrentSettings, Now, Signed
from app.db import DbSession
from app.errors import NotFound
from app.events.queries import RequestedEvent, hold
from app.invitees.queries import invitee_by_id
from app.invitees.routes import answers_page
from app.language import gettext as _
from app.links.links import personal_link
from app.links.revoking import put_links_back, renew_links, revoke_links
from app.mail.relinking import relink_waiting
from app.web import Posted, is_htmx, redirect

router = APIRouter()


@router.post("/events/{event_id:int}/invitees/{invitee_id:int}/link", name="change_link")
def change(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    invitee_id: int, posted: Posted, at: Now,
):  # fmt: skip
    invitee = invitee_by_id(session, event.id, invitee_id)
    hold(session, event.id)
    said = done_as_asked(session, settings, invitee, str(posted.get("action", "make")), at)
    session.flush()
    said = said and said % {"name": invitee.person.name}
    if is_htmx(request):
        return answers_page(request, session, settings, account, event, at, opened=str(invitee.id), said=said)
    here = request.app.url_path_for("answers", event_id=event.id)
    return redirect(request, f"{here}?open={invitee.id}#invitee-{invitee.id}", flash=said or None)


def done_as_asked(session, settings, invitee, action: str, at) -> str:
    """Do what a button says, and return what is said of it; raises NotFound for no button of ours."""
    person = {"event_id": invitee.event_id, "person_id": invitee.person_id}
    if action == "make":
        personal_link(session, settings, **person, purpose="invitation", anew=True)
        return ""
    if action == "renew":
        renew_links(session, settings, **person, at=at)
        relink_waiting(session, settings, **person, at=at)
        return _(
            "%(name)s has a new link, and the one before opens nothing. Send the invitation again, or hand it over."
        )
    if action == "revoke":
        revoke_links(session, **person, at=at)
        return _("The links of %(name)s open nothing any more.")
    if action == "undo":
        put_links_back(session, **person)
        return _("The links of %(name)s open again.")
    raise NotFound
