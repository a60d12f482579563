"""What the tenant sees of consents: how many stand, by which words they were given, and the proof for one person.

Art. 7(1): whoever relies on a consent can show it. A person is found by a whole address or a booking code, never by
looking for names; opening the proof is written down for them. After an erasure the address still leads to what is left.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from smartcx_portal.bookings.booking_code import as_code
from smartcx_portal.bookings.looking import Why, record_person_look
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.contact import NotAnEmail, NotAPhone, contact_key
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.kit.tokens import digest
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import Category
from smartcx_portal.models.privacy import ConsentEvent, ConsentKind, ConsentPurpose
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.consents import ConsentLine, lines_of
from smartcx_portal.standing.consents import newest_events, title_of
from smartcx_portal.standing.masking import masked_value
from smartcx_portal.tenancy import Permission, Work

MOST_FOUND = 20
MOST_EVENTS = 200
"""Of one person in a proof; who has more gets the newest, and is told so."""
LONGEST = 320
ERASED = N_("A person whose data is erased")
ERASED_REF = "erased."
"""Begins the reference of a proof that has no person any more; the keyed hash follows."""
NOTHING_ENTERED = N_("Enter a whole e-mail address, a telephone number or a booking code.")


@dataclass(frozen=True, slots=True)
class TextVersion:
    """Words by which a purpose was consented to: days of the first and the last time, and how often."""

    version: str
    language: str
    text: str
    since: str
    last: str
    times: int


@dataclass(frozen=True, slots=True)
class PurposeLine:
    """One purpose: in how many people's case the consent stands, and in how many it was withdrawn."""

    purpose: str
    title: str
    given: int
    withdrawn: int
    texts: list[TextVersion]


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who was looked for; `ref` goes to `proof`, `address` is masked."""

    ref: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that was read, named in the lines by its `version`."""

    version: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What one person gave and withdrew, newest first, and the words they read. `more`: older events are left out."""

    ref: str
    name: str
    lines: list[ConsentLine]
    texts: list[Wording]
    more: bool


def overview(work: Work, lang: str = "") -> list[PurposeLine]:
    """Every purpose in figures; names nobody."""
    work.need(Permission.PRIVACY_CASES)
    shown = lang or work.lang
    people, withdrawn, texts = _people(work), _withdrawn(work), _texts(work, shown)
    return [
        PurposeLine(
            purpose=purpose.value,
            title=title_of(purpose, shown),
            given=people.get(purpose, 0) - withdrawn.get(purpose, 0),
            withdrawn=withdrawn.get(purpose, 0),
            texts=texts.get(purpose, []),
        )
        for purpose in ConsentPurpose
    ]


def find_people(work: Work, words: str) -> list[Found]:
    """Who has this whole e-mail address, telephone number or booking code. Raises `InvalidForm` for anything else.

    Somebody erased is found by the address too: of them a keyed hash is left with each consent.
    """
    work.need(Permission.PRIVACY_CASES)
    entered = words.strip()
    if not entered or len(entered) > LONGEST:
        raise InvalidForm({"words": NOTHING_ENTERED})
    key = _key(entered)
    found = _by_address(work, key) if key else _by_code(work, entered)
    return [_found(one) for one in found] + (_erased(work, key) if key else [])


def proof(work: Work, ref: str, lang: str = "") -> Proof:
    """The consents of one person, for `ref` from `find_people`; looking is recorded. Raises `NotFound`."""
    work.need(Permission.PRIVACY_CASES)
    shown = lang or work.lang
    if ref.startswith(ERASED_REF):
        left = _left_with(work, ref.removeprefix(ERASED_REF))
        if not left:
            raise NotFound
        return _proof(work, ref, translate(shown, ERASED), left)
    customer = work.get(Customer, as_id(ref))
    record_person_look(work, customer.id, ConsentEvent.__tablename__, Why.CONSENTS)
    return _proof(work, ref, customer.name, newest_events(work, customer.id, most=MOST_EVENTS + 1))


def _proof(work: Work, ref: str, name: str, events: Sequence[ConsentEvent]) -> Proof:
    shown = list(events[:MOST_EVENTS])
    texts = {one.text_version: Wording(one.text_version[:12], one.language, one.text) for one in shown}
    return Proof(ref, name, lines_of(work, shown), list(texts.values()), len(events) > MOST_EVENTS)


def _people(work: Work) -> dict[ConsentPurpose, int]:
    """In how many people's case there is any word on each purpose; whoever is erased counts no more."""
    number = sa.func.count(ConsentEvent.customer_id.distinct())
    return dict(work.all(work.select(ConsentEvent.purpose).add_columns(number).group_by(ConsentEvent.purpose)))


