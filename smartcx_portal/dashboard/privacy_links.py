"""What the room "Privacy" leads to."""

import reflex as rx

from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.ui.parts import card, cards

LINKS: tuple[tuple[str, str, str], ...] = (
    (
        "notice_edit",
        N_("Privacy notice"),
        N_("Your own facts, as they stand in the notice; with a preview of what changes."),
    ),
    ("consents_overview", N_("Consents"), N_("How many stand, by which words, and the proof for one person.")),
    (
        "services_used",
        N_("Services and periods"),
        N_("Which services you use, how long data is kept, and who else receives it."),
    ),
    ("received", N_("Received data"), N_("What other providers sent here at people's wish; you take it over or not.")),
    (
        "data_map",
        N_("Data map"),
        N_("A picture of where data comes from, what it is for, who receives it and when it goes."),
    ),
    (
        "record",
        N_("Record of processing activities"),
        N_("Your record of processing, as Art. 30 GDPR asks for it; always current, also as a file."),
    ),
    ("breach", N_("Data breach"), N_("Whose data was held where at a moment, and how to reach those people.")),
)
"""Name in `kit.addresses`, title and meaning of each card; all texts marked with `N_`."""


def privacy_links(lang: str) -> rx.Component:
    """One card for each page below."""
    t = translator(lang)
    return cards(*[card(t(title), t(what), to=room_address(lang, sub), level=3) for sub, title, what in LINKS])
