"""The demo as browsers meet it: its tenants, and a tab for each kind of person who may stand before a page."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine

from smartcx_portal.accounts import sessions
from smartcx_portal.accounts.invitations import invite
from smartcx_portal.bookings.busy_import import add_source, list_sources
from smartcx_portal.bookings.catalogue import form_fields, services
from smartcx_portal.bookings.closures import add_closure, list_closures
from smartcx_portal.bookings.confirming import confirm_by_link
from smartcx_portal.bookings.detail import booking_detail
from smartcx_portal.bookings.drafts import save_entered
from smartcx_portal.bookings.feeds import make_feed, resources_of
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.offering import next_free
from smartcx_portal.bookings.submitting import submit
from smartcx_portal.gate.proving import hash_of
from smartcx_portal.kit.embedded import Embedded, Urls
from smartcx_portal.kit.engine import make_engine
from smartcx_portal.kit.migrating import upgrade
from smartcx_portal.kit.tokens import new_secret
from smartcx_portal.messaging.links import (
    booking_secret,
    confirm_secret,
    invitation_secret,
    wish_secret,
    withdraw_secret,
)
from smartcx_portal.models.booking import Booking, WaitlistEntry
from smartcx_portal.models.calendar import Location, Resource, Service
from smartcx_portal.models.privacy import ConsentEvent, ConsentPurpose
from smartcx_portal.models.staff import Identity, Role, SessionKind
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.enquiries import ask_about
from smartcx_portal.privacy.export import make_package
from smartcx_portal.privacy.wishing import wish
from smartcx_portal.settings import settings
from smartcx_portal.tenancy import JOB, VISITOR, Actor, ActorKind, Work, open_work
from tests.cast import CLARA
from tests.started import Started

TOWN = "buergeramt-musterstadt"
SERVICE = "Wohnung anmelden oder ummelden"
"""It asks a question, and may be booked without any message."""
FULL = "Anmeldung der Eheschließung"
"""Nothing is free for it, and some people wait."""
TOGETHER = ("Reisepass beantragen", "Führungszeugnis beantragen")
"""They can be booked in one visit, the first up to three times."""
INVENTORY = "Inventur"
ANNA, OSKAR = "anna@example.org", "oskar@example.org"
BY_MAIL = {"name": CLARA["name"], "confirming": "email", "email": CLARA["email"]}
WITHOUT = {"name": CLARA["name"], "confirming": "none"}


@dataclass(frozen=True)
class Tab:
    """Who looks: the key that the tab stores, the secret in its address, and what parameters of routes stand for."""

    key: str = field(default_factory=new_secret)
    fragment: str = ""
    query: str = ""
    values: dict[str, str] = field(default_factory=dict)


class Demo:
    """The started app with the demo's data. The methods do what people do, without a browser."""

    def __init__(self, app: Started, engine: Engine) -> None:
        self.app, self.engine = app, engine
        with open_work(JOB, engine=engine) as work:
            self.tenants: dict[str, UUID] = dict(work.all(work.shared(Tenant.slug, Tenant.id)))

    def visitor(self) -> Tab:
        """Somebody of whom nothing is known."""
        return Tab()

    def holding(self, service: str = SERVICE, slug: str = TOWN) -> Tab:
        """A tab that holds a time, with everything entered."""
        tab = Tab(values={"tenant": slug})
        with self._at(tab) as work:
            chosen = next(one for one in services(work) if one.name == service)
            hold(work, chosen.id, next_free(work, chosen.id)[0].starts_at)
            answers = {one.name: one.options[0] for one in form_fields(work, chosen.id) if one.options}
            save_entered(work, BY_MAIL | answers)
        return tab

    def choosing(self) -> Tab:
        """A tab that holds a time for two services in one visit, so that there is something to choose about it."""
        tab = Tab(values={"tenant": TOWN})
        with self._at(tab) as work:
            found = {one.name: one.id for one in services(work)}
            wanted = ",".join(found[name] for name in TOGETHER)
            hold(work, wanted, next_free(work, wanted)[0].starts_at)
        return tab

    def joining(self) -> Tab:
        """Somebody who finds nothing free and wants to wait."""
        with self._at(Tab()) as work:
            full = work.first(work.select(Service).where(Service.name == FULL))
        return Tab(query=f"?leistung={full.id}")

    def wishing(self) -> Tab:
        """Somebody on the waiting list, at the link of their mail."""
        with open_work(JOB, self.tenants[TOWN], engine=self.engine) as work:
            entry = work.first(work.select(WaitlistEntry).order_by(WaitlistEntry.created_at))
            return Tab(fragment=wish_secret(work, entry))

    def withdrawing(self) -> Tab:
        """Somebody at the link of a mail that withdraws the consent to mails."""
        with open_work(JOB, self.tenants[TOWN], engine=self.engine) as work:
            mailed = work.select(ConsentEvent).where(ConsentEvent.purpose == ConsentPurpose.MAIL)
            mailed = mailed.where(ConsentEvent.customer_id.is_not(None))
            event = work.first(mailed.order_by(ConsentEvent.at.desc()))
            return Tab(fragment=withdraw_secret(work, event))

    def patient(self) -> Tab:
        """A tab that holds a time at a practice, which asks for something specially protected."""
        return self.holding("Sprechstunde", "praxis-am-markt")

    def waiting(self) -> Tab:
        """A tab whose booking waits for the link of its mail; that link's secret stands in the address."""
        tab = self.holding()
        return replace(tab, fragment=confirm_secret(self._book(tab, BY_MAIL)))

    def booked(self) -> Tab:
        """A tab that has booked without a message; the appointment's secret stands in the address."""
        tab = self.holding()
        return replace(tab, fragment=booking_secret(self._book(tab, WITHOUT)))

    def person(self, *, fresh: bool = True) -> Tab:
        """Clara in the privacy portal, freshly proven, with something in each of its lists."""
        tab, booking = Tab(), self._confirmed()
        with self._inside(ANNA) as work:
            booking_detail(work, booking.id)
        clara = Actor(ActorKind.PERSON, customer_id=booking.customer_id, fresh=True)
        with open_work(clara, self.tenants[TOWN], tab=hash_of(tab.key), engine=self.engine) as work:
            case = wish(work, "incorrect", "Der Straßenname ist falsch geschrieben.")
            make_package(work)
            begun = {"tenant_id": work.tenant, "customer_id": booking.customer_id, "fresh": fresh}
            sessions.begin(work, hash_of(tab.key), SessionKind.PERSON, **begun)
        return replace(tab, values={"case": case.id})

    def returning(self) -> Tab:
        """Clara, signed in, before a deed that asks for a fresh proof."""
        return self.person(fresh=False)

    def anna(self) -> Tab:
        """Anna at work, with an appointment, a closure, an enquiry and a request to look at."""
        booking = self._confirmed()
        with self._at(Tab()) as work:
            ask_about(work, "question", CLARA["name"], CLARA["email"], "Gibt es einen Aufzug?")
        with self._inside(ANNA) as work:
            if not any(one.reason == INVENTORY for one in list_closures(work)):
                add_closure(work, (work.now + timedelta(days=40)).date().isoformat(), reason=INVENTORY)
            counter = resources_of(work)[0][0]
            make_feed(work, counter, with_details=True)
            if not list_sources(work):
                add_source(work, counter, "https://calendar.example/secret.ics")
        values = {"entry": str(booking.id), "day": booking.starts_at.date().isoformat()} | self._things_set_up()
        return self._insider(ANNA, SessionKind.STAFF, values, tenant_id=self.tenants[TOWN])

    def _things_set_up(self) -> dict[str, str]:
        """One of each thing that has a page of its own."""
        with self._inside(ANNA) as work:
            made = (("one_service", Service), ("one_resource", Resource), ("one_location", Location))
            return {name: str(work.first(work.select(model.id))) for name, model in made}

    def oskar(self) -> Tab:
        """Oskar in the back office, with a tenant to look at."""
        return self._insider(OSKAR, SessionKind.OPERATOR, {"tenant": str(self.tenants[TOWN])})

    def invited(self) -> Tab:
        """Somebody who opens an invitation to the town office."""
        with self._inside(ANNA) as work:
            return Tab(fragment=invitation_secret(invite(work, CLARA["email"], Role.STAFF)))

    def _book(self, tab: Tab, entries: dict[str, str]) -> Booking:
        with self._at(tab) as work:
            save_entered(work, entries)
            return work.get(Booking, UUID(submit(work).booking_id))

    def _confirmed(self) -> Booking:
        """Clara's appointment, confirmed by the link of its mail."""
        tab = self.holding()
        booking = self._book(tab, BY_MAIL)
        with self._at(tab) as work:
            return work.get(Booking, UUID(confirm_by_link(work, confirm_secret(booking)).booking_id))

    def _inside(self, email: str) -> AbstractContextManager[Work]:
        owner = Actor(ActorKind.STAFF, identity_id=self._identity(email), role=Role.OWNER)
        return open_work(owner, self.tenants[TOWN], engine=self.engine)

    def _at(self, tab: Tab) -> AbstractContextManager[Work]:
        tenant = self.tenants[tab.values.get("tenant", TOWN)]
        return open_work(VISITOR, tenant, tab=hash_of(tab.key), network=tab.key, engine=self.engine)

    def _insider(self, email: str, kind: SessionKind, values: dict[str, str], **at: UUID) -> Tab:
        tab = Tab(values=values)
        with open_work(VISITOR, engine=self.engine) as work:
            sessions.begin(work, hash_of(tab.key), kind, identity_id=self._identity(email), **at)
        return tab

    def _identity(self, email: str) -> UUID:
        with open_work(VISITOR, engine=self.engine) as work:
            return work.first(work.shared(Identity.id).where(Identity.email_key == email))


@contextmanager
def demo_started(server: Embedded, name: str) -> Iterator[Demo]:
    """The demo in a database and a folder of its own. It shares the secret key, so that links made here open there."""
    folder = settings().data.with_name(name)
    folder.mkdir(parents=True)
    hash_of("")  # the key's file exists from its first use on
    shutil.copy(settings().data / "secret.key", folder)
    server.create_database(name)
    urls = Urls(app=server.app_url(name), owner=server.owner_url(name))
    upgrade(urls.owner)
    app, engine = Started(urls, "-m", "smartcx_portal.cli", "web", data=folder), make_engine(urls.app, pool=2)
    try:
        _furnish(app, folder)
        yield Demo(app.start(), engine)
    finally:
        app.stop()
        engine.dispose()
        server.drop_database(name)


def _furnish(app: Started, folder: Path) -> None:
    command = [sys.executable, "-m", "smartcx_portal.cli", "demo", "--data", str(folder)]
    environment = app.environment | {"SMARTCX_PORT": str(app.port)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
