"""A form as Oskar fills it in."""

from dataclasses import replace

from smartcx_portal.operations.tenant_form import TenantForm

LIBRARY = TenantForm(
    name="Stadtbücherei Üxheim",
    kind="public_office",
    street="Ringstraße 5",
    postal_code="54579",
    city="Üxheim",
    land="RP",
    email="buecherei@uexheim.example",
    phone="02151 555400",
    dpo_name="Datenschutz der Gemeinde",
    dpo_email="datenschutz@uexheim.example",
    owner_email="leitung@uexheim.example",
    website="https://www.uexheim.example",
)


def filled_in(**entries: str) -> TenantForm:
    """The form with some entries of its own."""
    return replace(LIBRARY, **entries)
