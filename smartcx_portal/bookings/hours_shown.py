"""An opening rule as staff and people read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from smartcx_portal.bookings.opening import MIDNIGHT
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import date_text, day_text
from smartcx_portal.models.calendar import OpeningHours

WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
NTH_TEXTS = {
    1: N_("first of the month"),
    2: N_("second of the month"),
    3: N_("third of the month"),
    4: N_("fourth of the month"),
    5: N_("fifth of the month"),
    -1: N_("last of the month"),
}
"""Read after a weekday: "Tuesday, first of the month"."""
EVERY = N_("every {number} weeks")
FROM, UNTIL = N_("from {day}"), N_("until {day}")
ONE_ONLINE = N_("at most 1 appointment booked online at a time")
SOME_ONLINE = N_("at most {number} appointments booked online at a time")
NONE_ONLINE = N_("not bookable online, only by your team")


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One rule. `closes` is `24:00` for the day's end; an empty resource means all of the place.

    `day` (ISO) is that of extra hours, `day_text` says it in words; `limits` says what holds beside day and times,
    `rhythm` of it only in which weeks.
    """

    id: str
    weekday: int
    weekday_text: str
    opens: str
    closes: str
    valid_from: str
    valid_until: str
    resource_id: str
    resource: str
    location_id: str
    every_weeks: int
    nth: int | None
    online_quota: int | None
    extra: bool
    day: str
    day_text: str
    limits: str
    rhythm: str

    @property
    def span(self) -> str:
        """`08:00–12:00`."""
        return f"{self.opens}–{self.closes}"


def hours_row(lang: str, one: OpeningHours, names: Mapping[UUID, str]) -> HoursRow:
    """A rule in the reader's language; `names` are those of the resources."""
    day = one.valid_from if one.extra else None
    return HoursRow(
        id=str(one.id),
        weekday=one.weekday,
        weekday_text=translate(lang, WEEKDAYS[one.weekday]),
        opens=one.opens.strftime("%H:%M"),
        closes="24:00" if one.closes == MIDNIGHT else one.closes.strftime("%H:%M"),
        valid_from=one.valid_from.isoformat() if one.valid_from else "",
        valid_until=one.valid_until.isoformat() if one.valid_until else "",
        resource_id=str(one.resource_id or ""),
        resource=names.get(one.resource_id, "") if one.resource_id else "",
        location_id=str(one.location_id),
        every_weeks=one.every_weeks,
        nth=one.nth,
        online_quota=one.online_quota,
        extra=one.extra,
        day=day.isoformat() if day else "",
        day_text=day_text(day, lang) if day else "",
        limits=", ".join(_limits(lang, one)),
        rhythm=", ".join(_rhythm(lang, one)),
    )


def _limits(lang: str, one: OpeningHours) -> list[str]:
    said = _rhythm(lang, one)
    if not one.extra:
        said += [_day(lang, FROM, one.valid_from), _day(lang, UNTIL, one.valid_until)]
    return [part for part in [*said, _quota(lang, one.online_quota)] if part]


def _rhythm(lang: str, one: OpeningHours) -> list[str]:
    said = []
    if one.nth is not None:
        said.append(translate(lang, NTH_TEXTS[one.nth]))
    if one.every_weeks > 1:
        said.append(translate(lang, EVERY).format(number=one.every_weeks))
    return said


def _day(lang: str, sentence: str, day: date | None) -> str:
    return translate(lang, sentence).format(day=date_text(day, lang)) if day else ""


def _quota(lang: str, quota: int | None) -> str:
    if quota is None:
        return ""
    sentence = {0: NONE_ONLINE, 1: ONE_ONLINE}.get(quota, SOME_ONLINE)
    return translate(lang, sentence).format(number=quota)
