"""When people stop working for a tenant, what was held on them goes after the period that the notice names (P08)."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from smartcx_portal.models.declaring import OnErasure, Purpose
from smartcx_portal.models.staff import Identity, Invitation, Membership, Session
from smartcx_portal.privacy.activities import activities
from smartcx_portal.privacy.data_map import data_map
from smartcx_portal.tenancy import JOB, Work, open_work

UNUSED = timedelta(days=90)
"""How long an account stays that belongs to nobody's staff any more, or does not yet."""


def forget_former_staff(tenants: Sequence[UUID]) -> int:
    """Take away memberships and invitations that are over, and accounts without any; how many accounts went."""
    working: set[UUID] = set()
    for tenant_id in tenants:
        with open_work(JOB, tenant_id) as work:
            forget_of_tenant(work)
            working.update(work.all(work.select(Membership.identity_id)))
    with open_work(JOB) as work:
        return _forget_accounts(work, working)


def forget_of_tenant(work: Work) -> int:
    """Memberships that ended and invitations that ran out before the tenant's period for its staff; how many rows.

    What these people did there stays without them.
    """
    activity = activities(work).get(Purpose.STAFF)
    if activity is None:
        return 0
    cutoff = work.now - timedelta(days=activity.retention_days)
    gone = work.delete_where(Membership, Membership.ended_at < cutoff)
    _forget_deeds(work)
    return gone + work.delete_where(Invitation, Invitation.lapses_at < cutoff)


def _forget_deeds(work: Work) -> None:
    """What somebody did keeps its date and their role; once they have left, it says no longer that it was they."""
    members = work.select(Membership.identity_id)
    for entry in data_map():
        for column in entry.columns:
            if column.name == entry.subject.staff and column.data.on_erasure is OnErasure.NULL:
                who = getattr(entry.model, column.name)
                work.update_where(entry.model, who.is_not(None), who.not_in(members), **{column.name: None})


def _forget_accounts(work: Work, working: set[UUID]) -> int:
    """An account just made has its membership in the same transaction, but may be younger than our list."""
    old = work.shared(Identity.id).where(Identity.operator.is_(False), Identity.created_at < work.now - UNUSED)
    idle = [identity_id for identity_id in work.all(old) if identity_id not in working]
    work.delete_where(Session, Session.identity_id.in_(idle))
    return work.delete_where(Identity, Identity.id.in_(idle))
