"""The pages of this surface."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from smartcx_portal.backoffice.entry_state import OfficeEntryState
from smartcx_portal.backoffice.frame import office, place
from smartcx_portal.backoffice.jobs import jobs_page
from smartcx_portal.backoffice.jobs_state import JobsState
from smartcx_portal.backoffice.processors import processors_page
from smartcx_portal.backoffice.processors_state import ProcessorsState
from smartcx_portal.backoffice.record import record_page
from smartcx_portal.backoffice.record_state import ProcessorRecordState
from smartcx_portal.backoffice.tenant import tenant_page
from smartcx_portal.backoffice.tenant_new import tenant_new_page
from smartcx_portal.backoffice.tenant_new_state import TenantNewState
from smartcx_portal.backoffice.tenant_state import TenantState
from smartcx_portal.backoffice.tenants import tenants_page
from smartcx_portal.backoffice.tenants_state import TenantsState
from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.language import LANGUAGES, N_, translate
from smartcx_portal.ui.pages import in_language

Page = Callable[[str], rx.Component]
OFFICE_PAGES: tuple[tuple[str, str, Page, Any, str], ...] = (
    ("tenants", "", tenants_page, TenantsState.load, N_("Tenants")),
    ("tenants", "/[tenant]", tenant_page, TenantState.load, N_("Tenant")),
    ("tenant_new", "", tenant_new_page, TenantNewState.load, N_("New tenant")),
    ("processors", "", processors_page, ProcessorsState.load, N_("Sub-processors")),
    ("processor_record", "", record_page, ProcessorRecordState.load, N_("Record of processing on behalf of tenants")),
    ("jobs", "", jobs_page, JobsState.load, N_("Jobs")),
)
"""Name in `kit.addresses`, what follows in the address (a tenant's id), page, what it loads, title."""


def add_pages(app: rx.App) -> None:
    """Register this surface's pages, once per language."""
    for lang in LANGUAGES:
        _add(app, lang, address(lang, "operations"), entry_page, OfficeEntryState.go, N_("Tenants"))
        for name, below, page, load, title in OFFICE_PAGES:
            _add(app, lang, place(lang, name) + below, page, load, title)


def entry_page(lang: str) -> rx.Component:
    """Seen for a moment only."""
    return office(lang, translate(lang, N_("Tenants")), sub="tenants", ready=False)


def _add(app: rx.App, lang: str, route: str, page: Page, load: Any, title: str) -> None:
    shown = f"{translate(lang, title)} – Smart CX"
    app.add_page(in_language(page, lang), route=route, title=shown, on_load=load)
