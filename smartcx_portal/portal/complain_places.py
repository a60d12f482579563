"""The authorities for a complaint in words: why each, and how to write to it (Art. 77, promise P12)."""

import unicodedata
from dataclasses import dataclass

from smartcx_portal.kit.countries import country_text, languages_text
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.tenant import BodyKind
from smartcx_portal.operations.tenant_form import LAND_NAMES
from smartcx_portal.operations.tenants import tenant_view
from smartcx_portal.privacy.authorities import HERE, Because, Suggestion, languages_at, states, suggest
from smartcx_portal.tenancy import Work

REASONS = {
    Because.OVERSEES: N_("It watches over {name}."),
    Because.PLACE: N_("It is the one for the place where it happened."),
    Because.HOME: N_("It is the one for where you live."),
    Because.WORKPLACE: N_("It is the one for where you work."),
}
FREELY = N_("A letter, an e-mail or the form on its website is enough. Write in {languages}.")
ITS_WAY = N_("Its website says in which form it takes complaints. Write in {languages}.")


@dataclass(frozen=True, slots=True)
class Found:
    """One authority as the page shows it. `lang`: the language of its name and address."""

    name: str
    lang: str
    street: str
    place: str
    country: str
    phone: str
    email: str
    website: str
    because: list[str]
    how: str


def laender() -> list[tuple[str, str]]:
    """Each Land's place and name, in the order of the names."""
    return [(f"{HERE}{land}", name) for land, name in LAND_NAMES.items()]


def other_states(lang: str) -> list[tuple[str, str]]:
    """Each other state's place and its name in `lang`, in the order of the names."""
    return sorted(((code, country_text(code, lang)) for code in states()), key=lambda each: _plain(each[1]))


def found(work: Work, *, home: str = "", workplace: str = "", place: str = "") -> list[Found]:
    """The authorities to turn to about this tenant; the one that watches over it comes first."""
    tenant = tenant_view(work)
    suggested = suggest(tenant.land, BodyKind(tenant.kind), home=home, workplace=workplace, place=place)
    return [_in_words(one, tenant.name, work.lang) for one in suggested]


def _in_words(one: Suggestion, name: str, lang: str) -> Found:
    here, spoken = one.place.startswith(HERE), languages_at(one.place)
    who = one.authority
    return Found(
        name=who.name,
        lang=spoken[0],
        street=who.street,
        place=who.place,
        country="" if here else country_text(one.place, lang),
        phone=who.phone,
        email=who.email,
        website=who.website,
        because=[translate(lang, REASONS[why]).format(name=name) for why in one.because],
        how=translate(lang, FREELY if here else ITS_WAY).format(languages=languages_text(spoken, lang)),
    )


def _plain(name: str) -> str:
    """Without marks on letters, so that Österreich stands near Norwegen and not behind all others."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
