"""A tenant's own colour on its pages: KERN's custom properties with values that can be read in light and in dark.

They come as a style sheet of the tenant's own (`/de/t/<slug>/colours.css`), since pages are built once for all
tenants and the policy forbids styles within a page.
"""

from dataclasses import dataclass

import reflex as rx

from smartcx_portal.kit.addresses import tenant_folder
from smartcx_portal.kit.colours import contrast, darkened, lightened, luminance, read_colour
from smartcx_portal.ui.browser import LIBRARY
from smartcx_portal.ui.text import Text, joined

SHEET = "colours.css"
LIGHT_PAPER = 0.80
"""Luminance of the darkest ground of KERN's light theme on which links stand: the tinted ones of its messages."""
DARK_PAPER = 0.02
"""Luminance of the lightest such ground of its dark theme."""
WHITE, BLACK = "#ffffff", "#000000"


@dataclass(frozen=True, slots=True)
class Theme:
    """The values for one theme: of the action, of what stands on it, and the contrasts with the paper and with that."""

    action: str
    on_action: str
    on_paper: float
    on_it: float


def light(colour: str) -> Theme:
    """For light surroundings."""
    return _theme(darkened(colour, LIGHT_PAPER), WHITE, 1.0)


def dark(colour: str) -> Theme:
    """For dark surroundings."""
    return _theme(lightened(colour, DARK_PAPER), BLACK, 0.0)


def sheet(slug: str, colour: str) -> str:
    """The style sheet of one tenant; empty rules for one without a colour of its own.

    It counts where a page of this tenant is shown. A page that has just come from the server says `_` until it works.
    """
    own = read_colour(colour)
    if own is None:
        return ""
    here = f':root:has(.cx-page[data-tenant="_"], .cx-page[data-tenant="{slug}"])'
    shown = f":root{{--cx-tenant-light:{light(own).action};--cx-tenant-dark:{dark(own).action}}}"
    by_night = f"@media (prefers-color-scheme:dark){{{here}{{{_rules(dark(own))}}}}}"
    return f"{shown}\n{here}{{{_rules(light(own))}}}\n{by_night}\n"


class TenantColours(rx.Component):
    """Brings a tenant's sheet onto the page. `near` is its address from the page as it was built, for the first look;
    `full` the one from the root, once the tenant is known."""

    library = LIBRARY
    tag = "TenantColours"
    near: rx.Var[str]
    full: rx.Var[str]


def tenant_colours(lang: str, tenant: Text, below: int) -> rx.Component:
    """The sheet of the page's tenant; `below` as in `layout.page`."""
    return TenantColours.create(near="../" * below + SHEET, full=colours_address(lang, tenant))


def colours_address(lang: str, tenant: Text) -> Text:
    """Where a tenant's sheet is."""
    before, after = tenant_folder(lang, "{}").split("{}")
    return joined(before, tenant, after, SHEET)


def _rules(theme: Theme) -> str:
    values = {
        "action-default": theme.action,
        "action-on-default": theme.on_action,
        "action-visited": theme.action,
        "action-focus-default": theme.action,
    }
    return ";".join(f"--kern-color-{name}:{value}" for name, value in values.items())


def _theme(action: str, on_action: str, paper: float) -> Theme:
    bright = luminance(action)
    return Theme(action, on_action, contrast(bright, paper), contrast(bright, luminance(on_action)))
