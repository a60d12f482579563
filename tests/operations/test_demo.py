"""The demo: three made-up tenants, made once."""

import stat
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest

from smartcx_portal.accounts.passwords import verify
from smartcx_portal.audit.trail import verify as verify_trail
from smartcx_portal.bookings.offering import next_free
from smartcx_portal.kit.clock import frozen_at
from smartcx_portal.kit.embedded import Urls
from smartcx_portal.kit.engine import as_libpq
from smartcx_portal.models.booking import (
    Answer,
    Attendee,
    Booking,
    BookingStatus,
    Cancellation,
    Claim,
    Seat,
    WaitlistEntry,
    WaitlistStatus,
)
from smartcx_portal.models.calendar import CalendarFeed, FormField, Resource, Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Message
from smartcx_portal.models.privacy import ConsentEvent
from smartcx_portal.models.staff import Identity
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.operations.demo import make_demo
from smartcx_portal.operations.demo_logins import DemoLogin, logins_file
from smartcx_portal.operations.demo_special import GUESTS, WAITING
from smartcx_portal.operations.overview import tenant_list
from smartcx_portal.operations.tenants import demo_list
from smartcx_portal.privacy.notice import content_of, newest
from smartcx_portal.privacy.notice_facts import gather
from smartcx_portal.settings import settings
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.tenancy import JOB, open_work
from tests.cast import CLARA
from tests.conftest import SUNDAY


@pytest.fixture(scope="module")
def said() -> list[str]:
    return []


@pytest.fixture(scope="module")
def logins(database: Urls, said: list[str]) -> Iterator[list[DemoLogin]]:
    """The demo, made once for the tests of this file, on the frozen Sunday."""
    with psycopg.connect(as_libpq(database.owner), autocommit=True) as owner:
        owner.execute("TRUNCATE tenant, identity, session, sub_processor, procrastinate_jobs CASCADE")
    logins_file().unlink(missing_ok=True)
    with pytest.MonkeyPatch.context() as patch, frozen_at(SUNDAY):
        patch.setattr(settings(), "demo", True)
        yield make_demo(said.append)
    logins_file().unlink()


def of(slug: str):
    with open_work(JOB) as work:
        tenant = work.first(work.shared(Tenant.id).where(Tenant.slug == slug))
    return open_work(JOB, tenant)


def test_the_start_page_lists_the_three_tenants(logins: list[DemoLogin]):
    with open_work(JOB) as work:
        names = [tenant.name for tenant in demo_list(work)]
    assert names == ["Bürgeramt Musterstadt", "Salon Haarlekin", "Praxis am Markt"]


def test_made_again_it_changes_nothing(logins: list[DemoLogin], said: list[str]):
    with of("buergeramt-musterstadt") as work:
        before = work.count(work.select(Booking))
    assert make_demo(said.append) == []
    with of("buergeramt-musterstadt") as work:
        assert work.count(work.select(Booking)) == before
        assert work.count(work.shared(Tenant)) == 3


def test_progress_is_shown_for_each_tenant(logins: list[DemoLogin], said: list[str]):
    for name in ("Bürgeramt Musterstadt", "Salon Haarlekin", "Praxis am Markt"):
        assert any(line.startswith(f"{name}: day 36 of 36") for line in said)


def test_the_sign_ins_work_and_are_kept_for_the_owner_of_the_machine(logins: list[DemoLogin]):
    assert stat.S_IMODE(logins_file().stat().st_mode) == 0o600
    with open_work(JOB) as work:
        for login in logins:
            identity = work.first(work.shared(Identity).where(Identity.email_key == login.email))
            assert verify(identity.password_hash, login.password)
            assert f"{login.email} " in logins_file().read_text()


def test_only_oskar_is_the_operator(logins: list[DemoLogin]):
    with open_work(JOB) as work:
        assert work.all(work.shared(Identity.name).where(Identity.operator.is_(True))) == ["Oskar"]


def test_passwords_differ_unless_one_is_set(logins: list[DemoLogin]):
    assert len({login.password for login in logins}) == len(logins) == 5


def test_every_past_and_coming_week_has_bookings(logins: list[DemoLogin]):
    with of("praxis-am-markt") as work:
        for week in range(-2, 3):
            first = work.now + timedelta(weeks=week)
            found = work.select(Booking).where(
                Booking.starts_at >= first, Booking.starts_at < first + timedelta(weeks=1)
            )
            assert work.count(found) > 5


def test_what_is_past_is_over_and_what_comes_is_not(logins: list[DemoLogin]):
    over = {BookingStatus.FINISHED, BookingStatus.NO_SHOW, BookingStatus.CANCELLED}
    with of("salon-haarlekin") as work:
        past = set(work.all(work.select(Booking.status).where(Booking.ends_at < work.now)))
        coming = set(work.all(work.select(Booking.status).where(Booking.starts_at > work.now)))
    assert past <= over
    assert coming <= {BookingStatus.CONFIRMED, BookingStatus.CANCELLED}


