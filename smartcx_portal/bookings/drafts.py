"""What a person has typed so far. It hangs on the hash of the tab's key, survives reloads, and lapses (design D4)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.catalogue import questions
from smartcx_portal.bookings.entries import (
    HEALTH_CONSENT,
    answer_name,
    clean_entry,
    is_ticked,
    known_names,
)
from smartcx_portal.bookings.moments import When, when
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.localtime import time_text
from smartcx_portal.models.booking import Booking, BookingStatus, Draft
from smartcx_portal.models.calendar import FormField, Location, Resource, Service
from smartcx_portal.tenancy import Work

DRAFT_LIFE = timedelta(hours=2)
"""From the last change on."""
HOLD_TIME = timedelta(minutes=10)
EXTENSIONS = 12
"""How often a hold may be extended by `HOLD_TIME`; WCAG 2.2.1 asks for ten at least."""


@dataclass(frozen=True, slots=True)
class HoldView:
    """The time that this tab holds, or held: `lapsed` says which."""

    booking_id: str
    service_id: str
    service: str
    resource_id: str
    resource: str
    place: str
    when: When
    until: str
    """The clock time at which the hold ends: `10:42 Uhr`."""
    until_iso: str
    extensions_left: int
    lapsed: bool


@dataclass(frozen=True, slots=True)
class DraftView:
    """What a reload needs. `stage`: `choosing`, `held`, `lapsed`, `pending`, `booked` or `over`.

    From `pending` on nothing typed is left here; `own.booked_here` shows the rest.
    """

    id: str
    service_id: str
    entered: dict[str, str]
    stage: str
    hold: HoldView | None


def load_draft(work: Work) -> DraftView | None:
    """This tab's draft, or None."""
    draft = own_draft(work)
    if draft is None:
        return None
    booking = work.find(Booking, draft.booking_id)
    stage = _stage(booking, work)
    hold = hold_view(work, booking) if booking and stage in ("held", "lapsed") else None
    return DraftView(
        id=str(draft.id),
        service_id=str(draft.service_id or ""),
        entered={name: str(value) for name, value in draft.entered.items()},
        stage=stage,
        hold=hold,
    )


def save_entered(work: Work, fields: dict[str, Any]) -> None:
    """Add what was typed to this tab's draft. Raises `InvalidForm` for a text that is too long.

    Names that the form does not have are refused (`NotFound`). An answer of a special category is stored only
    together with the consent that it needs (Art. 9(2)(a)), and goes when the tick is taken away.
    """
    work.lock("tab", work.tab)
    draft = make_draft(work)
    asked = questions(work, draft.service_id) if draft.service_id else []
    names = known_names(asked)
    if not fields.keys() <= names:
        raise NotFound
    merged = draft.entered | {name: clean_entry(name, value) for name, value in fields.items()}
    draft.entered = _storable(merged, asked)
    touch(work, draft)


def drop_draft(work: Work) -> None:
    """Forget what this tab has typed. A time that it holds is for `release_hold`."""
    work.delete_where(Draft, Draft.key_hash == work.tab)


def own_draft(work: Work) -> Draft | None:
    """The row of this tab's draft unless it has lapsed."""
    if not work.tab:
        return None
    return work.first(work.select(Draft).where(Draft.key_hash == work.tab, Draft.lapses_at > work.now))


def make_draft(work: Work) -> Draft:
    """The row of this tab's draft, a fresh one if needed. The caller holds the tab's lock."""
    if not work.tab:
        raise NotFound
    draft = own_draft(work)
    if draft is None:
        work.delete_where(Draft, Draft.key_hash == work.tab)
        draft = work.new(Draft, key_hash=work.tab, updated_at=work.now, lapses_at=work.now + DRAFT_LIFE)
    return draft


def choose_service(work: Work, draft: Draft, service: Service) -> None:
    """Let the draft be about `service`; answers to another service's questions go."""
    if draft.service_id == service.id:
        return
    draft.service_id = service.id
    if draft.entered:
        names = known_names(questions(work, service.id))
        draft.entered = {name: value for name, value in draft.entered.items() if name in names}


def touch(work: Work, draft: Draft) -> None:
    """Give the draft its full life again."""
    draft.updated_at, draft.lapses_at = work.now, work.now + DRAFT_LIFE
    work.flush()


def own_hold_id(work: Work) -> list[UUID]:
    """The id of the booking that this tab holds, if any: its claim is no obstacle to the tab itself."""
    if not work.tab:
        return []
    held = work.select(Booking.id).where(Booking.holder_key == work.tab, Booking.status == BookingStatus.HELD)
    return list(work.all(held))


def hold_view(work: Work, booking: Booking) -> HoldView:
    """A hold as the booking page shows it."""
    place = work.get(Location, booking.location_id)
    until = booking.lapses_at or work.now
    return HoldView(
        booking_id=str(booking.id),
        service_id=str(booking.service_id),
        service=work.get(Service, booking.service_id).name,
        resource_id=str(booking.resource_id),
        resource=work.get(Resource, booking.resource_id).name,
        place=place.name,
        when=when(booking.starts_at, place.zone, work.lang),
        until=time_text(until, place.zone, work.lang),
        until_iso=until.isoformat(),
        extensions_left=max(EXTENSIONS - booking.extensions, 0),
        lapsed=is_lapsed(booking, work),
    )


def is_lapsed(booking: Booking, work: Work) -> bool:
    """Whether the booking has given its time back, or would with the next look."""
    over = booking.lapses_at is not None and booking.lapses_at <= work.now
    open_ended = booking.status in (BookingStatus.HELD, BookingStatus.PENDING)
    return booking.status is BookingStatus.EXPIRED or (open_ended and over)


def _stage(booking: Booking | None, work: Work) -> str:
    if booking is None:
        return "choosing"
    if is_lapsed(booking, work):
        return "lapsed" if booking.confirming is None else "over"
    if booking.status in (BookingStatus.HELD, BookingStatus.PENDING):
        return booking.status.value
    return "over" if booking.status is BookingStatus.CANCELLED else "booked"


def _storable(entered: dict[str, Any], asked: list[FormField]) -> dict[str, Any]:
    if is_ticked(entered.get(HEALTH_CONSENT)):
        return entered
    special = {answer_name(field.id) for field in asked if field.special}
    return {name: value for name, value in entered.items() if name not in special}
