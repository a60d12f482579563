"""What staff type into the search: a code, an e-mail address, a telephone number, or parts of a name.

Codes, whole addresses and whole numbers are looked up by an index. Parts are compared with every row of the tenant
(row-level security lets only leakproof operators use an index): 0.1 s for the names of 100,000 persons.
"""

import unicodedata
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from smartcx_portal.bookings.booking_code import ALPHABET, LENGTH, as_code
from smartcx_portal.bookings.entries import clean
from smartcx_portal.kit.contact import NotAnEmail, NotAPhone, email_key, phone_key
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import N_
from smartcx_portal.models.booking import Attendee, Booking
from smartcx_portal.models.customer import Customer
from smartcx_portal.tenancy import Work

LONGEST_WORDS = 100
MOST_WORDS = 6
FEWEST_DIGITS = 4
"""Fewer would be part of nearly every number."""
TOO_LONG = N_("Use at most 100 characters to search.")
MARKS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u031b\u0323\u0327\u0328\u0331"
"""Accents that stand apart from their letter after decomposition."""
LETTERS = ("łøđıς", "lodiσ")
"""Letters that do not decompose, and what people type for them; a sigma at the end of a word is one like all."""
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}


def read_words(entered: str) -> str:
    """What was typed, in one line. Raises `InvalidForm` when it is too long to be anything."""
    words = clean(entered)
    if len(words) > LONGEST_WORDS:
        raise InvalidForm({"words": TOO_LONG})
    return words


def folded(text: str) -> str:
    """A name as it is compared: case, accents and ways of encoding do not count. Agrees with `folded_in_sql`."""
    plain = unicodedata.normalize("NFKD", text).lower().replace("ß", "ss")
    return plain.translate(str.maketrans(*LETTERS) | dict.fromkeys(map(ord, MARKS)))


def folded_in_sql(name: Any) -> sa.ColumnElement[str]:
    """The same by the database; names of plain letters, which are most, take the short way."""
    decomposed = sa.func.lower(sa.func.normalize(name, sa.literal_column("NFKD")))
    stripped = sa.func.replace(sa.func.translate(decomposed, LETTERS[0] + MARKS, LETTERS[1]), "ß", "ss")
    plain = sa.func.octet_length(name) == sa.func.char_length(name)
    return sa.case((plain, sa.func.lower(name)), else_=stripped)


def spellings(word: str) -> list[str]:
    """A folded word, and the ways in which it may be written with or without umlauts: Müller, Mueller, Muller."""
    lower = unicodedata.normalize("NFC", word).lower()
    written = folded("".join(UMLAUTS.get(letter, letter) for letter in lower))
    short = folded(word)
    for letter, long in UMLAUTS.items():
        short = short.replace(long, folded(letter))
    return list(dict.fromkeys((folded(word), written, short)))


def looked_up(work: Work, query: sa.Select[Any], words: str) -> sa.Select[Any]:
    """Narrow a query of bookings to those that cleaned words stand for; without words it stays as it is."""
    if not words:
        return query
    for look in (_by_code, _by_email, _by_phone):
        condition = look(work, words)
        if condition is not None:
            return query.where(condition)
    return _by_name(query, words)


def _by_code(_work: Work, words: str) -> sa.ColumnElement[bool] | None:
    letters = [sign for sign in words.upper() if sign.isalnum()]
    is_code = len(letters) == LENGTH and set(letters) <= set(ALPHABET)
    return sa.and_(Booking.code == as_code(words)) if is_code else None


def _by_email(work: Work, words: str) -> sa.ColumnElement[bool] | None:
    if "@" not in words:
        return None
    try:
        return _of(work, Customer.email_key == email_key(words))
    except NotAnEmail:
        return _of(work, Customer.email_key.contains(words.lower(), autoescape=True))


def _by_phone(work: Work, words: str) -> sa.ColumnElement[bool] | None:
    digits = "".join(sign for sign in words if sign in "0123456789")
    if len(digits) < FEWEST_DIGITS or not set(words) <= set("0123456789+-/(). "):
        return None
    part = _of(work, Customer.phone_key.contains(digits.lstrip("0") or digits))
    try:
        whole = Customer.phone_key == phone_key(words)
    except NotAPhone:
        return part
    return _of(work, whole) if words.startswith(("0", "+")) else part


def _of(work: Work, condition: Any) -> sa.ColumnElement[bool]:
    return Booking.customer_id.in_(work.select(Customer.id).where(condition))


def _by_name(query: sa.Select[Any], words: str) -> sa.Select[Any]:
    """All words, each somewhere in the name of who booked, or all in the name of whom it is for.

    Joined, so that only the names of bookings that the other conditions leave are compared.
    """
    booker, other = aliased(Customer), aliased(Attendee)
    several = [spellings(word) for word in words.replace(",", " ").split()[:MOST_WORDS]]
    here = Booking.tenant_id
    joined = query.outerjoin(booker, (booker.tenant_id == here) & (booker.id == Booking.customer_id))
    joined = joined.outerjoin(other, (other.tenant_id == here) & (other.booking_id == Booking.id))
    return joined.where(_has(booker.name, several) | _has(other.name, several))


def _has(name: Any, several: list[list[str]]) -> sa.ColumnElement[bool]:
    whole = folded_in_sql(name)
    patterns = ([f"%{_escaped(spelling)}%" for spelling in word] for word in several)
    return sa.and_(sa.true(), *(whole.like(sa.any_(sa.cast(each, ARRAY(sa.Text)))) for each in patterns))


def _escaped(text: str) -> str:
    """What the reader typed stands for itself, also `%` and `_`."""
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
