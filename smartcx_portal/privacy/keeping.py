"""How long a value is kept: one arithmetic, used by the view, the export and the job that erases (promise P08).

A value stays as long as one of its purposes needs it. A purpose's period runs from an event (DIN 66398), which is
found on the row itself, on the appointment it belongs to, or else in the person's last appointment. A wish in the
waiting list counts like an appointment at the end of its last day.
"""

import functools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from smartcx_portal.kit.clock import local_day
from smartcx_portal.models.booking import Booking, BookingStatus, WaitlistEntry, WaitlistStatus
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.privacy import Enquiry, ProcessingActivity, RetentionStart
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.activities import activities
from smartcx_portal.privacy.data_map import Column, Entry, Model
from smartcx_portal.tenancy import Work

EVENTS = {
    RetentionStart.SENT: ("sent_at", "created_at"),
    RetentionStart.CREATED: ("created_at", "at"),
    RetentionStart.CLOSED: ("closed_at", "at"),
    RetentionStart.APPOINTMENT_END: (),
}
"""Where a row notes the event; the first one that the row has, so that what was never sent ends too."""
OWN_ENDS = ("lapses_at", "ends_at")
"""Where a row that goes as a whole notes its own end, which then counts alone."""
SLACK = timedelta(days=1)
"""What guards against misuse counts back as far as this: codes and sessions stay that long after their end."""
UNANSWERED = timedelta(days=365)
"""After so long a question counts as answered though nobody marked it, so that none stays for ever."""
YEARS_OF_PROOF = 3
IN_LINE = (WaitlistStatus.WAITING, WaitlistStatus.OFFERED)
"""Who still waits for a time."""
Span = tuple[datetime | None, datetime | None]
"""When a period begins to run, and when it ends."""


@dataclass
class Periods:
    """The tenant's periods, applied to rows."""

    work: Work
    _ends: dict[UUID | None, datetime | None] = field(default_factory=dict)
    _serving: dict[tuple[Purpose, ...], list[ProcessingActivity]] = field(default_factory=dict)

    @cached_property
    def activities(self) -> dict[Purpose, ProcessingActivity]:
        """The tenant's active purposes."""
        return {p: a for p, a in activities(self.work).items() if a.active}

    @cached_property
    def zone(self) -> ZoneInfo:
        """The tenant's zone: years end there."""
        return ZoneInfo(self.work.get(Tenant, self.work.tenant).zone)

    def until(self, entry: Entry, column: Column, row: Any, last_end: datetime) -> datetime | None:
        """When this value is erased at the latest; None while the event that starts the period is still to come.

        `last_end` is the end of the person's last appointment, see `last_end_of`.
        """
        return self.span(entry, column, row, last_end)[1]

    def span(self, entry: Entry, column: Column, row: Any, last_end: datetime) -> Span:
        """The event from which the value's period runs, of the purpose that ends last, and `until`. The end is None
        while an event is still to come, and so is the beginning unless the row notes its own end.
        """
        if own := own_end(entry):
            return first_of(row, ("created_at", "at")), getattr(row, own) + slack(entry)
        ends = [self._purpose_span(entry, a, row, last_end) for a in self.activities_of(column)]
        known = [each for each in ends if each is not None]
        end, start = max(known) if known and len(known) == len(ends) else (None, None)
        return start, end

    def activity(self, column: Column) -> ProcessingActivity | None:
        """The activity that explains a column: the first active one of its purposes."""
        return next(iter(self.activities_of(column)), None)

    def over(self, entry: Entry, column: Column) -> sa.ColumnElement[bool] | None:
        """The condition that finds the values whose time is over; None if this column ends with its person."""
        if own := own_end(entry):
            return getattr(entry.model, own) < self.work.now - slack(entry)
        found = [self._purpose_over(entry, a) for a in self.activities_of(column)]
        known = [condition for condition in found if condition is not None]
        return sa.and_(*known) if known and len(known) == len(found) else None

    def person_cutoff(self) -> datetime | None:
        """Persons whose last appointment ended before this moment are over; None if no period is set up."""
        activity = self.activities.get(Purpose.APPOINTMENT)
        return self._cutoff(activity) if activity else None

    def activities_of(self, column: Column) -> list[ProcessingActivity]:
        """The active activities of its purposes."""
        purposes = column.data.purposes
        if purposes not in self._serving:
            self._serving[purposes] = [self.activities[p] for p in purposes if p in self.activities]
        return self._serving[purposes]

    def _purpose_span(
        self, entry: Entry, activity: ProcessingActivity, row: Any, last_end: datetime
    ) -> tuple[datetime, datetime] | None:
        """The end and the event that it follows from."""
        if entry.model is Customer:
            return last_end + timedelta(days=activity.retention_days), last_end
        moment = self._moment(entry, activity, row)
        return (self._end(activity, moment), moment) if moment else None

    def _moment(self, entry: Entry, activity: ProcessingActivity, row: Any) -> datetime | None:
        if activity.retention_start is RetentionStart.APPOINTMENT_END:
            if entry.model is WaitlistEntry:
                return day_end(row.last_day, self.zone)
            return row.ends_at if entry.model is Booking else self._end_of(getattr(row, "booking_id", None))
        if entry.model is Enquiry:
            return row.closed_at or row.created_at + UNANSWERED
        return first_of(row, events_of(entry, activity.retention_start))

    def _end_of(self, booking_id: UUID | None) -> datetime | None:
        """When an appointment ends; each is looked up once."""
        if booking_id is not None and booking_id not in self._ends:
            booking = self.work.find(Booking, booking_id)
            self._ends[booking_id] = booking.ends_at if booking else None
        return self._ends.get(booking_id)

    def _purpose_over(self, entry: Entry, activity: ProcessingActivity) -> sa.ColumnElement[bool] | None:
        model: Any = entry.model
        cutoff = self._cutoff(activity)
        if entry.model is Customer:
            return None
        if activity.retention_start is RetentionStart.APPOINTMENT_END:
            if entry.model is Booking:
                return model.ends_at < cutoff
            if entry.model is WaitlistEntry:
                return sa.and_(model.status.not_in(IN_LINE), model.last_day < local_day(cutoff, self.zone.key))
            ended = self.work.select(Booking.id).where(Booking.ends_at < cutoff)
            return model.booking_id.in_(ended) if hasattr(model, "booking_id") else None
        if entry.model is Enquiry:
            return sa.func.coalesce(model.closed_at, model.created_at + UNANSWERED) < cutoff
        moments = [getattr(model, name) for name in events_of(entry, activity.retention_start)]
        return sa.func.coalesce(*moments) < cutoff if moments else None

    def _end(self, activity: ProcessingActivity, moment: datetime) -> datetime:
        if activity.purpose is not Purpose.RIGHTS:
            return moment + timedelta(days=activity.retention_days)
        year = moment.astimezone(self.zone).year + YEARS_OF_PROOF + 1
        return datetime(year, 1, 1, tzinfo=self.zone)

    def _cutoff(self, activity: ProcessingActivity) -> datetime:
        """Events before this moment are over now: the inverse of `_end`."""
        if activity.purpose is not Purpose.RIGHTS:
            return self.work.now - timedelta(days=activity.retention_days)
        return datetime(self.work.now.astimezone(self.zone).year - YEARS_OF_PROOF, 1, 1, tzinfo=self.zone)


