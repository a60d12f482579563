"""Who is behind an event, for which tenant: read from the session row and the page's path, never from a payload."""

import ipaddress
import re
from uuid import UUID

from smartcx_portal.accounts import sessions
from smartcx_portal.accounts.sessions import Proof
from smartcx_portal.gate.turn import Asked, Proven
from smartcx_portal.kit.errors import NotFound, NotPermitted, NotSignedIn, ProductError
from smartcx_portal.kit.tokens import digest
from smartcx_portal.models.staff import SessionKind
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.tenancy import VISITOR, Permission, open_work
from smartcx_portal.tenancy.permissions import OF_STAFF
from smartcx_portal.tenancy.suspension import TenantSuspended

TENANT_PAGE = re.compile(r"/(?:de|en)/t/([a-z0-9-]{1,60})(?:/|$)")
WITHOUT_TENANT = frozenset({Permission.PUBLIC, Permission.OPERATE})
SIGNED_IN = OF_STAFF | {Permission.OPERATE, Permission.PERSON, Permission.PERSON_FRESH}


def hash_of(key: str) -> str:
    """What the state and the session row know of a tab's key."""
    return digest("tab-key", key)


def network_of(client_ip: str) -> str:
    """The keyed hash of the caller's network: the address, of IPv6 the /64 that one customer gets.

    A server that listens on both at once sees IPv4 as IPv6 (`::ffff:192.0.2.1`): all of it would be one /64.
    """
    try:
        address = ipaddress.ip_address(client_ip)
    except ValueError:
        return digest("network", "")
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    shown = str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)
    return digest("network", shown)


def slug_of(path: str) -> str:
    """The tenant's name in a page's path, empty on all other pages."""
    found = TENANT_PAGE.match(path)
    return found[1] if found else ""


def language_of(path: str) -> str:
    """The language of a page."""
    return "en" if path == "/en" or path.startswith("/en/") else "de"


def look(asked: Asked) -> Proven:
    """Ask the database; runs in a thread. On a tenant's pages only its own people count as signed in."""
    if not (asked.signed_in or asked.slug):
        return Proven(asked, VISITOR, None)
    with open_work(VISITOR, tab=asked.tab) as work:
        proof = sessions.prove(work, asked.tab, renew=asked.renew) if asked.signed_in else None
        if not asked.slug:
            return _inside(asked, proof)
        found = work.shared(Tenant).where(Tenant.slug == asked.slug, Tenant.status != TenantStatus.CLOSED)
        tenant = work.first(found)
        return _on_tenant_page(asked, proof, tenant.id if tenant else None)


def _inside(asked: Asked, proof: Proof | None) -> Proven:
    if proof is None or proof.kind is SessionKind.PERSON:
        return Proven(asked, VISITOR, None, proof)
    return Proven(asked, proof.actor, proof.tenant_id, proof, proof.suspended)


def _on_tenant_page(asked: Asked, proof: Proof | None, tenant_id: UUID | None) -> Proven:
    own = proof is not None and proof.kind is SessionKind.PERSON and proof.tenant_id == tenant_id
    return Proven(asked, proof.actor if proof and own else VISITOR, tenant_id, proof)


def refusal(proven: Proven, permission: Permission) -> ProductError | None:
    """Why this event may not use a handler of this permission; None when it may."""
    actor = proven.actor
    if not actor.may(permission):
        if permission in SIGNED_IN and not actor.permissions & SIGNED_IN:
            return NotSignedIn()
        return NotPermitted() if actor.may(Permission.STAFF) and permission in OF_STAFF else NotFound()
    if permission not in WITHOUT_TENANT and proven.tenant_id is None:
        return NotFound()
    if permission in OF_STAFF and proven.suspended:
        return TenantSuspended()
    return None
