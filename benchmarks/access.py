"""How long does it take to tell a person everything, and to put it into a package? Does it depend on other people?

One person with 200 appointments at an office, first beside nobody else, then in a database of 1,000,000 bookings of 200
offices. Each step is one transaction on a real server, as a click in the portal makes it.
"""

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from pypdf import PdfReader
from sqlalchemy import Engine

from smartcx_portal.kit.embedded import Embedded
from smartcx_portal.kit.engine import as_libpq, make_engine
from smartcx_portal.kit.limits import forget_all
from smartcx_portal.kit.memory import keep_for_good
from smartcx_portal.kit.sheets import as_pdf
from smartcx_portal.kit.toolchain import ROOT
from smartcx_portal.models.booking import Answer, Booking, BookingPart, BookingStatus, Confirming
from smartcx_portal.models.calendar import FormField, Location, Resource, Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, Message, MessageStatus
from smartcx_portal.models.privacy import AccessRecord, ConsentPurpose
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.access import view_in, view_of
from smartcx_portal.privacy.art15 import answers
from smartcx_portal.privacy.export import make_package
from smartcx_portal.privacy.reading import Reading
from smartcx_portal.privacy.report_paper import report_sheet
from smartcx_portal.privacy.subject import as_json, subject_document
from smartcx_portal.standing.consents import give
from smartcx_portal.tenancy import JOB, Work, open_work
from smartcx_portal.tenancy.actor import Actor, ActorKind

APPOINTMENTS = 200
WARM_UP, TRIES = 3, 30
ALONE, AMONG_MANY = (1, 1), (200, 1_000_000)
"""Offices and bookings of other people."""
OFFICE = "musteramt-0001"
PAGES = 20


class Here(NamedTuple):
    """The office and the person."""

    engine: Engine
    tenant: UUID
    person: UUID

    def open(self) -> Any:
        actor = Actor(ActorKind.PERSON, customer_id=self.person)
        return open_work(actor, self.tenant, tab="tab-of-clara", engine=self.engine)


def measure() -> list[dict[str, Any]]:
    """Percentiles of report, JSON and package among many, and how they compare with a database without the many."""
    keep_for_good()  # as each web process does when it starts
    alone, among = _figures(*ALONE), _figures(*AMONG_MANY)
    slower = median(among["package"]) / median(alone["package"])
    rows = [
        ("report.p95", "ms", _p95(among["report"]), "<= 1000"),
        ("json.p95", "ms", _p95(among["json"]), "<= 200"),
        ("package.p95", "ms", _p95(among["package"]), "<= 1000"),
        ("package.1m_to_none", "times", slower, "<= 1.3"),
        ("pdf.20_pages.p95", "ms", _p95(among["pdf"]), "<= 300"),
    ]
    return [
        {"name": f"access.{name}", "unit": unit, "value": round(value, 2), "goal": goal}
        for name, unit, value, goal in rows
    ]


def _figures(offices: int, bookings: int) -> dict[str, list[float]]:
    """Milliseconds of each deed beside so many others."""
    deeds: dict[str, Callable[[Work, UUID], Any]] = {
        "report": lambda work, person: view_of(work, person, "de"),
        "json": lambda work, person: as_json(subject_document(work, person)),
        "package": lambda work, person: make_package(work),
    }
    with tempfile.TemporaryDirectory(prefix="smartcx-bench-") as folder, _database(folder, offices, bookings) as here:
        spent = {name: [_ms(here, deed) for _ in range(WARM_UP + TRIES)][WARM_UP:] for name, deed in deeds.items()}
        return spent | {"pdf": _paper_ms(here)}


def _ms(here: Here, deed: Callable[[Work, UUID], Any]) -> float:
    forget_all()  # one person may have fewer packages an hour than are measured
    began = perf_counter()
    with here.open() as work:
        deed(work, here.person)
    return (perf_counter() - began) * 1000


