"""A person's data as a package to take along: readable pages, JSON, CSV and calendar in one ZIP (Art. 15, 20)."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from smartcx_portal.kit.clock import local_day, now
from smartcx_portal.kit.errors import NotFound, ProductError
from smartcx_portal.kit.ids import as_id, new_id
from smartcx_portal.kit.language import N_
from smartcx_portal.kit.limits import limit
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.kit.tokens import signature, signed
from smartcx_portal.models.privacy import ExportPackage, PullLink, Right
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.access import own_id
from smartcx_portal.privacy.cases import done_at_once
from smartcx_portal.privacy.package_contents import package_files, zipped
from smartcx_portal.privacy.package_files import package_path, write_package_file
from smartcx_portal.privacy.reading import Reading
from smartcx_portal.privacy.subject import ACCESS, PORTABILITY
from smartcx_portal.tenancy import Permission, Work

LIFE = timedelta(days=7)
LINK_LIFE = timedelta(minutes=2)
MOST_KEPT = 3
"""Packages that one person may have lying ready."""
MADE = "20 per hour"
"""Packages of one person; what was made lies on the disk until the next cleaning."""
DOWNLOAD = "package-download"
RIGHTS = {ACCESS: Right.ACCESS, PORTABILITY: Right.PORTABILITY}
"""What a package of each profile carries out."""
NAMES = {ACCESS: "auskunft", PORTABILITY: "mitnehmen"}


class LinkOver(ProductError):
    """A download link is used within two minutes or not at all."""

    says = N_("This download link is no longer valid. Make a fresh one under “Take your data along”.")


@dataclass(frozen=True, slots=True)
class PackageView:
    """A package that lies ready: its size in bytes and in words, and the last day it can be fetched."""

    id: str
    name: str
    profile: str
    size: int
    size_text: str
    until: str


@dataclass(frozen=True, slots=True)
class Download:
    """What a good link opens; the endpoint still looks whether the row is there, in that tenant's walls."""

    tenant_id: UUID
    package_id: UUID
    path: Path


def make_package(work: Work, profile: str = ACCESS, *, for_link: bool = False) -> PackageView:
    """Put the signed-in person's data together now: all of it, or what they may take to another controller.

    The package lies ready for 7 days. One that waits `for_link` to be fetched is not among the three that one person
    may have: neither pushes the other out. Raises `NotFound` for any other profile, and `TooMany`.
    """
    work.need(Permission.PERSON)
    if profile not in RIGHTS:
        raise NotFound
    customer_id, package_id = own_id(work), new_id()
    if not for_link:
        limit("package", f"{work.tenant}:{customer_id}", MADE)
        _drop_oldest(work, customer_id)
    content = zipped(package_files(Reading.of(work, customer_id), profile))
    package = work.new(
        ExportPackage,
        id=package_id,
        customer_id=customer_id,
        profile=profile,
        created_at=work.now,
        lapses_at=work.now + LIFE,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    write_package_file(work.tenant, package_id, content)
    done_at_once(work, RIGHTS[profile], customer_id)
    work.audit("package.made", package)
    return _view(work, package)


def own_packages(work: Work) -> list[PackageView]:
    """The person's packages that can still be fetched, newest first."""
    work.need(Permission.PERSON)
    query = work.select(ExportPackage).where(
        ExportPackage.customer_id == own_id(work), ExportPackage.lapses_at > work.now
    )
    return [_view(work, p) for p in work.all(query.order_by(ExportPackage.created_at.desc()))]


def download_token(work: Work, package_id: str) -> str:
    """A fresh link's secret for the person's own package, good for two minutes; each click makes one."""
    work.need(Permission.PERSON)
    package = work.get(ExportPackage, as_id(package_id))
    if package.customer_id != own_id(work) or package.lapses_at <= work.now:
        raise NotFound
    ends = int((work.now + LINK_LIFE).timestamp())
    mark = signature(DOWNLOAD, work.tenant, package.id, ends)
    work.audit("package.link_made", package)
    return f"{work.tenant}.{package.id}.{ends}.{mark}"


def package_for(token: str) -> Download:
    """What a download link opens. Raises `LinkOver` for a wrong or old one, or when the file is gone."""
    parts = token.split(".")
    if len(parts) != 4 or not parts[2].isdecimal() or len(parts[2]) > 12:
        raise LinkOver
    try:
        tenant_id, package_id = as_id(parts[0]), as_id(parts[1])
    except NotFound:
        raise LinkOver from None
    good = signed(DOWNLOAD, parts[3], tenant_id, package_id, int(parts[2]))
    path = package_path(tenant_id, package_id)
    if not good or int(parts[2]) < now().timestamp() or not path.exists():
        raise LinkOver
    return Download(tenant_id, package_id, path)


def package_name(work: Work, package_id: str) -> str:
    """The file's name for the browser. Raises `NotFound` once the package is gone."""
    package = work.get(ExportPackage, as_id(package_id))
    return _name(work, package)


def _drop_oldest(work: Work, customer_id: UUID) -> None:
    """Let the oldest lapse, so that nobody fills the disk; the retention job takes lapsed ones away."""
    links = PullLink.customer_id == customer_id, PullLink.used_at.is_(None), PullLink.lapses_at > work.now
    linked = work.select(PullLink.package_id).where(*links, PullLink.package_id.is_not(None))
    query = work.select(ExportPackage).where(
        ExportPackage.customer_id == customer_id,
        ExportPackage.lapses_at > work.now,
        ExportPackage.id.not_in(linked),
    )
    kept = work.all(query.order_by(ExportPackage.created_at.desc()))
    for package in kept[MOST_KEPT - 1 :]:
        package.lapses_at = work.now


def _view(work: Work, package: ExportPackage) -> PackageView:
    until = day_text(local_day(package.lapses_at, work.get(Tenant, work.tenant).zone), work.lang)
    return PackageView(
        str(package.id), _name(work, package), package.profile, package.size, _size(package.size, work.lang), until
    )


def _name(work: Work, package: ExportPackage) -> str:
    return f"{NAMES[package.profile]}_{work.get(Tenant, work.tenant).slug}_{str(package.id)[-8:]}.zip"


def _size(size: int, lang: str) -> str:
    text = f"{max(size / 1_000_000, 0.1):.1f} MB" if size >= 100_000 else f"{max(size // 1000, 1)} kB"
    return text.replace(".", ",") if lang == "de" else text
