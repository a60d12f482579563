"""What all pages of the dashboard share: rooms, session notice, sign-out, and the states before and instead of data."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from smartcx_portal.dashboard.addresses import ROOMS, room_address
from smartcx_portal.dashboard.search_key import FIELD, SearchKey
from smartcx_portal.gate import AccountState, Notice, SessionState
from smartcx_portal.kit.language import LANGUAGES, translator
from smartcx_portal.models.staff import Role
from smartcx_portal.privacy.operator import operator
from smartcx_portal.ui.actions import link, outside_link
from smartcx_portal.ui.layout import PRODUCT
from smartcx_portal.ui.messages import alert, waiting
from smartcx_portal.ui.parts import paragraph
from smartcx_portal.ui.staff import staff_page
from smartcx_portal.ui.text import Text, joined

OWNERS_ROOMS = ("privacy_cases", "feeds", "embed")


def room(
    lang: str,
    title: Text,
    *content: rx.Component,
    sub: str,
    ready: Any,
    below: Text = "",
    actions: Sequence[rx.Component] = (),
    document_title: Text = "",
    current: str = "",
    focus_key: Text = "",
) -> rx.Component:
    """One page of the dashboard. `sub` is its name in `kit.addresses`, `below` what follows it in the address.

    `content` is shown once `ready` holds; `current` is the room of the navigation that a page without entry belongs to.
    """
    t, other = translator(lang), next(one for one in LANGUAGES if one != lang)
    links = [(t(label), room_address(lang, name)) for name, label in ROOMS]
    return staff_page(
        lang,
        title,
        instead(lang, ready, *content),
        nav=links,
        current=room_address(lang, current or sub),
        offered={room_address(lang, name): SessionState.role == Role.OWNER.value for name in OWNERS_ROOMS},
        other=joined(room_address(other, sub), below),
        on_sign_out=AccountState.sign_out,
        name=rx.cond(SessionState.tenant_name != "", SessionState.tenant_name, PRODUCT),
        person=SessionState.name,
        actions=[rx.cond(SessionState.suspended, rx.fragment(), rx.fragment(*actions))] if actions else (),
        ends_at=SessionState.ends_soon,
        on_stay=AccountState.stay_signed_in,
        status=Notice.said,
        problem=rx.cond(SessionState.suspended, "", Notice.text),
        document_title=document_title,
        focus_key=focus_key,
        extra=[search_link(lang)],
    )


def search_link(lang: str) -> rx.Component:
    """To the search; Ctrl+K does the same and goes into its field."""
    t, to = translator(lang), room_address(lang, "bookings")
    return rx.fragment(
        SearchKey.create(to=to, field=FIELD),
        link(
            rx.fragment(t("Search"), rx.el.span(" ", t("(Ctrl+K)"), class_name="cx-keys", aria_hidden="true")),
            to,
            custom_attrs={"aria-keyshortcuts": "Control+K Meta+K"},
        ),
    )


def instead(lang: str, ready: Any, *content: rx.Component) -> rx.Component:
    """The content; before it is there a sign of waiting, and nothing of it while the tenant is suspended."""
    refused = rx.cond(Notice.text != "", rx.fragment(), waiting(lang))
    return rx.cond(SessionState.suspended, suspended_alert(lang), rx.cond(ready, rx.fragment(*content), refused))


def suspended_alert(lang: str) -> rx.Component:
    """What staff of a suspended tenant read in place of every page."""
    t, company = translator(lang), operator()
    return alert(
        t("Your organisation is suspended at the moment"),
        t("Nobody can book, and the dashboard is closed. Nothing has been deleted."),
        t("People can still see, take along and delete their data, read the notice and cancel their appointments."),
        paragraph(
            t("Please contact the operator of Smart CX:"),
            " ",
            outside_link(company.email, f"mailto:{company.email}"),
            ", ",
            outside_link(company.phone, "tel:" + "".join(sign for sign in company.phone if sign in "+0123456789")),
        ),
        kind="warning",
    )
