"""Handing the list of bookings out as a file: written down for each person in it, fetched once, gone within minutes."""

import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import IO
from uuid import UUID

from smartcx_portal.bookings.finding import Wanted, filtered
from smartcx_portal.bookings.looking import record_export
from smartcx_portal.bookings.spreadsheet import Written, write_csv, write_xlsx
from smartcx_portal.kit.clock import local_day, now
from smartcx_portal.kit.errors import NotFound, ProductError
from smartcx_portal.kit.ids import as_id, new_id
from smartcx_portal.kit.jobs import jobs
from smartcx_portal.kit.language import N_
from smartcx_portal.kit.limits import limit
from smartcx_portal.kit.tokens import signature, signed
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.settings import settings
from smartcx_portal.tenancy import Permission, Work

MOST_LINES = 50_000
LINK_LIFE = timedelta(minutes=2)
USE = "bookings-export"
RATE = "20 per hour"


class Format(StrEnum):
    """The kinds of files, by their extension."""

    CSV = "csv"
    XLSX = "xlsx"


MEDIA = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class TooManyLines(ProductError):
    """More than one file may hold."""

    says = N_("These are {count} appointments, and a file holds at most {most}. Choose fewer days, then export again.")


class NothingToExport(ProductError):
    """The list is empty."""

    says = N_("There is nothing to export. Choose other filters.")


class ExportOver(ProductError):
    """A link to a list works once, within two minutes."""

    says = N_("This link has been used or is too old. Export the list again.")


@dataclass(frozen=True, slots=True)
class Export:
    """A file that lies ready: the secret that fetches it, and the name under which it is kept."""

    token: str
    name: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """The content of a file that is gone by now."""

    content: bytes
    name: str
    media: str


def export_bookings(work: Work, wanted: Wanted, kind: Format) -> Export:
    """Write the list into a file, and for each person in it that their data was handed out.

    Raises `TooManyLines`, `NothingToExport`, and `TooMany` when somebody exports all the time.
    """
    work.need(Permission.BOOKINGS_EXPORT)
    limit("export", str(work.actor.id), RATE)
    _check_size(work, wanted)
    export_id = new_id()
    written = _write(work.tenant, export_id, kind, _writing(work, wanted, kind))
    record_export(work, written.customers)
    work.audit("bookings.exported", None, file=kind.value, lines=written.lines, **_plain(wanted))
    ends = int((work.now + LINK_LIFE).timestamp())
    day = local_day(work.now, work.get(Tenant, work.tenant).zone).isoformat()
    mark = signature(USE, work.tenant, export_id, kind.value, day, ends)
    return Export(f"{work.tenant}.{export_id}.{kind.value}.{day}.{ends}.{mark}", _name(day, kind))


def fetch_export(token: str) -> Fetched:
    """The file that a link opens; it is taken away with that. Raises `ExportOver` for a used, old or wrong link."""
    parts = token.split(".")
    if len(parts) != 6 or parts[2] not in set(Format) or not parts[4].isdecimal() or len(parts[4]) > 12:
        raise ExportOver
    try:
        tenant_id, export_id = as_id(parts[0]), as_id(parts[1])
    except NotFound:
        raise ExportOver from None
    good = signed(USE, parts[5], tenant_id, export_id, parts[2], parts[3], int(parts[4]))
    if not good or int(parts[4]) < now().timestamp():
        raise ExportOver
    kind = Format(parts[2])
    return Fetched(_take(_path(tenant_id, export_id, kind)), _name(parts[3], kind), MEDIA[kind])


@jobs.periodic(cron="*/5 * * * *", periodic_id="bookings_exports")
@jobs.task(name="bookings.forget_exports", queueing_lock="bookings.forget_exports", pass_context=False)
def forget_exports(timestamp: int = 0) -> None:
    """Take away what nobody fetched in time, and what a killed process left half written."""
    oldest = time.time() - 2 * LINK_LIFE.total_seconds()
    for file in _folder().glob("*/*"):
        if file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)


def _check_size(work: Work, wanted: Wanted) -> None:
    work.plan_anew()
    count = work.count(filtered(work, wanted).with_only_columns(Booking.id))
    if count > MOST_LINES:
        raise TooManyLines(count=count, most=MOST_LINES)
    if not count:
        raise NothingToExport


def _writing(work: Work, wanted: Wanted, kind: Format) -> Callable[[IO[bytes], Path], Written]:
    if kind is Format.CSV:
        return lambda out, _: write_csv(work, wanted, out)
    return lambda out, folder: write_xlsx(work, wanted, out, folder)


def _write(tenant_id: UUID, export_id: UUID, kind: Format, writing: Callable[[IO[bytes], Path], Written]) -> Written:
    """Whole or not at all; nobody else on the machine may read it."""
    path = _path(tenant_id, export_id, kind)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            written = writing(out, path.parent)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return written


def _take(path: Path) -> bytes:
    """Of two who come with the same link, one gets it."""
    mine = path.with_suffix(f".{new_id()}")
    try:
        path.rename(mine)
        return mine.read_bytes()
    except FileNotFoundError:
        raise ExportOver from None
    finally:
        mine.unlink(missing_ok=True)


def _plain(wanted: Wanted) -> dict[str, object]:
    """The filters for the trail, without what was searched for."""
    found = {name: value for name, value in asdict(wanted).items() if value and name not in ("words", "page", "sort")}
    texts = {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in found.items()}
    return texts | ({"searched": True} if wanted.words else {})


def _folder() -> Path:
    return settings().data / "exports"


def _path(tenant_id: UUID, export_id: UUID, kind: Format) -> Path:
    return _folder() / str(tenant_id) / f"{export_id}.{kind.value}"


def _name(day: str, kind: Format) -> str:
    return f"{day}_termine.{kind.value}"
