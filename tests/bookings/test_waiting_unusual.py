"""The waiting list when something unusual happens: other times are chosen, calendars change, people are erased."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from smartcx_portal.bookings import promoting
from smartcx_portal.bookings.affected import apply_with_choices
from smartcx_portal.bookings.cancelling import cancel_booking, cancel_by_link
from smartcx_portal.bookings.closures import add_closure
from smartcx_portal.bookings.expiring import free_lapsed
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.promoting import decline_offer, promote_all
from smartcx_portal.bookings.refusals import SlotTaken
from smartcx_portal.bookings.undoing import undo
from smartcx_portal.bookings.waiting import confirm_wish, join_line
from smartcx_portal.messaging.links import wish_secret
from smartcx_portal.models.booking import Booking, BookingStatus, Claim, Origin, WaitlistEntry, WaitlistStatus
from smartcx_portal.models.calendar import FormField, Resource, Service
from smartcx_portal.privacy.erase import erase_person
from tests.bookings.journeys import MONDAY_8, visitor
from tests.bookings.office import make_office
from tests.bookings.test_groups import books_course
from tests.bookings.test_waiting import MINUTE, WISH, cancel, full, seen, take, wait  # noqa: F401
from tests.conftest import at


@pytest.fixture
def asking(cast, full) -> str:  # noqa: F811
    """A service with a question, and somebody in whose tab the offered time is held for the form."""
    with cast.as_job() as work:
        work.get(FormField, cast.town.question).required = True
    secret = wait(cast)
    cancel(cast, full)
    assert take(cast, secret, tab="tab-1") is None
    return secret


def open_another(cast) -> None:
    with cast.as_job() as work:
        work.get(Resource, cast.town.counters[1]).active = True


def test_who_took_an_offer_may_choose_another_time(cast, asking):
    open_another(cast)
    with visitor(cast.town, tab="tab-1") as work:
        hold(work, cast.town.service, MONDAY_8 + 20 * MINUTE)
    assert seen(cast, asking).state == "waiting"


def test_a_taken_offer_that_lapses_does_not_stop_the_job(cast, asking, frozen):
    with at(frozen + timedelta(hours=3)), cast.as_job() as work:
        free_lapsed(work)
    with at(frozen + timedelta(hours=6)), cast.as_job() as work:
        free_lapsed(work)
    assert seen(cast, asking).state in ("waiting", "offered")


def test_a_closure_over_an_offered_time_lets_its_person_wait_on(cast, full):  # noqa: F811
    secret = wait(cast)
    with cast.as_job() as work:
        for booking in work.all(work.select(Booking).where(Booking.starts_at != MONDAY_8)):
            work.delete_where(Claim, Claim.booking_id == booking.id)
            booking.status = BookingStatus.EXPIRED
    cancel(cast, full)
    assert seen(cast, secret).state == "offered"
    with cast.as_staff(cast.anna) as work:
        apply_with_choices(work, lambda: add_closure(work, "2026-11-23"), {})
    assert seen(cast, secret).state == "waiting"


def test_a_wish_until_the_end_of_time_does_not_stop_the_others(cast, full):  # noqa: F811
    wait(cast, "clara", last_day="9999-12-31")
    second = wait(cast, "other", from_time="09:00")
    with cast.as_job() as work:
        work.get(Resource, cast.town.counters[1]).active = True
    promote_all(cast.town.id)
    assert seen(cast, second).state == "offered"


def test_who_declines_is_not_offered_the_same_time_shifted(cast, full):  # noqa: F811
    with cast.as_job() as work:
        work.get(Service, cast.town.service).step_min = 5
    with cast.as_job() as work:
        (following,) = work.all(work.select(Booking).where(Booking.starts_at == MONDAY_8 + 20 * MINUTE))
        work.delete_where(Claim, Claim.booking_id == following.id)
        following.status = BookingStatus.EXPIRED
    first, second = wait(cast, "clara"), wait(cast, "other")
    cancel(cast, full)
    with visitor(cast.town) as work:
        decline_offer(work, first)
    assert (seen(cast, first).state, seen(cast, second).state) == ("waiting", "offered")


def test_erasing_a_person_offers_them_nothing(cast, full):  # noqa: F811
    wait(cast)
    with cast.as_job() as work:
        (entry,) = work.all(work.select(WaitlistEntry))
        (booking,) = work.all(work.select(Booking).where(Booking.starts_at == MONDAY_8))
        booking.customer_id = entry.customer_id
        customer = entry.customer_id
    with cast.as_job() as work:
        erase_person(work, customer, asked=False)
    with cast.as_job() as work:
        assert work.all(work.select(Booking).where(Booking.origin == Origin.WAITLIST)) == []
        assert work.all(work.select(WaitlistEntry)) == []


def test_erasing_a_person_with_an_offer_frees_its_time(cast, full):  # noqa: F811
    wait(cast)
    second = wait(cast, "other")
    cancel(cast, full)
    with cast.as_job() as work:
        (entry,) = work.all(work.select(WaitlistEntry).where(WaitlistEntry.status == WaitlistStatus.OFFERED))
    with cast.as_job() as work:
        erase_person(work, entry.customer_id, asked=False)
    assert seen(cast, second).state == "offered"


def test_undo_gives_the_seat_back_that_was_offered_untold(cast):
    office = make_office(cast)
    with cast.as_job() as work:
        work.get(Service, office.course).waitlist = True
    ids = [books_course(cast, office, who) for who in ("one", "two", "three")]
    with visitor(cast.town, tab="w", network="w") as work:
        entry = join_line(work, office.course, WISH | {"until_time": "08:20"})
    with cast.as_job() as work:
        secret = wish_secret(work, work.get(WaitlistEntry, UUID(entry)))
    with visitor(cast.town) as work:
        confirm_wish(work, secret)
    with cast.as_staff(cast.ben) as work:
        cancel_booking(work, ids[0], "Krank")
    promote_all(cast.town.id)
    assert seen(cast, secret).state == "offered"
    with cast.as_staff(cast.ben) as work:
        undo(work, ids[0])
    assert seen(cast, secret).state == "waiting"


def test_undo_leaves_a_time_to_who_took_it_for_the_form(cast, full):  # noqa: F811
    with cast.as_job() as work:
        work.get(FormField, cast.town.question).required = True
        (booking_id,) = work.all(work.select(Booking.id).where(Booking.starts_at == MONDAY_8))
    secret = wait(cast)
    with cast.as_staff(cast.ben) as work:
        cancel_booking(work, booking_id, "Krank")
    assert take(cast, secret, tab="tab-1") is None
    with cast.as_staff(cast.ben) as work, pytest.raises(SlotTaken):
        undo(work, booking_id)
    assert seen(cast, secret).state == "taken"


def test_one_wish_that_fails_does_not_stop_the_others(cast, full, monkeypatch):  # noqa: F811
    wait(cast, "clara")
    second = wait(cast, "other")
    real, failed = promoting.promote_one, []

    def promote_one(work, entry_id):
        if not failed:
            failed.append(entry_id)
            raise ValueError
        return real(work, entry_id)

    monkeypatch.setattr(promoting, "promote_one", promote_one)
    open_another(cast)
    promote_all(cast.town.id)
    assert seen(cast, second).state == "offered"


@pytest.mark.parametrize("freed_by", ["cancelling", "declining", "lapsing"])
def test_no_rule_changes_while_freed_time_is_offered(cast, full, frozen, freed_by):  # noqa: F811
    secret = wait(cast)
    if freed_by != "cancelling":
        cancel(cast, full)
    deed = {
        "cancelling": lambda work: cancel_by_link(work, full),
        "declining": lambda work: decline_offer(work, secret),
        "lapsing": free_lapsed,
    }[freed_by]
    with at(frozen + (121 * MINUTE if freed_by == "lapsing" else 0 * MINUTE)), visitor(cast.town) as work:
        deed(work)
        with cast.as_staff(cast.anna) as other:
            key = {"key": f"{cast.town.id}:calendar"}
            assert not other.db.scalar(sa.text("SELECT pg_try_advisory_xact_lock(hashtextextended(:key, 0))"), key)
