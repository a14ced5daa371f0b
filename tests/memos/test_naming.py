"""Which lists and memos name a group."""

from __future__ import annotations

from app.distribution.fields import new_field
from app.distribution.recipients import Term
from app.memos.models import Memo
from app.memos.naming import Named, naming
from app.people.models import DistributionList, Recipient
from tests import cast


def test_lists_and_memos_name_a_group_by_what_they_hold_and_what_they_leave_out(session):
    board, network = cast.group(session, "Neuvosto"), cast.group(session, "Verkosto")
    event = cast.event(session, board, title="Syysseminaari")
    whole = new_field(session, [Term("group", id=network.id), Term("group", id=network.id, who="leaders")])
    without = new_field(session, [Term("group", id=board.id, excepts=(Term("group", id=network.id),))])
    apart, empty = new_field(session, [Term("text", text="Verkosto")]), new_field(session)
    lists = [
        DistributionList(name=name, field_id=field.id) for name, field in (("Ä", whole), ("B", without), ("C", apart))
    ]
    memo = Memo(
        event_id=event.id,
        distribution_id=empty.id,
        for_information_id=new_field(session, [Term("group", id=network.id)]).id,
    )
    session.add_all([*lists, memo])
    session.flush()
    assert naming(session, Recipient.group_id == network.id) == [
        Named("B", None, lists[1].id, None),
        Named("Ä", None, lists[0].id, None),
        Named("Syysseminaari", "for_information", None, event.id),
    ]
