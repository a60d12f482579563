"""The portal's first page: what one can do with one's data, readable without signing in."""

import reflex as rx

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.portal.frame import here, portal_page
from smartcx_portal.portal.portal_state import PortalState
from smartcx_portal.ui.actions import button_row, link, link_button
from smartcx_portal.ui.browser import tenant_slug
from smartcx_portal.ui.layout import tenant_address
from smartcx_portal.ui.parts import card, cards, paragraph, section
from smartcx_portal.ui.text import joined, when

TITLE = N_("Your data")
RIGHTS = (
    ("appointments", N_("Your appointments"), N_("See them, move or cancel them; the earlier ones too.")),
    ("take_along", N_("Take your data along"), N_("Everything about you as one file, to keep or to give to others.")),
    ("hand_over", N_("Hand your data over"), N_("Another provider who uses these pages gets it from here.")),
    ("correct", N_("Correct data"), N_("Name, e-mail address or telephone number has changed or is wrong.")),
    ("consents", N_("Your consents"), N_("What you agreed to, and when. Withdraw each with one click.")),
    ("delete", N_("Delete data"), N_("See first what would be deleted and what stays, then decide.")),
    ("seen_by", N_("Who saw your data"), N_("Who opened your details, when and why, and which messages left.")),
    ("restrict", N_("Restrict or object"), N_("Your data stays, but may not be used, or not for everything.")),
    ("cases", N_("Your requests"), N_("What you asked for, and by when you get an answer.")),
    ("ask", N_("Ask a question"), N_("To the provider or to the operator of these pages; the answer comes by e-mail.")),
    ("complain", N_("Complain to the authority"), N_("The supervisory authority helps free of charge.")),
)
"""Address, title and meaning of each card."""


def start_page(lang: str) -> rx.Component:
    """One main way, then each right as a card."""
    t = translator(lang)
    title = when(PortalState.name != "", joined(t("Your data at"), " ", PortalState.name), t(TITLE))
    return portal_page(
        lang,
        "",
        title,
        paragraph(t("You see what is stored about you, and you decide what becomes of it. It costs nothing.")),
        button_row(link_button(t("See my data"), here(lang, "see"))),
        section(
            t("Your rights"),
            cards(*[card(t(name), t(what), to=here(lang, sub), level=3) for sub, name, what in RIGHTS]),
        ),
        section(
            t("Questions?"),
            rx.el.p(link(t("Privacy notice"), tenant_address(lang, "privacy", tenant_slug())), class_name="kern-body"),
            rx.el.p(
                link(t("Contact and help"), tenant_address(lang, "contact", tenant_slug())), class_name="kern-body"
            ),
        ),
        private=False,
        document_title=t(TITLE),
    )
