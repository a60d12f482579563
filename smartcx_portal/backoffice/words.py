"""The closed words about tenants, as the operator reads them."""

from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.tenant import BodyKind, TenantStatus
from smartcx_portal.operations.suspending import REASON_NAMES
from smartcx_portal.operations.tenant_form import LAND_NAMES
from smartcx_portal.ui.choices import Choice

KINDS = {
    BodyKind.PUBLIC_OFFICE: N_("Public office"),
    BodyKind.FEDERAL_OFFICE: N_("Federal authority"),
    BodyKind.BUSINESS: N_("Business"),
    BodyKind.PRACTICE: N_("Medical or other practice"),
}
STATES = {
    TenantStatus.ACTIVE: N_("Active"),
    TenantStatus.SUSPENDED: N_("Suspended"),
    TenantStatus.CLOSED: N_("Closed for good"),
}
BADGES = {TenantStatus.ACTIVE: "success", TenantStatus.SUSPENDED: "warning", TenantStatus.CLOSED: "info"}
LANGUAGE_NAMES = {"de": N_("German"), "en": N_("English")}


def kind_text(kind: str, lang: str) -> str:
    """`Behörde`."""
    return translate(lang, KINDS[BodyKind(kind)])


def state_text(status: str, lang: str) -> str:
    """`Gesperrt`."""
    return translate(lang, STATES[TenantStatus(status)])


def kind_choices(lang: str) -> list[Choice]:
    """The kinds of bodies."""
    return [Choice(kind.value, translate(lang, text)) for kind, text in KINDS.items()]


def land_choices() -> list[Choice]:
    """The Länder by their German names, which have no others."""
    return [Choice(letters, name) for letters, name in LAND_NAMES.items()]


def reason_choices(lang: str) -> list[Choice]:
    """Why a tenant may be suspended."""
    return [Choice(reason.value, translate(lang, text)) for reason, text in REASON_NAMES.items()]


def language_choices(lang: str) -> list[Choice]:
    """The languages that a tenant may write in."""
    return [Choice(word, translate(lang, text)) for word, text in LANGUAGE_NAMES.items()]
