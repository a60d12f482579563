"""What all pages of the back office share: rooms, session notice, sign-out, and the sign of waiting."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from smartcx_portal.gate import AccountState, Notice, SessionState
from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.language import LANGUAGES, N_, translator
from smartcx_portal.ui.messages import waiting
from smartcx_portal.ui.staff import staff_page
from smartcx_portal.ui.text import Text, joined

ROOMS = (
    ("tenants", N_("Tenants")),
    ("processors", N_("Sub-processors")),
    ("processor_record", N_("Record of processing")),
    ("jobs", N_("Jobs")),
)
"""The rooms in the side navigation, in order: name in `kit.addresses`, label."""
NAME = "Smart CX"


def place(lang: str, sub: str) -> str:
    """The path of a page of the back office."""
    return address(lang, "operations", sub=sub)


def office(
    lang: str,
    title: Text,
    *content: rx.Component,
    sub: str,
    ready: Any,
    below: Text = "",
    current: str = "",
    actions: Sequence[rx.Component] = (),
    document_title: Text = "",
) -> rx.Component:
    """One page of the back office. `sub` is its name in `kit.addresses`, `below` what follows it in the address."""
    t, other = translator(lang), next(one for one in LANGUAGES if one != lang)
    refused = rx.cond(Notice.text != "", rx.fragment(), waiting(lang))
    return staff_page(
        lang,
        title,
        rx.cond(ready, rx.fragment(*content), refused),
        nav=[(t(label), place(lang, name)) for name, label in ROOMS],
        current=place(lang, current or sub),
        other=joined(place(other, sub), below),
        on_sign_out=AccountState.sign_out,
        name=NAME,
        person=SessionState.name,
        actions=actions,
        ends_at=SessionState.ends_soon,
        on_stay=AccountState.stay_signed_in,
        status=Notice.said,
        problem=Notice.text,
        document_title=document_title,
    )
