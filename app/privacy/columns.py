"""What every table holds, for what, and how long: the register of the installation's data, a line a table. Pure.

tests/privacy/test_columns.py fails on a column that is not here and on one that is gone. The notice to the people
concerned (GDPR 13) and a person's own data (GDPR 15) are made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CLASSES = ("none", "technical", "identity", "contact", "answer", "health", "free_text", "secret")
PERSONAL = frozenset(("identity", "contact", "answer", "health", "free_text"))
# a task carried out in the public interest (GDPR 6(1)(e), tietosuojalaki 1050/2018 4 §); consent (GDPR 9(2)(a))
TASK, CONSENT = "task", "consent"
PURPOSES = ("book", "event", "mail", "survey", "attendance", "memo", "needs", "accounts", "running")


@dataclass(frozen=True)
class Held:
    """A table: purpose is one of PURPOSES, kept the rule of app/privacy/retention.py by which it is erased, columns
    the class of each."""

    purpose: str
    kept: str
    columns: Mapping[str, str]

    @property
    def basis(self) -> str:
        return CONSENT if self.purpose == "needs" else TASK

    @property
    def personal(self) -> bool:
        return not PERSONAL.isdisjoint(self.columns.values())


def _table(line: str) -> tuple[str, Held]:
    """Read `table purpose rule: class column column; class column`."""
    head, _colon, classes = line.partition(": ")
    name, purpose, kept = head.split()
    columns = {}
    for part in classes.split("; "):
        kind, *names = part.split()
        columns |= dict.fromkeys(names, kind)
    return name, Held(purpose, kept, columns)


_LINES = """
accounts accounts account: technical id; contact email; identity name; secret password_hash; none language signed_in_at ended_at
account_invitations accounts account: technical id secretariat_id; contact email; identity name; secret token_hash; none role language made_at expires_at
account_tokens accounts account: secret token_hash value; technical account_id expires_at wrong; none purpose
passkeys accounts account: technical id account_id credential_id public_key sign_count; none name added_at used_at
authenticators accounts account: secret sealed; technical account_id step; none confirmed_at
recovery_codes accounts account: secret code_hash; technical account_id
identities accounts account: technical id account_id; none issuer linked_at; identity subject
form_drafts accounts form_drafts: technical id account_id secretariat_id form page turn; none begun_at saved_at; free_text sealed
wrong_tries accounts account: technical key wrong since last_at
account_sessions accounts account: secret token_hash; technical account_id secretariat_id expires_at; none began_at seen_at; identity browser
roles accounts account: technical id account_id secretariat_id; none role
secretariats running installation: technical id; none name
audit_entries running trail: technical number digest; none at actor act; contact actor_id about; identity address
people book book: technical id organisation_id secretariat_id; identity given_name family_name title unit order_key found_by; contact email; none language unneeded_since
distinct_people book book: technical person_id other_id
organisations book installation: technical id; none name name_sv name_en abbreviation abbreviation_sv abbreviation_en print_as found_by
groups book installation: technical id parent_id part_of_id secretariat_id; none name name_sv name_en genitive kind purpose term_starts term_ends found_by secretariat_name secretariat_elative
group_themes book installation: technical group_id position; none name
memberships book book: technical id group_id position person_id deputy_for_id; identity role
distribution_lists book installation: technical id field_id secretariat_id; none name
recipient_fields book installation: technical id
recipients book book: technical id field_id except_of_id position group_id list_id organisation_id event_id person_id; none kind who; free_text text
recipient_uses mail event: technical id field_id event_id; none paper used_at printed
recipients_reached mail event: technical id use_id position person_id; identity name reached_by; contact email
imports book imports: technical id account_id state secretariat_id columns options counts total done; none kind name headings begun_at ended_at problem; contact source
import_rows book imports: technical id import_id number same outcome doubtful left_out matched_by person_id made; contact cells faults mended values problems before
events event installation: technical id convener_id copied_from_id secretariat_id; none title kind language time_zone starts_at ends_at place online_url rsvp_deadline capacity offers_by offer_hours case_number project_number confidentiality series numbering first_number template shows_follow_ups cancelled_at found_by diet_asked access_asked erased_at held_until; free_text background held_because
invitees event event: technical id event_id position substitute_for_id person_id; identity role
representations event event: technical id invitee_id position; identity group_id organisation_id
responses event event: technical id invitee_id substitute_id; answer choice mode source responded_at; free_text comment
offers event event: technical id invitee_id state; answer offered_at expires_at ended_at made_by
needs needs needs: technical invitee_id; health sealed; none consented_at
invitations mail event: technical id invitee_id uid sequence; none sent_at cancelled_at printed_at
invitation_letters mail installation: technical event_id; none language; free_text subject body
letter_templates mail installation: technical id convener_id secretariat_id; none name kind language; free_text subject body
reminders mail installation: technical id event_id; none about days_before clock sent_at sent
personal_links mail event: technical id public_id event_id person_id version former revoked_at; none purpose; secret token_hash code_hash; technical kid; none not_theirs_at
link_keys running installation: technical id; none made_at
link_codes mail event: secret browser_hash code_hash; technical id link_id tries; none sent_at used_at
mailings mail mail_log: technical id event_id; none kind made_at; identity made_by; free_text frozen
outgoing_mails mail mail_log: technical id key event_id mailing_id message_id state due_at attempts claimed_by written person_id; none kind domain queued_at sent_at; identity to_name; contact to_address; free_text subject inputs reply
mail_contents mail mail_content: technical mail_id; contact sealed
incoming_mails mail inbox: technical id digest state event_id invitee_id outgoing_mail_id response_id mailbox uidvalidity mailbox_uid tries; none kind verdict reason message_id arrived_at; answer status given_at proposed_start proposed_end; free_text content subject comment; contact sender attendee delegated_to; identity sender_name delegate_name
undeliverable_addresses mail inbox: technical id mail_id; contact address; none since status; free_text said
mailbox_positions running installation: technical mailbox uidvalidity mailbox_uid begins_on reader leased_until read_at; none problem
mail_paces running installation: technical domain every not_before changed_at
mail_workers running installation: technical id host process began_at beat_at ended_at sent
outbox running installation: technical id held_at held_because paused_until paused_because starts database_file
surveys survey installation: technical id event_id secretariat_id; none template_name language title anonymous attribution background least closes_at translations; free_text introduction opening closing
questions survey installation: technical id survey_id position key shown_if_id agenda_item_id; none kind text help required minimum maximum low high shown_if_value retired translations; free_text comment
choices survey installation: technical id question_id position; none text open retired translations
survey_versions survey installation: technical survey_id; none number replaced_at content; identity replaced_by
sheets survey event: technical id survey_id person_id sent; identity background
answers survey event: technical sheet_id question_id part; answer number; free_text text
drafts survey event: technical id survey_id; answer content
survey_participations survey event: technical survey_id; identity person_id
themes survey installation: technical id question_id position; none title
themed_answers survey event: technical theme_id sheet_id question_id part
quotes survey event: technical sheet_id question_id part
attendances attendance record: technical id event_id position organisation_id person_id deputy_for_id key; identity given_name family_name title unit organisation_text role heading label of_the_day order_key found_by; none headcount; answer mode arrived_at left_at first_item last_item marked_at
present_for attendance record: technical id attendance_id position; identity group_id organisation_id
day_seats attendance record: technical id event_id position person_id deputy_for_id; identity role given_name family_name title unit names
attendance_marks attendance event: technical event_id person_id; answer mode pressed_at; identity pressed_by
attendance_reports attendance reports: technical id event_id; none name sent_at taken_at; contact rows
agenda_items event installation: technical id event_id position follow_up_id; none kind title minutes at number begun_at ended_at; free_text description notes
speakers event record: technical id item_id position person_id; identity name title organisation
programme_versions event record: technical id event_id; none number made_at; identity made_by; free_text content
follow_ups memo record: technical id event_id position owner_id returns_to_id; none due state; identity owner_name; free_text text
follow_up_steps memo record: technical id follow_up_id event_id; none state passed_over at; identity by; free_text note
memos memo record: technical id event_id distribution_id for_information_id lock_version; none document date sender title version numbered first_number participants listed_as show layout personal_data retention retention_ground secrecy_ground secret_until referred_to closing
memo_sections memo record: technical id memo_id position key agenda_item_id lock_version; none heading auto; free_text body by_hand by_hand_from
memo_revisions memo drafting: technical id memo_id section_key position agenda_item_id; none what heading auto begun_at saved_at; free_text body; identity saved_by
memo_phrases memo installation: technical id group_id position; none title; free_text text
memo_authors memo record: technical id memo_id position person_id; identity name
memo_signers memo record: technical id memo_id position person_id; identity signs_as
memo_issues memo record: technical id memo_id sha256; none version issued_at title carries; free_text fields changed
memo_issue_files memo record: technical issue_id sha256
memo_copies memo record: technical id issue_id person_id; none field opened_at; identity reached_by
attachments memo record: technical id memo_id agenda_item_id position sha256; none generated title file_name media_type appended alternative finding pages
stored_files memo record: technical sha256 size; free_text content
comment_rounds memo drafting: technical id memo_id; none number opened_at closes_at closed_at reminded_at told_at; identity opened_by; free_text note draft
comment_readers memo drafting: technical id round_id person_id; none done_at
comments memo drafting: technical id reader_id section_key block; none kind written_at state decided_at; identity decided_by; free_text text proposed answer
erasures running installation: technical id secretariat_id event_id; none rule erased_at erased
"""  # noqa: E501, a line a table, however many columns it has
TABLES: dict[str, Held] = dict(_table(line) for line in _LINES.strip().splitlines())
