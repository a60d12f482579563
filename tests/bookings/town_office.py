"""A state machine: people, Ben and Anna do what they like, and after each step the books must be right.

I1: no two claims share a lane, no resource and no group has more than it has room for, unless marked as overbooked.
I2: every acknowledged booking is there, at its time, with exactly the claims or seats it needs; ended ones have none.
And what is offered can be booked, what is not offered cannot.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from smartcx_portal.bookings.affected import Choice, apply_with_choices
from smartcx_portal.bookings.at_once import book_at_once
from smartcx_portal.bookings.basket import read_basket
from smartcx_portal.bookings.cancelling import cancel_booking, cancel_by_link
from smartcx_portal.bookings.closures import add_closure, list_closures, remove_closure
from smartcx_portal.bookings.drafts import HOLD_TIME, save_entered
from smartcx_portal.bookings.expiring import free_lapsed
from smartcx_portal.bookings.holding import extend_hold, hold, release_hold
from smartcx_portal.bookings.hours import change_hours
from smartcx_portal.bookings.moving import move_booking, move_by_link
from smartcx_portal.bookings.offer import Offer, offer_for, offer_of, taken_on
from smartcx_portal.bookings.offering import FreeTime, free_times, free_times_for_staff, times_to_book_for_staff
from smartcx_portal.bookings.refusals import HoldLapsed, NotOffered, SlotTaken
from smartcx_portal.bookings.staff_booking import book_for
from smartcx_portal.bookings.submitting import submit
from smartcx_portal.bookings.undoing import UndoOver
from smartcx_portal.bookings.undoing import undo as undo_deed
from smartcx_portal.kit import clock
from smartcx_portal.messaging.links import booking_secret
from smartcx_portal.models.booking import Booking, BookingStatus
from smartcx_portal.models.staff import Role
from smartcx_portal.tenancy import Work
from tests.bookings.journeys import WITHOUT, visitor
from tests.bookings.office import (
    EIGHT,
    MINUTE,
    MONDAY,
    QUOTA,
    QUOTA_UNTIL,
    Books,
    empty_groups,
    make_office,
    online_at_a_time,
    overlaps,
    read_books,
    too_full,
    too_many,
)
from tests.cast import make_cast
from tests.conftest import SUNDAY

GONE_TO_NOBODY = (SlotTaken, NotOffered)
TABS = ("tab-1", "tab-2", "tab-3", "tab-4")
ENDED = (BookingStatus.CANCELLED, BookingStatus.EXPIRED)
UNDO_WITHIN = timedelta(seconds=60)
WISHES = [("short", 1, 1), ("short", 1, 1), ("short", 2, 1), ("pair", 1, 1), ("course", 1, 1), ("course", 1, 2)]
"""What is wished for: a service, how often in one visit, and how many seats."""

Wish = tuple[str, int, int]
tabs = st.sampled_from(TABS)
waits = st.sampled_from([None, None, 0, 30, 61])
"""Whether the staff undo what they did, and after how many seconds."""
wishes = st.sampled_from(WISHES)
moments = st.integers(-1, 22).map(lambda n: EIGHT + n * 10 * MINUTE) | st.integers(0, 12).map(
    lambda n: EIGHT + n * 15 * MINUTE
)
half_hours = st.sampled_from(["08:00", "08:30", "09:00", "09:30", "10:00"])
picks = st.integers(0, 100)


@dataclass
class Known:
    """A booking as its person was told."""

    service: UUID
    starts_at: datetime
    minutes: int
    places: int
    status: BookingStatus = BookingStatus.HELD
    until: datetime | None = None
    """While it is held, and not longer."""
    overbooked: bool = False


@dataclass
class Deed:
    """What the staff did last to a booking, and how it was before."""

    at: datetime
    before: Known
    steps: int


class TownOffice(RuleBasedStateMachine):
    """People in four tabs, Ben, and Anna, on one Monday of a small office."""

    def __init__(self) -> None:
        super().__init__()
        self.now = SUNDAY
        self.steps = 0
        with self.clock():
            self.cast = make_cast()
            self.office = make_office(self.cast)
        self.known: dict[str, Known] = {}
        self.held: dict[str, str] = {}
        self.deeds: dict[str, Deed] = {}

    @initialize(first=st.lists(st.tuples(wishes, picks), min_size=3, max_size=6))
    def some_have_booked_before(self, first: list[tuple[Wish, int]]) -> None:
        for number, (wish, pick) in enumerate(first):
            self.somebody_books_an_offered_time(f"early-{number}", wish, pick)

    # Time

    @contextmanager
    def clock(self) -> Iterator[None]:
        with clock.frozen_at(self.now):
            yield

    @rule(wait=st.sampled_from([20, 50, 90, 300, 660]))
    def time_passes(self, wait: int) -> None:
        self.now += timedelta(seconds=wait)

    @rule()
    def lapsed_time_is_freed(self) -> None:
        with self.clock(), self.cast.as_job() as work:
            free_lapsed(work)

    # People

    @rule(tab=tabs, wish=wishes, moment=moments)
    def somebody_holds_a_time(self, tab: str, wish: Wish, moment: datetime) -> None:
        self.hold(tab, wish, moment)

    @rule(tab=tabs, wish=wishes, pick=picks)
    def somebody_holds_an_offered_time(self, tab: str, wish: Wish, pick: int) -> None:
        offered = self.offered(tab, wish)
        if offered:
            self.hold(tab, wish, sorted(offered)[pick % len(offered)])

    def hold(self, tab: str, wish: Wish, moment: datetime) -> None:
        """It succeeds exactly where the time is offered."""
        service, count, places = self.wished(wish)
        offered = self.offered(tab, wish)
        try:
            with self.clock(), visitor(self.cast.town, tab, network=tab) as work:
                view = hold(work, f"{service}*{count}", moment, places=places)
        except GONE_TO_NOBODY:
            assert moment not in offered
            return
        assert moment in offered
        old = self.held.get(tab)
        if old and self.known[old].status is BookingStatus.HELD:
            del self.known[old]
        self.held[tab] = view.booking_id
        until = min(self.now + HOLD_TIME, moment)
        self.known[view.booking_id] = Known(service, moment, self.length(service) * count, places, until=until)
        self.check_quota(view.booking_id)

    @rule(tab=tabs, wish=wishes, pick=picks)
    def somebody_books_an_offered_time(self, tab: str, wish: Wish, pick: int) -> None:
        self.somebody_holds_an_offered_time(tab, wish, pick)
        self.somebody_books(tab)

    @rule(wish=wishes, moment=moments)
    def somebody_books_at_once(self, wish: Wish, moment: datetime) -> None:
        service, count, places = self.wished(wish)
        tab = f"at-once-{self.steps}"
        offered = self.offered(tab, wish)
        try:
            with self.clock(), visitor(self.cast.town, tab, network=tab) as work:
                made = book_at_once(work, f"{service}*{count}", moment, WITHOUT, places=places).booking.id
        except GONE_TO_NOBODY:
            assert moment not in offered
            return
        assert moment in offered
        minutes = self.length(service) * count
        self.known[str(made)] = Known(service, moment, minutes, places, BookingStatus.CONFIRMED)
        self.check_quota(str(made))

    @precondition(lambda self: self.held)
    @rule(tab=tabs)
    def somebody_books(self, tab: str) -> None:
        known = self.known.get(self.held.get(tab, ""))
        if known is None or known.status is not BookingStatus.HELD:
            return
        with self.clock(), visitor(self.cast.town, tab, network=tab) as work:
            save_entered(work, WITHOUT)
        try:
            with self.clock(), visitor(self.cast.town, tab, network=tab) as work:
                submit(work)
        except HoldLapsed:
            assert self.lapsed(known)
            return
        assert not self.lapsed(known)
        known.status, known.until = BookingStatus.CONFIRMED, None

    @precondition(lambda self: self.held)
    @rule(tab=tabs)
    def somebody_takes_more_time(self, tab: str) -> None:
        known = self.known.get(self.held.get(tab, ""))
        if known is None or known.status is not BookingStatus.HELD or known.until is None:
            return
        try:
            with self.clock(), visitor(self.cast.town, tab, network=tab) as work:
                extend_hold(work)
        except HoldLapsed:
            assert self.lapsed(known)
            return
        assert not self.lapsed(known)
        known.until = min(known.until + HOLD_TIME, known.starts_at)

    @precondition(lambda self: self.held)
    @rule(tab=tabs)
    def somebody_gives_a_time_back(self, tab: str) -> None:
        with self.clock(), visitor(self.cast.town, tab, network=tab) as work:
            release_hold(work)
        known = self.known.get(self.held.get(tab, ""))
        if known and known.status is BookingStatus.HELD:
            del self.known[self.held.pop(tab)]

    @precondition(lambda self: self.booked(0))
    @rule(pick=picks, moment=moments)
    def somebody_moves_an_appointment(self, pick: int, moment: datetime) -> None:
        booking_id = self.booked(pick)
        known = self.known[booking_id]
        with self.clock(), self.cast.as_job() as work:
            row = work.get(Booking, UUID(booking_id))
            offer, secret = offer_for(work, row, for_staff=False), booking_secret(row)
            starts = offer.starts(taken_on(work, offer, MONDAY, MONDAY, ignoring=[row.id]), MONDAY, MONDAY)
        offered = {start.starts_at for start in starts} | {known.starts_at}
        try:
            with self.clock(), visitor(self.cast.town) as work:
                move_by_link(work, secret, moment)
        except GONE_TO_NOBODY:
            assert moment not in offered
            return
        assert moment in offered
        if moment != known.starts_at:
            known.starts_at, known.overbooked = moment, False
            self.deeds.pop(booking_id, None)
            self.check_quota(booking_id)

    @precondition(lambda self: self.booked(0))
    @rule(pick=picks)
    def somebody_cancels(self, pick: int) -> None:
        booking_id = self.booked(pick)
        with self.clock(), visitor(self.cast.town) as work:
            cancel_by_link(work, booking_secret(work.get(Booking, UUID(booking_id))))
        self.known[booking_id].status = BookingStatus.CANCELLED
        self.deeds.pop(booking_id, None)

    # Staff

    @rule(wish=wishes, moment=moments, overbook=st.booleans())
    def ben_books_for_somebody(self, wish: Wish, moment: datetime, overbook: bool) -> None:
        service, count, places = self.wished(wish)
        services = f"{service}*{count}"
        with self.clock(), self.cast.as_staff(self.cast.ben) as work:
            listed = times_to_book_for_staff(work, services, MONDAY, places=places)
            offer = offer_of(work, read_basket(work, services, places=places, for_staff=True), for_staff=True)
            free = moment in self.free_minutes(work, offer, listed)
        try:
            with self.clock(), self.cast.as_staff(self.cast.ben) as work:
                made = book_for(work, services, moment, WITHOUT, places=places, overbook=overbook)
        except GONE_TO_NOBODY:
            assert not free
            assert not overbook
            return
        assert free or overbook
        assert not (free and made.overbooked)
        minutes = self.length(service) * count
        self.known[made.booking_id] = Known(
            service, moment, minutes, places, BookingStatus.CONFIRMED, overbooked=made.overbooked
        )

    @precondition(lambda self: self.booked(0))
    @rule(pick=picks, moment=moments, minutes=st.sampled_from([0, 0, 0, 35]), overbook=st.booleans(), undo=waits)
    def ben_moves_an_appointment(
        self, pick: int, moment: datetime, minutes: int, overbook: bool, undo: int | None
    ) -> None:
        booking_id = self.booked(pick)
        known = self.known[booking_id]
        length = {"minutes": minutes} if minutes and known.service != self.office.course else {}
        with self.clock(), self.cast.as_staff(self.cast.ben) as work:
            listed = free_times_for_staff(work, booking_id, MONDAY, **length)
            row = work.get(Booking, UUID(booking_id))
            free = self.free_minutes(work, offer_for(work, row, for_staff=True, **length), listed, row)
        stays = moment == known.starts_at and (not length or length["minutes"] == known.minutes)
        deed = Deed(self.now, replace(known), self.steps)
        try:
            with self.clock(), self.cast.as_staff(self.cast.ben) as work:
                move_booking(work, booking_id, moment, overbook=overbook, **length)
        except GONE_TO_NOBODY:
            assert not overbook
            assert moment not in free
            return
        if stays:
            return
        assert overbook or moment in free
        known.starts_at, known.minutes = moment, length.get("minutes", known.minutes)
        known.overbooked = self.row(booking_id).overbooked
        assert overbook or not known.overbooked
        self.deeds[booking_id] = deed
        self.undone_after(booking_id, undo)

    @precondition(lambda self: self.booked(0))
    @rule(pick=picks, undo=waits)
    def ben_cancels(self, pick: int, undo: int | None) -> None:
        booking_id = self.booked(pick)
        known = self.known[booking_id]
        deed = Deed(self.now, replace(known), self.steps)
        with self.clock(), self.cast.as_staff(self.cast.ben) as work:
            cancel_booking(work, booking_id, "Krank")
        known.status = BookingStatus.CANCELLED
        self.deeds[booking_id] = deed
        self.undone_after(booking_id, undo)

    @precondition(lambda self: self.deeds)
    @rule(pick=picks)
    def ben_undoes(self, pick: int) -> None:
        self.undo(sorted(self.deeds)[pick % len(self.deeds)])

    def undone_after(self, booking_id: str, wait: int | None) -> None:
        if wait is not None:
            self.the_books_are_right()
            self.now += timedelta(seconds=wait)
            self.undo(booking_id)

    def undo(self, booking_id: str) -> None:
        deed = self.deeds.pop(booking_id)
        at_once, in_time = self.steps == deed.steps + 1, self.now < deed.at + UNDO_WITHIN
        try:
            with self.clock(), self.cast.as_staff(self.cast.ben) as work:
                undo_deed(work, booking_id)
        except UndoOver:
            assert not in_time
            return
        except SlotTaken:
            assert in_time
            assert not at_once
            self.deeds[booking_id] = deed
            return
        assert in_time
        self.known[booking_id] = deed.before
        deed.before.overbooked = self.row(booking_id).overbooked

    # The calendar

    @rule(begins=half_hours, whose=st.sampled_from(["place", "counter", "room"]))
    def anna_closes(self, begins: str, whose: str) -> None:
        names = {"place": "", "counter": str(self.office.counters[1]), "room": str(self.office.room)}
        ends = begins[:3] + ("30" if begins.endswith("00") else "59")
        times = {"begins": begins, "ends": ends, "resource_id": names[whose]}
        with self.clock(), self.cast.as_staff(self.cast.anna, role=Role.OWNER) as work:
            if any((one.begins, one.resource_id) == (times["begins"], names[whose]) for one in list_closures(work)):
                return

            def change() -> None:
                add_closure(work, MONDAY.isoformat(), **times)

            asked = apply_with_choices(work, change, {}).asked
            if asked:
                apply_with_choices(work, change, {one.id: Choice() for one in asked})
        self.drop_expired_holds()

    @rule()
    def anna_reopens(self) -> None:
        with self.clock(), self.cast.as_staff(self.cast.anna, role=Role.OWNER) as work:
            for one in list_closures(work):
                remove_closure(work, one.id)

    @rule(closes=st.sampled_from(["10:30", "11:00", "11:30"]))
    def anna_changes_the_hours(self, closes: str) -> None:
        with self.clock(), self.cast.as_staff(self.cast.anna, role=Role.OWNER) as work:
            change_hours(work, self.office.later_hours, weekday="0", opens="10:00", closes=closes)

    def drop_expired_holds(self) -> None:
        """A closure ends the holds that it takes the ground from; which, is shown elsewhere."""
        for booking_id, known in list(self.known.items()):
            row = self.row(booking_id) if known.status is BookingStatus.HELD else None
            if row and row.status is BookingStatus.EXPIRED:
                known.status = BookingStatus.EXPIRED

    # What holds at all times

    @invariant()
    def the_books_are_right(self) -> None:
        self.steps += 1
        with self.clock(), self.cast.as_job() as work:
            books = read_books(work)
        self.follow(books)
        assert overlaps(books.claims) == []
        assert too_many(books) == []
        assert too_full(books) == []
        assert empty_groups(books) == set()
        for booking_id, known in self.known.items():
            self.check(books, UUID(booking_id), known)
        certain = {str(one.id) for one in books.bookings.values() if one.status is BookingStatus.CONFIRMED}
        assert certain <= self.known.keys()

    def follow(self, books: Books) -> None:
        """Take note of what happened by itself."""

    def check(self, books: Books, booking_id: UUID, known: Known) -> None:
        row = books.bookings.get(booking_id)
        if row is None:
            assert known.status is BookingStatus.EXPIRED or self.lapsed(known)
            return
        if self.lapsed(known):
            assert row.status in (BookingStatus.HELD, BookingStatus.EXPIRED)
        else:
            assert row.status is known.status
        if row.status in ENDED:
            assert (books.claims_of(booking_id), books.groups_of(booking_id)) == ([], [])
            return
        assert (row.starts_at, row.ends_at) == (known.starts_at, known.starts_at + known.minutes * MINUTE)
        assert (row.places, row.overbooked, row.lapses_at) == (known.places, known.overbooked, known.until)
        self.check_claims(books, row, known)

    def check_claims(self, books: Books, row: Booking, known: Known) -> None:
        claims, groups = books.claims_of(row.id), books.groups_of(row.id)
        if known.service == self.office.course:
            assert claims == []
            assert groups == [groups[0]] * known.places
            assert books.groups[groups[0]].starts_at == known.starts_at
            claims = [one for one in books.claims if one.group_id == groups[0]]
        begin, end = self.claimed(known)
        assert [(one.starts_at, one.ends_at) for one in claims] == [(begin, end)] * self.office.needs[known.service]
        assert len({one.resource_id for one in claims}) == len(claims)
        assert row.resource_id in {one.resource_id for one in claims}

    def check_quota(self, booking_id: str) -> None:
        """What somebody has just booked themselves fits into the quota, buffers included."""
        with self.clock(), self.cast.as_job() as work:
            books = read_books(work)
        begin, end = self.claimed(self.known[booking_id])
        begin, end = max(begin, EIGHT), min(end, QUOTA_UNTIL)
        if books.bookings[UUID(booking_id)].resource_id == self.office.counters[0] and begin < end:
            assert online_at_a_time(books, self.office, begin, end) <= QUOTA

    # Looking things up

    def wished(self, wish: Wish) -> tuple[UUID, int, int]:
        name, count, places = wish
        return getattr(self.office, name), count, places

    def offered(self, tab: str, wish: Wish) -> set[datetime]:
        """The starts that this tab is shown."""
        service, count, places = self.wished(wish)
        with self.clock(), visitor(self.cast.town, tab, network=tab) as work:
            found = free_times(work, f"{service}*{count}", MONDAY, MONDAY, places=places)
        return {datetime.fromisoformat(time.starts_at) for time in found}

    def free_minutes(
        self, work: Work, offer: Offer, listed: list[FreeTime], leaving: Booking | None = None
    ) -> set[datetime]:
        """The starts that the staff may use: every free minute, except for groups; among them those listed."""
        if offer.basket.seats == 1:
            offer = replace(offer, wish=replace(offer.wish, step_min=1))
        known = taken_on(work, offer, MONDAY, MONDAY, ignoring=[leaving.id] if leaving else [])
        free = {start.starts_at for start in offer.starts(known, MONDAY, MONDAY)}
        assert {datetime.fromisoformat(time.starts_at) for time in listed} <= free
        return free

    def booked(self, pick: int) -> str:
        """One of the confirmed bookings, or nothing."""
        found = sorted(one for one, known in self.known.items() if known.status is BookingStatus.CONFIRMED)
        return found[pick % len(found)] if found else ""

    def lapsed(self, known: Known) -> bool:
        return known.status is BookingStatus.HELD and known.until is not None and known.until <= self.now

    def claimed(self, known: Known) -> tuple[datetime, datetime]:
        """The time that a booking takes, buffers included."""
        before, after = (5, 10) if known.service == self.office.pair else (0, 0)
        return known.starts_at - before * MINUTE, known.starts_at + (known.minutes + after) * MINUTE

    def length(self, service: UUID) -> int:
        return 20 if service == self.office.short else 30

    def row(self, booking_id: str) -> Any:
        with self.cast.as_job() as work:
            return work.find(Booking, UUID(booking_id))
