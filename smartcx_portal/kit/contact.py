"""E-mail addresses and telephone numbers in the one form that look-ups use."""

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.language import N_

HOME = "DE"
"""The country that a number without a country code belongs to."""


class NotAnEmail(ProductError):
    """What was entered cannot be an e-mail address."""

    says = N_("Enter an e-mail address like name@example.com.")


class NotAPhone(ProductError):
    """What was entered cannot be a telephone number."""

    says = N_("Enter a telephone number like +49 2151 555123.")


def email_key(entered: str) -> str:
    """The lower-case form of an address; asks no name server. Raises `NotAnEmail`."""
    try:
        found = validate_email(entered.strip(), check_deliverability=False)
    except EmailNotValidError:
        raise NotAnEmail(field="email") from None
    return found.normalized.lower()


def phone_key(entered: str) -> str:
    """The E.164 form of a number, such as `+492151555123`. Raises `NotAPhone`."""
    try:
        number = phonenumbers.parse(entered, HOME)
    except phonenumbers.NumberParseException:
        raise NotAPhone(field="phone") from None
    if not phonenumbers.is_valid_number(number):
        raise NotAPhone(field="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def contact_key(entered: str) -> str:
    """`email_key` of what has an @, else `phone_key`."""
    return email_key(entered) if "@" in entered else phone_key(entered)


def masked(contact: str) -> str:
    """Enough to recognise one's own address by: `c…@example.org`, `…23`."""
    name, at, host = contact.partition("@")
    return f"{name[:1]}…@{host}" if at else f"…{contact[-2:]}"
