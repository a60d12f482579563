"""A link by which any other controller fetches one package, once (Art. 20(2), promise P13).

Its secret follows from the row's id, so none is stored. To look at it uses nothing up; only fetching does.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from smartcx_portal.bookings.entries import clean
from smartcx_portal.kit.errors import InvalidForm, NotFound, ProductError
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.limits import limit
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.kit.tokens import signature, signed
from smartcx_portal.models.privacy import ExportPackage, PullLink
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.access import own_id
from smartcx_portal.privacy.export import make_package, package_name
from smartcx_portal.privacy.package_files import package_path
from smartcx_portal.privacy.subject import PORTABILITY
from smartcx_portal.settings import settings
from smartcx_portal.tenancy import Permission, Work

LIFE = timedelta(hours=72)
USE = "pull"
MADE = "5 per day"
LONGEST_LABEL = 200
TOO_LONG = N_("Use at most 200 characters.")
UNUSED, USED, OVER = N_("not used yet"), N_("used on {when}"), N_("over, was not used")


class PullOver(ProductError):
    """Used, old, or never made."""

    says = N_("This link has been used or is over. The person can make a new one in their portal.")


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link as its person sees it later: without the secret."""

    id: str
    label: str
    made: str
    until: str
    state: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What a link holds ready: whose package, its size in bytes, its check sum, until when (ISO 8601)."""

    sender: str
    size: int
    sha256: str
    until: str


@dataclass(frozen=True, slots=True)
class Pulled:
    """The file that was fetched; the link opens nothing any more."""

    path: Path
    name: str


def make_pull_link(work: Work, label: str) -> str:
    """Put a package together and give the address that fetches it once, within 72 hours; shown only now.

    The package is the link's own: neither does it push out one that lies ready for the person, nor is it pushed out.
    `label` says for whom, in the person's words. Needs a fresh proof. Raises `InvalidForm`.
    """
    work.need(Permission.PERSON_FRESH)
    for_whom = clean(label)
    if len(for_whom) > LONGEST_LABEL:
        raise InvalidForm({"label": TOO_LONG})
    limit("pull-link", f"{work.tenant}:{own_id(work)}", MADE)
    package = make_package(work, PORTABILITY, for_link=True)
    row = work.new(
        PullLink,
        customer_id=own_id(work),
        package_id=UUID(package.id),
        label=for_whom,
        created_at=work.now,
        lapses_at=work.now + LIFE,
    )
    work.audit("pull_link.made", row)
    return f"{settings().base_url}/pulls/{work.tenant}.{row.id}.{signature(USE, work.tenant, row.id)}"


def own_pull_links(work: Work) -> list[LinkView]:
    """The signed-in person's links, newest first."""
    work.need(Permission.PERSON)
    zone = work.get(Tenant, work.tenant).zone
    query = work.select(PullLink).where(PullLink.customer_id == own_id(work))
    return [
        LinkView(
            str(row.id),
            row.label,
            moment_text(row.created_at, zone, work.lang),
            moment_text(row.lapses_at, zone, work.lang),
            _state(work, row, zone),
        )
        for row in work.all(query.order_by(PullLink.created_at.desc()).limit(20))
    ]


def tenant_of(secret: str) -> UUID:
    """At which tenant a link was made. Raises `PullOver` for what we never made."""
    return _opened(secret)[0]


def offered(work: Work, secret: str) -> Offered:
    """What the link holds; uses nothing up. Raises `PullOver`."""
    row, package = _ready(work, secret)
    return Offered(work.get(Tenant, work.tenant).name, package.size, package.sha256, row.lapses_at.isoformat())


def pull(work: Work, secret: str) -> Pulled:
    """Use the link up; of two who come at once, one gets the package. Raises `PullOver`."""
    row, package = _ready(work, secret, lock=True)
    row.used_at = work.now
    work.audit("pull_link.used", row)
    return Pulled(package_path(work.tenant, package.id), package_name(work, str(package.id)))


def _opened(secret: str) -> tuple[UUID, UUID]:
    """Tenant and link that a secret names."""
    parts = secret.split(".")
    if len(parts) != 3:
        raise PullOver
    try:
        tenant_id, link_id = as_id(parts[0]), as_id(parts[1])
    except NotFound:
        raise PullOver from None
    if not signed(USE, parts[2], tenant_id, link_id):
        raise PullOver
    return tenant_id, link_id


def _ready(work: Work, secret: str, *, lock: bool = False) -> tuple[PullLink, ExportPackage]:
    tenant_id, link_id = _opened(secret)
    row = work.find(PullLink, link_id, lock=lock) if tenant_id == work.tenant else None
    if row is None or row.used_at is not None or row.lapses_at <= work.now:
        raise PullOver
    package = work.find(ExportPackage, row.package_id)
    if package is None or package.lapses_at <= work.now or not package_path(work.tenant, package.id).exists():
        raise PullOver
    return row, package


def _state(work: Work, row: PullLink, zone: str) -> str:
    if row.used_at:
        return translate(work.lang, USED).format(when=moment_text(row.used_at, zone, work.lang))
    return translate(work.lang, OVER if row.lapses_at <= work.now else UNUSED)
