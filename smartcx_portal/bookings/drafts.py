"""What a person has typed so far. It hangs on the hash of the tab's key, survives reloads, and lapses (design D4)."""

from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.basket import Basket, basket_of
from smartcx_portal.bookings.catalogue import questions_of
from smartcx_portal.bookings.entries import (
    HEALTH_CONSENT,
    answer_name,
    checked_entry,
    is_ticked,
    known_names,
)
from smartcx_portal.bookings.moments import When, when
from smartcx_portal.bookings.refusals import UnknownEntry
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import moment_text, time_text
from smartcx_portal.messaging.visits import visit_of
from smartcx_portal.models.booking import Booking, BookingStatus, Draft
from smartcx_portal.models.calendar import FormField, Resource
from smartcx_portal.tenancy import Work

DRAFT_LIFE = timedelta(hours=2)
"""From the last change on."""
HOLD_TIME = timedelta(minutes=10)
MISSED = {"closed": N_("not offered on this day"), "taken": N_("taken already")}
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
    series: tuple[str, ...] = ()
    """The other appointments of a series that are held too, in words."""
    missed: tuple[str, ...] = ()
    """The dates of a series that do not fit, each with its reason."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen before a time, as `hold` takes it; it travels in addresses and stands in the draft."""

    services: str = ""
    """Ids with quantities, as `basket.read_basket` takes them; empty while nothing is chosen."""
    way: str = ""
    places: int = 1
    resource: str = ""
    """Empty for any."""
    repeats: int = 1
    every_weeks: int = 1


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
    chosen: Chosen = Chosen()


CHOSEN = frozenset(each.name for each in dataclass_fields(Chosen))


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
        chosen=Chosen(**{name: value for name, value in draft.chosen.items() if name in CHOSEN}),
    )


def save_entered(work: Work, fields: dict[str, Any]) -> None:
    """Add what was typed to this tab's draft. Raises `InvalidForm` for texts that are too long, once all else is kept.

    Names that the form does not have are refused (`UnknownEntry`). An answer of a special category is stored only
    together with the consent that it needs (Art. 9(2)(a)), and goes when the tick is taken away.
    """
    work.lock("tab", work.tab)
    draft = make_draft(work)
    asked = _asked(work, draft)
    if not fields.keys() <= known_names(asked):
        raise UnknownEntry
    problems: dict[str, str] = {}
    cleaned = {name: checked_entry(name, value, problems) for name, value in fields.items()}
    fits = {name: text for name, text in cleaned.items() if name not in problems}
    draft.entered = _storable(draft.entered | fits, asked)
    touch(work, draft)
    if problems:
        raise InvalidForm(problems)


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


def choose_services(work: Work, draft: Draft, basket: Basket) -> None:
    """Let the draft be about these services; answers to the questions of others go."""
    draft.service_id = basket.service.id
    if draft.entered:
        names = known_names(questions_of(work, [one.id for one in basket.services]))
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
    visit = visit_of(work, booking)
    place = visit.location
    until = booking.lapses_at or work.now
    return HoldView(
        booking_id=str(booking.id),
        service_id=str(booking.service_id),
        service=visit.what,
        resource_id=str(booking.resource_id),
        resource=work.get(Resource, booking.resource_id).name,
        place=visit.place(work.lang),
        when=when(booking.starts_at, place.zone, work.lang),
        until=time_text(until, place.zone, work.lang),
        until_iso=until.isoformat(),
        extensions_left=max(EXTENSIONS - booking.extensions, 0),
        lapsed=is_lapsed(booking, work),
        series=tuple(moment_text(one.starts_at, place.zone, work.lang) for one in series_of(work, booking)[1:]),
        missed=_missed(work, place.zone) if booking.series_id else (),
    )


def series_of(work: Work, booking: Booking) -> list[Booking]:
    """All appointments booked in one go with `booking`, in order; it alone where it belongs to no series."""
    if booking.series_id is None:
        return [booking]
    query = work.select(Booking).where(Booking.series_id == booking.series_id)
    return list(work.all(query.order_by(Booking.starts_at)))


def _missed(work: Work, zone: str) -> tuple[str, ...]:
    """What `hold` noted in the draft: moments with the reason why they do not fit."""
    draft = own_draft(work)
    noted = draft.chosen.get("missed", []) if draft else []
    sentence = translate(work.lang, N_("{moment}: {reason}"))
    return tuple(
        sentence.format(
            moment=moment_text(datetime.fromisoformat(moment), zone, work.lang),
            reason=translate(work.lang, MISSED[reason]),
        )
        for moment, reason in noted
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


def _asked(work: Work, draft: Draft) -> list[FormField]:
    """The questions of all services that the draft is about."""
    booking = work.find(Booking, draft.booking_id)
    services = [one.id for one in basket_of(work, booking).services] if booking else [draft.service_id]
    return questions_of(work, [one for one in services if one])


def _storable(entered: dict[str, Any], asked: list[FormField]) -> dict[str, Any]:
    if is_ticked(entered.get(HEALTH_CONSENT)):
        return entered
    special = {answer_name(field.id) for field in asked if field.special}
    return {name: value for name, value in entered.items() if name not in special}
