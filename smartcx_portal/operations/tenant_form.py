"""The short form by which a tenant is opened, and what is wrong with its entries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import phonenumbers

from smartcx_portal.bookings.entries import clean
from smartcx_portal.kit.contact import HOME, NotAnEmail, email_key
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import LANGUAGES, N_
from smartcx_portal.models.tenant import BodyKind
from smartcx_portal.privacy.authorities import LAENDER

LAND_NAMES = {
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "BE": "Berlin",
    "BB": "Brandenburg",
    "HB": "Bremen",
    "HH": "Hamburg",
    "HE": "Hessen",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}
"""The Länder by their ISO 3166-2:DE letters, in the order of their German names."""
LONGEST_NAME = 200
LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class TenantForm:
    """What the operator enters; the names of the fields are those of the page. All of it is text as it was typed."""

    name: str
    kind: str
    street: str
    postal_code: str
    city: str
    land: str
    email: str
    phone: str
    dpo_name: str
    dpo_email: str
    owner_email: str
    zone: str = "Europe/Berlin"
    website: str = ""
    represented_by: str = ""
    language: str = "de"


def checked(form: TenantForm) -> TenantForm:
    """The same form with tidy entries. Raises `InvalidForm`, which names every field that cannot be used."""
    entries = {f.name: clean(str(getattr(form, f.name))) for f in fields(form)}
    problems = dict(_problems(entries))
    if problems:
        raise InvalidForm(problems)
    number = phonenumbers.parse(entries["phone"], HOME)
    entries["phone"] = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return replace(form, **entries)


def _problems(entries: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, (fits, says) in RULES.items():
        if not fits(entries[name]):
            yield name, says


def _line(text: str) -> bool:
    return 0 < len(text) <= LONGEST_LINE


def _short(text: str) -> bool:
    return 1 < len(text) <= LONGEST_NAME


def _email(text: str) -> bool:
    try:
        return bool(email_key(text))
    except NotAnEmail:
        return False


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
    return not text or (parts.scheme in ("http", "https") and bool(parts.hostname) and len(text) <= LONGEST_LINE)


def _postal_code(text: str) -> bool:
    return len(text) == 5 and text.isascii() and text.isdigit()


EMAIL = N_("Enter an e-mail address like name@example.org.")
RULES: dict[str, tuple[Callable[[str], bool], str]] = {
    "name": (_short, N_("Enter the name of the office or business, up to 200 characters.")),
    "kind": (lambda text: text in set(BodyKind), N_("Choose what kind of body it is.")),
    "street": (_line, N_("Enter the street and house number.")),
    "postal_code": (_postal_code, N_("Enter the postal code with five digits.")),
    "city": (_line, N_("Enter the town.")),
    "land": (lambda text: text in LAENDER, N_("Choose the Land.")),
    "zone": (lambda text: text in available_timezones(), N_("Choose a time zone such as Europe/Berlin.")),
    "language": (lambda text: text in LANGUAGES, N_("Choose the language of the tenant's own texts.")),
    "email": (_email, EMAIL),
    "phone": (_phone, N_("Enter a telephone number like 02151 555100.")),
    "website": (_website, N_("Enter a web address like https://www.example.org, or leave it empty.")),
    "represented_by": (lambda text: len(text) <= LONGEST_LINE, N_("Enter at most 300 characters.")),
    "dpo_name": (_short, N_("Enter the name of the data protection officer.")),
    "dpo_email": (_email, EMAIL),
    "owner_email": (_email, EMAIL),
}
"""Per field whether an entry can be used, and what to do if not."""
