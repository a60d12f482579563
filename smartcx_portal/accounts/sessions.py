"""Sessions: a signed-in tab by the hash of its key. Looked at on every event, so ending one works at the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.models.booking import Booking, Draft
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.staff import Identity, Membership, Role, Session, SessionKind
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.tenancy import Actor, ActorKind, Work

IDLE = {
    SessionKind.STAFF: timedelta(minutes=30),
    SessionKind.OPERATOR: timedelta(minutes=30),
    SessionKind.PERSON: timedelta(minutes=15),
}
"""Without anything done for so long, it ends."""
LONGEST = timedelta(hours=12)
FRESH = timedelta(minutes=10)
"""How long a fresh proof (tier T3) counts."""
RENEWED_EVERY = timedelta(minutes=1)
OWN_ZONE = "Europe/Berlin"
"""Of the operator, and of those who have no tenant yet."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a session row proves right now. `tenant_id` is None while a member of several has not chosen."""

    session_id: UUID
    kind: SessionKind
    actor: Actor
    tenant_id: UUID | None
    tenant_name: str
    name: str
    zone: str
    ends_at: datetime
    suspended: bool = False


def begin(
    work: Work,
    key_hash: str,
    kind: SessionKind,
    *,
    identity_id: UUID | None = None,
    tenant_id: UUID | None = None,
    customer_id: UUID | None = None,
    fresh: bool = False,
    proof: str = "",
) -> Session:
    """Sign a tab in under a new key; an earlier session of the tab ends, its drafts come along.

    `proof`: what a person showed for it, as their requests note it.
    """
    end(work, work.tab)
    _bring_along(work, key_hash)
    return work.new(
        Session,
        kind=kind,
        key_hash=key_hash,
        identity_id=identity_id,
        tenant_id=tenant_id,
        customer_id=customer_id,
        created_at=work.now,
        seen_at=work.now,
        ends_at=work.now + LONGEST,
        fresh_at=work.now if fresh else None,
        proof=proof,
    )


def rotate(work: Work, key_hash: str, *, fresh: bool, proof: str = "") -> None:
    """Give the tab's session a new key; `fresh` notes that the person has just proven themselves again, by `proof`."""
    changes = {"fresh_at": work.now, "proof": proof} if fresh else {}
    work.update_where(Session, Session.key_hash == work.tab, key_hash=key_hash, seen_at=work.now, **changes)
    _bring_along(work, key_hash)


def _bring_along(work: Work, key_hash: str) -> None:
    """What the tab has begun stays the tab's under its new key: its draft, and the time it holds."""
    if work.tenant_id is not None and work.tab:
        work.update_where(Draft, Draft.key_hash == work.tab, key_hash=key_hash)
        work.update_where(Booking, Booking.holder_key == work.tab, holder_key=key_hash)


def end(work: Work, key_hash: str) -> None:
    """Sign the tab with this key out; nothing happens if it is not signed in."""
    work.delete_where(Session, Session.key_hash == key_hash)


def end_all(work: Work, *, identity_id: UUID | None = None, customer_id: UUID | None = None) -> int:
    """Sign an identity or a person out everywhere: after a new password, a disabling, an erasure."""
    whose = Session.identity_id == identity_id if identity_id else Session.customer_id == customer_id
    if identity_id is None and customer_id is None:
        return 0
    return work.delete_where(Session, whose)


def prove(work: Work, key_hash: str, *, renew: bool = False) -> Proof | None:
    """What the tab with this key may count as now; None when its session is gone, over or without ground.

    `renew` says that the person did something. Enters the session's tenant.
    """
    row = work.first(work.shared(Session).where(Session.key_hash == key_hash))
    if row is None or _ends_at(row) <= work.now:
        return None
    if renew and work.now - row.seen_at >= RENEWED_EVERY:
        row.seen_at = work.now
    return _of_person(work, row) if row.kind is SessionKind.PERSON else _of_identity(work, row)


def still_reading(work: Work, session_ids: Iterable[UUID]) -> dict[UUID, Role]:
    """Of these sessions the live ones of this tenant's members, with their roles: for pushes to open pages."""
    rows = work.all(
        work.shared(Session, Identity)
        .join(Identity, Identity.id == Session.identity_id)
        .where(Session.id.in_(list(session_ids)), Session.tenant_id == work.tenant, Identity.disabled_at.is_(None))
    )
    members = dict(work.all(work.select(Membership.identity_id, Membership.role).where(Membership.ended_at.is_(None))))
    return {
        row.id: members[identity.id] for row, identity in rows if _ends_at(row) > work.now and identity.id in members
    }


