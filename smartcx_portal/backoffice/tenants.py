"""The page with all tenants."""

from typing import Any

import reflex as rx

from smartcx_portal.backoffice.frame import office, place
from smartcx_portal.backoffice.tenants_state import NAME_WORD, TenantsState
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import link, link_button
from smartcx_portal.ui.forms import search_form
from smartcx_portal.ui.messages import badge, count
from smartcx_portal.ui.parts import paragraph
from smartcx_portal.ui.tables import row, table
from smartcx_portal.ui.text import joined


def tenants_page(lang: str) -> rx.Component:
    """Figures by tenant; search once there are many."""
    t, state = translator(lang), TenantsState
    return office(
        lang,
        t("Tenants"),
        rx.cond(state.searchable, _search(lang)),
        count(state.count),
        rx.cond(state.rows.length() > 0, _table(lang), _nobody(lang)),
        sub="tenants",
        ready=state.ready,
        actions=[link_button(t("New tenant"), place(lang, "tenant_new"))],
    )


def _search(lang: str) -> rx.Component:
    state = TenantsState
    found = search_form(
        lang, NAME_WORD, translator(lang)("Name contains"), on_submit=state.search, default=state.wanted
    )
    return rx.el.div(found, key=state.wanted)


def _nobody(lang: str) -> rx.Component:
    t = translator(lang)
    none = paragraph(t("No tenant yet."))
    unfound = paragraph(t("No tenant has such a name."), " ", link(t("Show all"), place(lang, "tenants")))
    return rx.cond(TenantsState.wanted != "", unfound, none)


def _table(lang: str) -> rx.Component:
    t = translator(lang)
    before = f"{place(lang, 'tenants')}/"

    def one(tenant: Any) -> rx.Component:
        return row(
            link(tenant.name, joined(before, tenant.id)),
            tenant.kind,
            tenant.city,
            badge(tenant.state, kind=tenant.badge),
            tenant.coming,
            tenant.bookings,
            tenant.staff,
            tenant.open_cases,
            key=tenant.id,
        )

    heads = [t("Name"), t("Kind"), t("Town"), t("State")]
    heads += [t("Coming"), t("Booked in all"), t("Staff"), t("Open cases")]
    return table(t("Tenants"), heads, rx.foreach(TenantsState.rows, one), hidden_caption=True)
