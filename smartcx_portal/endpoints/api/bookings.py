"""Booking what is held, or a time at once; then seeing, moving and cancelling by the secret that the booking gave."""

from uuid import UUID

from fastapi import APIRouter, Response

from smartcx_portal.accounts.codes import Refused, redeem, send_code
from smartcx_portal.bookings.at_once import Booked, book_at_once
from smartcx_portal.bookings.cancelling import cancel_by_link
from smartcx_portal.bookings.confirming import confirm_after_code
from smartcx_portal.bookings.moving import move_by_link
from smartcx_portal.bookings.own import BookedHere, appointment, appointment_view, booked_here
from smartcx_portal.bookings.refusals import NothingHeld, UnknownEntry
from smartcx_portal.bookings.submitting import check_details, submit
from smartcx_portal.endpoints.api import shapes
from smartcx_portal.endpoints.api.calling import BOOKING_SECRET, Booker, Call, Holder, read, write
from smartcx_portal.endpoints.api.documenting import OF_WRITING, answers
from smartcx_portal.endpoints.api.entering import check_consents, entries_of
from smartcx_portal.endpoints.api.holds import as_bookable, held_by
from smartcx_portal.endpoints.api.idempotency import ACCEPTED, CREATED, AskedOnce, Done, write_once
from smartcx_portal.endpoints.api.problems import CODE_REFUSED, in_book, problem
from smartcx_portal.endpoints.api.requests import CodeOfSms, Move, NewBooking, Wish
from smartcx_portal.endpoints.api.shapes import BookingFacts
from smartcx_portal.endpoints.api.views import as_json, booked_facts, here_facts, location
from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.kit.language import N_
from smartcx_portal.messaging.links import LinkInvalid
from smartcx_portal.models.booking import Booking, BookingStatus, Confirming
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, CodeUse
from smartcx_portal.tenancy import Permission, Work

router = APIRouter(tags=["Book"])
NOT_ASKED = N_("One of these answers belongs to no question of this service.")
PLACE = "/tenants/{slug}/bookings"
ONE = PLACE + "/{booking_id}"


@router.post(
    PLACE,
    status_code=201,
    responses=answers(shapes.BookingFacts, 201, problems=OF_WRITING, headers="Hold-Token Booking-Secret")
    | answers(shapes.BookingFacts, 202, problems=(), headers="Hold-Token"),
    summary="Book",
)
@open_route(Permission.PUBLIC)
async def book(asked: AskedOnce, booking: NewBooking) -> Response:
    """Book the time that `Hold-Token` holds, or the time in `book` at once.

    201: it is certain. 202: it waits for the link in a mail or the code of an SMS, for an hour.
    """
    fresh = not asked.call.token
    if booking.book:
        asked = asked.new_token(place=in_book)
    return await write_once(asked, lambda work: _book(work, asked.call, booking, fresh=fresh))


@router.post(
    ONE + "/confirmation",
    responses=answers(shapes.BookingFacts, problems=OF_WRITING, headers="Booking-Secret"),
    summary="Confirm by the code of an SMS",
)
@open_route(Permission.PUBLIC)
async def confirm(call: Holder, booking_id: UUID, sent: CodeOfSms) -> Response:
    """Make a pending booking certain; `Hold-Token` is the one of the booking."""
    return await write(call, lambda work: _confirm(work, call, booking_id, sent.code))


@router.get(ONE, responses=answers(shapes.BookingFacts, headers="Booking-Secret"), summary="See a booking")
@open_route(Permission.PUBLIC)
async def see(call: Booker, booking_id: UUID) -> Response:
    """The appointment that `Booking-Secret` opens, or what `Hold-Token` has just booked (then with the secret)."""
    return await read(call, lambda work: _see(work, call, booking_id))


@router.patch(ONE, responses=answers(shapes.BookingFacts, problems=OF_WRITING), summary="Move a booking")
@open_route(Permission.PUBLIC)
async def move(call: Booker, booking_id: UUID, to: Move) -> Response:
    """Another free time for the appointment, within its deadline. The old time stays until the new one is certain."""

    def act(work: Work) -> Response:
        secret = _secret(call, booking_id)
        moved = move_by_link(work, secret, as_bookable(to.starts_at), to.resource)
        return as_json(booked_facts(call.slug, moved))

    return await write(call, act)


