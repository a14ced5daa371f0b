"""A world in which everything is there once, and grows by one of everything; pages are asked of the first of each.

Written straight into the tables, so that it costs a few hundredths of a second.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.distribution.fields import load_terms, new_field, store_terms
from app.distribution.recipients import Term
from app.files.store import store
from app.imports.models import Import
from app.invitations.models import Invitation, InvitationLetter, LetterTemplate
from app.invitations.printed import note_letter
from app.invitees.models import Offer, Response
from app.language import LANGUAGES
from app.links.links import address_of, link_of
from app.mail.models import MailContent, OutgoingMail
from app.mail.sealing import seal
from app.memos.models import Issue, Memo
from app.needs.keeping import say
from app.needs.kinds import Said
from app.people.models import DistributionList, Membership, ReachedThen, Theme, Use
from app.privacy.models import Erasure
from app.settings import Settings
from app.surveys.models import Survey
from tests import cast
from tests.conftest import NOW
from tests.worlds_accounts import join
from tests.worlds_comments import comment
from tests.worlds_held import bring_in, edit, follow, hold, write
from tests.worlds_inbox import arrive

GIVEN = ["Otso", "Pilvi", "Lumi", "Kaino", "Saima"]


class World:
    """`ids` are the keys of the first of everything, by the names that they have in our addresses; apart: a number that
    sets what must be unique apart from another world's."""

    def __init__(self, session: Session, settings: Settings, apart: int = 0):
        self.session, self.settings, self.rows, self.apart = session, settings, 0, apart
        self.ids: dict[str, object] = {"number": 0, "version": 9, "paper": "programme", "kind": "person"}
        self.grow()

    @property
    def mark(self) -> str:
        return f" {self.apart}" if self.apart else ""

    def grow(self) -> None:
        """Add one of everything, and one row to everything that is a list."""
        n = self.rows
        session, name = self.session, GIVEN[n]
        self.body = cast.organisation(
            session, f"{name}n ministeriö{self.mark}", f"{name[0]}M{n}", name_sv=f"{name}s ministerium"
        )
        self.person = cast.person(
            session, f"{name} Orava", of=self.body, title="neuvotteleva virkamies", unit="Siltayksikkö", language="en"
        )
        self.deputy = cast.person(session, f"{name} Sijainen", of=self.body)
        self.twin = cast.person(session, f"{name} Orava", "", of=self.body)
        member = cast.person(session, f"{name} Jäsen", of=self.body)
        self.group = cast.group(
            session, f"{name}n verkosto", leaders=[self.person], chair=[self.deputy], member=[member]
        )
        self.group.parent_id, self.group.kind = self.body.id, "verkosto"
        self.group.term_starts, self.group.term_ends = date(2025, 1, 1), date(2026, 10, 1)
        session.add(Theme(group_id=self.group.id, name="sillat", position=0))
        self.event = cast.event(
            session, self.group, title=f"{name}n iltapäivä", starts_at=datetime(2026, 12, 1 + n, 13, 0),
            ends_at=datetime(2026, 12, 1 + n, 15, 0), online_url="https://kokous.example/silta", series="Iltapäivät",
        )  # fmt: skip
        if not n:
            self._begin()
        self._belong(n)
        self._invite(n)
        hold(self, n)
        edit(self, n)
        write(self, n)
        bring_in(self, n)
        arrive(self, n)
        follow(self, n)
        comment(self, n)
        join(self, n)
        self.rows += 1
        session.commit()
        session.expire_all()

    def _begin(self) -> None:
        session, ids = self.session, self.ids
        ids |= {"organisation_id": self.body.id, "person_id": self.person.id, "group_id": self.group.id}
        ids |= {"event_id": self.event.id, "other_id": self.twin.id}
        self.list_field = new_field(session)
        self.first_list = DistributionList(name="Siltaväki", field_id=self.list_field.id)
        survey = Survey(event_id=self.event.id, title="Sillat", attribution="person")
        self.jakelu, self.tiedoksi = new_field(session), new_field(session)
        self.elsewhere = cast.event(session, cast.group(session, "Tieneuvosto"), title="Teiden päivä")
        self.memo = Memo(
            event_id=self.event.id, distribution_id=self.jakelu.id, for_information_id=self.tiedoksi.id,
            document="memo", date=date(2026, 9, 2), sender="Sihteeristö", closing="lines",
        )  # fmt: skip
        options = {
            "sheet": None,
            "other_sheets": [],
            "first": 1,
            "heading": 1,
            "organisations": "add",
            "known": "update",
        }
        read = {"kind": "csv", "name": "sillat.csv", "begun_at": NOW, "headings": ["Nimi"], "columns": ["name"]}
        self.imports = [Import(**read, options=options, state=state) for state in ("checked", "done")]
        self.imports[1].counts = {"organisations": 1, "groups": 0, "new": 1, "changed": 1}
        session.add_all([self.first_list, survey, self.memo, *self.imports])
        session.flush()
        self.issue = Issue(
            memo_id=self.memo.id, version=9, issued_at=NOW, title="Muistio", sha256=store(session, b"%PDF-1.7"),
            fields={"closing": [], "attachments": [], "page": "<p>Muistio</p>"},
        )  # fmt: skip
        self.use = Use(
            field_id=self.list_field.id, event_id=self.event.id, paper="memo", used_at=NOW, printed=["Sillat"]
        )
        session.add_all([self.issue, self.use])
        session.flush()
        self.survey_id = survey.id
        ids |= {"list_id": self.first_list.id, "import_id": self.imports[0].id, "use_id": self.use.id}
        ids |= {"field_id": self.list_field.id, "done_import_id": self.imports[1].id}

    def _belong(self, n: int) -> None:
        """The person and their deputy join the first group, which has a part, and all are on the first list."""
        session, group_id = self.session, self.ids["group_id"]
        places = [
            (self.person, "member", None),
            (self.deputy, "deputy", self.person.id),
            (self.deputy, "secretary", None),
        ]
        for place, (who, role, deputy_for) in enumerate(places):
            session.add(
                Membership(
                    group_id=group_id,
                    person_id=who.id,
                    role=role,
                    deputy_for_id=deputy_for,
                    position=10 * n + place + 5,
                )
            )
        if not n:
            session.flush()
            self.ids["member_id"] = session.scalar(select(Membership.id).where(Membership.person_id == self.person.id))
        if n:
            self.group.part_of_id = group_id
            session.add(Membership(group_id=self.group.id, person_id=self.ids["person_id"], role="expert", position=9))
        session.add(Theme(group_id=group_id, name=f"tiet {n}", position=n + 1))
        inner = new_field(session, [Term("person", self.twin.id)])
        nested = DistributionList(name=f"Luettelo {n}", field_id=inner.id)
        session.add(nested)
        session.flush()
        held = [
            Term("person", self.person.id), Term("group", self.group.id, excepts=(Term("person", self.deputy.id),)),
            Term("list", nested.id), Term("organisation", self.body.id),
            Term("attended", event_id=(self.event if n else self.elsewhere).id),
        ]  # fmt: skip
        for field in (self.list_field, self.jakelu, self.tiedoksi):
            store_terms(session, field.id, [*load_terms(session, field.id), *held])
        used = {"field_id": self.list_field.id, "event_id": self.event.id, "paper": "memo", "printed": ["Sillat"]}
        use = Use(used_at=NOW - timedelta(n), **used) if n else self.use
        session.add(use)
        session.flush()
        for use_id in {use.id, self.use.id}:
            session.add(
                ReachedThen(
                    use_id=use_id, position=n, person_id=self.person.id, name=self.person.name,
                    email=self.person.email, reached_by="Sillat",
                )
            )  # fmt: skip

    def _invite(self, n: int) -> None:
        """The person is asked to the first event for two bodies, has answered, and has a mail of each kind; the deputy
        is picked, waits for a seat, and is not asked yet."""
        session, event_id = self.session, self.ids["event_id"]
        first = session.get_one(type(self.event), event_id)
        invitee = cast.invitee(session, first, self.person, self.group, self.body, position=n, role="expert")
        waits = cast.invitee(session, first, self.deputy, position=10 + n)
        first.capacity, first.diet_asked, first.access_asked = 1, True, True
        said = Said(diet=("vegan",), diet_words=f"ei kiwiä {n}", access=("captions",))
        say(session, self.settings, invitee, said, at=NOW)
        session.add(Erasure(rule="reports", event_id=event_id, erased_at=NOW, erased=n + 1))
        session.add(Response(invitee_id=waits.id, choice="waiting", source="phone", responded_at=NOW))
        let_go = {"offered_at": NOW, "expires_at": NOW, "ended_at": NOW, "state": "expired", "made_by": "hand"}
        session.add(Offer(invitee_id=waits.id, **let_go))
        if n:
            someone = session.get_one(type(self.person), self.ids["person_id"])
            cast.invitee(session, self.event, someone, session.get_one(type(self.group), self.ids["group_id"]))
        on_paper = cast.invitee(session, first, self.twin, position=30 + n)
        note_letter(session, self.settings, first, on_paper, at=NOW)
        for language in LANGUAGES if not n else ():
            session.add(InvitationLetter(event_id=event_id, language=language, subject="Kutsu", body="{link}"))
        template = LetterTemplate(
            name=f"Malli {n}", kind="invitation", language="fi", convener_id=first.convener_id, subject="Kutsu",
            body="{link}",
        )  # fmt: skip
        session.add(template)
        session.flush()
        if not n:
            self.ids |= {"template_id": template.id, "invitee_id": on_paper.id, "batch": 1}
        answer = Response(
            invitee_id=invitee.id,
            choice="accepted",
            mode="in_person",
            comment="Junalla",
            source="link",
            responded_at=NOW,
        )
        asked = Invitation(invitee_id=invitee.id, uid=f"{n}{self.apart or ''}@koolle.example", sent_at=NOW)
        session.add_all([answer, asked])
        for kind in ("invitation", "memo"):
            mail = self._mail(kind, n)
            if not n:
                self.ids["mail_id"] = mail.id
        link = link_of(session, self.settings, event_id=event_id, person_id=self.person.id, purpose="invitation")
        if not n:
            self.ids |= {"public_id": link.public_id, "token": address_of(self.settings, link).rpartition("/")[2]}

    def _mail(self, kind: str, n: int) -> OutgoingMail:
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = f"Kutsu {n}", "koolle@koolle.example", self.person.email
        message["Date"] = format_datetime(NOW)
        message["Message-ID"] = f"<{kind}-{n}{self.apart or ''}@koolle.example>"
        message.set_content("Tervetuloa")
        message.add_alternative("<p>Tervetuloa</p>", subtype="html")
        mail = OutgoingMail(
            key=f"{kind}:{n}{self.mark}", kind=kind, state="sent",
            event_id=self.ids["event_id"], person_id=self.person.id,
            to_name=self.person.name, to_address=self.person.email, domain="rm.example", subject=f"Kutsu {n}",
            message_id=message["Message-ID"], queued_at=NOW, due_at=NOW, sent_at=NOW,
            written=True,
        )  # fmt: skip
        self.session.add(mail)
        self.session.flush()
        sealed = seal(self.settings.secret, bytes(message), mail.message_id)
        self.session.add(MailContent(mail_id=mail.id, sealed=sealed))
        self.session.flush()
        return mail
