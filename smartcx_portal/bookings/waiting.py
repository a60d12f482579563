"""The waiting list: a wish for a time that is taken now, confirmed by mail, seen and taken back by its link."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.basket import read_basket
from smartcx_portal.bookings.entries import LONGEST_NAME, NAME_MISSING, clean, is_ticked
from smartcx_portal.bookings.joining import prove
from smartcx_portal.bookings.moments import When, when
from smartcx_portal.bookings.refusals import LinkExpired
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.contact import NotAnEmail, email_key
from smartcx_portal.kit.errors import InvalidForm, ProductError
from smartcx_portal.kit.language import N_
from smartcx_portal.kit.limits import limit
from smartcx_portal.kit.localtime import day_text, moment_text, time_text
from smartcx_portal.messaging.links import wish_of
from smartcx_portal.messaging.outbox import post
from smartcx_portal.models.booking import Booking, WaitlistEntry, WaitlistStatus
from smartcx_portal.models.calendar import FormField, Location, Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.standing.consents import give
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.tenancy import Work
from smartcx_portal.tenancy.suspension import require_open

CONFIRM_WITHIN = timedelta(hours=24)
OPEN = (WaitlistStatus.UNCONFIRMED, WaitlistStatus.WAITING, WaitlistStatus.OFFERED)
WISHES_PER_ADDRESS = 3
WISHES_PER_NETWORK = "20 per hour"
CHANNEL = "waiting_list"
CONSENT = "consent-mail"
MIDNIGHT = time(0)
DAY_MISSING = N_("Enter a day, such as 24.12.2026.")
ENDS_FIRST = N_("The last day must not be before the first.")
IN_THE_PAST = N_("Choose days that are still to come.")
TOO_FAR = N_("So far ahead it cannot be booked. Choose earlier days.")
NOT_A_TIME = N_("Enter a time, such as 08:30.")
CLOSES_FIRST = N_("The end must be later than the beginning.")
NO_WEEKDAY = N_("Choose at least one weekday.")
MAIL_NEEDED = N_("Without this consent we cannot write to you when a time becomes free.")


class NoWaitingList(ProductError):
    """The service keeps none, or keeps it no longer."""

    says = N_("There is no waiting list for this service.")


class TooManyWishes(ProductError):
    """One address waits for as many times as one may."""

    says = N_("This address is on several waiting lists already. Leave one of them first.")


@dataclass(frozen=True, slots=True)
class WishView:
    """A wish as its person sees it. `state` is a `WaitlistStatus`; times are the place's own."""

    state: str
    service_id: str
    service: str
    place: str
    days: str
    times: str
    weekdays: str
    ahead: int
    """How many wait before this one."""
    until: str
    """Until when it must be confirmed, or until when the offer is held: with the day unless it is today."""
    offered: When | None
    asks: bool
    """Whether the service has questions to answer before the offered time is booked."""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """Entries that are right."""

    name: str
    email: str
    first_day: date
    last_day: date
    from_time: time
    until_time: time
    weekdays: list[int]


def join_line(work: Work, service_id: str | UUID, entered: Mapping[str, Any], *, places: int | str = 1) -> str:
    """Ask for a place in the line of a service; the entry's id. It waits once the mail's link was followed.

    Raises `InvalidForm` for `name`, `email`, `first_day`, `last_day`, `from_time`, `until_time`, `weekdays` and the
    consent, `NoWaitingList`, `TooManyWishes`, `TooMany` and `BookingPaused`.
    """
    require_open(work)
    basket = read_basket(work, service_id, places=places)
    service = basket.service
    if not service.waitlist or basket.combined:
        raise NoWaitingList
    wish = check_wish(work, service, entered)
    key = email_key(wish.email)
    limit("wishes", f"{work.tenant}:{work.network}", WISHES_PER_NETWORK)
    _check_address(work, key)
    customer = work.new(
        Customer, name=wish.name, email=wish.email, email_key=key, language=work.lang, created_at=work.now
    )
    entry = work.new(
        WaitlistEntry,
        service_id=service.id,
        customer_id=customer.id,
        way=basket.way,
        places=basket.places,
        first_day=wish.first_day,
        last_day=wish.last_day,
        from_time=wish.from_time,
        until_time=wish.until_time,
        weekdays=wish.weekdays,
        language=work.lang,
        created_at=work.now,
        answer_by=work.now + CONFIRM_WITHIN,
    )
    give(work, customer.id, ConsentPurpose.MAIL, language=work.lang, channel=CHANNEL)
    work.audit("waitlist.joined", entry)
    write(work, entry, Kind.WAITLIST_CONFIRM)
    return str(entry.id)


