"""A page within another website: tells that website its height, and lets what leads out open a tab of its own.

The code is `framing.jsx`; its other half is the script that the website includes (`endpoints/embed.js`).
"""

import reflex as rx

from smartcx_portal.kit.addresses import TENANT_PAGES, address, tenant_folder
from smartcx_portal.kit.language import LANGUAGES, translator
from smartcx_portal.ui.text import Text, joined

LIBRARY = rx.asset("framing.jsx", shared=True).importable_path


class InFrame(rx.Component):
    """`inside` are the beginnings of addresses that stay in the frame; `alone` is the booking as a page of its own.

    `new_tab` is what a link that leads out says of itself; `lost` and `open` stand where nothing can be kept.
    """

    library = LIBRARY
    tag = "InFrame"
    inside: rx.Var[list[str]]
    alone: rx.Var[str]
    new_tab: rx.Var[str]
    lost: rx.Var[str]
    open: rx.Var[str]


def in_frame(lang: str, tenant: Text) -> rx.Component:
    """What such a page has in place of the header; it shows nothing unless the browser refuses to keep the key."""
    t = translator(lang)
    words = {one: TENANT_PAGES["widget"][number] for number, one in enumerate(LANGUAGES)}
    before, after = address(lang, "book", "{}").split("{}")
    folders = [tenant_folder(one, "{}").split("{}") for one in LANGUAGES]
    inside = [joined(start, tenant, end, words[one]) for one, (start, end) in zip(LANGUAGES, folders, strict=True)]
    return InFrame.create(
        inside=rx.Var.create(inside),
        alone=joined(before, tenant, after),
        new_tab=t("Opens in a new tab"),
        lost=t("Your browser keeps nothing for this part of the website. If you reload it, you begin anew."),
        open=t("Open the booking as a page of its own"),
    )