def test_every_kept_appointment_takes_its_time(logins: list[DemoLogin]):
    with of("buergeramt-musterstadt") as work:
        kept = set(work.all(work.select(Booking.id).where(Booking.status != BookingStatus.CANCELLED)))
        taking = set(work.all(work.select(Claim.booking_id).where(Claim.booking_id.is_not(None))))
        assert taking | set(work.all(work.select(Seat.booking_id))) == kept


def test_a_busy_office_shows_what_there_is(logins: list[DemoLogin]):
    with of("buergeramt-musterstadt") as work:
        assert work.count(work.select(Seat)) == sum(GUESTS)
        assert work.count(work.select(WaitlistEntry)) == WAITING
        assert work.count(work.select(Attendee)) > 5
        assert work.count(work.select(Booking).where(Booking.overbooked.is_(True))) == 1
        full = work.first(work.select(Service.id).where(Service.waitlist.is_(True), Service.without_message.is_(False)))
        assert next_free(work, full) == []


def test_the_first_who_waits_has_a_real_offer(logins: list[DemoLogin]):
    with of("buergeramt-musterstadt") as work:
        first, *others = work.all(work.select(WaitlistEntry).order_by(WaitlistEntry.created_at))
        held = work.get(Booking, first.booking_id)
        freed = work.all(work.select(Cancellation.booking_id).where(Cancellation.at == work.now))
        before = [work.get(Booking, one).starts_at for one in freed]
        told = work.all(work.select(Message.kind).where(Message.waitlist_id == first.id))
    assert (first.status, {one.status for one in others}) == (WaitlistStatus.OFFERED, {WaitlistStatus.WAITING})
    assert (held.status, held.customer_id) == (BookingStatus.HELD, first.customer_id)
    assert held.starts_at in before
    assert told == [Kind.WAITLIST_OFFER]


def test_the_town_is_connected(logins: list[DemoLogin]):
    with of("buergeramt-musterstadt") as work:
        feeds = work.select(Resource.name, CalendarFeed.with_details).join(
            CalendarFeed, CalendarFeed.resource_id == Resource.id
        )
        found = dict(work.all(feeds))
        assert all(work.all(work.select(CalendarFeed.fetched_at)))
        assert work.get(Tenant, work.tenant).embed_sites == ["https://www.musterstadt.example"]
    assert found == {"Schalter 1": False, "Standesamt": True}


def test_the_notice_in_force_names_the_calendars(logins: list[DemoLogin]):
    with of("buergeramt-musterstadt") as work:
        assert gather(work).named_feeds
        assert newest(work).content == content_of(gather(work))


def test_one_can_come_several_times_in_a_series(logins: list[DemoLogin]):
    with of("buergeramt-musterstadt") as work:
        assert work.all(work.select(Service.name).where(Service.most_repeats > 1)) == ["Rentenberatung"]


def test_its_people_are_plainly_made_up(logins: list[DemoLogin]):
    with of("buergeramt-musterstadt") as work:
        people = [person for person in work.all(work.select(Customer)) if person.name != CLARA["name"]]
    assert people
    assert all(person.name.startswith("Person ") and person.name.endswith(" Beispiel") for person in people)
    assert all(person.email is None or person.email.endswith("@example.org") for person in people)


def test_every_address_was_consented_to(logins: list[DemoLogin]):
    with of("salon-haarlekin") as work:
        written = set(work.all(work.select(Customer.id).where(Customer.email.is_not(None))))
        assert set(work.all(work.select(ConsentEvent.customer_id))) == written


def test_the_practice_asks_for_the_reason_as_special_category(logins: list[DemoLogin]):
    with of("praxis-am-markt") as work:
        special = set(work.all(work.select(FormField.id).where(FormField.special.is_(True))))
        answers = work.all(work.select(Answer))
        old = work.now - timedelta(days=1, minutes=1)
        ended = {row.id for row in work.all(work.select(Booking).where(Booking.ends_at < old))}
    assert answers
    assert all(answer.special_value and answer.field_id in special for answer in answers)
    assert not {answer.booking_id for answer in answers} & ended


@pytest.mark.parametrize(
    ("slug", "resources", "services"),
    [("buergeramt-musterstadt", 8, 9), ("salon-haarlekin", 2, 3), ("praxis-am-markt", 1, 3)],
)
def test_each_tenant_has_its_calendar(logins: list[DemoLogin], slug: str, resources: int, services: int):
    with of(slug) as work:
        assert work.count(work.select(Resource)) == resources
        assert work.count(work.select(Service)) == services


def test_the_trails_are_whole_and_the_figures_counted(logins: list[DemoLogin]):
    with of("salon-haarlekin") as work:
        assert verify_trail(work.db, work.tenant).sound
        assert all(row.bookings > 50 and row.counted for row in tenant_list(work))
