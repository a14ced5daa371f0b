"""Every table, for Alembic and the mappers; nothing else."""

from app.accounts import models as accounts
from app.agenda import models as agenda
from app.attendance import models as attendance
from app.audit import models as audit
from app.comments import models as comments
from app.db import Base
from app.drafts import models as drafts
from app.events import models as events
from app.files import models as files
from app.follow_ups import models as follow_ups
from app.imports import models as imports
from app.inbox import models as inbox
from app.invitations import models as invitations
from app.invitees import models as invitees
from app.links import models as links
from app.mail import models as mail
from app.memos import models as memos
from app.needs import models as needs
from app.people import models as people
from app.privacy import models as privacy
from app.secretariats import models as secretariats
from app.surveys import models as surveys

__all__ = [
    "Base", "accounts", "agenda", "attendance", "audit", "comments", "drafts", "events", "files", "follow_ups",
    "imports", "inbox", "invitations", "invitees", "links", "mail", "memos", "needs", "people", "privacy",
    "secretariats", "surveys",
]  # fmt: skip
