"""What a request leaves in the trail, by the address that it was posted to."""

from __future__ import annotations

from fastapi import Request
from sqlalchemy.orm import Session

from app.audit.trail import note

# What is not noted, and why. All else that is posted and not refused is.
NOT_NOTED = {
    # whose answers a sheet holds, and when they were given, stands nowhere (docs/decisions.md, "The survey")
    "/m/{public_id}/survey", "/m/{public_id}/survey/answers",
    # saved every two seconds while somebody writes; the memo's history tells who wrote what
    "/events/{event_id}/memo/text", "/events/{event_id}/memo/look",
    # changes nothing but a cookie
    "/language",
}  # fmt: skip


def note_request(request: Request, session: Session) -> None:
    """Note a request that has done what it was asked for. Nothing is noted of one that was refused, or of NOT_NOTED.

    A rule of FastAPI's dependencies holds: it runs after the route and before the commit.
    """
    route = request.scope.get("route")
    state = request.state
    if route is None or route.path_format in NOT_NOTED or getattr(state, "refused", False):
        return
    about = dict(request.path_params)
    if action := getattr(state, "action", None):
        about["action"] = action
    actor, actor_id = getattr(state, "actor", ("nobody", None))
    note(
        session, request.app.state.settings.secret, at=request.app.state.clock(), actor=actor, actor_id=actor_id,
        act=route.path_format, about=about, address=request.client.host if request.client else None,
    )  # fmt: skip
