"""Which appointments would a change of the calendar leave without their ground, and what becomes of each?

Affected is what fitted before the change and would not afterwards: it is closed then, outside the hours, or its place
or resource is switched off. What the staff put outside the hours on purpose is left alone, and so is what a service
has become since: its length, buffers, lead time and quotas play no part.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from smartcx_portal.bookings.cancelling import REASON_MISSING, cancel_booking
from smartcx_portal.bookings.changing import supposing
from smartcx_portal.bookings.elsewhere import Other, by_another, next_start, other_times, start_at
from smartcx_portal.bookings.fitting import Why, misfits
from smartcx_portal.bookings.found_rows import FoundRow, found_rows
from smartcx_portal.bookings.moments import as_moment
from smartcx_portal.bookings.moving import move_booking
from smartcx_portal.bookings.promoting import withdraw
from smartcx_portal.bookings.refusals import NotOffered, SlotTaken
from smartcx_portal.kit.errors import InvalidForm, ProductError
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.booking import Booking, BookingStatus
from smartcx_portal.tenancy import Permission, Work

COMING = (BookingStatus.PENDING, BookingStatus.CONFIRMED)
OTHER_TIMES = 5
MOST_WITH_TIMES = 40
"""How many affected appointments are shown with other times of their own; the rest can take the next free one."""
WHY_TEXTS = {
    Why.PLACE: N_("Its location would be switched off."),
    Why.RESOURCE: N_("It is with somebody or something that would be switched off."),
    Why.CLOSED: N_("It would be closed then."),
    Why.HOURS: N_("It would be outside the opening hours."),
}
MOST_AT_ONCE = 50
"""How many appointments are moved and cancelled in one step: nobody can book meanwhile."""
NOTHING_FREE = N_("Nothing is free for this appointment in the next three months. Keep or cancel it.")
JUST_TAKEN = N_("This time has just been taken. Choose another one.")

Change = Callable[[], object]
"""A use case that changes the calendar; it is called several times, only the last time to stay."""


class TooManyAtOnce(ProductError):
    """More would be moved and cancelled than one step may."""

    says = N_(
        "At most {number} appointments can be moved or cancelled in one step. "
        "Make the change in parts, such as week by week."
    )


class Deed(StrEnum):
    """What becomes of an affected appointment."""

    KEEP = "keep"
    MOVE = "move"
    NEXT = "next"
    """Move to the first free time from its own on."""
    CANCEL = "cancel"


ORDER = (Deed.CANCEL, Deed.MOVE, Deed.NEXT, Deed.KEEP)
"""Who goes makes room, who wants a certain time comes before who takes any."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The decision about one appointment: `to` (ISO) for `MOVE`, `message` (read by the person) for `CANCEL`."""

    deed: Deed = Deed.KEEP
    to: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Affected:
    """An affected appointment, the reason in words, and some free times under the new rules."""

    id: str
    row: FoundRow
    why: str
    others: tuple[Other, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a change. While some are `asked` about, nothing has been changed; else `done` says what happened.

    `done` holds the ids of the affected appointments by what became of them.
    """

    asked: tuple[Affected, ...] = ()
    done: Mapping[Deed, tuple[str, ...]] = field(default_factory=dict)


def affected_by(work: Work, change: Change) -> list[Affected]:
    """The coming appointments that `change` would affect, in the order of the clock; nothing of it stays.

    Raises what the change raises.
    """
    work.need(Permission.CALENDAR_EDIT)
    work.need(Permission.BOOKINGS_READ)
    coming = _coming(work, COMING)
    before = misfits(work, coming)
    with supposing(work):
        change()
        after = misfits(work, coming)
        hit = [one for one in coming if one.id in after.keys() - before.keys()]
        rows = found_rows(work, hit)
        others = [other_times(work, one, OTHER_TIMES) for one in hit[:MOST_WITH_TIMES]]
    others += [()] * (len(hit) - len(others))
    return [
        Affected(row.id, row, translate(work.lang, WHY_TEXTS[after[one.id]]), times)
        for one, row, times in zip(hit, rows, others, strict=True)
    ]


def apply_with_choices(work: Work, change: Change, choices: Mapping[str, Choice], *, notify: bool = True) -> Outcome:
    """Make a change and what was decided about each affected appointment, all in one transaction.

    `choices` are by booking id. While an affected appointment has none, such as one that was booked meanwhile,
    nothing is changed and all are asked about. Holds that no longer fit end, as if their time were over. Raises
    `InvalidForm` for `choice-<id>` and `message`, `TooManyAtOnce`, and what the change raises.
    """
    work.need(Permission.BOOKINGS_CANCEL)
    work.lock("calendar")
    holds = [work.get(Booking, one.id, lock=True) for one in _hit(work, change, (BookingStatus.HELD,))]
    hit = {str(one.id): choices.get(str(one.id)) for one in _hit(work, change, COMING)}
    if None in hit.values():
        return Outcome(asked=tuple(affected_by(work, change)))
    decided = {one: choice for one, choice in hit.items() if choice is not None}
    if sum(one.deed is not Deed.KEEP for one in decided.values()) > MOST_AT_ONCE:
        raise TooManyAtOnce(number=MOST_AT_ONCE)
    change()
    done: dict[Deed, list[str]] = {}
    for one, choice in sorted(decided.items(), key=lambda pair: ORDER.index(pair[1].deed)):
        _decide(work, UUID(one), choice, notify)
        done.setdefault(choice.deed, []).append(one)
    for hold in holds:
        if hold.status is BookingStatus.HELD:
            withdraw(work, hold)
    return Outcome(done={deed: tuple(ids) for deed, ids in done.items()})


def _hit(work: Work, change: Change, states: Sequence[BookingStatus]) -> list[Booking]:
    """The rows that fit before a change and do not afterwards, in the order of the clock."""
    coming = _coming(work, states)
    if not coming:
        return []
    before = misfits(work, coming)
    with supposing(work):
        change()
        after = misfits(work, coming)
    return [one for one in coming if one.id in after.keys() - before.keys()]


def _coming(work: Work, states: Sequence[BookingStatus]) -> list[Booking]:
    query = work.select(Booking).where(
        Booking.status.in_(states),
        Booking.starts_at > work.now,
        Booking.lapses_at.is_(None) | (Booking.lapses_at > work.now),
    )
    return list(work.all(query.order_by(Booking.starts_at, Booking.id).execution_options(populate_existing=True)))


def _decide(work: Work, booking_id: UUID, choice: Choice, notify: bool) -> None:
    if choice.deed is Deed.CANCEL:
        if not choice.message.strip():
            raise InvalidForm({"message": REASON_MISSING})
        cancel_booking(work, booking_id, choice.message, notify=notify)
    elif choice.deed in (Deed.MOVE, Deed.NEXT):
        _move(work, work.get(Booking, booking_id), choice, notify)


def _move(work: Work, booking: Booking, choice: Choice, notify: bool) -> None:
    anywhere = choice.deed is Deed.NEXT
    start = next_start(work, booking) if anywhere else start_at(work, booking, as_moment(choice.to))
    name = f"choice-{booking.id}"
    if start is None:
        raise InvalidForm({name: NOTHING_FREE if anywhere else JUST_TAKEN})
    try:
        move_booking(work, booking.id, start.starts_at, by_another(start, booking), notify=notify)
    except (SlotTaken, NotOffered):
        raise InvalidForm({name: JUST_TAKEN}) from None
