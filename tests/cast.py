"""The people of the tests: Anna owns Bürgeramt Musterstadt, Ben works there, Clara books there; Dora belongs to
Salon Haarlekin and must see nothing; Oskar is the operator."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import time
from uuid import UUID

from smartcx_portal.kit import clock
from smartcx_portal.models.calendar import (
    FieldKind,
    FormField,
    Location,
    OpeningHours,
    Resource,
    Service,
    ServiceResource,
)
from smartcx_portal.models.staff import Identity, Membership, Role
from smartcx_portal.models.tenant import BodyKind, Tenant
from smartcx_portal.tenancy import JOB, VISITOR, Actor, ActorKind, Work, open_work

CLARA = {"name": "Clara Lindqvist", "email": "clara@example.org", "phone": "+49 2151 555123"}


@dataclass(frozen=True)
class House:
    """One tenant with a service, its counters and opening hours Monday to Friday 8 to 12."""

    id: UUID
    slug: str
    location: UUID
    service: UUID
    counters: tuple[UUID, ...]
    question: UUID
    special_question: UUID


@dataclass(frozen=True)
class Cast:
    """Everybody by name. The methods open the work that the gate would open."""

    town: House
    salon: House
    anna: UUID
    ben: UUID
    dora: UUID
    oskar: UUID

    def as_visitor(
        self, house: House | None = None, *, tab: str = "tab-of-clara", lang: str = "de"
    ) -> AbstractContextManager[Work]:
        """Somebody who books, in one tab."""
        return open_work(VISITOR, (house or self.town).id, tab=tab, network="net-1", lang=lang)

    def as_person(
        self, customer: UUID, house: House | None = None, *, fresh: bool = False, tab: str = "tab-of-clara"
    ) -> AbstractContextManager[Work]:
        """A person in the portal."""
        actor = Actor(ActorKind.PERSON, customer_id=customer, fresh=fresh)
        return open_work(actor, (house or self.town).id, tab=tab)

    def as_staff(
        self, identity: UUID, house: House | None = None, role: Role = Role.STAFF
    ) -> AbstractContextManager[Work]:
        """A member at work."""
        return open_work(Actor(ActorKind.STAFF, identity_id=identity, role=role), (house or self.town).id)

    def as_operator(self) -> AbstractContextManager[Work]:
        """Oskar in the back office."""
        return open_work(Actor(ActorKind.OPERATOR, identity_id=self.oskar))

    def as_job(self, house: House | None = None) -> AbstractContextManager[Work]:
        """A job of the worker."""
        return open_work(JOB, (house or self.town).id)


def make_cast() -> Cast:
    """Two tenants and their people, with nothing booked."""
    with open_work(JOB) as work:
        people = {name: _identity(work, name) for name in ("anna", "ben", "dora", "oskar")}
        work.db.get(Identity, people["oskar"]).operator = True
        town = _house(work, "buergeramt-musterstadt", "Bürgeramt Musterstadt", BodyKind.PUBLIC_OFFICE, counters=2)
        work.new(Membership, identity_id=people["anna"], role=Role.OWNER, created_at=work.now)
        work.new(Membership, identity_id=people["ben"], role=Role.STAFF, created_at=work.now)
        salon = _house(work, "salon-haarlekin", "Salon Haarlekin", BodyKind.BUSINESS, counters=1)
        work.new(Membership, identity_id=people["dora"], role=Role.OWNER, created_at=work.now)
    return Cast(town, salon, **people)


def _identity(work: Work, name: str) -> UUID:
    email = f"{name}@example.org"
    row = work.new(Identity, email=email, email_key=email, name=name.capitalize(), created_at=clock.now())
    return row.id


def _house(work: Work, slug: str, name: str, kind: BodyKind, *, counters: int) -> House:
    tenant = Tenant(
        slug=slug,
        name=name,
        kind=kind,
        street="Markt 1",
        postal_code="47798",
        city="Musterstadt",
        land="NW",
        email=f"post@{slug}.example",
        phone="+49 2151 555100",
        website=f"https://www.{slug}.example",
        dpo_name="Datenschutz",
        dpo_email=f"dsb@{slug}.example",
        created_at=work.now,
    )
    work.add(tenant)
    work.enter_tenant(tenant.id)
    place = work.new(Location, name=name, street="Markt 1", postal_code="47798", city="Musterstadt")
    service = work.new(Service, location_id=place.id, name="Personalausweis beantragen", duration_min=20, step_min=20)
    made = []
    for number in range(counters):
        counter = work.new(Resource, location_id=place.id, name=f"Schalter {number + 1}", position=number)
        work.new(ServiceResource, service_id=service.id, resource_id=counter.id)
        made.append(counter.id)
    for weekday in range(5):
        work.new(OpeningHours, location_id=place.id, weekday=weekday, opens=time(8), closes=time(12))
    question = work.new(
        FormField, service_id=service.id, label="Alte Ausweisnummer", why="Um den alten zu sperren", position=1
    )
    special = work.new(
        FormField,
        service_id=service.id,
        label="Benötigen Sie Hilfe vor Ort?",
        why="Damit wir helfen können",
        kind=FieldKind.TEXT,
        special=True,
        position=2,
    )
    return House(tenant.id, slug, place.id, service.id, tuple(made), question.id, special.id)
