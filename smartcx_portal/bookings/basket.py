"""What one visit is booked for: a service or several together, how it takes place, and for how many.

As text it is an id, or ids with quantities joined by commas: `<id>*2,<id>`; so it stands in addresses.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.bookings.known_calendar import KnownCalendar, known_calendar
from smartcx_portal.bookings.refusals import NoLongerOffered
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_
from smartcx_portal.models.booking import Booking, BookingPart
from smartcx_portal.models.calendar import Service, ServiceResource, Way
from smartcx_portal.tenancy import Select, Work

MOST_BY_STAFF = 50
"""Staff are not bound by what people may book at once, only by what fits into a day."""
MOST_SERVICES = 10
NOT_TOGETHER = N_("These services cannot be booked together. Please book them one after the other.")
TOO_MANY = N_("Choose a smaller number: so many cannot be booked at once.")
NOT_THIS_WAY = N_("This service is not offered in this way. Please choose another.")


@dataclass(frozen=True, slots=True)
class Item:
    """One service, and how often."""

    service: Service
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Basket:
    """All that one visit is about. Lengths are minutes: durations add, of all else the strictest counts."""

    items: tuple[Item, ...]
    way: Way = Way.ON_SITE
    places: int = 1
    known: KnownCalendar | None = field(default=None, compare=False, repr=False)
    """The calendar that it was chosen from, if it was just read; all that follows from it asks no more."""

    @property
    def service(self) -> Service:
        """The first service, after which the appointment is named."""
        return self.items[0].service

    @property
    def services(self) -> tuple[Service, ...]:
        """All services in their order."""
        return tuple(item.service for item in self.items)

    @property
    def combined(self) -> bool:
        """Whether it is more than one service once."""
        return len(self.items) > 1 or self.items[0].quantity > 1

    @property
    def duration_min(self) -> int:
        """How long the whole visit takes, without buffers."""
        return sum(item.service.duration_min * item.quantity for item in self.items)

    @property
    def before_min(self) -> int:
        """The longest preparation."""
        return max(one.before_min for one in self.services)

    @property
    def after_min(self) -> int:
        """The longest follow-up."""
        return max(one.after_min for one in self.services)

    @property
    def lead_min(self) -> int:
        """The longest lead time."""
        return max(one.lead_min for one in self.services)

    @property
    def horizon_days(self) -> int:
        """The nearest horizon."""
        return min(one.horizon_days for one in self.services)

    @property
    def cancel_until_min(self) -> int:
        """The earliest deadline."""
        return max(one.cancel_until_min for one in self.services)

    @property
    def double_opt_in(self) -> bool:
        """Whether one of them wants a confirmation."""
        return any(one.double_opt_in for one in self.services)

    @property
    def without_message(self) -> bool:
        """Whether all of them can be booked without a message; a limit per person needs an address."""
        return all(one.without_message and not (one.per_person_day or one.per_person_week) for one in self.services)

    @property
    def seats(self) -> int:
        """More than one for a group appointment."""
        return self.service.seats

    @property
    def text(self) -> str:
        """The basket as it stands in an address."""
        return ",".join(
            f"{item.service.id}*{item.quantity}" if item.quantity > 1 else str(item.service.id) for item in self.items
        )


def single(service: Service) -> Basket:
    """One service, once, in its first way."""
    return Basket((Item(service),), Way(service.ways[0]))


def read_basket(
    work: Work,
    services: str | UUID | Basket,
    *,
    way: str = "",
    places: int | str = 1,
    for_staff: bool = False,
) -> Basket:
    """Read and check what is to be booked.

    Raises `NotFound` for what is no basket of this tenant, `NoLongerOffered` for a service that is switched off (or
    staff-only, unless `for_staff`), and `InvalidForm` for `services`, `quantity-<id>`, `way` and `places`.
    """
    if isinstance(services, Basket):
        return services
    known = known_calendar(work)
    counted = _counted(str(services)).items()
    items = tuple(Item(_offered(work, known, one, for_staff), count) for one, count in counted)
    _check_together(work, items)
    problems = {f"quantity-{item.service.id}": sentence for item in items if (sentence := _too_many(item, for_staff))}
    wanted = _places(places, items[0].service, for_staff, problems)
    chosen = _way(way, items, problems)
    if problems:
        raise InvalidForm(problems)
    return Basket(items, chosen, wanted, known)


def basket_of(work: Work, booking: Booking) -> Basket:
    """What a booking is for, whatever is offered today."""
    parts: Sequence[BookingPart] = work.rows(_parts, booking=booking.id)
    items = tuple(Item(work.get(Service, part.service_id), part.quantity) for part in parts)
    return Basket(items or (Item(work.get(Service, booking.service_id)),), booking.way, booking.places)


def _parts(select: Select) -> sa.Select[tuple[BookingPart]]:
    return select(BookingPart).where(BookingPart.booking_id == sa.bindparam("booking")).order_by(BookingPart.position)


def keep_parts(work: Work, booking: Booking, basket: Basket) -> None:
    """Write down what a new booking consists of, where its first service does not say it."""
    if not basket.combined:
        return
    work.add_all(
        BookingPart(booking_id=booking.id, service_id=item.service.id, quantity=item.quantity, position=number)
        for number, item in enumerate(basket.items)
    )


def needs_several(work: Work, service: Service) -> bool:
    """Whether an appointment takes more than one resource at a time."""
    further = (ServiceResource.service_id == service.id, ServiceResource.need > 0)
    return work.first(work.select(ServiceResource.id).where(*further)) is not None


def _counted(text: str) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for part in text.split(",")[: MOST_SERVICES + 1]:
        name, _, count = part.strip().partition("*")
        if count and not (count.isascii() and count.isdigit() and len(count) < 4 and int(count)):
            raise NotFound
        service_id = as_id(name)
        found[service_id] = found.get(service_id, 0) + int(count or 1)
    if len(found) > MOST_SERVICES:
        raise InvalidForm({"services": NOT_TOGETHER})
    return found


def _offered(work: Work, known: KnownCalendar, service_id: UUID, for_staff: bool) -> Service:
    if service_id not in known.services:
        raise NotFound
    found = work.adopt(known.services[service_id])
    if not found.active or not (found.online or for_staff):
        raise NoLongerOffered
    return found


def _check_together(work: Work, items: tuple[Item, ...]) -> None:
    services = [item.service for item in items]
    if len(items) == 1 and (items[0].quantity == 1 or services[0].seats == 1):
        return
    fits = all(one.combinable and one.seats == 1 for one in services) if len(items) > 1 else services[0].seats == 1
    if not fits or len({one.location_id for one in services}) > 1:
        raise InvalidForm({"services": NOT_TOGETHER})
    if len(items) > 1 and any(needs_several(work, one) for one in services):
        raise InvalidForm({"services": NOT_TOGETHER})


def _too_many(item: Item, for_staff: bool) -> str:
    most = MOST_BY_STAFF if for_staff else max(item.service.most_at_once, 1)
    return TOO_MANY if item.quantity > most else ""


def _places(entered: int | str, service: Service, for_staff: bool, problems: dict[str, str]) -> int:
    most = min(service.seats, MOST_BY_STAFF if for_staff else service.most_at_once)
    text = str(entered or 1).strip()
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= most):
        problems["places"] = TOO_MANY
        return 1
    return int(text)


def _way(entered: str, items: tuple[Item, ...], problems: dict[str, str]) -> Way:
    common = [way for way in items[0].service.ways if all(way in item.service.ways for item in items)]
    if not common:
        problems["services"] = NOT_TOGETHER
        return Way.ON_SITE
    if entered and entered not in common:
        problems["way"] = NOT_THIS_WAY
        return Way(common[0])
    return Way(entered or common[0])
