"""People with years of history at the demo's tenants: consents given and withdrawn under earlier notices, requests with
their story, looks with their reasons, visits month by month where the practice keeps them that long.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from smartcx_portal.bookings.booking_code import new_code
from smartcx_portal.bookings.claiming import claim_for
from smartcx_portal.bookings.looking import Why, record_person_look
from smartcx_portal.bookings.offer import offer_of, taken_on
from smartcx_portal.bookings.teams import teams
from smartcx_portal.models.booking import Booking, BookingStatus, Claim, Confirming
from smartcx_portal.models.calendar import Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import ConsentPurpose, Enquiry, PrivacyCase, Right
from smartcx_portal.models.staff import Role
from smartcx_portal.operations.demo_calendar import Calendar
from smartcx_portal.operations.demo_facts import DemoFacts
from smartcx_portal.operations.demo_logins import identity_of
from smartcx_portal.operations.demo_years import Deed, Diary
from smartcx_portal.privacy.cases import close_case, done_at_once, open_case
from smartcx_portal.privacy.deciding import grant_name, look_at_case
from smartcx_portal.privacy.wishing import wish
from smartcx_portal.privacy.withdrawing import withdraw_own
from smartcx_portal.standing.addresses import address_key
from smartcx_portal.standing.consents import give, withdraw
from smartcx_portal.standing.offers import current_notice_id
from smartcx_portal.tenancy import Actor, ActorKind, Work

CLARA, CLARAS_MAIL, CLARAS_PHONE = "Clara Lindqvist", "clara@example.org", "+492151555123"
MISSPELT = "Clara Lindquist"
NEIGHBOUR, PATIENT = 2001, 2002
"""Numbers of made-up people beyond those that plain bookings use."""
MONTHLY = range(340, 39, -30)
"""Days ago of a patient's visits: within the longest period a tenant may choose, before the days that are filled."""
NOW_AND_THEN = range(320, 39, -90)
REASONS = "Ich möchte nicht, dass mein Name in Kalendern steht, die das Team außerhalb des Portals führt."
WRONG_HOUSE = "Bei meiner Anschrift steht noch die alte Hausnummer."
KEEP_OLD = "Kann ich den alten Ausweis bis zur Abholung behalten?"
FETCHED_BY_ANOTHER = "Kann jemand anderes den fertigen Ausweis für mich abholen?"
COMES_IN = 6
"""Days from which on these people have an appointment ahead: whoever has none is forgotten."""
FULL_DAYS = 42


def note_history(diary: Diary, facts: DemoFacts, calendar: Calendar) -> list[Customer]:
    """Enter some people of long standing, and note what happened with them. They still need an appointment ahead."""
    past = _Past(diary, facts, calendar)
    if facts.form.name == "Bürgeramt Musterstadt":
        return [_clara_at_the_town(past), _neighbour(past)]
    if facts.form.name == "Praxis am Markt":
        return [_patient(past), _clara_at_the_practice(past)]
    return []


def come_again(work: Work, calendar: Calendar, people: list[Customer]) -> None:
    """An appointment for each of them, at the first free time after some days."""
    service = next(services[0] for _, services in calendar.given_by if services)
    for customer in people:
        offer, first = offer_of(work, service), work.now.date() + timedelta(days=COMES_IN)
        known = taken_on(work, offer, first, first + timedelta(days=FULL_DAYS))
        start = next(iter(offer.starts(known, first, first + timedelta(days=FULL_DAYS))), None)
        if start is not None:
            book = _booking(work, calendar, service, customer, start.starts_at)
            claim_for(work, offer, start.starts_at, teams(offer, start, known), book)


