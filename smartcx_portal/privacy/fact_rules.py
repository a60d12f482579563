"""How the facts of a tenant look that its notice and imprint name, and what to do if an entry does not fit."""

from collections.abc import Callable
from urllib.parse import urlsplit

import phonenumbers

from smartcx_portal.kit.contact import HOME, NotAnEmail, email_key
from smartcx_portal.kit.language import N_
from smartcx_portal.privacy.authorities import LAENDER

LONGEST_NAME = 200
LONGEST_LINE = 300
Rule = tuple[Callable[[str], bool], str]


def is_email(text: str) -> bool:
    """Whether mail can go there."""
    try:
        return bool(email_key(text))
    except NotAnEmail:
        return False


def _line(text: str) -> bool:
    return 0 < len(text) <= LONGEST_LINE


def _short(text: str) -> bool:
    return 1 < len(text) <= LONGEST_NAME


def _at_most(text: str) -> bool:
    return len(text) <= LONGEST_LINE


def _phone(text: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(text, HOME))
    except phonenumbers.NumberParseException:
        return False


def _website(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(text) <= LONGEST_LINE


def _postal_code(text: str) -> bool:
    return len(text) == 5 and text.isascii() and text.isdigit()


def phone_text(text: str) -> str:
    """A number that fits, in its international writing; an empty one stays empty."""
    if not text:
        return ""
    return phonenumbers.format_number(phonenumbers.parse(text, HOME), phonenumbers.PhoneNumberFormat.INTERNATIONAL)


EMAIL = N_("Enter an e-mail address like name@example.org.")
AT_MOST = N_("Enter at most 300 characters.")
FACT_RULES: dict[str, Rule] = {
    "name": (_short, N_("Enter the name of the office or business, up to 200 characters.")),
    "represented_by": (_at_most, AT_MOST),
    "street": (_line, N_("Enter the street and house number.")),
    "postal_code": (_postal_code, N_("Enter the postal code with five digits.")),
    "city": (_line, N_("Enter the town.")),
    "land": (lambda text: text in LAENDER, N_("Choose the Land.")),
    "email": (is_email, EMAIL),
    "phone": (_phone, N_("Enter a telephone number like 02151 555100.")),
    "website": (_website, N_("Enter the web address like https://www.example.org: it names the officer, too.")),
    "dpo_name": (_short, N_("Enter the name of the data protection officer.")),
    "dpo_email": (is_email, EMAIL),
    "dpo_address": (_at_most, AT_MOST),
    "dpo_phone": (lambda text: not text or _phone(text), N_("Enter a telephone number, or leave it empty.")),
}
"""Per fact whether an entry can be used, and what to do if not; in the order of a form."""
