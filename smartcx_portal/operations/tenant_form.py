"""The short form by which a tenant is opened, and what is wrong with its entries."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from zoneinfo import available_timezones

from smartcx_portal.bookings.entries import clean
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import LANGUAGES, N_
from smartcx_portal.models.tenant import BodyKind
from smartcx_portal.privacy.fact_rules import EMAIL, FACT_RULES, Rule, is_email, phone_text

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
    website: str
    zone: str = "Europe/Berlin"
    represented_by: str = ""
    language: str = "de"


def checked(form: TenantForm) -> TenantForm:
    """The same form with tidy entries. Raises `InvalidForm`, which names every field that cannot be used."""
    entries = {f.name: clean(str(getattr(form, f.name))) for f in fields(form)}
    problems = dict(_problems(entries))
    if problems:
        raise InvalidForm(problems)
    return replace(form, **entries | {"phone": phone_text(entries["phone"])})


def _problems(entries: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, (fits, says) in RULES.items():
        if not fits(entries[name]):
            yield name, says


OWN_RULES: dict[str, Rule] = {
    "kind": (lambda text: text in set(BodyKind), N_("Choose what kind of body it is.")),
    "zone": (lambda text: text in available_timezones(), N_("Choose a time zone such as Europe/Berlin.")),
    "language": (lambda text: text in LANGUAGES, N_("Choose the language of the tenant's own texts.")),
    "owner_email": (is_email, EMAIL),
}
ORDER = (
    *("name", "kind", "street", "postal_code", "city", "land", "zone", "language"),
    *("email", "phone", "website", "represented_by", "dpo_name", "dpo_email", "owner_email"),
)
"""The fields as the form has them."""
RULES = {name: (FACT_RULES | OWN_RULES)[name] for name in ORDER}
"""Per field whether an entry can be used, and what to do if not."""
