"""A person's data as a package to take along: readable pages, JSON, CSV and calendar in one ZIP (Art. 15, 20)."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from smartcx_portal.kit.cells import neutral
from smartcx_portal.kit.clock import local_day, now
from smartcx_portal.kit.errors import NotFound, ProductError
from smartcx_portal.kit.ids import as_id, new_id
from smartcx_portal.kit.language import LANGUAGES, N_
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.kit.tokens import signature, signed
from smartcx_portal.messaging.calendar_file import Method, ics
from smartcx_portal.models.booking import BookingStatus
from smartcx_portal.models.privacy import ExportPackage, Right
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.access import own_id, view_in
from smartcx_portal.privacy.cases import done_at_once
from smartcx_portal.privacy.package_files import package_path, write_package_file
from smartcx_portal.privacy.package_pages import index_page, readme
from smartcx_portal.privacy.reading import Reading
from smartcx_portal.privacy.subject import ACCESS, PORTABILITY, as_json, document_of
from smartcx_portal.privacy.subject_schema import schema_bytes
from smartcx_portal.tenancy import Permission, Work

LIFE = timedelta(days=7)
LINK_LIFE = timedelta(minutes=2)
MOST_KEPT = 3
"""Packages that one person may have lying ready."""
DOWNLOAD = "package-download"
SHOWN = (BookingStatus.PENDING, BookingStatus.CONFIRMED, BookingStatus.FINISHED, BookingStatus.ARRIVED)


class LinkOver(ProductError):
    """A download link is used within two minutes or not at all."""

    says = N_("This download link is no longer valid. Make a fresh one under “Take your data along”.")


@dataclass(frozen=True, slots=True)
class PackageView:
    """A package that lies ready: its size in bytes and in words, and the last day it can be fetched."""

    id: str
    name: str
    size: int
    size_text: str
    until: str


@dataclass(frozen=True, slots=True)
class Download:
    """What a good link opens; the endpoint still looks whether the row is there, in that tenant's walls."""

    tenant_id: UUID
    package_id: UUID
    path: Path


def make_package(work: Work) -> PackageView:
    """Put the signed-in person's data together now; the package lies ready for 7 days."""
    work.need(Permission.PERSON)
    customer_id, package_id = own_id(work), new_id()
    _drop_oldest(work, customer_id)
    content = _zip(package_files(work, customer_id))
    package = work.new(
        ExportPackage,
        id=package_id,
        customer_id=customer_id,
        created_at=work.now,
        lapses_at=work.now + LIFE,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    write_package_file(work.tenant, package_id, content)
    done_at_once(work, Right.ACCESS, customer_id)
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


def package_files(work: Work, customer_id: UUID) -> dict[str, bytes]:
    """Every file of a package by its name, the manifest with a SHA-256 for each included."""
    reading = Reading.of(work, customer_id)
    document = document_of(reading, ACCESS)
    files = {
        "index.html": index_page(work, {lang: view_in(reading, lang) for lang in LANGUAGES}),
        "LIESMICH.txt": readme(work, reading.tenant.name),
        "data/subject.json": as_json(document),
        "data/portable.json": as_json(document_of(reading, PORTABILITY)),
        "schema/subject.schema.json": schema_bytes(),
        "calendar/termine.ics": _calendar(reading),
    }
    files |= {f"data/{table}.csv": content for table, content in _tables(document["records"])}
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    manifest = {"createdAt": work.now.isoformat(), "algorithm": "sha256", "files": sums}
    return files | {"manifest.json": json.dumps(manifest, indent=2).encode()}


def _tables(records: Sequence[dict[str, Any]]) -> Iterable[tuple[str, bytes]]:
    for table in sorted({record["type"] for record in records}):
        mine = [record for record in records if record["type"] == table]
        rows = [{"id": r["id"], **r["about"], **{n: f["value"] for n, f in r["fields"].items()}} for r in mine]
        head = list(dict.fromkeys(name for row in rows for name in row))
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(head)
        writer.writerows([neutral(row.get(name)) for name in head] for row in rows)
        yield table, b"\xef\xbb\xbf" + out.getvalue().encode()


def _calendar(reading: Reading) -> bytes:
    """The person's own appointments in one calendar."""
    mine = [one for one in reading.rows("booking") if one.customer_id == reading.customer_id and one.status in SHOWN]
    visits = [reading.visits.of(booking) for booking in sorted(mine, key=lambda one: one.starts_at)]
    return ics(visits, reading.tenant, method=Method.PUBLISH, lang=reading.work.lang)


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _drop_oldest(work: Work, customer_id: UUID) -> None:
    """Let the oldest lapse, so that nobody fills the disk; the retention job takes lapsed ones away."""
    query = work.select(ExportPackage).where(
        ExportPackage.customer_id == customer_id, ExportPackage.lapses_at > work.now
    )
    kept = work.all(query.order_by(ExportPackage.created_at.desc()))
    for package in kept[MOST_KEPT - 1 :]:
        package.lapses_at = work.now


def _view(work: Work, package: ExportPackage) -> PackageView:
    until = day_text(local_day(package.lapses_at, work.get(Tenant, work.tenant).zone), work.lang)
    return PackageView(str(package.id), _name(work, package), package.size, _size(package.size, work.lang), until)


def _name(work: Work, package: ExportPackage) -> str:
    return f"auskunft_{work.get(Tenant, work.tenant).slug}_{str(package.id)[-8:]}.zip"


def _size(size: int, lang: str) -> str:
    text = f"{max(size / 1_000_000, 0.1):.1f} MB" if size >= 100_000 else f"{max(size // 1000, 1)} kB"
    return text.replace(".", ",") if lang == "de" else text