def _withdrawn(work: Work) -> dict[ConsentPurpose, int]:
    """In how many people's case the last word is a withdrawal; only those who ever withdrew are looked at."""
    withdrawn, each = ConsentEvent.kind == ConsentKind.WITHDRAWN, (ConsentEvent.customer_id, ConsentEvent.purpose)
    ever = work.select(ConsentEvent.customer_id).where(withdrawn, ConsentEvent.customer_id.is_not(None))
    theirs = work.select(ConsentEvent.id).where(ConsentEvent.customer_id.in_(ever))
    last = theirs.order_by(*each, ConsentEvent.at.desc()).ext(distinct_on(*each))
    query = work.select(ConsentEvent.purpose).add_columns(sa.func.count())
    return dict(work.all(query.where(ConsentEvent.id.in_(last), withdrawn).group_by(ConsentEvent.purpose)))


def _texts(work: Work, lang: str) -> dict[ConsentPurpose, list[TextVersion]]:
    """The words of each purpose, the latest first."""
    named = (ConsentEvent.purpose, ConsentEvent.text_version, ConsentEvent.language)
    times = (sa.func.min(ConsentEvent.at), sa.func.max(ConsentEvent.at), sa.func.count())
    query = work.select(*named).add_columns(*times).where(ConsentEvent.kind == ConsentKind.GIVEN)
    zone = work.get(Tenant, work.tenant).zone
    found: dict[ConsentPurpose, list[TextVersion]] = {}
    for purpose, version, language, first, last, number in work.all(query.group_by(*named).order_by(sa.desc(times[1]))):
        text = work.first(work.select(ConsentEvent.text).where(ConsentEvent.text_version == version)) or ""
        since, until = _day(first, zone, lang), _day(last, zone, lang)
        found.setdefault(purpose, []).append(TextVersion(version[:12], language, text, since, until, number))
    return found


def _key(entered: str) -> str:
    """The normalised address; empty for what is none."""
    try:
        return contact_key(entered)
    except (NotAnEmail, NotAPhone):
        return ""


def _by_address(work: Work, key: str) -> Iterable[Customer]:
    query = work.select(Customer).where(sa.or_(Customer.email_key == key, Customer.phone_key == key))
    return work.all(query.order_by(Customer.created_at.desc(), Customer.id).limit(MOST_FOUND))


def _by_code(work: Work, entered: str) -> Iterable[Customer]:
    ids = work.select(Booking.customer_id).where(Booking.code == as_code(entered))
    return work.all(work.select(Customer).where(Customer.id.in_(ids)))


def _erased(work: Work, key: str) -> list[Found]:
    """What an erasure left under this address; see `destroying.proof_of`."""
    mark = digest("consent-proof", work.tenant, key)
    return [Found(ERASED_REF + mark, translate(work.lang, ERASED), "")] if _left_with(work, mark) else []


def _left_with(work: Work, mark: str) -> Sequence[ConsentEvent]:
    query = work.select(ConsentEvent).where(ConsentEvent.proof == mark, ConsentEvent.customer_id.is_(None))
    return list(work.all(query.order_by(ConsentEvent.at.desc(), ConsentEvent.id.desc()).limit(MOST_EVENTS + 1)))


def _found(customer: Customer) -> Found:
    shown = [(Category.EMAIL, customer.email), (Category.PHONE, customer.phone)]
    address = " · ".join(masked_value(category, value) for category, value in shown if value)
    return Found(str(customer.id), customer.name, address)


def _day(moment: datetime, zone: str, lang: str) -> str:
    return day_text(local_day(moment, zone), lang)
