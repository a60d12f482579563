"""The dialogs of the calendar: one appointment, moving it, cancelling it; and the way to undo that."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.calendar_deeds_state import CalendarDeeds
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, icon, link, link_button, plain_button
from smartcx_portal.ui.browser import Dialog, FocusHeading
from smartcx_portal.ui.choices import Choice, checkbox, radio_group, select_field
from smartcx_portal.ui.fields import date_input, number_field, text_area, time_input
from smartcx_portal.ui.forms import error_summary
from smartcx_portal.ui.keeping import AfterTime
from smartcx_portal.ui.messages import problem_line
from smartcx_portal.ui.parts import confirm_dialog, paragraph, stack
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import anchor, joined, when


def dialogs(lang: str) -> rx.Component:
    """All of them; at most one is open."""
    return rx.fragment(_look(lang), _move(lang), _cancel(lang))


def undo_line(lang: str) -> rx.Component:
    """What was done, and until when it can be undone."""
    t, state = translator(lang), CalendarDeeds
    before, after = t("Can be undone until {time}.").split("{time}")
    until = paragraph(
        joined(before, state.undo_text, after),
        when(state.undo_tells, joined(" ", t("The message to the person leaves only then.")), ""),
    )
    shown = rx.el.section(
        FocusHeading.create(state.undo_what, stamp=state.undo_text, class_name="kern-title"),
        until,
        button(lang, t("Undo"), state.undo),
        class_name="kern-alert kern-alert--success cx-cal-undo",
    )
    gone = AfterTime.create(seconds=58, stamp=state.undo_text, on_reached=state.undo_over)
    return rx.cond(state.undo_id != "", rx.fragment(shown, gone))


def _look(lang: str) -> rx.Component:
    t, state, card = translator(lang), CalendarDeeds, CalendarDeeds.card
    entry = f"{room_address(lang, 'booking')}/"
    deeds = rx.fragment(
        button(lang, t("Move"), state.ask_move(card.id), weight="primary"),
        button(lang, t("Cancel appointment"), state.ask_cancel(card.id)),
    )
    return Dialog.create(
        rx.el.header(
            rx.el.h2(card.span, class_name="kern-title", custom_attrs=anchor("card-title")),
            class_name="kern-dialog__header",
        ),
        rx.el.section(
            rx.cond(card.members.length() > 0, _members(lang), _facts(lang)),
            class_name="kern-dialog__body",
        ),
        rx.el.footer(
            plain_button(t("Close"), state.close, weight="secondary"),
            rx.cond(card.movable, deeds),
            when(card.members.length() == 0, link_button(t("Open"), joined(entry, card.id), weight="secondary")),
            class_name="kern-dialog__footer",
        ),
        open=state.mode == "look",
        on_close=state.close,
        class_name="kern-dialog cx-cal-dialog",
        custom_attrs={"aria-labelledby": "card-title"},
    )


def _facts(lang: str) -> rx.Component:
    t, card = translator(lang), CalendarDeeds.card
    return facts(
        fact(t("Person"), card.person),
        fact(t("Service"), card.service),
        fact(t("With"), card.resource),
        fact(t("State"), card.state),
    )


def _members(lang: str) -> rx.Component:
    """Everybody in a group, each with their own ways."""
    t, state, card = translator(lang), CalendarDeeds, CalendarDeeds.card
    entry = f"{room_address(lang, 'booking')}/"

    def one(member: Any) -> rx.Component:
        return rx.el.li(
            link(member.name, joined(entry, member.id)),
            rx.el.span(member.state),
            button(lang, t("Move"), state.ask_move(member.id), small=True, spoken=joined(t("Move"), ": ", member.name)),
            class_name="cx-rule",
            key=member.id,
        )

    return stack(
        facts(fact(t("Service"), card.service), fact(t("With"), card.resource)),
        rx.el.ul(rx.foreach(card.members, one), class_name="cx-rules", aria_label=t("People in the group")),
    )


def _move(lang: str) -> rx.Component:
    t, state, card = translator(lang), CalendarDeeds, CalendarDeeds.card
    target, problems = CalendarDeeds.target, Notice.problems
    fields = rx.el.div(
        rx.el.div(
            date_input(lang, "day", t("Day"), default=target.day, problems=problems),
            time_input(lang, "time", t("Time"), default=target.time, problems=problems),
            number_field(lang, "minutes", t("Length in minutes"), default=target.minutes, problems=problems),
            class_name="cx-filters",
        ),
        select_field(
            lang,
            "resource",
            t("With"),
            state.resources,
            default=target.resource,
            empty=t("Whoever is free"),
            problems=problems,
        ),
        _notify(lang),
        key=state.stamp.to_string(),
        class_name="cx-form",
    )
    return confirm_dialog(
        lang,
        t("Move the appointment"),
        problem_line(Notice.text),
        error_summary(lang, problems),
        facts(
            fact(t("Person"), card.person),
            fact(t("So far"), joined(card.span, ", ", card.resource)),
            when(target.change != "", fact(t("New"), target.change)),
        ),
        fields,
        rx.cond(state.refused != "", _all_the_same(lang)),
        open=state.mode == "move",
        deed=t("Move"),
        on_deed=state.move,
        on_close=state.close,
        form=True,
        name="move",
    )


def _all_the_same(lang: str) -> rx.Component:
    t = translator(lang)
    return rx.el.div(
        rx.el.div(
            icon("warning"),
            FocusHeading.create(CalendarDeeds.refused, stamp=CalendarDeeds.refused, class_name="kern-title"),
            class_name="kern-alert__header",
        ),
        rx.el.div(
            checkbox(
                "overbook",
                t("Enter it all the same"),
                hint=t(
                    "Where somebody else is already, the appointment is marked as overbooked. Who did it is recorded."
                ),
            ),
            class_name="kern-alert__body",
        ),
        class_name="kern-alert kern-alert--warning",
    )


def _notify(lang: str) -> rx.Component:
    t, card = translator(lang), CalendarDeeds.card
    choices = [Choice("yes", t("Yes")), Choice("no", t("No"))]
    return rx.cond(
        card.tells,
        radio_group(
            lang,
            "notify",
            t("Notify the person?"),
            choices,
            default="yes",
            hint=t("By the way they chose; the message leaves after a minute."),
            problems=Notice.problems,
        ),
        paragraph(t("This person gets no messages."), muted=True),
    )


def _cancel(lang: str) -> rx.Component:
    t, state, card = translator(lang), CalendarDeeds, CalendarDeeds.card
    return confirm_dialog(
        lang,
        t("Cancel this appointment?"),
        problem_line(Notice.text),
        error_summary(lang, Notice.problems),
        facts(fact(t("Person"), card.person), fact(t("Time"), card.span), fact(t("Service"), card.service)),
        paragraph(t("The time becomes free at once. You can undo this for a minute.")),
        rx.el.div(
            text_area(lang, "reason", t("Reason, for the person to read"), problems=Notice.problems),
            _notify(lang),
            class_name="cx-form",
            key=state.stamp.to_string(),
        ),
        open=state.mode == "cancel",
        deed=t("Cancel appointment"),
        on_deed=state.cancel,
        on_close=state.close,
        form=True,
        name="cancel",
    )
