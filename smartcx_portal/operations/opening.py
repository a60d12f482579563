"""Open a new tenant by the short form: its booking page and notice are live at once, its owner gets an invitation."""

from typing import ClassVar
from uuid import UUID

from smartcx_portal.accounts.invitations import invite
from smartcx_portal.bookings.entries import clean
from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.language import N_
from smartcx_portal.messaging.outbox import post
from smartcx_portal.models.messaging import Channel
from smartcx_portal.models.staff import Membership, Role
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.operations.counts import recount
from smartcx_portal.operations.founding import first_calendar, found_tenant
from smartcx_portal.operations.tenant_form import TenantForm, checked
from smartcx_portal.privacy.notice import publish_notice
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.tenancy import Permission, Work


class HasOwner(ProductError):
    """From the first owner on, only owners let people in."""

    says: ClassVar[str] = N_("This tenant has an owner, who invites others. The operator cannot.")


def open_tenant(work: Work, form: TenantForm) -> str:
    """Make the tenant and invite its owner; returns the slug, the tenant's word in addresses.

    Raises `InvalidForm`, which names each field that cannot be used. The work acts for the new tenant afterwards.
    """
    work.need(Permission.OPERATE)
    entries = checked(form)
    tenant = found_tenant(work, entries)
    first_calendar(work, tenant)
    publish_notice(work)
    _invite(work, entries.owner_email, entries.language)
    recount(work)
    return tenant.slug


def invite_owner(work: Work, tenant_id: UUID, email: str) -> None:
    """Invite an owner anew while the tenant has none: later ones are the owner's to invite, or the operator could
    let itself in. Raises `HasOwner`, `NotAnEmail`, `NotFound`."""
    work.need(Permission.OPERATE)
    tenant = work.get(Tenant, tenant_id)
    work.enter_tenant(tenant.id)
    owners = work.select(Membership).where(Membership.role == Role.OWNER, Membership.ended_at.is_(None))
    if work.count(owners):
        raise HasOwner
    _invite(work, clean(email), tenant.language)


def _invite(work: Work, email: str, language: str) -> None:
    """The invitation and its mail, in the language of the tenant's own texts."""
    invitation = invite(work, email, Role.OWNER)
    post(work, Kind.INVITATION, Channel.EMAIL, invitation.email, language=language, invitation_id=invitation.id)
