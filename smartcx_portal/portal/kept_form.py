"""Forms of the portal that outlive a session: what is typed is kept, and is there again after signing in anew."""

from typing import Any

import reflex as rx

from smartcx_portal.kit.language import translator
from smartcx_portal.portal.portal_state import PortalState
from smartcx_portal.privacy.keeping_entries import LONGEST
from smartcx_portal.ui.keeping import Keeper, Kept
from smartcx_portal.ui.messages import alert
from smartcx_portal.ui.parts import stack
from smartcx_portal.ui.text import when


def kept_form(lang: str, sub: str, form: rx.Component, *, known: bool = True) -> rx.Component:
    """A form on the page `sub` whose fields begin with `typed(…)`; it appears once what was kept is here.

    `known`: it says that something was kept; of several forms on a page only the first does. The form's handler calls
    `privacy.keeping_entries.forget(work, sub)` when it has done what was asked.
    """
    t = translator(lang)
    still_here = when(
        PortalState.kept.length() > 0,
        alert(t("What you typed before is still here."), kind="info", level=0),
    )
    said = [still_here] if known else []
    keeper = Keeper.create(form, on_keep=PortalState.keep(sub), longest=LONGEST)
    here = rx.State.is_hydrated & (PortalState.kept_at == sub)  # before that, a reloaded tab knows what it kept before
    return Kept.create(stack(*said, keeper), stamp=when(here, sub, ""))


def typed(name: rx.Var[str] | str, otherwise: rx.Var[str] | str = "") -> rx.Var[str]:
    """What was typed into a field before, for its `default`; `otherwise` where nothing was."""
    kept: Any = PortalState.kept
    before = kept[name].to(str)
    return rx.cond(before, before, otherwise).to(str)
