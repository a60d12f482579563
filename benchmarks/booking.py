"""How long does one person wait for a booking? Hold, type, submit and commit, on a real server, one client.

The server, its database and its data folder are made for the measurement and thrown away.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Engine

from smartcx_portal.bookings.drafts import save_entered
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.offering import month_days, next_free
from smartcx_portal.bookings.submitting import submit
from smartcx_portal.kit import clock
from smartcx_portal.kit.embedded import Embedded
from smartcx_portal.kit.engine import make_engine
from smartcx_portal.kit.migrating import upgrade
from smartcx_portal.models.calendar import Location, OpeningHours, Resource, Service, ServiceResource
from smartcx_portal.models.tenant import BodyKind, Tenant
from smartcx_portal.tenancy import JOB, VISITOR, Work, open_work

COUNTERS = 10
WARM_UP = 10
BOOKINGS = 150
ENTRIES = {"name": "Clara Lindqvist", "confirming": "email"}


class House(NamedTuple):
    """Where it is booked."""

    engine: Engine
    tenant: UUID
    service: str


def measure() -> list[dict[str, Any]]:
    """Percentiles of a whole booking by mail, and of the two searches before it."""
    with tempfile.TemporaryDirectory(prefix="smartcx-bench-") as folder, _house(Path(folder)) as house:
        spent = [_booking_ms(house, n) for n in range(WARM_UP + BOOKINGS)][WARM_UP:]
        now = clock.now()
        month = [_ms(house, lambda w: month_days(w, house.service, now.year, now.month)) for _ in range(30)]
        first = [_ms(house, lambda w: next_free(w, house.service, 5)) for _ in range(30)]
    return [
        {"name": "booking.whole.p95", "unit": "ms", "value": _p95(spent), "goal": "<= 150"},
        {"name": "booking.whole.median", "unit": "ms", "value": round(median(spent), 1), "goal": "<= 100"},
        {"name": "booking.month.p95", "unit": "ms", "value": _p95(month), "goal": "<= 100"},
        {"name": "booking.next_free.p95", "unit": "ms", "value": _p95(first), "goal": "<= 100"},
    ]


def _booking_ms(house: House, n: int) -> float:
    """One person from choosing a time to the confirmation mail in the outbox: three events, each committed."""
    entries = ENTRIES | {"email": f"clara{n}@example.org"}
    with _visitor(house, n) as work:
        starts_at = next_free(work, house.service, 1)[0].starts_at
    began = perf_counter()
    with _visitor(house, n) as work:
        hold(work, house.service, starts_at)
    with _visitor(house, n) as work:
        save_entered(work, entries)
    with _visitor(house, n) as work:
        submit(work)
    return (perf_counter() - began) * 1000


def _ms(house: House, search: Any) -> float:
    with _visitor(house, 0) as work:
        began = perf_counter()
        search(work)
        return (perf_counter() - began) * 1000


def _visitor(house: House, n: int) -> Any:
    return open_work(VISITOR, house.tenant, tab=f"tab-{n}", network=f"net-{n}", engine=house.engine)


def _p95(spent: list[float]) -> float:
    return round(quantiles(spent, n=20)[-1], 1)


@contextmanager
def _house(folder: Path) -> Iterator[House]:
    with Embedded(folder / "database", say=lambda _: None) as server:
        upgrade(server.owner_url())
        engine = make_engine(server.app_url(), pool=2)
        try:
            with open_work(JOB, engine=engine) as work:
                tenant, service = furnish(work, clock.now())
            yield House(engine, tenant, str(service))
        finally:
            engine.dispose()


def furnish(work: Work, now: datetime, slug: str = "buergeramt-musterstadt") -> tuple[UUID, UUID]:
    """A town office with ten counters, open every day."""
    place = {"street": "Markt 1", "postal_code": "47798", "city": "Musterstadt"}
    tenant = work.add(
        Tenant(
            slug=slug,
            name="Bürgeramt Musterstadt",
            kind=BodyKind.PUBLIC_OFFICE,
            land="NW",
            email="post@musterstadt.example",
            website="https://www.musterstadt.example",
            dpo_name="Datenschutz",
            dpo_email="dsb@musterstadt.example",
            created_at=now - timedelta(days=1),
            **place,
        )
    )
    work.enter_tenant(tenant.id)
    location = work.new(Location, name="Bürgeramt", **place)
    service = work.new(Service, location_id=location.id, name="Personalausweis", duration_min=20, step_min=10)
    for number in range(COUNTERS):
        counter = work.new(Resource, location_id=location.id, name=f"Schalter {number + 1}", position=number)
        work.new(ServiceResource, service_id=service.id, resource_id=counter.id)
    for weekday in range(7):
        work.new(OpeningHours, location_id=location.id, weekday=weekday, opens=time(8), closes=time(18))
    return tenant.id, service.id
