"""What people could book if the calendar were changed: free times per day, as they would be and as they are now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from smartcx_portal.bookings.availability import Start
from smartcx_portal.bookings.changing import supposing
from smartcx_portal.bookings.offer import Offer, offer_of, taken_on
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.localtime import date_text, short_day_text
from smartcx_portal.models.calendar import Service
from smartcx_portal.tenancy import Permission, Work

DAYS = 14


@dataclass(frozen=True, slots=True)
class PreviewDay:
    """One local day: how many times would be free, how many are now, and when (`08:00–11:40, 14:00–15:40`)."""

    day: str
    text: str
    free: int
    now: int
    times: str

    @property
    def differs(self) -> bool:
        """Whether the change shows on this day."""
        return self.free != self.now


@dataclass(frozen=True, slots=True)
class Preview:
    """Two weeks; `until` says in words up to which day the service can be booked today, if they reach further."""

    days: list[PreviewDay] = field(default_factory=list)
    free: int = 0
    now: int = 0
    until: str = ""


def preview(
    work: Work,
    change: Callable[[], object] | None,
    service_id: str,
    *,
    resource_id: str = "",
    from_day: date | None = None,
) -> Preview:
    """The free times of a service as people would see them after `change`, which is undone again.

    Two weeks from `from_day` on, or from today if that is later; of one resource if it is named. Without a change
    it is as it is now. Raises what the change raises.
    """
    work.need(Permission.CALENDAR_EDIT)
    service = work.get(Service, as_id(service_id))
    named = as_id(resource_id) if resource_id else None
    offer = offer_of(work, service, resource_id=named)
    first = max(from_day or date.min, local_day(work.now, offer.zone))
    now = _starts(work, offer, first)
    then = now
    if change is not None:
        with supposing(work):
            change()
            then = _after(work, service.id, named, first)
    return _compared(work, offer, first, then, now)


def _after(work: Work, service_id: UUID, resource_id: UUID | None, first: date) -> list[Start]:
    return _starts(work, offer_of(work, work.get(Service, service_id), resource_id=resource_id), first)


def _starts(work: Work, offer: Offer, first: date) -> list[Start]:
    last = first + timedelta(days=DAYS - 1)
    return offer.starts(taken_on(work, offer, first, last), first, last)


def _compared(work: Work, offer: Offer, first: date, then: Sequence[Start], now: Sequence[Start]) -> Preview:
    zone, step = ZoneInfo(offer.zone), timedelta(minutes=offer.wish.step_min)
    after, before = _by_day(then, zone), _by_day(now, zone)
    days = [first + timedelta(days=n) for n in range(DAYS)]
    horizon = local_day(offer.wish.latest, offer.zone)
    return Preview(
        days=[
            PreviewDay(
                day.isoformat(),
                short_day_text(day, work.lang),
                len(after.get(day, ())),
                len(before.get(day, ())),
                _runs(after.get(day, []), step, zone),
            )
            for day in days
        ],
        free=len(then),
        now=len(now),
        until=date_text(horizon, work.lang) if horizon < days[-1] else "",
    )


def _by_day(starts: Sequence[Start], zone: ZoneInfo) -> dict[date, list[datetime]]:
    moments = (start.starts_at for start in starts)
    return {day: list(found) for day, found in groupby(moments, key=lambda one: one.astimezone(zone).date())}


def _runs(moments: Sequence[datetime], step: timedelta, zone: ZoneInfo) -> str:
    """Starts that follow each other in steps as one span from the first to the last of them."""
    runs: list[list[datetime]] = []
    for moment in moments:
        if runs and moment - runs[-1][-1] == step:
            runs[-1].append(moment)
        else:
            runs.append([moment])
    clock = [[f"{one.astimezone(zone):%H:%M}" for one in (run[0], run[-1])] for run in runs]
    return ", ".join("–".join(dict.fromkeys(one)) for one in clock)