class _Past:
    """One tenant's past in its diary: who worked there, and what happened with people."""

    def __init__(self, diary: Diary, facts: DemoFacts, calendar: Calendar) -> None:
        self.diary, self.calendar = diary, calendar
        self.staff = {
            key: Actor(ActorKind.STAFF, identity_id=identity_of(diary.work, key).id, role=Role(role))
            for key, role in facts.members
        }

    def person(self, ago: int, name: str, email: str, phone: str | None = None) -> Customer:
        """Somebody who came first so many days ago and confirmed their address; mails they wanted from the start."""
        at = self.diary.moment(ago)
        customer = self.diary.work.new(
            Customer,
            name=name,
            email=email,
            email_key=email,
            email_verified_at=at,
            phone=phone,
            phone_key=phone,
            phone_verified_at=at if phone else None,
            created_at=at,
        )
        self.agree(ago, customer, ConsentPurpose.MAIL, "booking_form")
        return customer

    def agree(self, ago: int, customer: Customer, purpose: ConsentPurpose, channel: str = "portal") -> None:
        """A consent to the words of that time."""
        self.diary.on(ago, lambda then: give(then, customer.id, purpose, language="de", channel=channel))

    def look(self, ago: int, who: str, customer: Customer, what: str, why: Why) -> None:
        """That somebody of the staff opened something of the person."""
        self.by_staff(ago, who, lambda then: record_person_look(then, customer.id, what, why))

    def by_staff(self, ago: int, who: str, deed: Deed) -> None:
        """What a member of the staff did."""
        self.diary.on(ago, deed, by=self.staff[who], hour=11)

    def by_person(self, ago: int, customer: Customer, deed: Deed) -> None:
        """What the person did in the portal."""
        actor = Actor(ActorKind.PERSON, customer_id=customer.id, fresh=True, proof="code")
        self.diary.on(ago, deed, by=actor, hour=19)

    def visit(self, ago: int, customer: Customer, hour: int, who: str) -> None:
        """A visit that took place, with the look at it. What was answered on health is gone since the next day."""
        self.agree(ago + 5, customer, ConsentPurpose.HEALTH, "booking_form")
        self.diary.on(ago, lambda then: _visit(then, self.calendar, customer), hour=hour)
        self.look(ago, who, customer, "booking", Why.APPOINTMENT)


def _clara_at_the_town(past: _Past) -> Customer:
    clara = past.person(950, MISSPELT, CLARAS_MAIL, CLARAS_PHONE)
    past.look(949, "ben", clara, "booking", Why.APPOINTMENT)
    past.agree(900, clara, ConsentPurpose.TRACKING)
    past.diary.on(640, lambda then: withdraw(then, clara.id, ConsentPurpose.TRACKING, "link"))
    past.by_person(600, clara, lambda then: withdraw_own(then, ConsentPurpose.MAIL))
    past.by_person(500, clara, lambda then: open_case(then, Right.RECTIFICATION, clara.id, request=CLARA))
    past.by_staff(497, "anna", lambda then: grant_name(then, _looked_at(then, clara, Right.RECTIFICATION).id))
    past.by_person(400, clara, lambda then: wish(then, "objection", REASONS))
    past.by_staff(392, "anna", lambda then: close_case(then, _looked_at(then, clara, Right.OBJECTION)))
    past.by_person(340, clara, lambda then: done_at_once(then, Right.ACCESS, clara.id))
    past.agree(330, clara, ConsentPurpose.MAIL, "booking_form")
    past.look(328, "ben", clara, "booking", Why.APPOINTMENT)
    past.agree(200, clara, ConsentPurpose.SMS)
    past.agree(200, clara, ConsentPurpose.SMS_TRANSFER)
    past.look(120, "anna", clara, "consent_event", Why.CONSENTS)
    past.by_person(60, clara, lambda then: withdraw_own(then, ConsentPurpose.SMS))
    past.look(30, "ben", clara, "export", Why.LIST)
    past.by_person(13, clara, lambda then: _ask(then, clara, KEEP_OLD, answered=past.diary.moment(11)))
    past.look(9, "anna", clara, "booking", Why.APPOINTMENT)
    past.by_person(3, clara, lambda then: wish(then, "incorrect", WRONG_HOUSE))
    past.by_person(2, clara, lambda then: _ask(then, clara, FETCHED_BY_ANOTHER))
    return clara


