"""What a request leaves in the trail, by the address that it was posted to."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request
from sqlalchemy.orm import Session

from app.audit.trail import note
from app.proxies import asks_from
from app.secretariats.scope import given_by

SECRETARIAT = "secretariat"  # the word in `about` for the key of the secretariat in which it was done
# What is not noted, and why. All else that is posted and not refused is.
NOT_NOTED = {
    # whose answers a sheet holds, and when they were given, stands nowhere (docs/decisions.md, "The survey")
    "/m/{public_id}/survey", "/m/{public_id}/survey/answers",
    # that somebody needs something to take part is itself a word on their health
    "/m/{public_id}/needs",
    # saved every two seconds while somebody writes; the memo's history tells who wrote what
    "/events/{event_id}/memo/text", "/events/{event_id}/memo/look",
    # what is being typed is its writer's own; what they save of it is noted
    "/drafts", "/drafts/discard",
    # changes nothing but a cookie; nothing but how long one stays signed in
    "/language", "/account/stay",
}  # fmt: skip


def note_request(request: Request, session: Session) -> None:
    """Note a request that has done what it was asked for; a route may say of how many (`request.state.count`), and what
    its address does not tell: keys, and who has got which role (`request.state.facts`, app/audit/granting.py). Nothing
    is noted of one that was refused, or of NOT_NOTED.

    A rule of FastAPI's dependencies holds: it runs after the route and before the commit.
    """
    route = request.scope.get("route")
    state = request.state
    counted = getattr(state, "counted", None)  # of what was refused, only how often: never what was typed
    if route is None or route.path_format in NOT_NOTED or (getattr(state, "refused", False) and not counted):
        return
    about = {name: value for name, value in request.path_params.items() if "token" not in name} | (counted or {})
    if action := getattr(state, "action", None):
        about["action"] = action
    if (count := getattr(state, "count", None)) is not None:
        about["count"] = count
    about |= getattr(state, "facts", {})
    if (secretariat_id := given_by(session)) is not None:
        about[SECRETARIAT] = secretariat_id
    actor, actor_id = getattr(state, "actor", ("nobody", None))
    note(
        session, request.app.state.settings.secret, at=request.app.state.clock(), actor=actor, actor_id=actor_id,
        act=route.path_format, about=about, address=asks_from(request.scope) or None,
    )  # fmt: skip


def note_command(session: Session, secret: bytes, name: str, at: datetime, **about: object) -> None:
    """Note what a command has done, as the last act of its transaction; about: keys, and the secretariat's where it was
    done in one."""
    told = {key: value for key, value in about.items() if value is not None}
    note(session, secret, at=at, actor="command", actor_id=name, act=name, about=told, address=None)
