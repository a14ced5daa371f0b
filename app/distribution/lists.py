"""Distribution lists by name."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.distribution.fields import new_field
from app.errors import Invalid, NotFound, Refused
from app.language import gettext as _
from app.people.models import DistributionList, Recipient, RecipientField


def list_by_id(session: Session, list_id: int) -> DistributionList:
    """Return a list; raises NotFound."""
    found = session.get(DistributionList, list_id)
    if found is None:
        raise NotFound
    return found


def add_list(session: Session, name: str) -> DistributionList:
    """Add an empty list; raises Invalid where another has the name."""
    _free(session, name, None)
    made = DistributionList(name=name, field_id=new_field(session).id)
    session.add(made)
    session.flush()
    return made


def rename_list(session: Session, renamed: DistributionList, name: str) -> None:
    _free(session, name, renamed.id)
    renamed.name = name


def delete_list(session: Session, gone: DistributionList) -> None:
    """Delete a list; raises Refused while another list or a paper names it."""
    if session.scalar(select(func.count()).select_from(Recipient).where(Recipient.list_id == gone.id)):
        raise Refused(_("Another list or a paper sends to this list. Take it out of them first."))
    field_id = gone.field_id
    session.delete(gone)
    session.flush()
    session.execute(delete(RecipientField).where(RecipientField.id == field_id))


def _free(session: Session, name: str, own_id: int | None) -> None:
    other = session.scalar(select(DistributionList.id).where(func.lower(DistributionList.name) == name.lower()))
    if other is not None and other != own_id:
        raise Invalid([("name", _("Another list has this name."))])