def confirm_wish(work: Work, secret: str) -> WishView:
    """Take one's place in the line; a second click changes nothing. Raises `LinkInvalid` and `LinkExpired`."""
    entry = wish_of(work, secret, lock=True)
    if entry.status is WaitlistStatus.UNCONFIRMED:
        if entry.answer_by is not None and entry.answer_by <= work.now:
            raise LinkExpired(until=_until(work, entry))
        entry.status, entry.answer_by = WaitlistStatus.WAITING, None
        entry.customer_id = prove(work, work.get(Customer, entry.customer_id), Channel.EMAIL).id
        work.audit("waitlist.confirmed", entry)
        work.flush()
    return wish_view(work, entry)


def look_at_wish(work: Work, secret: str) -> WishView:
    """The wish that a link opens; changes nothing, because mail scanners open links. Raises `LinkInvalid`."""
    return wish_view(work, wish_of(work, secret))


def wish_view(work: Work, entry: WaitlistEntry) -> WishView:
    """A wish as its person sees it; the caller has checked whose it is."""
    service = work.get(Service, entry.service_id)
    place = work.get(Location, service.location_id)
    offered = work.find(Booking, entry.booking_id) if entry.status is not WaitlistStatus.WAITING else None
    return WishView(
        state=entry.status.value,
        service_id=str(service.id),
        service=service.name,
        place=place.name,
        days=days_text(entry, work.lang),
        times=times_text(entry),
        weekdays=",".join(map(str, entry.weekdays)),
        ahead=_ahead(work, entry) if entry.status is WaitlistStatus.WAITING else 0,
        until=_until(work, entry),
        offered=when(offered.starts_at, place.zone, work.lang) if offered else None,
        asks=has_questions(work, service.id),
    )


def has_questions(work: Work, service_id: UUID) -> bool:
    """Whether something must be answered before a time of this service is booked."""
    needed = (FormField.service_id == service_id, FormField.active.is_(True), FormField.required.is_(True))
    return work.first(work.select(FormField.id).where(*needed)) is not None


def write(work: Work, entry: WaitlistEntry, kind: Kind, *, wait: timedelta | None = None) -> None:
    """Post a mail about a wish, with the offered time if there is one."""
    customer = work.get(Customer, entry.customer_id)
    if customer.email:
        post(
            work,
            kind,
            Channel.EMAIL,
            customer.email,
            language=entry.language,
            customer_id=customer.id,
            booking_id=entry.booking_id,
            waitlist_id=entry.id,
            not_before=work.now + wait if wait else None,
        )


