"""The appointment is booked: what to keep. Also the page of a confirmation mail's link."""

import reflex as rx

from smartcx_portal.booking_page.fact_line import text_lines
from smartcx_portal.booking_page.frame import booking_page, filled, nothing_here
from smartcx_portal.booking_page.own_part import keep_part, later_part, own_facts
from smartcx_portal.booking_page.own_states import BookedState, LinkState
from smartcx_portal.booking_page.waiting_page import CHANNEL
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button
from smartcx_portal.ui.keeping import TellTabs, secret_from_address
from smartcx_portal.ui.messages import waiting
from smartcx_portal.ui.parts import paragraph, stack
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import when


def booked_page(lang: str) -> rx.Component:
    """Everything about the appointment that this tab has booked."""
    t = translator(lang)
    gone = nothing_here(lang, t("Nothing has been booked on this page, or it was too long ago."))
    cancelled = nothing_here(lang, t("This appointment is cancelled or over."))
    whole = rx.cond(BookedState.own.state == "coming", _booked(lang, BookedState.own), cancelled)
    return booking_page(
        lang,
        rx.cond(BookedState.nothing, t("Your booking"), t("You are booked")),
        rx.cond(BookedState.own.state != "", whole, rx.cond(BookedState.nothing, gone, waiting(lang))),
        sub="booked",
    )


def link_page(lang: str) -> rx.Component:
    """Opening it changes nothing; its button confirms."""
    t = translator(lang)
    asking = stack(
        facts(
            fact(t("Date and time"), LinkState.when),
            when(LinkState.series.length() > 0, fact(t("Further appointments"), text_lines(LinkState.series))),
            fact(t("Service"), LinkState.service),
            fact(t("Where"), LinkState.place),
        ),
        paragraph(filled(t("Please confirm by {until}."), until=LinkState.until)),
        rx.el.div(
            button(lang, t("Confirm the appointment"), LinkState.confirm, weight="primary"), class_name="cx-actions"
        ),
    )
    refused = nothing_here(lang, LinkState.refused, deed=t("Choose a new time"))
    done = rx.fragment(TellTabs.create(channel=CHANNEL, stamp=LinkState.stamp), _booked(lang, LinkState.own))
    return booking_page(
        lang,
        rx.cond(LinkState.stage == "done", t("You are booked"), t("Confirm the appointment")),
        secret_from_address(LinkState.open, asked=LinkState.stage == "", strip=True),
        rx.match(LinkState.stage, ("open", asking), ("done", done), ("refused", refused), waiting(lang)),
        word="confirm",
        focus_key=LinkState.stage,
    )


def _booked(lang: str, own: rx.Var) -> rx.Component:
    t = translator(lang)
    return stack(
        paragraph(t("There is nothing else you need to do.")),
        own_facts(lang, own),
        keep_part(lang, own, weight="primary"),
        later_part(lang, own),
    )
