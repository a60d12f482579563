"""The waiting list: freed time goes to the first in line whose wish it fits, is held a while, then to the next."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest

from smartcx_portal.bookings.cancelling import cancel_booking, cancel_by_link
from smartcx_portal.bookings.drafts import load_draft
from smartcx_portal.bookings.expiring import free_lapsed
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.moving import move_by_link
from smartcx_portal.bookings.offering import free_times
from smartcx_portal.bookings.promoting import (
    OfferOver,
    decline_offer,
    leave_line,
    promote_all,
    take_offer,
)
from smartcx_portal.bookings.refusals import LinkExpired, NoLongerOffered, SlotTaken
from smartcx_portal.bookings.undoing import undo
from smartcx_portal.bookings.waiting import NoWaitingList, TooManyWishes, confirm_wish, join_line, look_at_wish
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.messaging.links import LinkInvalid, wish_secret
from smartcx_portal.models.booking import Booking, BookingStatus, Claim, WaitlistEntry, WaitlistStatus
from smartcx_portal.models.calendar import Closure, FormField, Resource, Service
from smartcx_portal.models.messaging import Message, MessageStatus
from smartcx_portal.privacy.retention import persons_over
from smartcx_portal.standing.sending import may_send
from tests.bookings.journeys import MONDAY_8, MONDAY_9, book, messages, visitor
from tests.bookings.test_cancelling import booked
from tests.cast import Cast
from tests.conftest import at

MINUTE = timedelta(minutes=1)
WISH = {
    "name": "Clara Lindqvist",
    "email": "clara@example.org",
    "first_day": "2026-11-23",
    "last_day": "2026-11-23",
    "consent-mail": "yes",
}


@pytest.fixture
def full(cast: Cast) -> str:
    """One counter, Monday only, all taken; the secret of the appointment at eight."""
    with cast.as_job() as work:
        work.get(Resource, cast.town.counters[1]).active = False
        work.get(Service, cast.town.service).waitlist = True
        work.new(Closure, location_id=cast.town.location, first_day=date(2026, 11, 24), last_day=date(2027, 12, 31))
    _, secret = booked(cast)
    for number in range(1, 12):
        book(cast, at=MONDAY_8 + number * 20 * MINUTE, tab=f"t{number}", network=f"n{number}")
    return secret


def wait(cast: Cast, who: str = "clara", *, confirmed: bool = True, **entries: str) -> str:
    """Somebody joins the line; the secret of the wish."""
    with visitor(cast.town, tab=f"tab-{who}", network=who) as work:
        entry = join_line(work, cast.town.service, WISH | {"email": f"{who}@example.org"} | entries)
    with cast.as_job() as work:
        secret = wish_secret(work, work.get(WaitlistEntry, UUID(entry)))
    if confirmed:
        with visitor(cast.town) as work:
            confirm_wish(work, secret)
    return secret


def seen(cast: Cast, secret: str):
    with visitor(cast.town) as work:
        return look_at_wish(work, secret)


def cancel(cast: Cast, secret: str) -> None:
    with visitor(cast.town) as work:
        cancel_by_link(work, secret)


def take(cast: Cast, secret: str, tab: str = "tab-of-clara"):
    with visitor(cast.town, tab=tab) as work:
        return take_offer(work, secret)


def test_a_freed_time_is_offered_to_the_first_in_line(cast, full):
    first, second = wait(cast, "clara"), wait(cast, "other")
    cancel(cast, full)
    assert (seen(cast, first).state, seen(cast, second).state) == ("offered", "waiting")
    assert seen(cast, first).offered.time == "08:00"
    assert messages(cast)[-1] == ("waitlist_offer", "email")


def test_nobody_else_gets_the_offered_time(cast, full):
    wait(cast)
    cancel(cast, full)
    with visitor(cast.town, tab="another", network="another") as work:
        assert free_times(work, cast.town.service, "2026-11-23", "2026-11-23") == []
        with pytest.raises(SlotTaken):
            hold(work, cast.town.service, MONDAY_8)


def test_the_offer_is_booked_by_one_click(cast, full):
    secret = wait(cast)
    cancel(cast, full)
    done = take(cast, secret)
    assert take(cast, secret) == done
    assert seen(cast, secret).state == "taken"
    with cast.as_job() as work:
        booking = work.get(Booking, UUID(done.booking_id))
        assert (booking.status, booking.starts_at, bool(booking.code)) == (BookingStatus.CONFIRMED, MONDAY_8, True)
    assert messages(cast)[-1] == ("booking_booked", "email")


def test_after_its_time_it_goes_to_the_next_and_never_back(cast, full, frozen):
    first, second = wait(cast, "clara"), wait(cast, "other")
    cancel(cast, full)
    with at(frozen + 121 * MINUTE), cast.as_job() as work:
        free_lapsed(work)
    assert (seen(cast, first).state, seen(cast, second).state) == ("waiting", "offered")
    with at(frozen + 122 * MINUTE), pytest.raises(OfferOver):
        take(cast, first)
    with at(frozen + 260 * MINUTE), cast.as_job() as work:
        free_lapsed(work)
    assert (seen(cast, first).state, seen(cast, second).state) == ("waiting", "waiting")


def test_a_lapsed_offer_waits_for_the_job_so_that_nobody_jumps_the_queue(cast, full, frozen):
    wait(cast, "clara")
    cancel(cast, full)
    later = frozen + 121 * MINUTE
    with at(later), visitor(cast.town, tab="x", network="x") as work, pytest.raises(SlotTaken):
        hold(work, cast.town.service, MONDAY_8)


def test_who_declines_waits_on_and_the_next_is_asked(cast, full):
    first, second = wait(cast, "clara"), wait(cast, "other")
    cancel(cast, full)
    with visitor(cast.town) as work:
        decline_offer(work, first)
    assert (seen(cast, first).state, seen(cast, second).state) == ("waiting", "offered")


def test_who_leaves_is_not_asked(cast, full):
    secret = wait(cast)
    with visitor(cast.town) as work:
        leave_line(work, secret)
    cancel(cast, full)
    assert seen(cast, secret).state == "left"


def test_leaving_with_an_offer_passes_it_on(cast, full):
    first, second = wait(cast, "clara"), wait(cast, "other")
    cancel(cast, full)
    with visitor(cast.town) as work:
        leave_line(work, first)
    assert (seen(cast, first).state, seen(cast, second).state) == ("left", "offered")


def test_an_unconfirmed_wish_is_not_asked(cast, full):
    secret = wait(cast, confirmed=False)
    cancel(cast, full)
    assert seen(cast, secret).state == "unconfirmed"


def test_the_link_to_confirm_ends(cast, full, frozen):
    secret = wait(cast, confirmed=False)
    with at(frozen + timedelta(hours=25)), visitor(cast.town) as work, pytest.raises(LinkExpired):
        confirm_wish(work, secret)


@pytest.mark.parametrize(
    "window",
    [
        {"from_time": "09:00", "until_time": "12:00"},
        {"weekdays": "1,2"},
        {"first_day": "2026-11-24", "last_day": "2026-11-25"},
    ],
)
def test_what_does_not_fit_the_wish_is_not_offered(cast, full, window):
    secret = wait(cast, **window)
    cancel(cast, full)
    assert seen(cast, secret).state == "waiting"


def test_a_moved_appointment_frees_its_time_for_the_line(cast, full):
    with cast.as_job() as work:
        for closure in work.all(work.select(Closure)):
            closure.first_day = date(2026, 11, 25)
    secret = wait(cast)
    with visitor(cast.town) as work:
        move_by_link(work, full, MONDAY_8 + timedelta(days=1))
    assert seen(cast, secret).offered.time == "08:00"


def test_what_staff_cancel_is_held_at_once_but_told_when_it_cannot_be_undone(cast, full, frozen):
    secret = wait(cast)
    with cast.as_job() as work:
        (booking_id,) = work.all(work.select(Booking.id).where(Booking.starts_at == MONDAY_8))
    with cast.as_staff(cast.ben) as work:
        cancel_booking(work, booking_id, "Krank")
    with cast.as_job() as work:
        (message,) = work.all(work.select(Message).where(Message.kind == "waitlist_offer"))
        assert message.not_before == frozen + timedelta(seconds=60)
    assert seen(cast, secret).state == "offered"


def test_undo_takes_the_untold_offer_back(cast, full):
    secret = wait(cast)
    with cast.as_job() as work:
        (booking_id,) = work.all(work.select(Booking.id).where(Booking.starts_at == MONDAY_8))
    with cast.as_staff(cast.ben) as work:
        cancel_booking(work, booking_id, "Krank")
    with cast.as_staff(cast.ben) as work:
        undo(work, booking_id)
    assert seen(cast, secret).state == "waiting"
    with cast.as_job() as work:
        assert work.get(Booking, booking_id).status is BookingStatus.CONFIRMED
        (message,) = work.all(work.select(Message).where(Message.kind == "waitlist_offer"))
        assert message.status is MessageStatus.SUPPRESSED
        assert len(work.all(work.select(Claim))) == 12
        assert work.all(work.select(WaitlistEntry.passed_over)) == [[]]


def test_times_that_open_later_are_offered_by_the_job(cast, full):
    secret = wait(cast)
    with cast.as_job() as work:
        work.get(Resource, cast.town.counters[1]).active = True
    promote_all(cast.town.id)
    assert seen(cast, secret).state == "offered"


def test_questions_are_asked_before_it_is_booked(cast, full):
    with cast.as_job() as work:
        work.get(FormField, cast.town.question).required = True
    secret = wait(cast)
    cancel(cast, full)
    assert take(cast, secret, tab="tab-1") is None
    with visitor(cast.town, tab="tab-1") as work:
        draft = load_draft(work)
        assert (draft.stage, draft.entered["email"]) == ("held", "clara@example.org")


def test_without_consent_to_mails_nobody_is_asked(cast, full):
    from smartcx_portal.models.privacy import ConsentPurpose
    from smartcx_portal.standing.consents import withdraw

    secret = wait(cast)
    with cast.as_job() as work:
        (entry,) = work.all(work.select(WaitlistEntry))
        withdraw(work, entry.customer_id, ConsentPurpose.MAIL, "portal")
    cancel(cast, full)
    assert seen(cast, secret).state == "waiting"


def test_an_offer_that_is_over_is_not_mailed(cast, full):
    secret = wait(cast)
    cancel(cast, full)
    with visitor(cast.town) as work:
        decline_offer(work, secret)
    with cast.as_job() as work:
        (message,) = work.all(work.select(Message).where(Message.kind == "waitlist_offer"))
        assert not may_send(work, message)


def test_wishes_whose_days_are_over_end_with_a_word(cast, full, frozen):
    secret = wait(cast)
    with at(frozen + timedelta(days=3)):
        promote_all(cast.town.id)
    assert seen(cast, secret).state == WaitlistStatus.LAPSED.value
    assert messages(cast)[-1] == ("waitlist_over", "email")


def test_who_waits_is_not_erased_meanwhile(cast, full, frozen):
    wait(cast, first_day="2026-11-23", last_day="2027-01-10")
    with cast.as_job() as work:
        (waiting,) = work.all(work.select(WaitlistEntry.customer_id))
    with at(frozen + timedelta(days=45)), cast.as_job() as work:
        assert waiting not in persons_over(work)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("email", "clara"),
        ("first_day", "31.02.2026"),
        ("last_day", "2026-11-20"),
        ("last_day", "2026-11-22"),
        ("from_time", "25:00"),
        ("weekdays", "9"),
        ("consent-mail", ""),
    ],
)
def test_a_wrong_entry_is_named(cast, full, field, value):
    with pytest.raises(InvalidForm) as refused:
        wait(cast, **{field: value})
    assert set(refused.value.problems) == {field}


def test_a_window_from_late_to_early_is_refused(cast, full):
    with pytest.raises(InvalidForm) as refused:
        wait(cast, from_time="12:00", until_time="09:00")
    assert set(refused.value.problems) == {"until_time"}


def test_a_service_without_a_list_has_none(cast):
    with visitor(cast.town) as work, pytest.raises(NoWaitingList):
        join_line(work, cast.town.service, WISH)


def test_an_address_waits_three_times_at_most(cast, full):
    for _ in range(3):
        wait(cast)
    with pytest.raises(TooManyWishes):
        wait(cast)


def test_a_wish_of_the_office_does_not_exist_at_the_salon(cast, full):
    secret = wait(cast)
    with visitor(cast.salon) as work, pytest.raises(LinkInvalid):
        look_at_wish(work, secret)


def test_a_forged_link_opens_nothing(cast, full):
    secret = wait(cast)
    with visitor(cast.town) as work, pytest.raises(LinkInvalid):
        look_at_wish(work, secret[:-2] + "xx")


def test_one_freed_hour_serves_several_in_line(cast, full):
    first, second = wait(cast, "clara"), wait(cast, "other")
    with cast.as_job() as work:
        found = work.all(work.select(Booking.id).where(Booking.starts_at.in_([MONDAY_9, MONDAY_9 + 20 * MINUTE])))
    for booking_id in found:
        with cast.as_staff(cast.ben) as work:
            cancel_booking(work, booking_id, "Krank")
    times = {seen(cast, secret).offered.time for secret in (first, second)}
    assert times == {"09:00", "09:20"}


def test_after_five_offers_let_go_a_wish_ends(cast, full):
    secret = wait(cast)
    with cast.as_job() as work:
        found = work.all(work.select(Booking.id).where(Booking.starts_at >= MONDAY_9).order_by(Booking.starts_at))
    for booking_id in found[:6]:
        with cast.as_staff(cast.ben) as work:
            cancel_booking(work, booking_id, "Krank")
        with visitor(cast.town) as work:
            decline_offer(work, secret)
    assert seen(cast, secret).state == "lapsed"


def test_wishes_that_nobody_confirmed_in_time_keep_nobody_out(cast, full, frozen):
    for _ in range(3):
        wait(cast, confirmed=False)
    with at(frozen + timedelta(hours=25)):
        assert wait(cast, confirmed=False, first_day="2026-11-23", last_day="2026-11-23")


def test_wishes_for_other_days_hide_nobody(cast, full):
    with cast.as_job() as work:
        entry = {"service_id": cast.town.service, "status": WaitlistStatus.WAITING, "from_time": time(0)}
        for _ in range(60):
            work.new(
                WaitlistEntry,
                first_day=date(2026, 12, 20),
                last_day=date(2026, 12, 21),
                until_time=time(0),
                created_at=work.now - timedelta(days=1),
                **entry,
            )
    secret = wait(cast)
    cancel(cast, full)
    assert seen(cast, secret).state == "offered"


def test_what_is_switched_off_meanwhile_is_not_taken(cast, full):
    secret = wait(cast)
    cancel(cast, full)
    with cast.as_job() as work:
        work.get(Service, cast.town.service).active = False
    with pytest.raises(NoLongerOffered):
        take(cast, secret)
    assert seen(cast, secret).state == "offered"
