"""Staff and the operator's admins sign in with e-mail and password. Unknown, wrong and disabled get one answer."""

from dataclasses import dataclass
from uuid import UUID

from smartcx_portal.accounts.passwords import is_dated, new_hash, verify
from smartcx_portal.kit.contact import NotAnEmail, email_key
from smartcx_portal.kit.errors import NotFound, ProductError
from smartcx_portal.kit.language import N_
from smartcx_portal.kit.limits import give_back, limit
from smartcx_portal.kit.tokens import digest
from smartcx_portal.models.staff import Identity, Membership, SessionKind
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.tenancy import Work

TRIES = "10 per 5 minutes"
"""Per account and per network, as the Python Package Index does."""


class WrongPassword(ProductError):
    """Unknown address, wrong password, disabled account or one that belongs nowhere: not to be told apart."""

    says = N_("E-mail address and password do not fit together.")


@dataclass(frozen=True, slots=True)
class Workplace:
    """A tenant where an identity may work."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who proved themselves, and where they may go; one workplace needs no choosing."""

    identity_id: UUID
    kind: SessionKind
    workplaces: tuple[Workplace, ...] = ()

    @property
    def tenant_id(self) -> UUID | None:
        """The workplace, if there is exactly one."""
        return UUID(self.workplaces[0].id) if len(self.workplaces) == 1 else None


def prove_password(work: Work, email: str, password: str) -> SignedIn:
    """Check e-mail and password; sets up no session. Raises `WrongPassword` and `TooMany`."""
    key = _key_or_nothing(email)
    identity = _checked(work, key, password)
    if identity is None or identity.disabled_at is not None:
        raise WrongPassword
    work.enter_identity(identity.id)
    places = () if identity.operator else workplaces(work, identity.id)
    if not identity.operator and not places:
        raise WrongPassword
    if identity.password_hash and is_dated(identity.password_hash):
        identity.password_hash = new_hash(password)
    return SignedIn(identity.id, SessionKind.OPERATOR if identity.operator else SessionKind.STAFF, places)


def workplaces(work: Work, identity_id: UUID) -> tuple[Workplace, ...]:
    """Where an identity works, by name; the database shows an identity only its own memberships."""
    rows = work.all(
        work.shared(Tenant)
        .join(Membership, Membership.tenant_id == Tenant.id)
        .where(
            Membership.identity_id == identity_id,
            Membership.ended_at.is_(None),
            Tenant.status != TenantStatus.CLOSED,
        )
        .order_by(Tenant.name)
    )
    return tuple(Workplace(str(row.id), row.name) for row in rows)


def choose(work: Work, tenant_id: UUID) -> UUID:
    """The tenant that the signed-in member picks, if it is one of theirs; else `NotFound`."""
    identity_id = work.actor.identity_id
    if identity_id is None or str(tenant_id) not in {place.id for place in workplaces(work, identity_id)}:
        raise NotFound
    return tenant_id


def _checked(work: Work, key: str, password: str) -> Identity | None:
    """The identity if the password is right. Every try counts before it is checked; a right one is given back."""
    tries = (("sign-in account", digest("sign-in", key)), ("sign-in network", work.network))
    for name, counted in tries:
        limit(name, counted, TRIES)
    identity = work.first(work.shared(Identity).where(Identity.email_key == key)) if key else None
    if not verify(identity.password_hash if identity else None, password):
        return None
    for name, counted in tries:
        give_back(name, counted, TRIES)
    return identity


def _key_or_nothing(email: str) -> str:
    try:
        return email_key(email)
    except NotAnEmail:
        return ""
