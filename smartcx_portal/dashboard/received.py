"""The page of data that people had handed over here, or gave to the staff as a file."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.bringing import file_form
from smartcx_portal.dashboard.frame import room
from smartcx_portal.dashboard.received_state import ReceivedState
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.privacy.brought import Seal
from smartcx_portal.ui.actions import back_link, button, button_row
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.parts import paragraph, section
from smartcx_portal.ui.tables import fact, facts, lines
from smartcx_portal.ui.text import joined, when

RECEIVED = N_("Received data")


def received_page(lang: str) -> rx.Component:
    """What waits, without names; then the one that is looked at; then the way for a file."""
    t, state = translator(lang), ReceivedState
    return room(
        lang,
        t(RECEIVED),
        back_link(t("Privacy"), room_address(lang, "privacy_cases")),
        paragraph(
            t(
                "People can have another provider hand their data over to you (Art. 20 GDPR). You decide whether you "
                "take it over; the person sees what you decided. What nobody takes over is deleted after 30 days."
            )
        ),
        rx.cond(
            state.waiting.length() > 0,
            rx.fragment(rx.foreach(state.waiting, lambda one: _waiting(lang, one))),
            paragraph(t("Nothing waits."), bold=True),
        ),
        when(state.opened.id != "", _opened(lang)),
        _bringing(lang),
        sub="received",
        current="privacy_cases",
        ready=state.ready,
    )


def _waiting(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    return section(
        joined(t("From"), " ", one.sender),
        facts(
            fact(t("Came as"), when(one.as_file, t("a file that you brought in"), t("handed over by that provider"))),
            fact(t("Arrived on"), one.arrived),
            fact(t("Waits until"), one.until),
        ),
        button(
            lang,
            t("Look at it"),
            ReceivedState.look(one.id),
            spoken=joined(t("Look at it"), ": ", one.sender, ", ", one.arrived),
        ),
    )


def _bringing(lang: str) -> rx.Component:
    t, state = translator(lang), ReceivedState
    chooses = file_form(lang, state.to, state.problems, on_taken=state.brought, on_refused=state.unfit)
    return section(
        t("Bring in a file"),
        paragraph(
            t(
                "Somebody gives you their data as a file that pages like these made for them. It is checked first, and "
                "you see what would be taken over. Nothing is stored of a file that does not fit."
            )
        ),
        when(state.to != "", chooses, button(lang, t("Choose file"), state.bring)),
    )


def _opened(lang: str) -> rx.Component:
    t, one = translator(lang), ReceivedState.opened
    return rx.el.section(
        FocusHeading.create(t("What would be taken over"), stamp=one.id, class_name="kern-heading-medium"),
        when(one.seal != "", paragraph(_vouching(lang))),
        _preview(lang),
        when(one.beside.length() > 0, _beside(lang)),
        when(one.erased != "", paragraph(t("The sender has deleted it at the person's wish:"), " ", one.erased)),
        button_row(
            button(lang, t("Take over"), ReceivedState.take, weight="primary"),
            button(lang, t("Refuse and delete"), ReceivedState.refuse, weight="secondary"),
        ),
        class_name="cx-section",
    )


def _vouching(lang: str) -> rx.Var[str]:
    t = translator(lang)
    return rx.match(
        ReceivedState.opened.seal,
        (Seal.HERE.value, t("The package was signed by these pages, and nothing in it was changed.")),
        (
            Seal.ELSEWHERE.value,
            t(
                "Nothing in the package was changed since it was signed. Who signed it cannot be told here, so make "
                "sure that it comes from the person."
            ),
        ),
        t("The file is not signed: anybody could have written it. Make sure that it comes from the person."),
    )


def _preview(lang: str) -> rx.Component:
    t, one = translator(lang), ReceivedState.opened
    none, as_is = t("not given"), t("as it stands")

    def address(label: str, value: Any, confirmed: Any) -> tuple[Any, ...]:
        counts = when(confirmed, t("confirmed: the person entered a code there"), t("as not confirmed"))
        return label, when(value != "", value, none), when(value != "", counts)

    found = [
        (t("Name"), when(one.name != "", one.name, none), when(one.name != "", as_is)),
        address(t("E-mail address"), one.email, one.email_confirmed),
        address(t("Telephone"), one.phone, one.phone_confirmed),
        (t("Language"), when(one.language == "de", t("German"), t("English")), as_is),
    ]
    heads = [t("What"), t("Stands there"), t("Is taken over")]
    return lines(t("What would be taken over"), heads, found, lambda cells: cells, name="preview")


def _beside(lang: str) -> rx.Component:
    t = translator(lang)
    return rx.el.div(
        paragraph(
            t(
                "Came along and is not taken over, since it belongs to appointments and consents at that provider; it "
                "is deleted once you have decided:"
            )
        ),
        rx.el.ul(
            rx.foreach(ReceivedState.opened.beside, lambda line: rx.el.li(line)),
            class_name="kern-list kern-list--bullet",
        ),
    )
