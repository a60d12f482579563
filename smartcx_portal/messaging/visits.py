"""What an appointment is, in the words that its messages, files and pages share."""

from dataclasses import dataclass

from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.kit.plain import one_line
from smartcx_portal.models.booking import Booking, BookingPart, BookingStatus, Cancellation
from smartcx_portal.models.calendar import Location, Service, Way
from smartcx_portal.tenancy import Work

WAYS = {
    Way.ON_SITE: N_("On site"),
    Way.TELEPHONE: N_("By telephone"),
    Way.VIDEO: N_("By video"),
}
WE_CALL = N_("By telephone: we call you at the number you gave.")
VIDEO = N_("By video: {url}")
VIDEO_LATER = N_("By video: we tell you the link in good time.")
COMING = (BookingStatus.PENDING, BookingStatus.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Visit:
    """The rows that a message or a file about an appointment is made from."""

    booking: Booking
    parts: tuple[tuple[Service, int], ...]
    """Its services and how often each."""
    location: Location

    @property
    def what(self) -> str:
        """`2 × Reisepass, Personalausweis`."""
        return ", ".join(self.what_lines)

    @property
    def what_lines(self) -> list[str]:
        """Each service by itself."""
        return [named(service, quantity) for service, quantity in self.parts]

    @property
    def bring(self) -> list[str]:
        """What to bring for any of the services, each text once."""
        return list(dict.fromkeys(one.bring for one, _ in self.parts if one.bring))

    @property
    def video_url(self) -> str:
        """Where a video appointment takes place; empty for the other ways."""
        if self.booking.way is not Way.VIDEO:
            return ""
        return next((one.video_url for one, _ in self.parts if one.video_url), "")

    @property
    def address(self) -> str:
        """`Bürgeramt, Markt 1, 47798 Musterstadt`, however it takes place."""
        place = self.location
        return one_line(f"{place.name}, {place.street}, {place.postal_code} {place.city}")

    def place(self, lang: str) -> str:
        """In a word: the location's name, or the way where nobody goes there."""
        on_site = self.booking.way is Way.ON_SITE
        return self.location.name if on_site else translate(lang, WAYS[self.booking.way])

    def where(self, lang: str) -> str:
        """The address, or how else the two meet. The number that is called stands in no message."""
        if self.booking.way is Way.TELEPHONE:
            return translate(lang, WE_CALL)
        if self.booking.way is Way.VIDEO:
            return translate(lang, VIDEO if self.video_url else VIDEO_LATER).format(url=self.video_url)
        return self.address


def named(service: Service, quantity: int) -> str:
    """`Reisepass`, or `2 × Reisepass`."""
    return one_line(f"{quantity} × {service.name}" if quantity > 1 else service.name)


def visit_of(work: Work, booking: Booking) -> Visit:
    """What a booking is for, whatever is offered today."""
    query = work.select(BookingPart).where(BookingPart.booking_id == booking.id).order_by(BookingPart.position)
    parts = [(work.get(Service, part.service_id), part.quantity) for part in work.all(query)]
    services = parts or [(work.get(Service, booking.service_id), 1)]
    return Visit(booking, tuple(services), work.get(Location, booking.location_id))


def series_of(work: Work, booking: Booking) -> list[Booking]:
    """The appointments of its series that are still to come about, itself included, in order; else itself alone."""
    if booking.series_id is None:
        return [booking]
    query = work.select(Booking).where(
        Booking.series_id == booking.series_id,
        Booking.customer_id == booking.customer_id,
        Booking.status.in_(COMING),
        Booking.starts_at > work.now,
    )
    found = work.all(query.order_by(Booking.starts_at))
    return list(found) if booking in found else [booking]


def further_texts(work: Work, booking: Booking, zone: str) -> tuple[str, ...]:
    """The other appointments of `series_of`, in words."""
    others = [one for one in series_of(work, booking) if one.id != booking.id]
    return tuple(moment_text(one.starts_at, zone, work.lang) for one in others)


def cancelled_with(work: Work, booking: Booking) -> list[Booking]:
    """The appointments of its series that were called off in the same deed, itself included, in order."""
    if booking.series_id is None:
        return [booking]
    own = work.first(work.select(Cancellation.at).where(Cancellation.booking_id == booking.id))
    query = (
        work.select(Booking)
        .join(Cancellation, (Cancellation.tenant_id == Booking.tenant_id) & (Cancellation.booking_id == Booking.id))
        .where(
            Booking.series_id == booking.series_id,
            Booking.customer_id == booking.customer_id,
            Cancellation.at == own,
        )
    )
    return list(work.all(query.order_by(Booking.starts_at))) or [booking]