def own_end(entry: Entry) -> str | None:
    """The column with the row's own end, if the row goes as a whole and has one."""
    return next(iter(_noted_in(entry.model, OWN_ENDS)), None) if entry.row_goes else None


def slack(entry: Entry) -> timedelta:
    """How long a row with an end of its own outlasts it."""
    return SLACK if Purpose.OPERATION in entry.purposes else timedelta()


def events_of(entry: Entry, start: RetentionStart) -> tuple[str, ...]:
    """The columns in which the table notes the event, the best one first."""
    return _noted_in(entry.model, EVENTS[start])


@functools.cache
def _noted_in(model: Model, names: tuple[str, ...]) -> tuple[str, ...]:
    """Which of these columns the table has."""
    return tuple(name for name in names if hasattr(model, name))


def first_of(row: Any, names: tuple[str, ...]) -> datetime | None:
    """The first of these moments that the row notes."""
    return next(filter(None, (getattr(row, name) for name in _noted_in(type(row), names))), None)


def last_end_of(work: Work, customer_id: UUID) -> datetime:
    """The end of the person's last appointment or wish; without one, when the person was first entered."""
    query = work.select(Booking.ends_at).where(
        Booking.customer_id == customer_id, Booking.status != BookingStatus.EXPIRED
    )
    last = work.first(query.order_by(Booking.ends_at.desc()))
    wishes = work.select(WaitlistEntry.last_day).where(
        WaitlistEntry.customer_id == customer_id, WaitlistEntry.status.in_((*IN_LINE, WaitlistStatus.LAPSED))
    )
    day = work.first(wishes.order_by(WaitlistEntry.last_day.desc()))
    wished = day_end(day, ZoneInfo(work.get(Tenant, work.tenant).zone)) if day else None
    return max(filter(None, [last, wished, work.get(Customer, customer_id).created_at]))


def day_end(day: date, zone: ZoneInfo) -> datetime:
    """Midnight at the end of a local day, as aware UTC."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
