"""Every room's addresses, in the order in which they are matched."""

from app.accounts.colleague_routes import router as colleagues
from app.accounts.joining_routes import router as joining
from app.accounts.organisation_routes import router as organisation_sign_in
from app.accounts.own_routes import router as own_account
from app.accounts.passkey_routes import router as passkey_sign_in
from app.accounts.reset_routes import router as resets
from app.accounts.routes import router as accounts
from app.agenda.material_routes import router as agenda_materials
from app.agenda.routes import router as agenda
from app.agenda.timer_routes import router as agenda_timer
from app.agenda.version_routes import router as agenda_versions
from app.archive.routes import router as archive
from app.attendance.day_routes import router as as_on_the_day
from app.attendance.expecting_routes import router as expecting
from app.attendance.line_routes import router as day_lines
from app.attendance.person_routes import router as day_people
from app.attendance.report_routes import router as attendance_reports
from app.attendance.routes import router as attendance
from app.audit.routes import router as audit
from app.comments.deciding_routes import router as comment_decisions
from app.comments.routes import router as comment_rounds
from app.desk.routes import router as desk
from app.distribution.field_routes import router as recipients
from app.distribution.routes import router as distribution
from app.drafts.routes import router as drafts
from app.duplicates.routes import router as duplicates
from app.events.routes import router as events
from app.follow_ups.routes import router as follow_ups
from app.guests.code_routes import router as codes
from app.guests.comment_routes import router as guest_comments
from app.guests.needs_routes import router as guest_needs
from app.guests.paper_routes import router as guest_papers
from app.guests.proving_routes import router as guest_proofs
from app.guests.routes import router as guests
from app.guests.stranger_routes import router as guest_strangers
from app.guests.survey_routes import router as guest_surveys
from app.guests.undoing_routes import router as guest_undoing
from app.health import router as health
from app.imports.routes import router as imports
from app.imports.row_routes import router as import_rows
from app.inbox.routes import router as inbox
from app.invitations.letter_routes import router as letters
from app.invitations.mailing_routes import router as mailings
from app.invitations.printed_routes import router as printed
from app.invitations.reminder_routes import router as reminders
from app.invitations.routes import router as invitations
from app.invitations.sending_routes import router as sending
from app.invitations.template_routes import router as letter_templates
from app.invitees.link_routes import router as invitees_links
from app.invitees.offer_routes import router as offers
from app.invitees.routes import router as invitees
from app.mail.outbox_routes import router as outbox
from app.mail.routes import router as mail
from app.memos.attachment_routes import router as memo_attachments
from app.memos.door_routes import router as door_papers
from app.memos.follow_up_routes import router as memo_follow_ups
from app.memos.history_routes import router as memo_history
from app.memos.issue_routes import router as memo_issues
from app.memos.page_routes import router as memo_pages
from app.memos.phrase_routes import router as phrases
from app.memos.routes import router as memos
from app.memos.section_routes import router as memo_sections
from app.needs.routes import router as needs
from app.people.group_routes import router as groups
from app.people.map_routes import router as group_map
from app.people.member_routes import router as members
from app.people.organisation_routes import router as organisations
from app.people.place_routes import router as places
from app.people.routes import router as people
from app.privacy.notice_routes import router as notices
from app.privacy.person_routes import router as own_data
from app.privacy.routes import router as privacy
from app.reports import router as reports
from app.search.routes import router as search
from app.secretariats.routes import router as secretariats
from app.series.copy_routes import router as event_copying
from app.series.routes import router as series
from app.surveys.copying_routes import router as survey_copying
from app.surveys.question_routes import router as survey_questions
from app.surveys.results_routes import router as survey_results
from app.surveys.routes import router as surveys
from app.surveys.summary_routes import router as survey_summaries
from app.surveys.template_routes import router as survey_templates
from app.surveys.theme_routes import router as survey_themes
from app.surveys.translation_routes import router as survey_translations
from app.surveys.version_routes import router as survey_versions

# guests first: theirs are the most requests, and each address is looked for in turn
ROUTERS = [
    attendance, day_lines, day_people, expecting, as_on_the_day, attendance_reports, distribution, recipients,
    invitations, letters, printed, letter_templates, sending, mailings, reminders, offers, door_papers, memos,
    agenda, desk, people, organisations, groups, members, places, memo_sections, guest_papers, guest_comments,
    agenda_materials, agenda_versions, agenda_timer, invitees, invitees_links, surveys, survey_questions,
    memo_pages, archive, event_copying, follow_ups, comment_rounds, comment_decisions, memo_attachments, events,
    guest_proofs, guest_strangers, guest_undoing, guest_surveys, codes, accounts, search, memo_issues, mail, outbox,
    inbox, duplicates, imports, import_rows, series, guests, passkey_sign_in, organisation_sign_in, resets, joining,
    memo_history, phrases, memo_follow_ups, survey_results, survey_summaries, survey_themes, survey_copying,
    own_account, colleagues, survey_templates, survey_translations, survey_versions, group_map, health,
    secretariats, audit, needs, guest_needs, privacy, own_data, notices, reports,
    drafts,
]  # fmt: skip
