"""Every room's addresses, in the order in which they are matched."""

from app.accounts.routes import router as accounts
from app.agenda.routes import router as agenda
from app.attendance.routes import router as attendance
from app.desk.routes import router as desk
from app.distribution.field_routes import router as recipients
from app.distribution.routes import router as distribution
from app.duplicates.routes import router as duplicates
from app.events.routes import router as events
from app.guests.routes import router as guests
from app.imports.routes import router as imports
from app.imports.row_routes import router as import_rows
from app.invitations.letter_routes import router as letters
from app.invitations.routes import router as invitations
from app.invitations.sending_routes import router as sending
from app.invitees.routes import router as invitees
from app.mail.outbox_routes import router as outbox
from app.mail.routes import router as mail
from app.memos.attachment_routes import router as memo_attachments
from app.memos.issue_routes import router as memo_issues
from app.memos.routes import router as memos
from app.people.group_routes import router as groups
from app.people.map_routes import router as group_map
from app.people.member_routes import router as members
from app.people.organisation_routes import router as organisations
from app.people.place_routes import router as places
from app.people.routes import router as people
from app.search.routes import router as search
from app.surveys.routes import router as surveys

# guests first: theirs are the most requests, and each address is looked for in turn
ROUTERS = [
    guests, accounts, desk, people, organisations, groups, members, places, search, events, agenda, invitees, surveys,
    group_map, attendance, distribution, recipients, invitations, letters, sending, memos, memo_attachments,
    memo_issues, mail, outbox, duplicates, imports, import_rows,
]  # fmt: skip
