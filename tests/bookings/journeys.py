"""Ways through a booking that the tests share. Clara books at Bürgeramt Musterstadt, in her own tab."""

from datetime import UTC, datetime
from uuid import UUID

from smartcx_portal.bookings.drafts import save_entered
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.submitting import Submitted, submit
from smartcx_portal.models.booking import Booking, Claim
from smartcx_portal.models.messaging import Message
from smartcx_portal.tenancy import VISITOR, Work, open_work
from tests.cast import CLARA, Cast, House

MONDAY_8 = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
"""The first start of the cast's first day: Monday, 23 November 2026, 08:00 in Berlin."""
MONDAY_9 = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TUESDAY_8 = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
TAB = "tab-of-clara"
BY_MAIL = {"name": CLARA["name"], "confirming": "email", "email": CLARA["email"]}
BY_SMS = {
    "name": CLARA["name"],
    "confirming": "sms",
    "phone": CLARA["phone"],
    "consent-sms_transfer": "yes",
}
WITHOUT = {"name": CLARA["name"], "confirming": "none"}


def visitor(house: House, tab: str = TAB, network: str = "net-1", lang: str = "de"):
    """Somebody at a tenant's page, in one tab of one network."""
    return open_work(VISITOR, house.id, tab=tab, network=network, lang=lang)


def book(
    cast: Cast,
    entries: dict[str, str] = WITHOUT,
    *,
    at: datetime = MONDAY_8,
    tab: str = TAB,
    network: str = "net-1",
    house: House | None = None,
) -> Submitted:
    """Hold, type, submit: three events, as the page makes them."""
    place = house or cast.town
    with visitor(place, tab, network) as work:
        hold(work, place.service, at)
    with visitor(place, tab, network) as work:
        save_entered(work, entries)
    with visitor(place, tab, network) as work:
        return submit(work)


def booking_row(cast: Cast, booking_id: str, house: House | None = None) -> Booking:
    """The row as it stands now."""
    with cast.as_job(house) as work:
        return work.get(Booking, UUID(booking_id))


def claims(work: Work, booking_id: str | None = None) -> list[Claim]:
    """The claims of one booking, or all of the tenant."""
    query = work.select(Claim)
    return list(work.all(query.where(Claim.booking_id == UUID(booking_id)) if booking_id else query))


def messages(cast: Cast, house: House | None = None) -> list[tuple[str, str]]:
    """Kind and channel of every message in the outbox, oldest first."""
    with cast.as_job(house) as work:
        found = work.all(work.select(Message).order_by(Message.id))
        return [(one.kind, one.channel.value) for one in found]
