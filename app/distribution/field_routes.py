"""Recipients edited in place, on a list's page and in the memo; what they were when they were used; their addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlalchemy import or_, select

from app.access import Signed
from app.db import DbSession
from app.distribution.addresses import address_line
from app.distribution.codes import code_of, term_from
from app.distribution.editing import add_item, except_from, leave_out, move_item, put_back, remove_item
from app.distribution.fields import load_terms
from app.distribution.recipients import Term
from app.distribution.resolving import people_of
from app.distribution.showing import Doing, edited_field
from app.distribution.tables import reached_table
from app.distribution.typed import KINDS, Several, offers, read_term
from app.distribution.uses import reached_then, use_by_id
from app.distribution.words import named_in, phrase, use_words
from app.errors import Invalid, NotFound
from app.events.models import Event
from app.events.queries import event_by_id
from app.forms import key_of
from app.language import gettext as _
from app.language import pgettext, speaking
from app.memos.models import Memo
from app.people.models import DistributionList
from app.people.queries import person_by_id
from app.people.suggesting import MOST, suggestions
from app.spreadsheet import WantedFile, exported
from app.web import Posted, is_htmx, redirect, render

router = APIRouter()


@dataclass(frozen=True)
class Owner:
    """The list or the paper that a field belongs to: what the field is called there (label) and elsewhere (name), the
    page that it stands on, the event whose paper it is, the field whose people get their copy by that
    one (after)."""

    field_id: int
    label: str
    name: str
    next: str
    event: Event | None = None
    after: int | None = None

    @property
    def event_id(self) -> int | None:
        return self.event.id if self.event else None


def owner_of(request: Request, session: DbSession, account: Signed, field_id: int) -> Owner:
    """Find whose field it is; raises NotFound."""
    found = session.scalar(select(DistributionList).where(DistributionList.field_id == field_id))
    if found is not None:
        return Owner(field_id, _("On the list"), found.name, request.app.url_path_for("list", list_id=found.id))
    query = select(Memo.event_id, Memo.distribution_id)
    memo = session.execute(
        query.where(or_(Memo.distribution_id == field_id, Memo.for_information_id == field_id))
    ).first()
    if memo is None:
        raise NotFound
    event = event_by_id(session, memo.event_id)
    with speaking(event.language):
        ours = memo.distribution_id == field_id
        label = pgettext("paper", "Distribution") if ours else pgettext("paper", "For information")
    name = f"{label} – {event.title}"
    here = request.app.url_path_for("memo", event_id=event.id)
    return Owner(field_id, label, name, here, event, None if ours else memo.distribution_id)


FieldOwner = Annotated[Owner, Depends(owner_of)]


@router.get("/recipients/{field_id:int}", name="recipients")
def show(
    request: Request, session: DbSession, account: Signed, owner: FieldOwner,
    adding: str = "", except_of: str = "", everything: str = "",
):  # fmt: skip
    adding = adding if adding in KINDS else "person" if except_of else ""
    doing = Doing(adding=adding, except_of=except_of, everything=everything)
    return field_answer(request, session, account, owner, doing)


def field_answer(request: Request, session, account, owner: Owner, doing: Doing, status: int = 200):
    """The field anew to htmx; otherwise the page that it stands on, or the field alone where there is more to do."""
    if request.method == "POST" and not is_htmx(request) and not doing.problem:
        return redirect(request, f"{owner.next}#recipients-{owner.field_id}", flash=doing.said or None)
    field = edited_field(
        session, owner.field_id, label=owner.label, next=owner.next, event=owner.event, doing=doing, after=owner.after
    )
    template = "distribution/field.html" if is_htmx(request) else "distribution/field_page.html"
    return render(request, template, account=account, field=field, status=status)


@router.post("/recipients/{field_id:int}/items", name="recipient_items")
def add(request: Request, session: DbSession, account: Signed, owner: FieldOwner, posted: Posted):
    item = str(posted.get("except_of", ""))
    kind = next((kind for kind in KINDS if kind == posted.get("kind")), "")
    try:
        term = read_term(session, posted)
        if item:
            except_from(session, owner.field_id, item, term)
        else:
            add_item(session, owner.field_id, term)
    except Invalid as invalid:
        doing = Doing(adding=kind, typed=posted, except_of=item, **refusal(invalid))
        return field_answer(request, session, account, owner, doing, status=422)
    said = _("%(words)s: left out.") if item else _("%(words)s: added.")
    doing = Doing(adding="" if item else kind, said=said % {"words": said_of(session, owner, term)})
    return field_answer(request, session, account, owner, doing)


def refusal(invalid: Invalid) -> dict[str, Any]:
    """What the field shows of a refusal: the first problem, and what may be meant."""
    return {"problem": invalid.problems[0][1], "choices": invalid.choices if isinstance(invalid, Several) else ()}


def said_of(session, owner: Owner, term: Term) -> str:
    """A term in the words of the field that it is in."""
    return phrase(term, named_in(session, [term]), owner.event)


@router.post("/recipients/{field_id:int}/removal", name="recipient_removal")
def remove(request: Request, session: DbSession, account: Signed, owner: FieldOwner, posted: Posted):
    removed = remove_item(session, owner.field_id, str(posted.get("item", "")), str(posted.get("but", "")) or None)
    if removed is None:
        return field_answer(request, session, account, owner, Doing(said=_("It was taken out already.")))
    if posted.get("but"):
        return field_answer(request, session, account, owner, Doing(said=_("The exception is taken out.")))
    term, index = removed
    said = _("%(words)s: taken out.") % {"words": said_of(session, owner, term)}
    return field_answer(request, session, account, owner, Doing(said=said, undo=(code_of(term), index)))


@router.post("/recipients/{field_id:int}/restoration", name="recipient_restoration")
def restore(request: Request, session: DbSession, account: Signed, owner: FieldOwner, posted: Posted):
    doing, status = Doing(said=_("It is back where it was.")), 200
    try:
        put_back(session, owner.field_id, str(posted.get("item", "")), key_of(posted.get("place")) or 0)
    except Invalid as invalid:
        doing, status = Doing(problem=invalid.problems[0][1]), 422
    return field_answer(request, session, account, owner, doing, status)


@router.post("/recipients/{field_id:int}/position", name="recipient_position")
def move(request: Request, session: DbSession, account: Signed, owner: FieldOwner, posted: Posted):
    doing, status = Doing(), 200
    try:
        move_item(session, owner.field_id, str(posted.get("item", "")), by=-1 if posted.get("direction") == "up" else 1)
    except Invalid as invalid:
        doing, status = Doing(problem=invalid.problems[0][1]), 422
    return field_answer(request, session, account, owner, doing, status)


@router.post("/recipients/{field_id:int}/left-out", name="recipient_left_out")
def leave_out_everywhere(request: Request, session: DbSession, account: Signed, owner: FieldOwner, posted: Posted):
    person_id = key_of(posted.get("person"))
    try:
        but = (
            term_from(str(posted.get("but", "")))
            if person_id is None
            else Term("person", person_by_id(session, person_id).id)
        )
        named = said_of(session, owner, but)
    except (ValueError, KeyError):
        raise NotFound from None
    leave_out(session, owner.field_id, but, owner.event_id)
    said = _("%(words)s: left out of everything here.") % {"words": named}
    return field_answer(request, session, account, owner, Doing(said=said))


@router.get("/recipients/{field_id:int}/suggestions/{kind}", name="recipient_suggestions")
def suggest(request: Request, session: DbSession, account: Signed, owner: FieldOwner, kind: str, named: str = ""):
    offered = [(one.words, "") for one in offers(session, kind, named)[:MOST]]
    if [words for words, _note in offered] == [named.strip()]:
        offered = []  # it is written already: nothing covers what is pressed next
    return suggestions(request, account, offered)


@router.get("/recipients/{field_id:int}/addresses", name="recipient_addresses")
def show_addresses(request: Request, session: DbSession, account: Signed, owner: FieldOwner):
    reached = [one.person for one in people_of(session, load_terms(session, owner.field_id), owner.event_id)]
    lines = [address_line(one.name, one.email) for one in reached if one.email]
    silent = [one.name for one in reached if not one.email]
    return render(request, "distribution/addresses.html", account=account, owner=owner, lines=lines, silent=silent)


@router.get("/recipients/uses/{use_id:int}", name="recipient_use")
def show_use(request: Request, session: DbSession, account: Signed, use_id: int, file: WantedFile):
    use = use_by_id(session, use_id)
    owner, event = owner_of(request, session, account, use.field_id), event_by_id(session, use.event_id)
    people = reached_then(session, use.id)
    if file:
        return exported(file, reached_table(owner.name if owner.event else f"{owner.name} – {event.title}", people))
    shown = {"owner": owner, "use": use, "event": event, "people": people, "use_words": use_words}
    return render(request, "distribution/use.html", account=account, **shown)