def _neighbour(past: _Past) -> Customer:
    """Somebody who tried out what can be agreed to, and asked once what is stored."""
    person = past.person(800, f"Person {NEIGHBOUR} Beispiel", f"person.{NEIGHBOUR}@example.org")
    past.agree(799, person, ConsentPurpose.TRACKING)
    past.look(795, "ben", person, "booking", Why.APPOINTMENT)
    past.by_person(300, person, lambda then: withdraw_own(then, ConsentPurpose.TRACKING))
    past.by_person(298, person, lambda then: done_at_once(then, Right.ACCESS, person.id))
    past.look(35, "ben", person, "export", Why.LIST)
    return person


def _patient(past: _Past) -> Customer:
    """Somebody who comes month by month."""
    person = past.person(700, f"Person {PATIENT} Beispiel", f"person.{PATIENT}@example.org")
    for ago in MONTHLY:
        past.visit(ago, person, 9, "praxis")
    past.by_person(90, person, lambda then: done_at_once(then, Right.PORTABILITY, person.id))
    return person


def _clara_at_the_practice(past: _Past) -> Customer:
    """Clara is somebody of her own here: what the town office holds on her is not seen."""
    clara = past.person(NOW_AND_THEN.start + 6, CLARA, CLARAS_MAIL)
    for ago in NOW_AND_THEN:
        past.visit(ago, clara, 11, "praxis")
    past.by_person(20, clara, lambda then: withdraw_own(then, ConsentPurpose.MAIL))
    return clara


def _looked_at(then: Work, customer: Customer, right: Right) -> PrivacyCase:
    """The person's open request, as whoever decides about it opens it."""
    query = then.select(PrivacyCase).where(PrivacyCase.customer_id == customer.id, PrivacyCase.right == right)
    case = then.all(query.where(PrivacyCase.status == "open"))[0]
    look_at_case(then, case.id)
    return case


def _ask(then: Work, clara: Customer, text: str, answered: datetime | None = None) -> None:
    """A question that Clara asked while signed in."""
    then.new(
        Enquiry,
        topic="question",
        name=clara.name,
        email=clara.email,
        address_key=address_key(then.tenant, CLARAS_MAIL),
        text=text,
        customer_id=clara.id,
        created_at=then.now,
        closed_at=answered,
    )


def _visit(then: Work, calendar: Calendar, customer: Customer) -> None:
    """A finished appointment with its claim."""
    resource, service = next((resource, services[0]) for resource, services in calendar.given_by if services)
    booking = _row(then, calendar, service, resource.id, customer, then.now, BookingStatus.FINISHED)
    ends = booking.ends_at + timedelta(minutes=service.after_min)
    then.new(Claim, booking_id=booking.id, resource_id=resource.id, lane=0, starts_at=then.now, ends_at=ends)


def _booking(
    work: Work, calendar: Calendar, service: Service, customer: Customer, starts_at: datetime
) -> Callable[[UUID], Booking]:
    """What makes the coming appointment on a resource, as `claim_for` asks for it."""

    def make(resource_id: UUID) -> Booking:
        return _row(work, calendar, service, resource_id, customer, starts_at, BookingStatus.CONFIRMED)

    return make


def _row(
    work: Work,
    calendar: Calendar,
    service: Service,
    resource_id: UUID,
    customer: Customer,
    starts_at: datetime,
    status: BookingStatus,
) -> Booking:
    booked = min(starts_at, work.now) - timedelta(days=5)
    return work.new(
        Booking,
        location_id=calendar.place.id,
        service_id=service.id,
        resource_id=resource_id,
        customer_id=customer.id,
        notice_version_id=current_notice_id(work),
        status=status,
        confirming=Confirming.EMAIL,
        code=new_code(work),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=service.duration_min),
        created_at=booked,
        booked_at=booked,
    )
