"""`smartcx demo --tenants 200 --bookings 1000000`: many made-up offices with many bookings, for measuring.

The rows go in by COPY, which knows no row-level security: so the owning role lifts FORCE for the tables that it fills,
in each of its transactions, and puts it back before the commit. All constraints hold for these rows as for others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from time import monotonic
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg

from smartcx_portal.bookings.booking_code import ALPHABET
from smartcx_portal.kit import clock
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.engine import as_libpq, owner_url
from smartcx_portal.kit.refusal import CannotRun
from smartcx_portal.models.calendar import Location, OpeningHours, Resource, Service, ServiceResource
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.operations.counts import recount
from smartcx_portal.operations.demo import Say, refuse_beside_real_tenants
from smartcx_portal.operations.demo_facts import DemoFacts, demo_tenants
from smartcx_portal.operations.founding import first_location, found_tenant
from smartcx_portal.operations.slugs import slug_of
from smartcx_portal.operations.tenant_form import checked
from smartcx_portal.privacy.notice import publish_notice
from smartcx_portal.tenancy import JOB, open_work

LENGTH = timedelta(minutes=20)
OPENS, CLOSES = time(8), time(18)
A_DAY = 30
"""Appointments of 20 minutes that one counter has a day."""
DAYS_BACK, DAYS_ON = 30, 60
FULL = 0.8
"""The share of the time that is taken at most: something stays free."""
FEWEST_COUNTERS = 10
AT_ONCE = 20
"""Tenants per transaction and per line of progress."""
TABLES = ("customer", "booking", "claim")
COLUMNS = {
    "customer": "tenant_id, id, name, email, email_key, email_verified_at, language, created_at",
    "booking": "tenant_id, id, location_id, service_id, resource_id, customer_id, status, origin, way, places, "
    "overbooked, starts_at, ends_at, extensions, confirming, code, link_version, sequence, language, created_at, "
    "booked_at",
    "claim": "tenant_id, id, booking_id, resource_id, lane, online, starts_at, ends_at",
}


@dataclass(frozen=True, slots=True)
class Office:
    """One made-up tenant and what its bookings point at."""

    tenant: UUID
    place: UUID
    service: UUID
    counters: tuple[UUID, ...]


def make_many(tenants: int, bookings: int, say: Say) -> None:
    """Make so many offices with so many bookings in all, and say how far it is. Raises `CannotRun`.

    Offices that an earlier run has made are left as they are and not made again.
    """
    if not 0 < tenants <= 5_000 or not 0 <= bookings <= 10_000_000:
        raise CannotRun("Choose 1 to 5000 tenants and at most 10,000,000 bookings.")
    refuse_beside_real_tenants()
    began, made, each = monotonic(), 0, _shares(tenants, bookings)
    numbers = list(range(1, tenants + 1))
    with psycopg.connect(as_libpq(owner_url())) as owner:
        for first in range(0, tenants, AT_ONCE):
            batch = [(_found(n, each[n - 1]), each[n - 1]) for n in numbers[first : first + AT_ONCE]]
            made += _fill(owner, [(office, count) for office, count in batch if office is not None])
            spent = monotonic() - began
            say(f"{min(first + AT_ONCE, tenants)} of {tenants} tenants, {made} bookings, {spent:.0f} s")
        owner.commit()
        owner.autocommit = True
        for table in TABLES:
            owner.execute(f"ANALYZE {table}")


def _shares(tenants: int, bookings: int) -> list[int]:
    """How many bookings each office gets; the rest of the division goes to the first ones."""
    return [bookings // tenants + (n < bookings % tenants) for n in range(tenants)]


def _found(number: int, bookings: int) -> Office | None:
    """One office with as many counters as its bookings need; None where it is there already."""
    facts = _facts(number)
    with open_work(JOB) as work:
        if work.first(work.shared(Tenant.id).where(Tenant.slug == slug_of(facts.form.name))) is not None:
            return None
        tenant = found_tenant(work, checked(facts.form), listed=True)
        place: Location = first_location(work, tenant)
        service = work.new(
            Service, location_id=place.id, name="Beratung", duration_min=20, step_min=20, horizon_days=DAYS_ON
        )
        room = A_DAY * len(_days(local_day(work.now, place.zone))) * FULL
        counters = [
            work.new(Resource, location_id=place.id, name=f"Schalter {n + 1}", position=n).id
            for n in range(max(FEWEST_COUNTERS, int(bookings / room) + 1))
        ]
        for counter in counters:
            work.new(ServiceResource, service_id=service.id, resource_id=counter)
        for weekday in range(5):
            work.new(OpeningHours, location_id=place.id, weekday=weekday, opens=OPENS, closes=CLOSES)
        publish_notice(work)
        recount(work)
        return Office(tenant.id, place.id, service.id, tuple(counters))


def _facts(number: int) -> DemoFacts:
    """The first demo tenant under another name."""
    town = demo_tenants()[0]
    name = f"Musteramt {number:04}"
    mail = f"amt{number:04}@musterstadt.example"
    return replace(town, form=replace(town.form, name=name, email=mail))


def _fill(owner: psycopg.Connection, offices: list[tuple[Office, int]]) -> int:
    """Bookings of some offices in one transaction; how many."""
    lines: dict[str, list[str]] = {table: [] for table in TABLES}
    for office, count in offices:
        _write(office, count, lines)
    with owner.transaction():
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            with owner.cursor().copy(f"COPY {table} ({COLUMNS[table]}) FROM STDIN") as copy:
                copy.write("".join(lines[table]))
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    return len(lines["booking"])


def _write(office: Office, count: int, lines: dict[str, list[str]]) -> None:
    """The lines of one office's bookings, drawn evenly from all times that it has."""
    now = clock.now().replace(microsecond=0)
    random = Random(office.tenant.int)
    days = [(_opening(day), number) for number, day in enumerate(_days(local_day(now, "Europe/Berlin")))]
    places = len(days) * A_DAY * len(office.counters)
    tenant, made = office.tenant.hex, (now - timedelta(days=DAYS_BACK)).isoformat()
    prefix = _prefix(now)
    codes = _codes(random)
    for number, place in enumerate(sorted(random.sample(range(places), min(count, places)))):
        counter, rest = divmod(place, len(days) * A_DAY)
        opening, slot = days[rest // A_DAY][0], rest % A_DAY
        starts = opening + slot * LENGTH
        begin, end = starts.isoformat(), (starts + LENGTH).isoformat()
        person, booking, claim = (_id(prefix, random) for _ in range(3))
        mail = f"person.{number}@example.org"
        status = "confirmed" if starts > now else "finished"
        resource = office.counters[counter].hex
        lines["customer"].append(f"{tenant}\t{person}\tPerson {number} Beispiel\t{mail}\t{mail}\t{made}\tde\t{made}\n")
        lines["booking"].append(
            f"{tenant}\t{booking}\t{office.place.hex}\t{office.service.hex}\t{resource}\t{person}\t{status}\tonline\t"
            f"on_site\t1\tf\t{begin}\t{end}\t0\temail\t{next(codes)}\t1\t0\tde\t{made}\t{made}\n"
        )
        lines["claim"].append(f"{tenant}\t{claim}\t{booking}\t{resource}\t0\tt\t{begin}\t{end}\n")


def _days(today: date) -> list[date]:
    """The working days that get bookings."""
    span = (today + timedelta(days=n) for n in range(-DAYS_BACK, DAYS_ON + 1))
    return [day for day in span if day.weekday() < 5]


def _opening(day: date) -> datetime:
    return datetime.combine(day, OPENS, ZoneInfo("Europe/Berlin")).astimezone(UTC)


def _id(prefix: str, random: Random) -> str:
    return f"{prefix}{random.getrandbits(12):03x}8{random.getrandbits(60):015x}"


def _prefix(now: datetime) -> str:
    """The beginning of a UUID of version 7 for this moment."""
    return f"{int(now.timestamp() * 1000):012x}7"


def _codes(random: Random) -> Iterator[str]:
    """Booking codes that differ."""
    seen: set[str] = set()
    while True:
        code = "".join(random.choices(ALPHABET, k=8))
        if code not in seen:
            seen.add(code)
            yield f"{code[:4]}-{code[4:]}"
