"""Moving, cancelling and undoing on the page of one booking."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.booking_deeds_state import BookingDeeds
from smartcx_portal.dashboard.booking_state import BookingState
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, button_row, plain_button, pressed, submit
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.choices import Choice, checkbox, radio_group, select_field
from smartcx_portal.ui.fields import date_input, number_field, text_area, time_input
from smartcx_portal.ui.forms import bare_form, error_summary, form
from smartcx_portal.ui.keeping import AfterTime
from smartcx_portal.ui.messages import alert
from smartcx_portal.ui.parts import confirm_dialog, paragraph, section, stack
from smartcx_portal.ui.text import joined, when


def deeds(lang: str) -> rx.Component:
    """The buttons; below them what one of them has opened."""
    t, state = translator(lang), BookingDeeds
    row = button_row(
        button(lang, t("Move"), state.start_moving, weight="primary"),
        button(lang, t("Cancel appointment"), state.ask_cancel),
    )
    return rx.fragment(
        _cancel(lang),  # first, so that it is closed when the line about undoing takes the focus
        _undo_line(lang),
        rx.cond(BookingState.row.cancellable, row),
        rx.cond(state.mode == "move", rx.el.div(_move(lang), class_name="cx-noprint")),
    )


def _undo_line(lang: str) -> rx.Component:
    """What was done, and until when it can be undone: a clock time that stands still."""
    t, state = translator(lang), BookingDeeds
    before, after = t("Can be undone until {time}.").split("{time}")
    later = joined(" ", t("The message to the person leaves only then."))
    shown = rx.el.section(
        FocusHeading.create(state.undo_what, stamp=state.undo_text, class_name="kern-title"),
        paragraph(joined(before, state.undo_text, after), when(BookingState.detail.tells, later, "")),
        rx.el.div(button(lang, t("Undo"), state.undo)),
        class_name="kern-alert kern-alert--success cx-undo",
    )
    gone = AfterTime.create(seconds=state.undo_left, stamp=state.undo_text, on_reached=state.undo_over)
    return rx.cond(state.undo_text != "", rx.fragment(shown, gone))


def _move(lang: str) -> rx.Component:
    t, state = translator(lang), BookingDeeds
    return section(
        t("Move the appointment"),
        paragraph(t("The old time stays until you choose a new one.")),
        error_summary(lang, Notice.problems),
        _look(lang),
        FocusHeading.create(
            joined(t("Free on"), " ", state.target.text), stamp=state.stamp.to_string(), class_name="kern-heading-small"
        ),
        rx.cond(
            state.times.length() > 0,
            rx.el.ul(rx.foreach(state.times, _slot), class_name="cx-times"),
            paragraph(t("Nothing is free on this day.")),
        ),
        _confirm(lang),
        name="move",
    )


def _look(lang: str) -> rx.Component:
    t, state = translator(lang), BookingDeeds
    target, problems = state.target, Notice.problems
    resource = select_field(
        lang, "resource", t("With"), state.resources, default=target.resource, empty=t("Whoever is free")
    )
    return bare_form(
        rx.el.div(
            date_input(lang, "day", t("Day"), default=target.day, problems=problems),
            resource,
            number_field(lang, "minutes", t("Length in minutes"), default=target.minutes, problems=problems),
            submit(lang, t("Show times"), weight="secondary"),
            class_name="cx-filters",
        ),
        on_submit=state.look,
        key=state.stamp.to_string(),
    )


def _slot(time: Any) -> rx.Component:
    state = BookingDeeds
    return rx.el.li(
        rx.el.button(
            time.text,
            type="button",
            class_name="cx-time",
            on_click=state.choose(time.value),
            custom_attrs={"aria-pressed": pressed(state.chosen == time.value)},
        ),
        key=time.value,
    )


def _confirm(lang: str) -> rx.Component:
    t, state = translator(lang), BookingDeeds
    return form(
        lang,
        rx.el.div(
            time_input(
                lang,
                "time",
                joined(t("New time on"), " ", state.target.text),
                default=state.chosen,
                hint=t("You can also enter a time that is not in the list."),
                problems=Notice.problems,
            ),
            key=joined(state.stamp.to_string(), state.chosen),
        ),
        _notify(lang, "notify"),
        rx.cond(state.refused != "", _all_the_same(lang)),
        on_submit=state.move,
        deed=t("Move"),
        others=(plain_button(t("Leave it as it is"), state.close),),
    )


def _all_the_same(lang: str) -> rx.Component:
    t = translator(lang)
    return rx.el.div(
        alert(BookingDeeds.refused, kind="warning", level=3),
        checkbox(
            "overbook",
            t("Enter it all the same"),
            hint=t("The appointment is then marked as overbooked, and who did it is recorded."),
        ),
        role="alert",
        class_name="cx-stack",
    )


def _notify(lang: str, name: str) -> rx.Component:
    t, detail = translator(lang), BookingState.detail
    asked = radio_group(
        lang,
        name,
        t("Notify the person?"),
        [Choice("yes", t("Yes")), Choice("no", t("No"))],
        default="yes",
        hint=joined(detail.confirming, ". ", t("The message leaves after a minute; until then you can undo this.")),
    )
    return rx.cond(detail.tells, asked, paragraph(t("This person gets no messages."), muted=True))


def _cancel(lang: str) -> rx.Component:
    t, state = translator(lang), BookingDeeds
    return confirm_dialog(
        lang,
        t("Cancel this appointment?"),
        error_summary(lang, Notice.problems),
        paragraph(t("The time becomes free at once. You can undo this for a minute.")),
        stack(
            text_area(lang, "reason", t("Reason, for the person to read"), problems=Notice.problems),
            _notify(lang, "notify"),
            key=state.stamp.to_string(),
        ),
        open=state.mode == "cancel",
        deed=t("Cancel appointment"),
        on_deed=state.cancel,
        on_close=state.close,
        form=True,
        name="cancel",
    )
