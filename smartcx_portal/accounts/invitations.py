"""Invitations: a member-to-be follows a signed link once, within seven days, and sets name and password."""

from dataclasses import dataclass
from datetime import timedelta

from smartcx_portal.accounts.passwords import new_hash, verify
from smartcx_portal.accounts.staff_sign_in import TRIES, WrongPassword
from smartcx_portal.kit.contact import email_key
from smartcx_portal.kit.errors import NotFound, ProductError
from smartcx_portal.kit.language import N_
from smartcx_portal.kit.limits import give_back, limit
from smartcx_portal.kit.tokens import digest
from smartcx_portal.messaging.links import read_invitation_secret
from smartcx_portal.models.staff import Identity, Invitation, Membership, Role
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.tenancy import Permission, Work

VALID = timedelta(days=7)
LONGEST_NAME = 200


class InvitationOver(ProductError):
    """Used already, or too old."""

    says = N_("This invitation has been used or has run out. Please ask for a new one.")


class NameMissing(ProductError):
    """Nobody without a name."""

    says = N_("Enter your name.")


@dataclass(frozen=True, slots=True)
class Invited:
    """What the invitation's page shows. `known`: there is an account already, whose password is asked for."""

    tenant: str
    email: str
    role: str
    known: bool


def invite(work: Work, email: str, role: Role) -> Invitation:
    """Put an invitation into the work's tenant; whoever calls posts the mail. Older open ones for the address lapse.

    The operator invites a new tenant's owner, an owner everybody else. Raises `NotAnEmail`, `NotPermitted`.
    """
    if not work.actor.may(Permission.OPERATE):
        work.need(Permission.MEMBERS_EDIT)
    key = email_key(email)
    work.update_where(Invitation, Invitation.email_key == key, Invitation.accepted_at.is_(None), lapses_at=work.now)
    made = work.new(
        Invitation,
        email=email.strip(),
        email_key=key,
        role=role,
        created_at=work.now,
        lapses_at=work.now + VALID,
    )
    work.audit("member.invited", made, role=role.value)
    return made


def look_at(work: Work, secret: str) -> Invited:
    """What a secret invites to. Raises `LinkInvalid` for a wrong one, `InvitationOver` for a used or old one."""
    invitation = _open_invitation(work, secret)
    tenant = work.get(Tenant, work.tenant)
    known = _identity(work, invitation.email_key) is not None
    return Invited(tenant.name, invitation.email, invitation.role.value, known)


def accept(work: Work, secret: str, name: str, password: str) -> Identity:
    """Become a member. A new account gets `name` and `password`; an existing one must show its own password.

    Raises what `look_at` raises, `PasswordTooShort`, `NameMissing`, `WrongPassword`, `TooMany`.
    """
    invitation = _open_invitation(work, secret)
    identity = _identity(work, invitation.email_key)
    if identity is None:
        identity = _new_identity(work, invitation, name, password)
    else:
        _let_in(work, identity, password)
    invitation.accepted_at = work.now
    _join(work, identity, invitation.role)
    return identity


def _open_invitation(work: Work, secret: str) -> Invitation:
    """The row behind a secret, locked, so that it is used once; enters its tenant."""
    tenant_id, invitation_id = read_invitation_secret(secret)
    tenant = work.get(Tenant, tenant_id)
    if tenant.status is TenantStatus.CLOSED:
        raise NotFound
    work.enter_tenant(tenant_id)
    invitation = work.get(Invitation, invitation_id, lock=True)
    if invitation.accepted_at is not None or invitation.lapses_at <= work.now:
        raise InvitationOver
    return invitation


def _identity(work: Work, key: str) -> Identity | None:
    return work.first(work.shared(Identity).where(Identity.email_key == key))


def _new_identity(work: Work, invitation: Invitation, name: str, password: str) -> Identity:
    words = " ".join(name.split())
    if not words or len(words) > LONGEST_NAME:
        raise NameMissing(field="name")
    return work.new(
        Identity,
        email=invitation.email,
        email_key=invitation.email_key,
        name=words,
        password_hash=new_hash(password),
        created_at=work.now,
    )


def _let_in(work: Work, identity: Identity, password: str) -> None:
    """An account that exists proves itself; the limit is the sign-in's."""
    counted = digest("sign-in", identity.email_key)
    limit("sign-in account", counted, TRIES)
    if identity.disabled_at is not None or identity.operator or not verify(identity.password_hash, password):
        raise WrongPassword(field="password")
    give_back("sign-in account", counted, TRIES)


def _join(work: Work, identity: Identity, role: Role) -> None:
    """A membership of this identity, taken up again if there was one."""
    member: Membership | None = work.first(work.select(Membership).where(Membership.identity_id == identity.id))
    if member is None:
        member = work.new(Membership, identity_id=identity.id, role=role, created_at=work.now)
    else:
        member.role, member.ended_at = role, None
    work.audit("member.joined", member, role=role.value)
