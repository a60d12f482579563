"""Imprint, contact and accessibility statement follow from the tenant's facts."""

import json
from dataclasses import asdict
from uuid import UUID

import pytest

from smartcx_portal.models.tenant import BodyKind, Tenant
from smartcx_portal.operations.accessibility import accessibility_statement
from smartcx_portal.operations.legal_pages import contact_page, imprint
from smartcx_portal.operations.page_parts import LegalPage
from smartcx_portal.operations.tenant_form import LAND_NAMES
from smartcx_portal.operations.tenants import TenantView, tenant_view
from smartcx_portal.privacy.authorities import LAENDER
from smartcx_portal.tenancy import JOB, open_work
from tests.cast import Cast

BOTH = pytest.mark.parametrize("lang", ["de", "en"])


def seen(cast: Cast, tenant_id: UUID, **facts: object) -> TenantView:
    """A tenant with some facts changed."""
    with open_work(JOB, tenant_id) as work:
        row = work.get(Tenant, tenant_id)
        for name, value in facts.items():
            setattr(row, name, value)
        return tenant_view(work)


def words(page: LegalPage) -> str:
    return json.dumps(asdict(page), ensure_ascii=False)


@BOTH
def test_the_imprint_names_provider_contact_and_operator(cast: Cast, lang: str):
    text = words(imprint(seen(cast, cast.town.id), lang))
    for fact in ("Bürgeramt Musterstadt", "Markt 1", "47798 Musterstadt", "+49 2151 555100", "SMART CJM GmbH"):
        assert fact in text


@pytest.mark.promise("P23")
@BOTH
def test_contact_names_both_data_protection_officers(cast: Cast, lang: str):
    text = words(contact_page(seen(cast, cast.salon.id), lang))
    for fact in ("dsb@salon-haarlekin.example", "Jens Wagner", "datenschutz@smart-cjm.com"):
        assert fact in text


@BOTH
@pytest.mark.parametrize("land", LAENDER)
def test_an_office_names_who_enforces_accessibility_in_its_land(cast: Cast, land: str, lang: str):
    text = words(accessibility_statement(seen(cast, cast.town.id, land=land), lang))
    assert LAND_NAMES[land] in text
    assert "durchsetzungsstellen-der-laender" in text
    assert "MLBF" not in text


@BOTH
def test_a_federal_authority_names_the_conciliation_body(cast: Cast, lang: str):
    text = words(accessibility_statement(seen(cast, cast.town.id, kind=BodyKind.FEDERAL_OFFICE), lang))
    assert "schlichtungsstelle-bgg.de" in text
    assert "BITV 2.0" in text
    assert LAND_NAMES["NW"] not in text
    assert "durchsetzungsstellen-der-laender" not in text


@BOTH
@pytest.mark.parametrize("kind", [BodyKind.BUSINESS, BodyKind.PRACTICE])
def test_a_business_names_the_market_surveillance(cast: Cast, kind: BodyKind, lang: str):
    text = words(accessibility_statement(seen(cast, cast.salon.id, kind=kind), lang))
    assert "MLBF" in text
    assert "durchsetzungsstellen" not in text


@BOTH
def test_the_statement_says_what_was_not_tested(cast: Cast, lang: str):
    text = words(accessibility_statement(seen(cast, cast.town.id), lang))
    assert ("unabhängige Stelle" if lang == "de" else "No independent body") in text


@BOTH
def test_pages_link_to_each_other_in_their_own_language(cast: Cast, lang: str):
    tenant = seen(cast, cast.town.id)
    pages = (imprint(tenant, lang), contact_page(tenant, lang), accessibility_statement(tenant, lang))
    links = [fact.href for page in pages for section in page.sections for fact in section.facts if fact.href]
    inside = [link for link in links if link.startswith("/")]
    assert inside
    assert all(link.startswith(f"/{lang}/t/{tenant.slug}/") for link in inside)


def test_words_of_the_tenant_carry_their_language(cast: Cast):
    tenant = seen(cast, cast.town.id, represented_by="die Bürgermeisterin")
    facts = {fact.value: fact.lang for fact in imprint(tenant, "en").sections[0].facts}
    assert facts["die Bürgermeisterin"] == "de"


def test_what_a_tenant_does_not_have_is_left_out(cast: Cast):
    tenant = seen(cast, cast.town.id, website="")
    assert all(fact.value for section in imprint(tenant, "de").sections for fact in section.facts)
