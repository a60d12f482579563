"""Whatever people, the staff, the waiting list and the clock do: nothing is sold twice, nothing is lost (I1, I2)."""

from datetime import datetime
from uuid import UUID

import psycopg
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from smartcx_portal.bookings.offering import free_times
from smartcx_portal.bookings.promoting import OfferOver, decline_offer, promote_all, take_offer
from smartcx_portal.bookings.waiting import confirm_wish, join_line
from smartcx_portal.kit.embedded import Urls
from smartcx_portal.kit.engine import as_libpq
from smartcx_portal.messaging.links import wish_secret
from smartcx_portal.models.booking import BookingStatus, Origin, WaitlistEntry, WaitlistStatus
from smartcx_portal.models.calendar import Service
from tests.bookings.journeys import visitor
from tests.bookings.office import MINUTE, MONDAY, Books
from tests.bookings.town_office import ENDED, Known, TownOffice, picks
from tests.cast import CLARA

WISH = {"name": CLARA["name"], "first_day": MONDAY.isoformat(), "last_day": MONDAY.isoformat(), "consent-mail": "yes"}
PATIENCE = 5
"""How many wait at most, so that the line moves."""


class TownOfficeWithLine(TownOffice):
    """The same office, with a waiting list for its counters and its course."""

    def __init__(self, database: Urls) -> None:
        with psycopg.connect(as_libpq(database.owner), autocommit=True) as owner:
            owner.execute("TRUNCATE tenant, identity, session, sub_processor, procrastinate_jobs CASCADE")
        super().__init__()
        self.line: list[UUID] = []
        with self.clock(), self.cast.as_job() as work:
            for one in (self.office.short, self.office.course):
                work.get(Service, one).waitlist = True

    @precondition(lambda self: len(self.line) < PATIENCE)
    @rule(service=st.sampled_from(["short", "course"]), hour=st.integers(8, 10))
    def somebody_waits(self, service: str, hour: int) -> None:
        number = len(self.line)
        entered = WISH | {"email": f"clara+{number}@example.org", "from_time": f"{hour:02}:00"}
        with self.clock(), visitor(self.cast.town, f"line-{number}", network=f"line-{number}") as work:
            entry_id = UUID(join_line(work, getattr(self.office, service), entered))
        with self.clock(), visitor(self.cast.town) as work:
            confirm_wish(work, wish_secret(work, work.get(WaitlistEntry, entry_id)))
        self.line.append(entry_id)

    @rule()
    def the_line_is_promoted(self) -> None:
        """Afterwards nobody waits for a time that is free and fits."""
        with self.clock():
            promote_all(self.cast.town.id)
        with self.clock(), self.cast.as_job() as work:
            waiting = work.all(work.select(WaitlistEntry).where(WaitlistEntry.status == WaitlistStatus.WAITING))
            for entry in waiting:
                times = free_times(work, entry.service_id, MONDAY, MONDAY)
                fitting = [one.starts_at for one in times if one.time >= entry.from_time.strftime("%H:%M")]
                passed = {datetime.fromisoformat(text) for text in entry.passed_over}
                assert {datetime.fromisoformat(text) for text in fitting} <= passed

    @precondition(lambda self: self.line)
    @rule(pick=picks)
    def somebody_takes_an_offer(self, pick: int) -> None:
        entry = self.waiting(pick)
        known = self.known.get(str(entry.booking_id))
        try:
            with self.clock(), visitor(self.cast.town) as work:
                done = take_offer(work, wish_secret(work, entry))
        except OfferOver:
            assert known is None or self.lapsed(known) or known.status in ENDED
            return
        assert done is not None
        assert known is not None
        if known.status is BookingStatus.HELD:
            assert not self.lapsed(known)
            known.status, known.until = BookingStatus.CONFIRMED, None

    @precondition(lambda self: self.line)
    @rule(pick=picks)
    def somebody_declines_an_offer(self, pick: int) -> None:
        entry = self.waiting(pick)
        with self.clock(), visitor(self.cast.town) as work:
            decline_offer(work, wish_secret(work, entry))

    def waiting(self, pick: int) -> WaitlistEntry:
        """Somebody of the line, as they are now."""
        with self.clock(), self.cast.as_job() as work:
            return work.get(WaitlistEntry, self.line[pick % len(self.line)])

    def follow(self, books: Books) -> None:
        """Offers come and go by what others do; those that are there are held like any other time."""
        for row in books.bookings.values():
            if row.origin is not Origin.WAITLIST:
                continue
            known = self.known.get(str(row.id))
            if known is None:
                assert row.status is BookingStatus.HELD
                minutes = (row.ends_at - row.starts_at) // MINUTE
                known = Known(row.service_id, row.starts_at, minutes, row.places, until=row.lapses_at)
                self.known[str(row.id)] = known
            if known.status is BookingStatus.HELD and row.status is BookingStatus.EXPIRED:
                known.status = BookingStatus.EXPIRED


def test_nothing_is_sold_twice_and_nothing_is_lost(engine, database: Urls):
    run_state_machine_as_test(
        lambda: TownOfficeWithLine(database),
        settings=settings(
            max_examples=10,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