def check_wish(work: Work, service: Service, entered: Mapping[str, Any]) -> Wish:
    """All entries of the form, checked together. Raises `InvalidForm` with one sentence for each wrong field."""
    problems: dict[str, str] = {}
    zone = work.get(Location, service.location_id).zone
    today = local_day(work.now, zone)
    name = clean(str(entered.get("name", "")))[: LONGEST_NAME + 1]
    if not name or len(name) > LONGEST_NAME:
        problems["name"] = NAME_MISSING
    email = str(entered.get("email", "")).strip()
    try:
        email_key(email)
    except NotAnEmail as problem:
        problems["email"] = problem.sentence
    first = _day("first_day", entered, problems) or today
    last = _day("last_day", entered, problems) or first
    _check_days(first, last, today, today + timedelta(days=service.horizon_days), problems)
    begins, ends = _time("from_time", entered, problems), _time("until_time", entered, problems)
    if ends != MIDNIGHT and ends <= begins:
        problems.setdefault("until_time", CLOSES_FIRST)
    weekdays = sorted({int(one) for one in str(entered.get("weekdays", "0,1,2,3,4,5,6")).split(",") if one in WEEK})
    if not weekdays:
        problems["weekdays"] = NO_WEEKDAY
    if not is_ticked(entered.get(CONSENT)):
        problems[CONSENT] = MAIL_NEEDED
    if problems:
        raise InvalidForm(problems)
    return Wish(name, email, first, last, begins, ends, [] if len(weekdays) == 7 else weekdays)


WEEK = frozenset("0123456")


def _check_days(first: date, last: date, today: date, horizon: date, problems: dict[str, str]) -> None:
    if last < first:
        problems.setdefault("last_day", ENDS_FIRST)
    elif last < today:
        problems.setdefault("last_day", IN_THE_PAST)
    if first > horizon:
        problems.setdefault("first_day", TOO_FAR)


def _day(field: str, entered: Mapping[str, Any], problems: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(str(entered.get(field, "")))
    except ValueError:
        problems[field] = DAY_MISSING
        return None


def _time(field: str, entered: Mapping[str, Any], problems: dict[str, str]) -> time:
    text = str(entered.get(field, "")).strip()
    if text in ("", "24:00"):
        return MIDNIGHT
    try:
        found = time.fromisoformat(text)
    except ValueError:
        problems[field] = NOT_A_TIME
        return MIDNIGHT
    return found.replace(second=0, microsecond=0, tzinfo=None)


def _check_address(work: Work, key: str) -> None:
    work.lock("address", key)
    query = (
        work.select(WaitlistEntry.id)
        .join(Customer, (Customer.tenant_id == WaitlistEntry.tenant_id) & (Customer.id == WaitlistEntry.customer_id))
        .where(
            WaitlistEntry.status.in_(OPEN),
            Customer.email_key == key,
            WaitlistEntry.answer_by.is_(None) | (WaitlistEntry.answer_by > work.now),
        )
    )
    if work.count(query) >= WISHES_PER_ADDRESS:
        raise TooManyWishes


def _ahead(work: Work, entry: WaitlistEntry) -> int:
    return work.count(
        work.select(WaitlistEntry.id).where(
            WaitlistEntry.service_id == entry.service_id,
            WaitlistEntry.status == WaitlistStatus.WAITING,
            (WaitlistEntry.created_at < entry.created_at)
            | ((WaitlistEntry.created_at == entry.created_at) & (WaitlistEntry.id < entry.id)),
        )
    )


def _until(work: Work, entry: WaitlistEntry) -> str:
    if entry.answer_by is None:
        return ""
    zone = work.get(Location, work.get(Service, entry.service_id).location_id).zone
    today = local_day(entry.answer_by, zone) == local_day(work.now, zone)
    return (time_text if today else moment_text)(entry.answer_by, zone, work.lang)


def days_text(entry: WaitlistEntry, lang: str) -> str:
    """`Dienstag, 1. Dezember 2026 – Freitag, 4. Dezember 2026`, or the one day."""
    return " – ".join(day_text(day, lang) for day in dict.fromkeys((entry.first_day, entry.last_day)))


def times_text(entry: WaitlistEntry) -> str:
    """`08:00–12:00`; empty for the whole day."""
    if entry.from_time == entry.until_time == MIDNIGHT:
        return ""
    ends = "24:00" if entry.until_time == MIDNIGHT else entry.until_time.strftime("%H:%M")
    return f"{entry.from_time.strftime('%H:%M')}–{ends}"