def _paper_ms(here: Here) -> list[float]:
    """Milliseconds that 20 pages of the report take to set, in proportion to those that it has."""
    with here.open() as work:
        reading = Reading.of(work, here.person)
        sheet = report_sheet(reading, view_in(reading, "de"), answers(reading), "de")
    pages, spent = 0, []
    for number in range(WARM_UP + TRIES):
        fresh = replace(sheet, note=f"{sheet.note} {number}")  # Typst remembers what it has set before
        began = perf_counter()
        paper = as_pdf(fresh)
        spent.append((perf_counter() - began) * 1000)
        pages = pages or len(PdfReader(io.BytesIO(paper)).pages)
    return [each * min(1.0, PAGES / pages) for each in spent[WARM_UP:]]


def _p95(spent: list[float]) -> float:
    return quantiles(spent, n=20)[-1]


@contextmanager
def _database(folder: str, offices: int, bookings: int) -> Iterator[Here]:
    """A server with so much in it and the person beside, thrown away afterwards."""
    command = [sys.executable, "-m", "smartcx_portal.cli", "demo", "--data", folder]
    counts = ["--tenants", str(offices), "--bookings", str(bookings)]
    environment = os.environ | {"SMARTCX_DEMO": "1", "SMARTCX_DEMO_PASSWORD": "Messen-ohne-Geheimnis"}
    subprocess.run([*command, *counts], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    with Embedded(Path(folder) / "database", say=lambda _: None) as server:
        engine = make_engine(server.app_url(), pool=2)
        try:
            with open_work(JOB, engine=engine) as work:
                tenant = work.first(work.shared(Tenant.id).where(Tenant.slug == OFFICE))
                work.enter_tenant(tenant)
                person = _clara(work)
            with closing(psycopg.connect(as_libpq(server.owner_url()), autocommit=True)) as owner:
                owner.execute("ANALYZE")
            yield Here(engine, tenant, person)
        finally:
            engine.dispose()


def _clara(work: Work) -> UUID:
    """A person who came 200 times within two years: each time with two answers, two mails and a look by the staff."""
    since = work.now - timedelta(days=730)
    clara = work.new(
        Customer,
        name="Clara Lindqvist",
        email="clara@example.org",
        email_key="clara@example.org",
        email_verified_at=since,
        created_at=since,
    )
    service = work.first(work.select(Service))
    fields = [work.new(FormField, service_id=service.id, label=f"Frage {n}", why="Zur Vorbereitung") for n in (1, 2)]
    for number in range(APPOINTMENTS):
        _came(work, clara, service, fields, number)
    for _ in range(5):
        give(work, clara.id, ConsentPurpose.MAIL, booking_id=None, language="de", channel="portal")
    return clara.id


def _came(work: Work, clara: Customer, service: Service, fields: list[FormField], number: int) -> None:
    begin = work.now - timedelta(days=3 * number + 1)
    booking = work.new(
        Booking,
        location_id=work.first(work.select(Location.id)),
        service_id=service.id,
        resource_id=work.first(work.select(Resource.id)),
        customer_id=clara.id,
        status=BookingStatus.FINISHED,
        confirming=Confirming.EMAIL,
        code=f"CLARA-{number:04}",
        starts_at=begin,
        ends_at=begin + timedelta(minutes=20),
        created_at=begin - timedelta(days=7),
    )
    work.new(BookingPart, booking_id=booking.id, service_id=service.id)
    for field in fields:
        work.new(Answer, booking_id=booking.id, field_id=field.id, value=f"Antwort {number}")
    for kind in ("booking_confirm", "booking_booked"):
        work.new(
            Message,
            customer_id=clara.id,
            booking_id=booking.id,
            kind=kind,
            channel=Channel.EMAIL,
            language="de",
            to_address="clara@example.org",
            status=MessageStatus.SENT,
            created_at=begin,
            sent_at=begin,
        )
    work.new(AccessRecord, customer_id=clara.id, role="staff", what="booking", at=begin)
