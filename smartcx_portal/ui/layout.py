"""The shell of every public page and of the privacy portal: header, heading, status, content, footer."""

from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A
from reflex_components_core.react_router.dom import ReactRouterLink

from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import back_link, link
from smartcx_portal.ui.browser import PageHead, SamePageLink, SkipLink
from smartcx_portal.ui.colours import tenant_colours
from smartcx_portal.ui.framing import in_frame
from smartcx_portal.ui.messages import offline_banner, problem_line, status_line
from smartcx_portal.ui.styles import Styles
from smartcx_portal.ui.text import Text, given, joined, when

Links = Sequence[tuple[Text, Text]]
"""Labels with the addresses they lead to."""

PRODUCT = "Smart CX"


def language_link(lang: str, other: Text) -> rx.Component:
    """To the same page in the other language, named in that language."""
    target, label = ("en", "English") if lang == "de" else ("de", "Deutsch")
    return SamePageLink.create(
        label, to=other, lang=target, href_lang=target, class_name="kern-link kern-link--no-visited-state"
    )


def header(lang: str, name: Text, *, home: Text, other: Text, extra: Sequence[rx.Component] = ()) -> rx.Component:
    """Name of the tenant (or the product), further parts, and the other language."""
    return rx.el.header(
        rx.el.div(
            ReactRouterLink.create(name, to=home, class_name="cx-brand"),
            rx.el.div(*extra, language_link(lang, other), class_name="cx-header__links"),
            class_name="cx-header__inside",
        ),
        class_name="cx-header",
    )


def footer_links(lang: str, tenant: Text) -> Links:
    """The five links at the foot of a tenant's pages, always in this order."""
    t = translator(lang)
    pages = [
        (t("Contact and help"), "contact"),
        (t("Privacy"), "privacy"),
        (t("Accessibility"), "accessibility"),
        (t("Report a barrier"), "barrier"),
        (t("Imprint"), "imprint"),
    ]
    return [(label, tenant_address(lang, page, tenant)) for label, page in pages]


def tenant_address(lang: str, page: str, tenant: Text, sub: str = "") -> Text:
    """`kit.addresses.address` for a tenant whose slug may be a Var."""
    before, after = address(lang, page, "{}", sub).split("{}")
    return joined(before, tenant, after)


def footer(lang: str, links: Links, last: rx.Component | None = None) -> rx.Component:
    """The same links in the same order on every page, and one more where there is no header."""
    items = [rx.el.li(link(label, to, small=True)) for label, to in links]
    items += [rx.el.li(last)] if last is not None else []
    return rx.el.footer(
        rx.el.nav(
            rx.el.ul(*items, class_name="cx-footer__links"),
            aria_label=translator(lang)("Help and legal matters"),
        ),
        class_name="cx-footer",
    )


def heading(text: Text, preline: Text = "") -> rx.Component:
    """The page's one `h1`, which takes focus after navigation; `preline` says which step this is."""
    first = when(preline, rx.el.p(preline, class_name="kern-preline"))
    h1 = rx.el.h1(text, class_name="kern-heading-large", tab_index=-1, custom_attrs={"id": "top"})
    return rx.el.div(first, h1, class_name="cx-heading")


def page(
    lang: str,
    title: Text,
    *children: rx.Component,
    name: Text = PRODUCT,
    tenant: Text = "",
    other: Text,
    home: Text = "",
    document_title: Text = "",
    preline: Text = "",
    back: tuple[Text, Text] | None = None,
    status: Text = "",
    problem: Text = "",
    focus_key: Text = "",
    links: Links | None = None,
    extra: Sequence[rx.Component] = (),
    below: int = 0,
    framed: bool = False,
) -> rx.Component:
    """One public page in a readable column.

    `title` becomes the `h1`; `name` is the tenant's; `tenant` its slug (`ui.browser.tenant_slug()`), which gives
    the footer its links; `other` is this page's address in the other language. A change of `focus_key` within
    the page moves focus to the heading. `status` and `problem` are read out when they appear. `below` counts
    the words of the address after the page's own (`/de/t/amt/buchen/angaben`: 1). `framed`: the page stands within
    another website, so the header goes, and what leads out of it opens a tab of its own.
    """
    belongs = given(tenant)
    home = home if given(home) else (tenant_address(lang, "book", tenant) if belongs else address(lang, "start"))
    if links is None:
        links = footer_links(lang, tenant) if belongs else []
    body = rx.el.main(
        back_link(*back) if back else rx.fragment(),
        heading(title, preline),
        status_line(status),
        problem_line(problem),
        *children,
        class_name="cx-main",
    )
    top = in_frame(lang, tenant) if framed else header(lang, name, home=home, other=other, extra=extra)
    return shell(
        lang,
        tenant_colours(lang, tenant, below) if belongs else rx.fragment(),
        top,
        body,
        footer(lang, links, language_link(lang, other) if framed else None) if links else rx.fragment(),
        title=joined(document_title if given(document_title) else title, " – ", name),
        focus_key=focus_key,
        without_script=_without_script(lang, below) if belongs else None,
        tenant=tenant,
        css="cx-page cx-page--framed" if framed else "cx-page",
    )


def shell(
    lang: str,
    *parts: rx.Component,
    title: Text,
    focus_key: Text = "",
    without_script: rx.Component | None = None,
    tenant: Text = "",
    css: str = "cx-page",
) -> rx.Component:
    """What public and staff pages share: styles, title and focus, skip link, no-script line, offline banner.

    `tenant` is the slug of the one whose colours count here.
    """
    t = translator(lang)
    whose: dict[str, Any] = {"custom_attrs": {"data-tenant": tenant}} if given(tenant) else {}
    return rx.el.div(
        Styles.create(),
        PageHead.create(title=title, focus_key=focus_key),
        SkipLink.create(t("Skip to the content"), class_name="cx-skip"),
        without_script or rx.fragment(),
        offline_banner(lang),
        *parts,
        class_name=css,
        **whose,
    )


def _without_script(lang: str, below: int) -> rx.Component:
    """Leads to the contact page, which is served as plain HTML; relative, as the prerendered file knows no tenant."""
    t = translator(lang)
    href = "../" * below + address(lang, "contact", "_", "plain").split("_/", 1)[1]
    return rx.el.noscript(
        rx.el.p(
            t("Booking online needs JavaScript."),
            " ",
            A.create(t("Reach us without it"), href=href, target="_top", class_name="kern-link"),
            class_name="kern-body cx-noscript",
        )
    )
