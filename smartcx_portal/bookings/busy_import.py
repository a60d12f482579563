"""Calendars elsewhere whose times take a resource: list, add, remove, and the job that fetches them.

Nobody waits for another server with a transaction open: the address is read in one, the calendar is fetched and read,
and the times are written in the next. When that fails, the times of the last success stay.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from smartcx_portal.bookings.ics_reading import Busy, NotRead, read_busy
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.fetching import NotFetched, fetch, read_address
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.jobs import jobs
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.limits import limit
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.kit.logs import get_log
from smartcx_portal.kit.tokens import fingerprint
from smartcx_portal.models.calendar import BusySource, BusyTime, Location, Resource
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.settings import settings
from smartcx_portal.tenancy import JOB, Permission, Work, open_work

log = get_log(__name__)
EVERY = timedelta(minutes=15)
SPREAD = int(EVERY.total_seconds()) - 60
"""Seconds over which the sources of one round are spread."""
BACK, AHEAD = timedelta(days=1), timedelta(days=400)
"""The window whose times are kept, around the present."""
MOST_SOURCES = 5
"""For one resource."""
AFTER_ALL_ELSE = -10
"""Other servers may be slow; messages go first."""
BY_HAND = "6 per 10 minutes"

ADDRESS_WRONG = N_("Enter the address of a calendar that begins with https://, without a user name or password.")
RESOURCE_MISSING = N_("Choose whose calendar it is.")
TOO_MANY_SOURCES = N_("At most 5 calendars can be read for one of them. Remove one first.")
THERE_ALREADY = N_("This calendar is read already.")
TROUBLES = {
    "address": N_("The address leads on to one that is not allowed: only https is read."),
    "private": N_("The address leads into a private network, where we do not read."),
    "unknown_host": N_("There is no server of this name."),
    "unreachable": N_("The server did not answer."),
    "insecure": N_("The server's certificate is not valid."),
    "timed_out": N_("The server took too long."),
    "too_large": N_("The calendar is larger than 2 MB."),
    "redirects": N_("The address leads on too often."),
    "denied": N_("The server does not let us read the calendar. Is the address the secret or public one?"),
    "gone": N_("There is no calendar at this address any more."),
    "failed": N_("The server answered with an error."),
    "no_calendar": N_("What is at this address is no calendar (iCalendar, .ics)."),
    "too_many": N_("The calendar has too many entries: at most 5,000 are read."),
    "too_complex": N_("The calendar repeats in a way that takes too long to read."),
}
"""What each closed word means to the reader."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A calendar that is read. The address itself may be a secret: only its host is shown.

    `fetched` is when it was read last, in words, empty for never; `trouble` is why reading it fails since then.
    """

    id: str
    resource_id: str
    resource: str
    host: str
    fetched: str
    trouble: str
    coming: int
    """How many taken times lie ahead."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one fetch needs to know."""

    url: str
    tag: str
    zone: str
    now: datetime


def list_sources(work: Work) -> list[SourceRow]:
    """All of them, by resource."""
    work.need(Permission.SETTINGS_EDIT)
    query = work.select(BusySource, Resource, Location)
    query = query.join(Resource, (Resource.tenant_id == BusySource.tenant_id) & (Resource.id == BusySource.resource_id))
    query = query.join(Location, (Location.tenant_id == Resource.tenant_id) & (Location.id == Resource.location_id))
    found = work.all(query.order_by(Resource.position, Resource.name, BusySource.id))
    return [_row(work, *one) for one in found]


def add_source(work: Work, resource_id: str, url: str) -> None:
    """Read this calendar for a resource from now on. Raises `InvalidForm` for `calendar_of` and `url`."""
    work.need(Permission.SETTINGS_EDIT)
    problems: dict[str, str] = {}
    resource = work.find(Resource, as_id(resource_id)) if resource_id else None
    if resource is None:
        problems["calendar_of"] = RESOURCE_MISSING
    wanted = url.strip()
    try:
        read_address(wanted, loopback=settings().fetch_from_loopback)
    except NotFetched:
        problems["url"] = ADDRESS_WRONG
    if not problems and resource:
        there = list(work.all(work.select(BusySource.url).where(BusySource.resource_id == resource.id)))
        if wanted in there:
            problems["url"] = THERE_ALREADY
        elif len(there) >= MOST_SOURCES:
            problems["calendar_of"] = TOO_MANY_SOURCES
    if problems or resource is None:
        raise InvalidForm(problems)
    row = work.new(BusySource, resource_id=resource.id, url=wanted)
    work.audit("busy_source.added", row, resource=str(resource.id))
    work.defer(fetch_one, source=str(row.id))


