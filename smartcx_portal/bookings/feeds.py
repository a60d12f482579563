"""A resource's appointments as a calendar to subscribe to (iCalendar), under a secret address that can be made void.

The secret is a signature over the feed's id and version, so none is stored; whoever has the address reads the feed.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from smartcx_portal.bookings.feed_file import BACK, feed_file
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.kit.tokens import signature, signed
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.calendar import CalendarFeed, Location, Resource
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.settings import settings
from smartcx_portal.tenancy import Permission, Work

USE = "calendar-feed"
MOST_FEEDS = 10
"""For one resource."""
ONE_LOOK = timedelta(minutes=5)
"""That somebody fetched is written down at most so often."""
RESOURCE_MISSING = N_("Choose whose appointments it shows.")
TOO_MANY_FEEDS = N_("There are 10 addresses for this one already. Make one void first.")


@dataclass(frozen=True, slots=True)
class FeedRow:
    """An address in force. `fetched` is when a calendar asked last, in words; empty for never."""

    id: str
    resource_id: str
    resource: str
    with_details: bool
    url: str
    made: str
    fetched: str


def list_feeds(work: Work) -> list[FeedRow]:
    """The addresses in force, by resource."""
    work.need(Permission.SETTINGS_EDIT)
    query = work.select(CalendarFeed, Resource, Location).where(CalendarFeed.revoked_at.is_(None))
    query = query.join(
        Resource, (Resource.tenant_id == CalendarFeed.tenant_id) & (Resource.id == CalendarFeed.resource_id)
    )
    query = query.join(Location, (Location.tenant_id == Resource.tenant_id) & (Location.id == Resource.location_id))
    found = work.all(query.order_by(Resource.position, Resource.name, CalendarFeed.id))
    return [_row(work, *one) for one in found]


def resources_of(work: Work) -> list[tuple[str, str]]:
    """Id and name of everything that has appointments, with its place where there are several."""
    work.need(Permission.SETTINGS_EDIT)
    places = dict(work.all(work.select(Location.id, Location.name)))
    rows = work.all(work.select(Resource).where(Resource.active.is_(True)).order_by(Resource.position, Resource.name))
    many = len({one.location_id for one in rows}) > 1
    return [(str(one.id), f"{one.name}, {places[one.location_id]}" if many else one.name) for one in rows]


def make_feed(work: Work, resource_id: str, *, with_details: bool = False) -> None:
    """A new address for a resource's appointments. Raises `InvalidForm` for `resource_id`."""
    work.need(Permission.SETTINGS_EDIT)
    resource = work.find(Resource, as_id(resource_id)) if resource_id else None
    if resource is None:
        raise InvalidForm({"resource_id": RESOURCE_MISSING})
    there = work.select(CalendarFeed.id).where(
        CalendarFeed.resource_id == resource.id, CalendarFeed.revoked_at.is_(None)
    )
    if work.count(there) >= MOST_FEEDS:
        raise InvalidForm({"resource_id": TOO_MANY_FEEDS})
    row = work.new(CalendarFeed, resource_id=resource.id, with_details=with_details, created_at=work.now)
    work.audit("feed.made", row, with_details=with_details)


def renew_feed(work: Work, feed_id: str) -> None:
    """Another address for the same; the old one is void at once."""
    work.need(Permission.SETTINGS_EDIT)
    row = _in_force(work, feed_id)
    row.version += 1
    row.fetched_at = None
    work.audit("feed.renewed", row)


def revoke_feed(work: Work, feed_id: str) -> None:
    """Make an address void for good."""
    work.need(Permission.SETTINGS_EDIT)
    row = _in_force(work, feed_id)
    row.revoked_at, row.version = work.now, row.version + 1
    work.audit("feed.revoked", row)


def gives_names(work: Work) -> bool:
    """Whether any address in force shows who comes: then the privacy notice says so."""
    named = work.select(CalendarFeed.id).where(CalendarFeed.with_details.is_(True), CalendarFeed.revoked_at.is_(None))
    return work.first(named) is not None


def date_events_anew(work: Work, customer_id: UUID) -> None:
    """The name in this person's events is another one: without a new date, calendars may keep what they have."""
    shown = (Booking.customer_id == customer_id, Booking.starts_at >= work.now - BACK)
    work.update_where(Booking, *shown, changed_at=work.now)


def feed_secret(feed: CalendarFeed) -> str:
    """What stands in the address."""
    return f"{feed.tenant_id}.{feed.id}.{signature(USE, *_signs(feed))}"


def tenant_in(secret: str) -> UUID:
    """The tenant that a secret names, unproven. Raises `NotFound` for what is none of ours."""
    parts = secret.split(".")
    if len(parts) != 3:
        raise NotFound
    return as_id(parts[0])


def open_feed(work: Work, secret: str) -> bytes:
    """The calendar that a secret opens. Raises `NotFound`, the same for void, foreign and invented ones."""
    feed = work.find(CalendarFeed, as_id(secret.split(".")[1]))
    if feed is None or feed.revoked_at is not None or not signed(USE, secret.split(".")[2], *_signs(feed)):
        raise NotFound
    if work.get(Tenant, work.tenant).status is not TenantStatus.ACTIVE:
        raise NotFound
    if feed.fetched_at is None or work.now - feed.fetched_at >= ONE_LOOK:
        feed.fetched_at = work.now
    return feed_file(work, work.get(Resource, feed.resource_id), with_details=feed.with_details)


def _in_force(work: Work, feed_id: str) -> CalendarFeed:
    row = work.get(CalendarFeed, as_id(feed_id), lock=True)
    if row.revoked_at is not None:
        raise NotFound
    return row


def _signs(feed: CalendarFeed) -> tuple[object, ...]:
    return feed.tenant_id, feed.id, feed.version


def _row(work: Work, feed: CalendarFeed, resource: Resource, place: Location) -> FeedRow:
    return FeedRow(
        id=str(feed.id),
        resource_id=str(resource.id),
        resource=resource.name,
        with_details=feed.with_details,
        url=f"{settings().base_url}/feeds/{feed_secret(feed)}.ics",
        made=moment_text(feed.created_at, place.zone, work.lang),
        fetched=moment_text(feed.fetched_at, place.zone, work.lang) if feed.fetched_at else "",
    )
