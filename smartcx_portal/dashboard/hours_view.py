"""The week, single days and the form of the opening hours as their page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from smartcx_portal.bookings.hours_owner import Owner
from smartcx_portal.bookings.hours_shown import WEEKDAYS, HoursRow
from smartcx_portal.bookings.rule_entries import MONTHLY, NTHS, WEEKLY, WEEKS
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.ui.choices import Choice

REPLACES = N_(
    "{name} has opening hours of its own. On days on which they are valid only these count, not those of {place}."
)
FOLLOWS = N_(
    "{name} has no opening hours of its own and follows those of {place}. As soon as you enter some, only they count: "
    "copy the week of {place} first if you want to change only a part of it."
)
ALL_OF = N_("{place} (whole location)")
NTH_LABELS = (
    N_("the first"),
    N_("the second"),
    N_("the third"),
    N_("the fourth"),
    N_("the fifth, if there is one"),
    N_("the last"),
)


@dataclass(frozen=True)
class HoursLine:
    """One rule: `08:00–12:00`, and what limits it; `whole` says all of it, with its day."""

    id: str
    span: str
    limits: str
    whole: str


@dataclass(frozen=True)
class Weekday:
    """One row of the week."""

    number: str
    name: str
    lines: list[HoursLine]


@dataclass(frozen=True)
class RuleEntries:
    """What stands in the form, as it was typed; times as `08:30`, days as ISO dates."""

    weekday: str = ""
    day: str = ""
    opens: str = ""
    closes: str = ""
    repeats: str = WEEKLY
    every_weeks: str = "2"
    nth: str = NTHS[0]
    valid_from: str = ""
    valid_until: str = ""
    online_quota: str = ""


@dataclass(frozen=True)
class HoursView:
    """Whose hours, what else follows from that, the week and the single days."""

    name: str = ""
    place: str = ""
    note: str = ""
    week: list[Weekday] = field(default_factory=list)
    extras: list[HoursLine] = field(default_factory=list)


def hours_view(owner: Owner, rows: Sequence[HoursRow], lang: str) -> HoursView:
    """The hours of one location or resource."""
    note = (REPLACES if owner.own else FOLLOWS) if owner.resource_id else ""
    days = [
        Weekday(str(number), translate(lang, name), [line(row) for row in rows if _in_week(row, number)])
        for number, name in enumerate(WEEKDAYS)
    ]
    extras = sorted((row for row in rows if row.extra), key=lambda row: (row.day, row.opens))
    return HoursView(
        name=owner_label(owner, lang),
        place=owner.place,
        note=translate(lang, note).format(name=owner.name, place=owner.place) if note else "",
        week=days,
        extras=[line(row) for row in extras],
    )


def owner_label(owner: Owner, lang: str) -> str:
    """`Bürgerbüro: Schalter 1`."""
    return f"{owner.place}: {owner.name}" if owner.resource_id else translate(lang, ALL_OF).format(place=owner.place)


def line(row: HoursRow) -> HoursLine:
    """A rule in words."""
    day = row.day_text or row.weekday_text
    return HoursLine(row.id, row.span, row.limits, ", ".join(part for part in (day, row.span, row.limits) if part))


def entries_of(row: HoursRow) -> RuleEntries:
    """A rule as its form shows it."""
    repeats = MONTHLY if row.nth is not None else WEEKS if row.every_weeks > 1 else WEEKLY
    return RuleEntries(
        weekday=str(row.weekday),
        day=row.day,
        opens=row.opens,
        closes="00:00" if row.closes == "24:00" else row.closes,
        repeats=repeats,
        every_weeks=str(row.every_weeks) if row.every_weeks > 1 else "2",
        nth=str(row.nth) if row.nth is not None else NTHS[0],
        valid_from="" if row.extra else row.valid_from,
        valid_until="" if row.extra else row.valid_until,
        online_quota="" if row.online_quota is None else str(row.online_quota),
    )


def weekday_choices(lang: str) -> list[Choice]:
    """Monday to Sunday."""
    return [Choice(str(number), translate(lang, name)) for number, name in enumerate(WEEKDAYS)]


def nth_choices(lang: str) -> list[Choice]:
    """Which one of a month's Mondays, Tuesdays …"""
    return [Choice(value, translate(lang, text)) for value, text in zip(NTHS, NTH_LABELS, strict=True)]


def _in_week(row: HoursRow, weekday: int) -> bool:
    return row.weekday == weekday and not row.extra
