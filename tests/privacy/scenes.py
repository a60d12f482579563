"""What the privacy tests share: Clara with an appointment, by way of the portal's own use cases."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from smartcx_portal.bookings.booking_code import new_code
from smartcx_portal.models.booking import Answer, Booking, BookingStatus, Claim, Confirming
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.models.tenant import ProcessingAgreement, SubProcessor, Tenant
from smartcx_portal.privacy.activities import set_up_activities
from smartcx_portal.privacy.notice import publish_notice
from smartcx_portal.standing.consents import give
from smartcx_portal.tenancy import Work
from tests.cast import CLARA, Cast, House

TUESDAY = datetime(2026, 12, 1, 9, 15, tzinfo=UTC)


def open_house(cast: Cast, house: House | None = None, *, sms: bool = True) -> None:
    """Activities, sub-processors and a notice, as opening a tenant makes them."""
    with cast.as_job(house) as work:
        seed_processors(work)
        set_up_activities(work, work.get(Tenant, work.tenant).kind, sms=sms)
        agree(work)
        publish_notice(work)


def agree(work: Work) -> None:
    """The agreement with the operator, without which no notice is published."""
    if not work.count(work.select(ProcessingAgreement)):
        work.new(ProcessingAgreement, version="2026-11", agreed_at=work.now)


COMPANIES = {"ionos": ("IONOS SE", "DE"), "mailjet": ("Mailjet GmbH", "DE"), "twilio": ("Twilio", "US")}
CLAUSES = {"de": "Standardvertragsklauseln", "en": "standard contractual clauses"}


def seed_processors(work: Work) -> None:
    """The sub-processors that activities name."""
    known = {p.key for p in work.all(work.shared(SubProcessor))}
    for key in COMPANIES.keys() - known:
        name, country = COMPANIES[key]
        work.new(
            SubProcessor,
            key=key,
            name=name,
            country=country,
            service={"de": f"Was {name} tut", "en": f"What {name} does"},
            keeps={"de": "30 Tage", "en": "30 days"},
            transfer={} if key == "ionos" else CLAUSES,
        )


def clara_books(cast: Cast, *, starts_at: datetime = TUESDAY, house: House | None = None, **values: str) -> UUID:
    """Clara with a confirmed appointment, consents to mail and health answers; her customer's id."""
    entered = CLARA | values
    place = house or cast.town
    with cast.as_job(place) as work:
        customer = work.new(
            Customer,
            name=entered["name"],
            email=entered["email"],
            email_key=entered["email"].lower(),
            email_verified_at=work.now,
            created_at=work.now,
        )
        booking = book(work, place, customer.id, starts_at)
        give(work, customer.id, ConsentPurpose.MAIL, booking_id=booking.id, language="de", channel="booking_form")
        give(work, customer.id, ConsentPurpose.HEALTH, booking_id=booking.id, language="de", channel="booking_form")
        work.new(Answer, booking_id=booking.id, field_id=place.question, value="T220001293")
        work.new(Answer, booking_id=booking.id, field_id=place.special_question, special_value="Rollstuhl")
    return customer.id


def book(work: Work, house: House, customer_id: UUID, starts_at: datetime) -> Booking:
    """A confirmed booking with its claim on the first free counter of the test."""
    booking = work.new(
        Booking,
        location_id=house.location,
        service_id=house.service,
        resource_id=house.counters[0],
        customer_id=customer_id,
        status=BookingStatus.CONFIRMED,
        confirming=Confirming.EMAIL,
        code=new_code(work),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=20),
        created_at=work.now,
        booked_at=work.now,
    )
    lane = work.count(work.select(Claim))
    work.new(
        Claim,
        booking_id=booking.id,
        resource_id=house.counters[0],
        lane=lane,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
    )
    return booking
