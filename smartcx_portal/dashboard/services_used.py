"""The page on which a tenant switches services and chooses how long data is kept and who else receives it."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.frame import room
from smartcx_portal.dashboard.services_used_state import ServicesUsedState
from smartcx_portal.dashboard.setup_parts import Entered, setup_entry, setup_list
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.privacy.record_papers import WHOM
from smartcx_portal.ui.actions import back_link, button, button_row, plain_button
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.messages import alert, badge
from smartcx_portal.ui.parts import confirm_dialog, paragraph, section
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import joined, when

TITLE = N_("Services and periods")


def services_used_page(lang: str) -> rx.Component:
    """Services, then purposes, then the form for one of them."""
    t, state = translator(lang), ServicesUsedState
    return room(
        lang,
        t(TITLE),
        back_link(t("Privacy"), room_address(lang, "privacy_cases")),
        paragraph(
            t(
                "What you choose here changes the notice, what people read about their data, the record of processing "
                "and the data map in the same moment."
            )
        ),
        paragraph(t(WHOM)),
        section(t("Companies and services"), rx.foreach(state.services, lambda one: _service(lang, one))),
        section(
            t("How long, and who else"),
            setup_list(t("How long, and who else"), state.chosen, lambda one: _purpose(lang, one)),
        ),
        when(state.open != "", _form(lang)),
        _asking(lang),
        sub="services_used",
        current="privacy_cases",
        ready=state.ready,
    )


def _service(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    on = button(lang, t("Switch on"), ServicesUsedState.ask(one.key), spoken=joined(t("Switch on"), ": ", one.name))
    off = button(lang, t("Switch off"), ServicesUsedState.ask(one.key), spoken=joined(t("Switch off"), ": ", one.name))
    return section(
        one.name,
        rx.el.p(rx.cond(one.on, badge(t("On"), kind="success"), badge(t("Off")))),
        facts(
            fact(t("What it does"), one.does),
            fact(t("What for"), one.purpose),
            fact(t("What it keeps, how long"), one.keeps),
            fact(t("Processing agreement (Art. 28)"), one.agreed),
            when(one.transfer != "", fact(t("What the transfer rests on"), one.transfer)),
        ),
        when(one.warning != "", paragraph(one.warning, bold=True)),
        when(one.note != "", paragraph(one.note)),
        rx.cond(
            one.on,
            button_row(off),
            rx.cond(
                one.possible,
                button_row(on),
                paragraph(t("It cannot be switched on as long as there is no processing agreement.")),
            ),
        ),
        level=3,
    )


def _purpose(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    own = when(one.own.length() > 0, joined(t("Also receive it"), ": ", one.own.join(" · ")), "")
    edit = button(
        lang,
        t("Change"),
        ServicesUsedState.change(one.purpose),
        small=True,
        spoken=joined(t("Change"), ": ", one.title),
    )
    return setup_entry(
        one.title,
        "",
        joined(t("Ground"), ": ", one.ground),
        joined(t("Erasure"), ": ", one.period),
        own,
        states=rx.fragment(),
        actions=[edit],
        key=one.purpose,
    )


def _form(lang: str) -> rx.Component:
    t, state = translator(lang), ServicesUsedState
    fields = Entered(lang, state.entries, state.problems)
    return rx.el.section(
        FocusHeading.create(state.open_title, stamp=state.form_id, class_name="kern-heading-medium"),
        form(
            lang,
            rx.cond(
                state.open_fixed,
                paragraph(state.open_bounds),
                fields.number("days", t("Days until erasure"), hint=state.open_bounds),
            ),
            fields.text(
                "own",
                t("Who else receives this data from you"),
                hint=t("Such as your computing centre. One in each line; the notice names them."),
            ),
            on_submit=state.save,
            deed=t("Save"),
            others=(plain_button(t("Leave it as it is"), state.stop),),
            problems=state.problems,
            key=state.form_id,
        ),
        class_name="cx-section",
    )


def _asking(lang: str) -> rx.Component:
    t, state = translator(lang), ServicesUsedState
    return confirm_dialog(
        lang,
        rx.cond(state.asking_on, t("Switch this service on?"), t("Switch this service off?")),
        paragraph(state.asking_name, bold=True),
        when(state.asking_warning != "", alert(t("Mind this"), state.asking_warning, kind="warning", level=3)),
        paragraph(t("A new version of the notice is published at once; the one in force stays readable.")),
        open=state.asking != "",
        deed=rx.cond(state.asking_on, t("Switch on"), t("Switch off")),
        on_deed=state.turn,
        on_close=state.keep,
    )
