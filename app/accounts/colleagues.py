"""The people of a secretariat: invited, in their roles, and gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Row, delete, exists, func, select
from sqlalchemy.orm import Session

from app.accounts.models import (
    Account,
    AccountInvitation,
    AccountSession,
    AccountToken,
    Authenticator,
    Identity,
    Passkey,
    RecoveryCode,
)
from app.accounts.sessions import account_of, end_all
from app.accounts.tokens import digest, new_token
from app.errors import NotFound, Refused
from app.language import gettext as _
from app.secretariats.models import Role
from app.secretariats.policy import MAY

INVITED_FOR = timedelta(hours=72)


class Invited(NamedTuple):
    """An invitation, and what its link ends in, which is known only now."""

    invitation: AccountInvitation
    token: str


def may_grant(own: str, role: str) -> bool:
    """Whether somebody may give a role to others: none that may what their own may not."""
    return MAY[role] <= MAY[own]


def colleagues(session: Session, secretariat_id: int) -> Sequence[Row]:
    """Return the accounts with a role here by name: rows of the account, its role, its passkeys' number, whether it has
    a second factor, and whether it is linked with the organisation's sign-in."""
    passkeys = select(func.count()).where(Passkey.account_id == Account.id).scalar_subquery()
    second = exists().where(Authenticator.account_id == Account.id, Authenticator.confirmed_at.is_not(None))
    linked = exists().where(Identity.account_id == Account.id)
    query = (
        select(
            Account, Role.role, passkeys.label("passkeys"), second.label("has_second"), linked.label("is_linked")
        ).join(Role, Role.account_id == Account.id)
        .where(Role.secretariat_id == secretariat_id, Account.ended_at.is_(None))
    )  # fmt: skip
    return session.execute(query.order_by(func.lower(Account.name), Account.id)).all()


def colleague(session: Session, secretariat_id: int, account_id: int) -> tuple[Account, Role]:
    """Return one with a role here; raises NotFound."""
    query = select(Account, Role).join(Role, Role.account_id == Account.id)
    found = session.execute(query.where(Role.secretariat_id == secretariat_id, Account.id == account_id)).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def invitations(session: Session, secretariat_id: int) -> list[AccountInvitation]:
    """Return those who have been invited here and have not come yet, by name."""
    query = select(AccountInvitation).where(AccountInvitation.secretariat_id == secretariat_id)
    return list(session.scalars(query.order_by(func.lower(AccountInvitation.name), AccountInvitation.id)))


def invitation_by_id(session: Session, secretariat_id: int, invitation_id: int) -> AccountInvitation:
    """Return one of them; raises NotFound."""
    mine = AccountInvitation.id == invitation_id, AccountInvitation.secretariat_id == secretariat_id
    found = session.scalar(select(AccountInvitation).where(*mine))
    if found is None:
        raise NotFound
    return found


def why_not_invited(session: Session, secretariat_id: int, email: str) -> str | None:
    """Return why an address cannot be invited here, or None."""
    has_role = select(Role.id).join(Account, Account.id == Role.account_id)
    if session.scalar(
        has_role.where(Role.secretariat_id == secretariat_id, func.lower(Account.email) == email.lower())
    ):
        return _("This person has a role here already. Change it in the list.")
    asked = AccountInvitation.secretariat_id == secretariat_id, func.lower(AccountInvitation.email) == email.lower()
    if session.scalar(select(AccountInvitation.id).where(*asked)):
        return _("This person has been invited already. Send a new link in the list.")
    return None


def invite(
    session: Session, secretariat_id: int, *, email: str, name: str, role: str, language: str, at: datetime
) -> Invited:
    """Ask a colleague to join in a role, within 72 hours; the mail is the caller's."""
    token = new_token()
    row = AccountInvitation(
        secretariat_id=secretariat_id, email=email.lower(), name=name, role=role, language=language,
        token_hash=digest(token), made_at=at, expires_at=at + INVITED_FOR,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return Invited(row, token)


def renew(session: Session, invitation: AccountInvitation, at: datetime) -> Invited:
    """Give an invitation another 72 hours and another link; the one before opens nothing any more."""
    token = new_token()
    invitation.token_hash, invitation.made_at, invitation.expires_at = digest(token), at, at + INVITED_FOR
    session.flush()
    return Invited(invitation, token)


def invitation_of(session: Session, token: str, at: datetime) -> AccountInvitation | None:
    """Return the invitation that a link opens; None once it has run out, was used, renewed or withdrawn."""
    valid = AccountInvitation.token_hash == digest(token), AccountInvitation.expires_at > at
    return session.scalar(select(AccountInvitation).where(*valid))


def accept(session: Session, invitation: AccountInvitation) -> Account:
    """Give who was invited their role, and an account where they have none that opens; the invitation is used up.

    The caller gives a new account what it is opened by. Only this makes an account, or opens an ended one.
    """
    used = delete(AccountInvitation).where(AccountInvitation.id == invitation.id)
    if session.execute(used.execution_options(synchronize_session=False)).rowcount == 0:
        raise NotFound
    account = account_of(session, invitation.email)
    if account is None:
        account = Account(email=invitation.email, name=invitation.name, language=invitation.language)
        session.add(account)
        session.flush()
    account.ended_at = None
    session.add(Role(account_id=account.id, secretariat_id=invitation.secretariat_id, role=invitation.role))
    session.flush()
    return account


def change_role(session: Session, secretariat_id: int, role: Role, to: str) -> None:
    """Give a colleague another role; their sessions end. Raises Refused for the last owner."""
    if role.role == "owner" and to != "owner":
        _keep_an_owner(session, secretariat_id, role)
    role.role = to
    end_all(session, role.account_id)
    session.flush()


def end_access(session: Session, secretariat_id: int, role: Role, at: datetime) -> None:
    """Take a colleague's role away: their sessions end at once, and when it was their last role, all that signs them in
    is gone. Raises Refused for the last owner."""
    if role.role == "owner":
        _keep_an_owner(session, secretariat_id, role)
    account_id = role.account_id
    session.delete(role)
    session.flush()
    end_all(session, account_id)
    if session.scalar(select(Role.id).where(Role.account_id == account_id).limit(1)) is None:
        _close(session, account_id, at)


def _close(session: Session, account_id: int, at: datetime) -> None:
    account = session.get_one(Account, account_id)
    account.ended_at, account.password_hash = at, None
    for model in (Passkey, Authenticator, RecoveryCode, Identity, AccountToken, AccountSession):
        session.execute(delete(model).where(model.account_id == account_id))
    session.flush()


def is_only_owner(session: Session, secretariat_id: int, role: Role) -> bool:
    """Whether a secretariat would be nobody's without this role."""
    owners = select(Role.id).where(Role.secretariat_id == secretariat_id, Role.role == "owner")
    return set(session.scalars(owners)) == {role.id}


def _keep_an_owner(session: Session, secretariat_id: int, role: Role) -> None:
    here = Role.secretariat_id == secretariat_id, Role.role == "owner"
    session.scalars(select(Role.id).where(*here).order_by(Role.id).with_for_update()).all()  # who else ends one, waits
    if is_only_owner(session, secretariat_id, role):
        raise Refused(_("This is the only owner. Make somebody else an owner first."))
