"""One's own appointment by its secret link: see it, call it off."""

import reflex as rx

from smartcx_portal.booking_page.frame import booking_page, filled, nothing_here, to
from smartcx_portal.booking_page.own_part import change_part, keep_part, my_data, own_facts
from smartcx_portal.booking_page.own_states import OwnState
from smartcx_portal.booking_page.time_state import TimeState
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import link_button
from smartcx_portal.ui.choices import Choice, radio_group
from smartcx_portal.ui.fields import text_area
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.keeping import secret_from_address
from smartcx_portal.ui.messages import alert, status_line, waiting
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.text import when

OWN = OwnState.own


def own_page(lang: str) -> rx.Component:
    """The appointment with its ways, or what became of it."""
    t = translator(lang)
    moved = rx.cond(TimeState.moved_to == OWN.when, t("Your appointment has been moved."), "")
    coming = stack(
        status_line(moved), own_facts(lang, OWN), change_part(lang, OWN), keep_part(lang, OWN), my_data(lang)
    )
    over = stack(own_facts(lang, OWN), paragraph(t("This appointment is over.")), my_data(lang))
    coming_title = filled(t("Your appointment on {day}"), day=OWN.when)
    title = rx.match(
        OWN.state,
        ("", t("Your appointment")),
        ("cancelled", t("Your appointment is cancelled")),
        coming_title,
    )
    return booking_page(
        lang,
        title,
        secret_from_address(OwnState.open, asked=OwnState.asked),
        _found(lang, rx.match(OWN.state, ("coming", coming), ("cancelled", _cancelled(lang)), over)),
        word="appointment",
        document_title=rx.cond(OWN.state == "cancelled", t("Your appointment is cancelled"), t("Your appointment")),
    )


def cancel_page(lang: str) -> rx.Component:
    """Asks once more; the reason may stay empty."""
    t = translator(lang)
    asking = stack(
        own_facts(lang, OWN),
        form(
            lang,
            when(OWN.series.length() > 0, _which(lang)),
            text_area(lang, "reason", t("Reason"), optional=True, rows=2, max_length=500, problems=Notice.problems),
            on_submit=OwnState.cancel,
            deed=t("Yes, cancel"),
            others=(link_button(t("No, keep it"), OWN.manage, weight="secondary"),),
            problems=Notice.problems,
        ),
    )
    state = rx.cond(OWN.state == "cancelled", _cancelled(lang), rx.cond(OWN.changeable, asking, change_part(lang, OWN)))
    return booking_page(
        lang,
        t("Cancel the appointment?"),
        secret_from_address(OwnState.open, asked=OwnState.asked),
        _found(lang, state),
        word="appointment",
        sub="cancel",
    )


def _which(lang: str) -> rx.Component:
    """One of a series, or all that are still to come."""
    t = translator(lang)
    every = paragraph(t("These are cancelled too:"), " ", OWN.series_text)
    return radio_group(
        lang,
        "which",
        t("What would you like to cancel?"),
        [Choice("one", t("Only this appointment")), Choice("all", t("All coming appointments of the series"))],
        default="one",
        problems=Notice.problems,
        inside={"all": every},
    )


def _found(lang: str, shown: rx.Component) -> rx.Component:
    gone = nothing_here(lang, OwnState.refused)
    return rx.cond(OwnState.asked, waiting(lang), rx.cond(OwnState.refused != "", gone, shown))


def _cancelled(lang: str) -> rx.Component:
    t = translator(lang)
    return stack(
        alert(t("Cancelled."), paragraph(OWN.service, rx.el.br(), OWN.when), kind="success"),
        rx.cond(OWN.reason != "", section(t("Reason"), paragraph(OWN.reason))),
        rx.el.div(link_button(t("Book a new appointment"), to(lang)), class_name="cx-actions"),
        my_data(lang),
    )
