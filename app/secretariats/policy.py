"""The one table of who may do what. Pure.

Every address has an entry: what it takes to look (GET) and what to change (POST). A role may what its row in MAY says;
the application does not start with an address that has no entry (app/main.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

OPEN, LINK, OWN = "open", "link", "own"  # to everybody; to who has the personal link; to who is signed in
SEE, KEEP, GOVERN, AUDIT = "see", "keep", "govern", "audit"

# What each role may in its secretariat. A viewer sees no address list, no mail (it holds personal links) and no needs.
MAY = {
    "owner": frozenset((SEE, KEEP, GOVERN, AUDIT)),
    "secretary": frozenset((SEE, KEEP)),
    "viewer": frozenset((SEE,)),
    "auditor": frozenset((SEE, AUDIT)),
}
SAFE = ("GET", "HEAD")


class Takes(NamedTuple):
    """What it takes to look at an address, and to post to it."""

    look: str
    change: str

    def by(self, method: str) -> str:
        return self.look if method in SAFE else self.change


def _each(takes: Takes, paths: Iterable[str], under: str = "") -> dict[str, Takes]:
    return {under + path: takes for path in paths}


EVENT = "/events/{event_id}"
SEEN, KEPT = Takes(SEE, KEEP), Takes(KEEP, KEEP)
POLICY = {
    **_each(Takes(OPEN, OPEN), (
    "/accessibility", "/code", "/csp-reports", "/health", "/join/{join_token}", "/join/{join_token}/passkey",
    "/language", "/preview", "/privacy-notice", "/reset", "/reset/{reset_token}", "/sign-in", "/sign-in/code",
    "/sign-in/organisation", "/sign-in/organisation/back", "/sign-in/organisation/enter", "/sign-in/passkey",
    "/sign-in/passkey/options",
    )),
    **_each(Takes(OWN, OWN), (
    "/account", "/account/authenticator", "/account/authenticator/confirm", "/account/organisation",
    "/account/organisation/unlink", "/account/passkeys", "/account/passkeys/options",
    "/account/passkeys/{passkey_id}", "/account/password", "/account/sessions", "/account/stay", "/drafts",
    "/drafts/discard", "/secretariats",
    "/secretariats/{secretariat_id}/work", "/sign-out",
    )),
    **_each(Takes(GOVERN, GOVERN), (
    "/accounts", "/accounts/invitations/{invitation_id}", "/accounts/{account_id}", "/accounts/{account_id}/end",
    "/outbox/hold", "/outbox/release", "/secretariats/name",
    )),
    **_each(Takes(AUDIT, AUDIT), (
    "/audit",
    )),
    **_each(Takes(LINK, LINK), (
    "/i/undo/{token}", "/i/{token}", "/m/{public_id}", "/m/{public_id}/answer", "/m/{public_id}/attachments/{number}",
    "/m/{public_id}/calendar.ics", "/m/{public_id}/code.svg", "/m/{public_id}/comments",
    "/m/{public_id}/materials/{material_id}", "/m/{public_id}/memo", "/m/{public_id}/memo.docx",
    "/m/{public_id}/memo.pdf", "/m/{public_id}/needs", "/m/{public_id}/not-you", "/m/{public_id}/papers.zip",
    "/m/{public_id}/past/{event_id}", "/m/{public_id}/past/{event_id}/attachments/{number}",
    "/m/{public_id}/past/{event_id}/memo", "/m/{public_id}/past/{event_id}/memo.docx",
    "/m/{public_id}/past/{event_id}/memo.pdf", "/m/{public_id}/past/{event_id}/papers.zip", "/m/{public_id}/proof",
    "/m/{public_id}/survey", "/m/{public_id}/survey/answers",
    )),
    **_each(SEEN, (
    "", "/agenda", "/agenda/materials/{material_id}", "/agenda/timer", "/agenda/versions",
    "/agenda/versions/{version}", "/answers", "/day", "/day/count", "/day/papers", "/day/room", "/details",
    "/follow-ups", "/invitation", "/issues/{version}", "/issues/{version}.docx", "/issues/{version}.pdf", "/memo",
    "/memo.docx", "/memo.pdf", "/memo/attachments/{attachment_id}", "/memo/page", "/papers/{paper}.pdf", "/sent",
    "/survey", "/survey/preview", "/survey/results", "/survey/summary", "/survey/summary.pdf", "/survey/versions",
    ), under=EVENT),
    **_each(SEEN, (
    "/", "/follow-ups", "/follow-ups/{follow_up_id}", "/groups", "/groups/map", "/groups/themes",
    "/groups/{group_id}", "/groups/{group_id}/phrases", "/lists", "/lists/{list_id}", "/organisations",
    "/organisations/{organisation_id}", "/people", "/people/{person_id}", "/privacy", "/privacy/events/{event_id}",
    "/recipients/uses/{use_id}", "/recipients/{field_id}", "/search", "/search/at-once", "/series",
    "/series/{series_event_id}",
    )),
    **_each(KEPT, (
    "/agenda/numbering", "/agenda/order", "/agenda/{item_id}", "/agenda/{item_id}/materials",
    "/agenda/{item_id}/materials/{material_id}", "/agenda/{item_id}/move", "/agenda/{item_id}/removal",
    "/archive.zip", "/cancel", "/copied", "/copy", "/day/all", "/day/all/undo", "/day/counted",
    "/day/lines/{line_id}", "/day/lines/{line_id}/book", "/day/lines/{line_id}/clock", "/day/lines/{line_id}/removal",
    "/day/list.json", "/day/people", "/day/people/{person_id}", "/day/people/{person_id}/clock",
    "/day/people/{person_id}/deputy", "/day/reports", "/day/reports/{report_id}", "/day/reports/{report_id}/removal",
    "/day/reports/{report_id}/undo", "/day/seats", "/day/walk-ins", "/delete", "/follow-ups/shown",
    "/follow-ups/{follow_up_id}", "/invitation/letter", "/invitation/letter/mail", "/invitation/letter/template",
    "/invitation/letter/test", "/invitation/printed", "/invitation/printed/letters-{batch}.pdf", "/invitation/send",
    "/invitation/take-back", "/invitees", "/invitees/{invitee_id}", "/invitees/{invitee_id}/again",
    "/invitees/{invitee_id}/answer", "/invitees/{invitee_id}/letter.pdf", "/invitees/{invitee_id}/letter/undo",
    "/invitees/{invitee_id}/link", "/invitees/{invitee_id}/offer", "/invitees/{invitee_id}/offer/withdraw",
    "/invitees/{invitee_id}/position", "/invitees/{invitee_id}/remove", "/invitees/{invitee_id}/withdraw",
    "/memo/attachments", "/memo/attachments/order", "/memo/attachments/{attachment_id}/change", "/memo/comments",
    "/memo/comments/{number}", "/memo/comments/{number}/{comment_id}", "/memo/details", "/memo/follow-ups",
    "/memo/follow-ups/{follow_up_id}", "/memo/history", "/memo/history/{revision_id}", "/memo/look",
    "/memo/proposals", "/memo/references", "/memo/text", "/needs", "/papers/badges.pdf", "/papers/sign_sheet.pdf",
    "/reminders", "/reminders/now", "/reminders/{reminder_id}/remove", "/revive", "/sent/take-back",
    "/sent/{mail_id}", "/survey/copy", "/survey/questions", "/survey/questions/order",
    "/survey/questions/{question_id}", "/survey/questions/{question_id}/move",
    "/survey/questions/{question_id}/removal", "/survey/questions/{question_id}/retirement",
    "/survey/results/{written_id}/more", "/survey/results/{written_id}/texts", "/survey/results/{written_id}/themes",
    "/survey/results/{written_id}/themes/{theme_id}", "/survey/results/{written_id}/themes/{theme_id}/move",
    "/survey/results/{written_id}/themes/{theme_id}/removal", "/survey/summary/{part}", "/survey/template",
    "/survey/translations", "/template", "/update",
    ), under=EVENT),
    **_each(KEPT, (
    "/duplicates", "/duplicates/count", "/duplicates/with/{person_id}", "/duplicates/{person_id}/{other_id}",
    "/duplicates/{person_id}/{other_id}/alike", "/duplicates/{person_id}/{other_id}/distinct", "/events/new",
    "/follow-ups/{follow_up_id}/removal", "/groups/new", "/groups/suggestions", "/groups/{group_id}/delete",
    "/groups/{group_id}/edit", "/groups/{group_id}/members", "/groups/{group_id}/members/{member_id}",
    "/groups/{group_id}/members/{member_id}/position", "/groups/{group_id}/members/{member_id}/remove",
    "/groups/{group_id}/phrases/{phrase_id}", "/imports", "/imports/{import_id}", "/imports/{import_id}/bring-in",
    "/imports/{import_id}/check", "/imports/{import_id}/columns", "/imports/{import_id}/discard",
    "/imports/{import_id}/rows/{number}", "/imports/{import_id}/rows/{number}/left-out",
    "/imports/{import_id}/rows/{number}/person", "/imports/{import_id}/undo", "/inbox", "/inbox/{mail_id}/back",
    "/inbox/{mail_id}/leave", "/inbox/{mail_id}/substitute", "/inbox/{mail_id}/take", "/inbox/{mail_id}/works",
    "/letters", "/letters/new", "/letters/{template_id}", "/letters/{template_id}/delete",
    "/lists/{list_id}/deletion", "/mailbox", "/mailbox/{mail_id}", "/mailbox/{mail_id}/attachments/{number}",
    "/mailbox/{mail_id}/html", "/organisations/missing", "/organisations/new", "/organisations/suggestions",
    "/organisations/{organisation_id}/delete", "/organisations/{organisation_id}/edit", "/outbox",
    "/outbox/{mail_id}/again", "/people/new", "/people/suggestions", "/people/{person_id}/delete",
    "/people/{person_id}/edit", "/people/{person_id}/places", "/people/{person_id}/places/{place_id}/removal",
    "/privacy/people/{person_id}", "/privacy/people/{person_id}/data.zip", "/recipients/{field_id}/addresses",
    "/recipients/{field_id}/items", "/recipients/{field_id}/left-out", "/recipients/{field_id}/position",
    "/recipients/{field_id}/removal", "/recipients/{field_id}/restoration",
    "/recipients/{field_id}/suggestions/{kind}", "/surveys", "/surveys/{survey_template_id}",
    "/surveys/{survey_template_id}/delete", "/templates", "/templates/{kept_id}",
    )),
}  # fmt: skip


def may(role: str | None, takes: str) -> bool:
    """Whether a role may what takes this; None is who has none in the secretariat, and may what is their own."""
    return takes in (OPEN, LINK, OWN) or (role is not None and takes in MAY[role])
