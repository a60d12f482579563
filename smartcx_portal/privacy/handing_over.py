"""Handing one's data over to another tenant of the portal, as the person wishes (Art. 20(2), promise P13)."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.limits import limit
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.models.privacy import Right, Transfer
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.privacy.access import own_id
from smartcx_portal.privacy.cases import done_at_once
from smartcx_portal.privacy.handed_titles import HANDING_OVER
from smartcx_portal.privacy.transferring import OPEN, deliver_transfer
from smartcx_portal.tenancy import Permission, Work

LOOKED_UP = "30 per hour"
HANDED = "10 per day"
LONGEST = 300
IN_ADDRESS = re.compile(r"/t/([^/]+)")


class UnknownProvider(ProductError):
    """No tenant has this word in its address, or none that can receive."""

    says = N_("We know no provider with this address. Copy it from the address line of its booking page.")


class OwnProvider(ProductError):
    """Giver and receiver are the same."""

    says = N_("This is the provider that your data comes from. Choose another one.")


class OnItsWay(ProductError):
    """One at a time."""

    says = N_("Your data already waits there to be taken over. You need do nothing more.")


@dataclass(frozen=True, slots=True)
class Receiver:
    """Whom the data would go to, as the person checks it before handing over."""

    slug: str = ""
    name: str = ""
    street: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class TransferView:
    """One hand-over in words; `closed` is a day, or empty while it is under way."""

    id: str
    name: str
    state: str
    handed: str
    closed: str


def find_receiver(work: Work, entered: str) -> Receiver:
    """The provider that an address, or the word in it, stands for. Raises `UnknownProvider`, `OwnProvider`."""
    work.need(Permission.PERSON)
    limit("hand-over-look-up", f"{work.tenant}:{own_id(work)}", LOOKED_UP)
    found = _receiver(work, _slug_in(entered))
    return Receiver(found.slug, found.name, found.street, f"{found.postal_code} {found.city}")


def hand_over(work: Work, slug: str) -> Transfer:
    """Hand the signed-in person's data over to that tenant; a job brings it there. Needs a fresh proof.

    Raises `UnknownProvider`, `OwnProvider`, `OnItsWay`.
    """
    work.need(Permission.PERSON_FRESH)
    customer_id, to = own_id(work), _receiver(work, slug)
    work.lock("hand-over", customer_id)
    waiting = work.select(Transfer.id).where(
        Transfer.customer_id == customer_id, Transfer.to_tenant == to.id, Transfer.state.in_(OPEN)
    )
    if work.first(waiting) is not None:
        raise OnItsWay
    limit("hand-over", f"{work.tenant}:{customer_id}", HANDED)
    transfer = work.new(Transfer, customer_id=customer_id, to_tenant=to.id, created_at=work.now)
    done_at_once(work, Right.PORTABILITY, customer_id)
    work.audit("transfer.asked", transfer)
    work.defer(deliver_transfer, transfer=str(transfer.id))
    return transfer


def own_transfers(work: Work) -> list[TransferView]:
    """What the signed-in person handed over, newest first."""
    work.need(Permission.PERSON)
    zone = work.get(Tenant, work.tenant).zone
    query = work.select(Transfer).where(Transfer.customer_id == own_id(work))

    def day(moment: datetime | None) -> str:
        return day_text(local_day(moment, zone), work.lang) if moment else ""

    return [
        TransferView(
            str(row.id),
            work.get(Tenant, row.to_tenant).name,
            translate(work.lang, HANDING_OVER[row.state]),
            day(row.created_at),
            day(row.closed_at),
        )
        for row in work.all(query.order_by(Transfer.created_at.desc()).limit(50))
    ]


def _receiver(work: Work, slug: str) -> Tenant:
    found: Tenant | None = work.first(work.shared(Tenant).where(Tenant.slug == slug))
    if found is None or found.status is not TenantStatus.ACTIVE:
        raise UnknownProvider(field="provider")
    if found.id == work.tenant:
        raise OwnProvider(field="provider")
    return found


def _slug_in(entered: str) -> str:
    """`salon` in `salon`, `https://example.org/de/t/salon/buchen` and `/de/t/salon/`."""
    try:
        path = urlsplit(entered.strip()[:LONGEST]).path
    except ValueError:
        raise UnknownProvider(field="provider") from None
    named = IN_ADDRESS.search(path)
    return unquote(named[1] if named else path).strip("/ ").replace("\x00", "").lower()
