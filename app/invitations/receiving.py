"""Takes an answer by whichever way it comes, with what follows from it: seats, the waiting list, substitutes, mails.

Every way leads through here: the link, the calendar, and what the secretary records.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.events.models import Event
from app.invitations.inviting import ask_anew, invite_substitute
from app.invitations.models import Invitation
from app.invitations.notices import changed_words, named, recent_notices, send_notice, waiting_words
from app.invitations.offers import offer_free_seats
from app.invitations.replacing import tell_sender, withdraw_substitutes
from app.invitations.saying import said_words
from app.invitees.answering import respond, send_substitute, standing_response
from app.invitees.models import Invitee, Response
from app.invitees.queries import invitee_by_id, responses_of
from app.invitees.seating import end_offers, held_room, keep_seat, room_of, times_of
from app.invitees.substitutes import sender_of, those_sent
from app.invitees.waiting import Room, answer_until, kept_until, lapsed, may_sit
from app.language import gettext as _
from app.mail.outbox import supersede_reminders
from app.needs.keeping import take_back
from app.settings import Settings

MOST_A_DAY = 3  # mails that say that an answer was changed


def receive(
    session: Session, settings: Settings, event: Event, invitee: Invitee, *, choice: str, mode: str | None = None,
    comment: str | None = None, source: str, at: datetime, given_at: datetime | None = None, extra: bool = False,
    quiet: bool = False,
) -> Response:  # fmt: skip
    """Store an answer (`invitees/answering.respond`) and return the one that stands, which is `waiting` where somebody
    would come and there is no seat; extra gives them one beyond the capacity. given_at is when they gave it, where that
    was before now; nobody comes onto the waiting list before they are put there.

    Whoever came in their place is told that they are not needed, who sent them that they cannot come, and a seat that
    becomes free is offered to who is next. The event is held where it has a capacity.
    """
    room = held_room(session, event)
    before = standing_response(session, invitee.id)
    sent, sender = those_sent(session, invitee, before), sender_of(session, invitee)
    place = [one.id for one in (*sent, sender) if one is not None]
    sits, let_go = choice == "accepted" and mode != "remote", False
    if sits and room and not extra and not may_sit(room, invitee.id, at, place):
        choice, mode, sits = "waiting", None, False
        let_go = any(one.id == invitee.id and one.let_go_at for one in lapsed(room, at).waiting)
    answer = respond(
        session, invitee, choice=choice, mode=mode, comment=comment, source=source, anew=let_go,
        at=at if choice == "waiting" else given_at or at,
    )  # fmt: skip
    if before is not None and answer.id == before.id:
        return answer
    supersede_reminders(session, event.id, invitee.person_id, "answer")
    if choice in ("accepted", "declined") and (room is not None or before is not None and before.choice == "waiting"):
        end_offers(session, [invitee.id], "taken" if sits else "declined", at)
    if sits and sender is not None:
        end_offers(session, [sender.id], "taken", at)  # their seat, which had gone back to them
    withdraw_substitutes(session, settings, event, sent, answer, at)
    if sender is not None and choice == "declined":
        held = has_seat(room, [invitee.id, *place], at)
        _give_back(session, settings, event, sender, answer, held=held, at=at)
    if room:
        offer_free_seats(session, settings, event, at=at)
    if not quiet:
        _tell_invitee(session, settings, event, invitee, before, answer, at)
    return answer


def receive_substitute(
    session: Session, settings: Settings, event: Event, invitee: Invitee, *, name: str, email: str,
    comment: str | None = None, source: str, at: datetime,
) -> Invitee:  # fmt: skip
    """Put somebody else in an invitee's place (`invitees/answering.send_substitute`), invite them, and return them.

    A seat stays with the place, and so does a place on the waiting list. Raises Invalid as `send_substitute` does.
    """
    room = held_room(session, event)
    before = standing_response(session, invitee.id)
    sent = those_sent(session, invitee, before)
    substitute = send_substitute(session, invitee, name=name, email=email, comment=comment, source=source, at=at)
    answer = standing_response(session, invitee.id)
    if before is not None and answer.id == before.id:
        return substitute
    supersede_reminders(session, event.id, invitee.person_id, "answer")
    renewed = before is not None and before.substitute_id == substitute.id
    if not renewed:
        gone = sent[: sent.index(substitute)] if substitute in sent else sent
        asked = session.scalar(select(Invitation.id).where(Invitation.invitee_id == substitute.id)) is not None
        places = [invitee.id, *(one.id for one in sent)]
        withdraw_substitutes(session, settings, event, gone, answer, at)
        if room and substitute.substitute_for_id == invitee.id:
            _pass_on(session, event, room, places, invitee, substitute, answer)
        if asked and substitute.substitute_for_id == invitee.id:
            ask_anew(session, settings, event, invitee_by_id(session, event.id, substitute.id), at=at)
    invite_substitute(session, settings, event, substitute, named=name, at=at)
    if room:
        offer_free_seats(session, settings, event, at=at)
    return substitute


def take_away(session: Session, settings: Settings, event: Event, answer: Response, *, at: datetime) -> None:
    """Take away an answer that stands, as if it had not been given: the one before stands again, with its seat, and a
    seat that becomes free is offered to who is next.

    Raises Refused where the one before cannot stand again: its seat is somebody else's by now, or whoever was to come
    instead has been told that they are not needed.
    """
    room = held_room(session, event)
    invitee = session.get_one(Invitee, answer.invitee_id)
    before = next((one for one in responses_of(session, invitee.id) if one.id != answer.id), None)
    if before is not None and before.substitute_id not in (None, answer.substitute_id):
        raise Refused(
            _("The substitute has been told that they are not needed. Open the invitee, and write down what holds.")
        )
    session.delete(answer)
    session.flush()
    if before is not None and before.choice == "declined":
        take_back(session, invitee)
    if room is None:
        return
    sender = sender_of(session, invitee)
    if sender is not None and before is not None and before.choice == "accepted":
        end_offers(session, [sender.id], "taken", at)
    taken = lapsed(room_of(session, event), at).taken
    if taken > max(lapsed(room, at).taken, room.capacity or 0):
        raise Refused(_("Their seat is somebody else's by now. Open the invitee, and write down what holds."))
    offer_free_seats(session, settings, event, at=at)


def has_seat(room: Room | None, places: list[int], at: datetime) -> bool:
    """Whether one of the invitees has a seat, or one is kept for them."""
    if room is None:
        return False
    room = lapsed(room, at)
    return bool(set(places) & (room.seated | {one.id for one in room.kept}))


def _pass_on(
    session: Session, event: Event, room: Room, places: list[int], invitee: Invitee, substitute: Invitee,
    answer: Response,
) -> None:  # fmt: skip
    """Let a place's seat, or its place on the waiting list, be the substitute's."""
    at = answer.responded_at
    end_offers(session, [invitee.id], "declined", at)
    seated = set(places) & room.seated
    if has_seat(room, places, at):
        starts, deadline = times_of(event)
        until = kept_until(at, starts, deadline) if seated else answer_until(at, event.offer_hours, starts, deadline)
        if substitute.id not in room.seated and substitute.id not in {one.id for one in room.kept}:
            keep_seat(session, substitute.id, until=until, made_by="place", at=at)
        return
    since = [one.since for one in room.waiting if one.id in places and one.id != substitute.id]
    if since:
        respond(session, substitute, choice="waiting", source=answer.source, at=min(since))


def _give_back(
    session: Session, settings: Settings, event: Event, sender: Invitee, answer: Response, *, held: bool, at: datetime
) -> None:
    """Keep the seat of a substitute who cannot come for the one who sent them, for a while, and tell them."""
    starts, deadline = times_of(event)
    until = None
    if held and at < starts:
        until = answer_until(at, event.offer_hours, starts, deadline)
        end_offers(session, [sender.id], "expired", at)
        keep_seat(session, sender.id, until=until, made_by="place", at=at)
    tell_sender(session, settings, event, sender, answer, until, at)


def _tell_invitee(
    session: Session, settings: Settings, event: Event, invitee: Invitee, before: Response | None, answer: Response,
    at: datetime,
) -> None:  # fmt: skip
    """Tell an invitee what they may not know: that they wait, or that somebody with their link changed their answer."""
    if answer.choice == "waiting" and answer.source == "calendar":
        told, key = invitee_by_id(session, event.id, invitee.id), f"waiting/{_name(answer)}"
        send_notice(session, settings, event, told, lambda: waiting_words(event), key=key, at=at)
    elif answer.source == "link" and before is not None and _is_otherwise(before, answer):
        prefix = f"changed/{invitee.id}/"
        if recent_notices(session, prefix, at - timedelta(days=1)) < MOST_A_DAY:
            told = invitee_by_id(session, event.id, invitee.id)
            send_notice(
                session, settings, event, told, lambda: changed_words(event, said_words(before), said_words(answer)),
                key=f"{prefix}{_name(answer)}", at=at, kind="changed", undoes=answer,
            )  # fmt: skip


def _name(answer: Response) -> str:
    return named(answer.id, answer.responded_at)


def _is_otherwise(before: Response, answer: Response) -> bool:
    if before.choice == "asked" or (before.choice, answer.choice) in (("waiting", "accepted"), ("waiting", "waiting")):
        return False
    return (before.choice, before.mode, before.substitute_id) != (answer.choice, answer.mode, answer.substitute_id)
