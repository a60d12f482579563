"""What all pages of the portal share: tenant, way back, signing out, and what stands there before signing in."""

from typing import Any

import reflex as rx

from smartcx_portal.gate import AccountState, Notice, SessionState
from smartcx_portal.kit.language import translator
from smartcx_portal.portal.portal_state import PortalState
from smartcx_portal.ui.actions import button, button_row
from smartcx_portal.ui.browser import tenant_slug
from smartcx_portal.ui.layout import page, tenant_address
from smartcx_portal.ui.messages import session_notice, waiting
from smartcx_portal.ui.parts import paragraph, stack
from smartcx_portal.ui.text import Text, when


def here(lang: str, sub: str = "") -> Text:
    """The address of a page of this portal."""
    return tenant_address(lang, "my_data", tenant_slug(), sub)


def portal_page(
    lang: str, sub: str, title: Text, *children: rx.Component, private: bool = True, **options: Any
) -> rx.Component:
    """One page; of a `private` one only the heading is there before somebody is signed in."""
    t = translator(lang)
    leave = button(lang, t("Sign out"), AccountState.sign_out, weight="tertiary")
    body = when(PortalState.signed_in, stack(*children), _outside(lang, sub)) if private else rx.fragment(*children)
    start = t("Your data")
    return page(
        lang,
        title,
        session_notice(lang, SessionState.ends_soon, AccountState.stay_signed_in),
        body,
        name=PortalState.name,
        tenant=tenant_slug(),
        extra=(when(PortalState.signed_in, leave),),
        **{
            "other": here("en" if lang == "de" else "de", sub),
            "below": 1 if sub else 0,
            "back": (start, here(lang)) if sub else None,
            "status": Notice.said,
            "problem": Notice.text,
            **options,
        },
    )


def _outside(lang: str, sub: str) -> rx.Component:
    """While it is not known yet who reads, and after a session is over; signing in leads back to this page."""
    t = translator(lang)
    ask = stack(
        paragraph(t("To see your data, first show that it is yours.")),
        button_row(button(lang, t("Get a code"), PortalState.enter(sub), weight="primary")),
    )
    return when(rx.State.is_hydrated, ask, waiting(lang))