@router.delete(ONE, responses=answers(shapes.BookingFacts, problems=OF_WRITING), summary="Cancel a booking")
@open_route(Permission.PUBLIC)
async def cancel(call: Booker, booking_id: UUID) -> Response:
    """Call the appointment off, within its deadline; a second time changes nothing."""
    return await write(
        call, lambda work: as_json(booked_facts(call.slug, cancel_by_link(work, _secret(call, booking_id))))
    )


def _book(work: Work, call: Call, booking: NewBooking, *, fresh: bool) -> Done:
    """At once where nothing is held that it would replace and no series is wished for; else by way of a hold."""
    check_consents(work, booking)
    try:
        if booking.book and fresh and booking.book.repeats == 1:
            row, basket = _at_once(work, booking.book, entries_of(booking))
        else:
            row, basket = _by_a_hold(work, booking), None
    except UnknownEntry:
        raise InvalidForm({"answers": NOT_ASKED}) from None
    if row.status is BookingStatus.PENDING:
        return _done(call, here_facts(call.slug, _here(work)), ACCEPTED)
    return _done(call, booked_facts(call.slug, appointment_view(work, row, basket)), CREATED)


def _at_once(work: Work, wish: Wish, entered: dict[str, str]) -> Booked:
    made = book_at_once(
        work,
        wish.services,
        as_bookable(wish.starts_at),
        entered,
        wish.resource,
        way=wish.way.value if wish.way else "",
        places=wish.places,
    )
    row = made.booking
    if row.status is BookingStatus.PENDING and row.confirming is Confirming.SMS:
        _send_code(work, row.customer_id, row.id, work.get(Customer, row.customer_id).phone or "")
    return made


def _by_a_hold(work: Work, booking: NewBooking) -> Booking:
    if booking.book:
        held_by(work, booking.book)
    elif not work.tab:
        raise NothingHeld
    check_details(work, entries_of(booking))
    done = submit(work)
    row = work.get(Booking, UUID(done.booking_id))
    if row.status is BookingStatus.PENDING and row.confirming is Confirming.SMS:
        _send_code(work, row.customer_id, row.id, done.phone)
    return row


def _done(call: Call, facts: BookingFacts, status: int) -> Done:
    return Done(status, facts.model_dump_json(), location(call.slug, "bookings", facts.id), UUID(facts.id))


def _here(work: Work) -> BookedHere:
    here = booked_here(work)
    if here is None:
        raise NothingHeld
    return here


def _send_code(work: Work, customer_id: UUID | None, booking_id: UUID, number: str) -> None:
    send_code(work, CodeUse.BOOKING, Channel.SMS, number, customer_id=customer_id, booking_id=booking_id)


def _confirm(work: Work, call: Call, booking_id: UUID, entered: str) -> Response:
    here = booked_here(work)
    if here is None or here.booking_id != str(booking_id):
        raise NotFound
    answer = redeem(work, CodeUse.BOOKING, entered)
    if isinstance(answer, Refused):  # no exception: the try has to count
        return problem(CODE_REFUSED, answer.text(work.lang), work.lang)
    confirmed = confirm_after_code(work, booking_id)
    response = as_json(booked_facts(call.slug, appointment(work, confirmed.secret)))
    response.headers[BOOKING_SECRET] = confirmed.secret
    return response


def _see(work: Work, call: Call, booking_id: UUID) -> Response:
    if call.secret:
        return as_json(booked_facts(call.slug, appointment(work, _secret(call, booking_id))))
    here = booked_here(work)
    if here is None or here.booking_id != str(booking_id):
        raise NotFound
    response = as_json(here_facts(call.slug, here))
    if here.appointment:
        response.headers[BOOKING_SECRET] = here.appointment.secret
    return response


def _secret(call: Call, booking_id: UUID) -> str:
    """The secret that was sent, if it is this booking's. Raises `LinkInvalid`."""
    if not call.secret.startswith(f"{booking_id}."):
        raise LinkInvalid
    return call.secret
