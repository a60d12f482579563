"""What a page asks before a change that hits appointments, and what it says was done: plain data for a State."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.affected import Affected, Choice, Deed, Outcome
from smartcx_portal.bookings.found_rows import found_rows
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.booking import Booking
from smartcx_portal.tenancy import Work

MOST_SHOWN = 60
"""How many appointments are decided one by one; all others together."""
ONE, MANY = N_("1 appointment is affected"), N_("{number} appointments are affected")
ONE_MORE, MANY_MORE = N_("1 further appointment"), N_("{number} further appointments")
ONE_DONE, MANY_DONE = N_("Applied. What became of 1 appointment:"), N_("Applied. What became of {number} appointments:")
STAYS, MOVED = N_("stays on {day}, {times}"), N_("moved to {day}, {times}, {resource}")
CANCELLED = N_("cancelled")
REST = "choice-rest"


@dataclass(frozen=True)
class Time:
    """A time to move to: `value` is what the form sends."""

    value: str
    text: str


@dataclass(frozen=True)
class Asked:
    """One affected appointment; `name` is that of its form field, `head` says in one line which it is."""

    id: str
    name: str
    head: str
    detail: str
    chosen: str
    times: list[Time]


@dataclass(frozen=True)
class Asking:
    """What waits for decisions; nothing does without a `title`. `more` counts, in words, those not shown one by one.

    `stamp` changes when the choices are set for all; `fresh` tells that appointments came while somebody decided.
    """

    title: str = ""
    rows: list[Asked] = field(default_factory=list)
    more: str = ""
    more_chosen: str = Deed.KEEP.value
    stamp: int = 0
    fresh: bool = False


@dataclass(frozen=True)
class DoneLine:
    """An appointment and what became of it."""

    id: str
    person: str
    text: str


@dataclass(frozen=True)
class Done:
    """What was done about appointments; nothing was without a `title`."""

    title: str = ""
    lines: list[DoneLine] = field(default_factory=list)


def asking_of(asked: tuple[Affected, ...], lang: str, before: Asking) -> Asking:
    """The questions about these; what was chosen `before` stays chosen."""
    if not asked:
        return Asking()
    chosen = {one.id: one.chosen for one in before.rows}
    rest = len(asked) - MOST_SHOWN
    return Asking(
        title=_number(ONE, MANY, len(asked), lang),
        rows=[_asked(one, chosen.get(one.id, Deed.KEEP.value)) for one in asked[:MOST_SHOWN]],
        more=_number(ONE_MORE, MANY_MORE, rest, lang) if rest > 0 else "",
        more_chosen=before.more_chosen,
        stamp=before.stamp + 1,
        fresh=bool(before.title),
    )


def chosen_for_all(asking: Asking, deed: str) -> Asking:
    """The same question with one answer for all; an unknown answer changes nothing."""
    if deed not in (Deed.KEEP, Deed.NEXT, Deed.CANCEL):
        return asking
    rows = [Asked(one.id, one.name, one.head, one.detail, deed, one.times) for one in asking.rows]
    return Asking(asking.title, rows, asking.more, deed, asking.stamp + 1, asking.fresh)


def noted(asking: Asking, form: Mapping[str, Any]) -> Asking:
    """With what the form says as chosen, so that a question asked again keeps the answers."""
    rows = [
        Asked(one.id, one.name, one.head, one.detail, str(form.get(one.name, one.chosen)), one.times)
        for one in asking.rows
    ]
    return Asking(asking.title, rows, asking.more, str(form.get(REST, asking.more_chosen)), asking.stamp, asking.fresh)


def choices_of(asking: Asking, ids: list[str], form: Mapping[str, Any]) -> dict[str, Choice]:
    """What the form decides about the appointments that were asked about: those shown, and the rest together."""
    shown, message = {one.id: one.name for one in asking.rows}, str(form.get("message", ""))
    return {one: _choice(str(form.get(shown.get(one, REST), "")), message) for one in ids}


def done_of(work: Work, outcome: Outcome) -> Done:
    """In words what became of the appointments; empty when none was affected."""
    ids = [one for several in outcome.done.values() for one in several]
    if not ids:
        return Done()
    deeds = {one: deed for deed, several in outcome.done.items() for one in several}
    query = work.select(Booking).where(Booking.id.in_([UUID(one) for one in ids]))
    rows = found_rows(work, work.all(query.order_by(Booking.starts_at, Booking.id)))
    lines = [DoneLine(row.id, row.person, _became(row, deeds[row.id], work.lang)) for row in rows[:MOST_SHOWN]]
    return Done(_number(ONE_DONE, MANY_DONE, len(ids), work.lang), lines)


def _asked(one: Affected, chosen: str) -> Asked:
    row = one.row
    detail = ", ".join(part for part in (row.service, row.resource) if part)
    times = [Time(f"{Deed.MOVE} {other.starts_at}", other.text) for other in one.others]
    return Asked(
        one.id, f"choice-{one.id}", f"{row.day}, {row.times}: {row.person}", f"{detail}. {one.why}", chosen, times
    )


def _choice(value: str, message: str) -> Choice:
    deed, _, to = value.partition(" ")
    known = Deed(deed) if deed in tuple(Deed) else Deed.KEEP
    return Choice(known, to=to, message=message if known is Deed.CANCEL else "")


def _became(row: Any, deed: Deed, lang: str) -> str:
    if deed is Deed.CANCEL:
        return translate(lang, CANCELLED)
    sentence = STAYS if deed is Deed.KEEP else MOVED
    return translate(lang, sentence).format(day=row.day, times=row.times, resource=row.resource)


def _number(one: str, many: str, number: int, lang: str) -> str:
    return translate(lang, one) if number == 1 else translate(lang, many).format(number=number)