def still_may(work: Work) -> bool:
    """Whether who acts, as a link of some minutes says, could still do so in a session: not disabled, ended, of another
    role or erased meanwhile, and the tenant not closed, nor for its staff suspended.
    """
    actor = work.actor
    tenant = work.get(Tenant, work.tenant_id) if work.tenant_id else None
    if tenant is not None and tenant.status is TenantStatus.CLOSED:
        return False
    if actor.kind is ActorKind.PERSON:
        return work.find(Customer, actor.customer_id) is not None
    identity = work.find(Identity, actor.identity_id)
    if identity is None or identity.disabled_at is not None:
        return False
    if actor.kind is ActorKind.OPERATOR:
        return identity.operator
    if tenant is None or tenant.status is TenantStatus.SUSPENDED:
        return False
    mine = work.select(Membership.role).where(Membership.identity_id == identity.id, Membership.ended_at.is_(None))
    return work.first(mine) == actor.role


def ends(work: Work, session_ids: Iterable[UUID]) -> dict[UUID, tuple[datetime, str]]:
    """When these sessions end if nothing is done, each with its tenant's zone; those that are over are left out."""
    rows = work.all(
        work.shared(Session, Tenant.zone)
        .outerjoin(Tenant, Tenant.id == Session.tenant_id)
        .where(Session.id.in_(list(session_ids)))
    )
    return {row.id: (_ends_at(row), zone or OWN_ZONE) for row, zone in rows if _ends_at(row) > work.now}


def forget_ended(work: Work) -> int:
    """Delete the rows of sessions that are over; a job does it now and then. How many there were."""
    over = [sa.and_(Session.kind == kind, Session.seen_at <= work.now - idle) for kind, idle in IDLE.items()]
    return work.delete_where(Session, sa.or_(Session.ends_at <= work.now, *over))


def _ends_at(row: Session) -> datetime:
    return min(row.ends_at, row.seen_at + IDLE[row.kind])


def _of_identity(work: Work, row: Session) -> Proof | None:
    identity = work.find(Identity, row.identity_id)
    if identity is None or identity.disabled_at is not None:
        return None
    if row.kind is SessionKind.OPERATOR:
        actor = Actor(ActorKind.OPERATOR, identity_id=identity.id)
        return _proof(row, actor, None, identity.name) if identity.operator else None
    if row.tenant_id is None:
        return _proof(row, Actor(ActorKind.STAFF, identity_id=identity.id), None, identity.name)
    work.enter_tenant(row.tenant_id)
    member = work.first(
        work.select(Membership).where(Membership.identity_id == identity.id, Membership.ended_at.is_(None))
    )
    tenant = work.get(Tenant, row.tenant_id)
    if member is None or tenant.status is TenantStatus.CLOSED:
        return None
    return _proof(row, Actor(ActorKind.STAFF, identity_id=identity.id, role=member.role), tenant, identity.name)


def _of_person(work: Work, row: Session) -> Proof | None:
    if row.tenant_id is None:
        return None
    work.enter_tenant(row.tenant_id)
    tenant = work.get(Tenant, row.tenant_id)
    if tenant.status is TenantStatus.CLOSED or work.find(Customer, row.customer_id) is None:
        return None
    fresh = row.fresh_at is not None and work.now - row.fresh_at < FRESH
    actor = Actor(ActorKind.PERSON, customer_id=row.customer_id, fresh=fresh, proof=row.proof)
    return _proof(row, actor, tenant, "")


def _proof(row: Session, actor: Actor, tenant: Tenant | None, name: str) -> Proof:
    return Proof(
        session_id=row.id,
        kind=row.kind,
        actor=actor,
        tenant_id=tenant.id if tenant else None,
        tenant_name=tenant.name if tenant else "",
        name=name,
        zone=tenant.zone if tenant else OWN_ZONE,
        ends_at=_ends_at(row),
        suspended=tenant is not None and tenant.status is TenantStatus.SUSPENDED,
    )