def remove_source(work: Work, source_id: str) -> None:
    """Read it no more, and give back the times it took."""
    work.need(Permission.SETTINGS_EDIT)
    row = work.get(BusySource, as_id(source_id))
    work.delete_where(BusyTime, BusyTime.source_id == row.id)
    work.audit("busy_source.removed", row, resource=str(row.resource_id))
    work.delete(row)
    _announce(work)


def fetch_soon(work: Work, source_id: str) -> None:
    """Read it as soon as a worker is free. Raises `TooMany`."""
    work.need(Permission.SETTINGS_EDIT)
    row = work.get(BusySource, as_id(source_id))
    limit("busy-source", str(row.id), BY_HAND)
    work.defer(fetch_one, source=str(row.id))


@jobs.periodic(cron="*/15 * * * *")
@jobs.task(name="bookings.fetch_busy", queueing_lock="bookings.fetch_busy")
def fetch_everywhere(timestamp: int) -> None:
    """Every quarter of an hour, all of them, spread over that time."""
    with open_work(JOB) as work:
        tenants = list(work.all(work.shared(Tenant.id).where(Tenant.status == TenantStatus.ACTIVE)))
    for tenant_id in tenants:
        with open_work(JOB, tenant_id) as work:
            for source_id in work.all(work.select(BusySource.id)):
                wait = timedelta(seconds=source_id.int % SPREAD)
                work.defer(fetch_one, at=work.now + wait, source=str(source_id))


@jobs.task(name="bookings.fetch_busy_one", priority=AFTER_ALL_ELSE)
def fetch_one(tenant: str, source: str) -> None:
    """Read one calendar; may run any number of times."""
    fetch_source(UUID(tenant), UUID(source))


def fetch_source(tenant_id: UUID, source_id: UUID) -> None:
    """Fetch, read, write. What fails is noted as a closed word, and the times that are known stay."""
    with open_work(JOB, tenant_id) as work:
        asked = _asked(work, source_id)
    if asked is None:
        return
    try:
        times, tag = _read(asked)
    except (NotFetched, NotRead) as problem:
        word = problem.trouble.value if isinstance(problem, NotFetched) else problem.why.value
        log.warning("busy.not_fetched", source=source_id, problem=word)
        with open_work(JOB, tenant_id) as work:
            work.update_where(BusySource, BusySource.id == source_id, problem=word)
            _announce(work)
        return
    with open_work(JOB, tenant_id) as work:
        _write(work, source_id, asked.url, times, tag)


def _asked(work: Work, source_id: UUID) -> Asked | None:
    source = work.find(BusySource, source_id)
    if source is None:
        return None
    place = work.get(Location, work.get(Resource, source.resource_id).location_id)
    return Asked(source.url, source.etag, place.zone, work.now)


def _read(asked: Asked) -> tuple[list[Busy] | None, str]:
    """The times, and the tag to keep; None when nothing has changed.

    The tag says on which day the file was read, since on another day the window is another: then it is read again.
    """
    day, digest, etag = [*asked.tag.split(" ", 2), "", ""][:3]
    today = asked.now.date().isoformat()
    known = day == today
    got = fetch(asked.url, etag=etag if known else "", loopback=settings().fetch_from_loopback)
    if got.body is None:
        return None, asked.tag
    found = fingerprint(f"{asked.zone} {got.body.hex()}")[:32]
    tag = f"{today} {found} {got.etag}"
    if known and found == digest:
        return None, tag
    return read_busy(got.body, zone=asked.zone, begin=asked.now - BACK, end=asked.now + AHEAD), tag


def _write(work: Work, source_id: UUID, url: str, times: list[Busy] | None, tag: str) -> None:
    source = work.find(BusySource, source_id, lock=True)
    if source is None or source.url != url:
        return  # removed meanwhile
    source.fetched_at, source.problem, source.etag = work.now, None, tag
    if times is not None:
        work.delete_where(BusyTime, BusyTime.source_id == source.id)
        work.add_all(
            BusyTime(source_id=source.id, resource_id=source.resource_id, starts_at=one.starts_at, ends_at=one.ends_at)
            for one in times
        )
    _announce(work)


def _row(work: Work, source: BusySource, resource: Resource, place: Location) -> SourceRow:
    ahead = work.select(BusyTime.id).where(BusyTime.source_id == source.id, BusyTime.ends_at > work.now)
    return SourceRow(
        id=str(source.id),
        resource_id=str(resource.id),
        resource=resource.name,
        host=urlsplit(source.url).hostname or "",
        fetched=moment_text(source.fetched_at, place.zone, work.lang) if source.fetched_at else "",
        trouble=translate(work.lang, TROUBLES[source.problem]) if source.problem else "",
        coming=work.count(ahead),
    )


def _announce(work: Work) -> None:
    """Let open pages know that other times are offered now: `*` stands for every day."""
    work.notify("bookings", f"{work.tenant} *")
