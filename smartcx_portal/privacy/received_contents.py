"""What a document from another provider holds, as far as it can be taken over."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from smartcx_portal.bookings.entries import clean
from smartcx_portal.kit.contact import NotAnEmail, NotAPhone, email_key, phone_key
from smartcx_portal.kit.language import LANGUAGES, translate
from smartcx_portal.models.messaging import Channel
from smartcx_portal.privacy.words import TABLES

Document = dict[str, Any]
LONGEST_NAME = 200
LONGEST_ADDRESS = 320
BROUGHT = "broughtAs"
"""The key in the document of a file that the staff brought in: who signed it, a value of `brought.Seal`."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom it is about. Addresses that cannot exist are empty; the language is one of ours.

    `confirmed`: the channels by which the person has read a code at the sender.
    """

    name: str
    email: str
    phone: str
    language: str
    confirmed: tuple[Channel, ...] = ()


def contact_in(document: Document) -> Contact:
    """The person's own entry, cleaned like what somebody types."""
    nobody: Document = {"fields": {}, "about": {}}
    mine = next((r for r in document.get("records", []) if r["type"] == "customer"), nobody)
    given = {name: clean(str(field["value"])) for name, field in mine["fields"].items()}
    language = given.get("language", "")
    email = _address(given.get("email", ""), email_key, NotAnEmail)
    phone = _address(given.get("phone", ""), phone_key, NotAPhone)
    proven = ((Channel.EMAIL, email, "email_verified_at"), (Channel.SMS, phone, "phone_verified_at"))
    return Contact(
        given.get("name", "")[:LONGEST_NAME],
        email,
        phone,
        language if language in LANGUAGES else LANGUAGES[0],
        tuple(channel for channel, known, since in proven if known and mine["about"].get(since)),
    )


def address_in(document: Document) -> str:
    """By which address its person finds it again; empty if it holds none."""
    contact = contact_in(document)
    return contact.email or contact.phone


def beside(document: Document, lang: str) -> list[str]:
    """What else it holds, by kind and number, and nothing of what it says."""
    kinds = Counter(record["type"] for record in document.get("records", []) if record["type"] != "customer")
    return [f"{translate(lang, TABLES.get(kind, kind))}: {number}" for kind, number in sorted(kinds.items())]


def _address(entered: str, key: Any, wrong: type[Exception]) -> str:
    """As it was written, if it can be an address."""
    try:
        key(entered)
    except wrong:
        return ""
    return entered if len(entered) <= LONGEST_ADDRESS else ""
