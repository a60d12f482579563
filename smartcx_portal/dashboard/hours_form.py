"""The form for a weekly rule or for extra hours of one day."""

from typing import Any

import reflex as rx

from smartcx_portal.bookings.rule_entries import MONTHLY, WEEKLY, WEEKS
from smartcx_portal.dashboard.hours_state import HoursState
from smartcx_portal.dashboard.hours_view import nth_choices, weekday_choices
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button_row, plain_button
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.choices import Choice, radio_group, select_field
from smartcx_portal.ui.fields import date_input, number_field, time_input
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.keeping import Keeper
from smartcx_portal.ui.text import joined


def hours_form(lang: str) -> rx.Component:
    """For a new rule or for the one that is changed; what is typed goes to the preview."""
    t, state = translator(lang), HoursState
    changing = joined(t("Change"), ": ", state.editing_text)
    adding = rx.cond(state.single, t("Add hours for a single day"), t("Add opening hours"))
    other = rx.cond(state.single, t("Enter weekly hours instead"), t("Enter hours for a single day instead"))
    return rx.el.section(
        FocusHeading.create(
            rx.cond(state.editing != "", changing, adding),
            stamp=state.focus,
            class_name="kern-heading-medium",
        ),
        rx.cond(state.editing == "", button_row(plain_button(other, state.turn, weight="secondary"))),
        Keeper.create(rx.cond(state.single, _form(lang, *_day(lang)), _form(lang, *_week(lang))), on_keep=state.look),
        class_name="cx-section",
        key=state.form_key.to_string(),
    )


def problems() -> Any:
    """Those of this form; while days or a week to copy are chosen, they are the dialog's."""
    return rx.cond(HoursState.copying == "", Notice.problems, {})


def _form(lang: str, *fields: rx.Component) -> rx.Component:
    t, state = translator(lang), HoursState
    return form(
        lang,
        *fields,
        number_field(
            lang,
            "online_quota",
            t("At most so many appointments booked online at a time"),
            default=state.entries.online_quota,
            hint=t("The rest stays for telephone and counter. 0: only your team can book. Empty: no limit."),
            optional=True,
            problems=problems(),
        ),
        on_submit=state.save,
        deed=t("Apply"),
        others=(rx.cond(state.editing != "", plain_button(t("Leave it as it is"), state.leave)),),
        problems=problems(),
    )


def _times(lang: str) -> list[rx.Component]:
    t, entries = translator(lang), HoursState.entries
    return [
        time_input(lang, "opens", t("Opens at"), default=entries.opens, problems=problems()),
        time_input(
            lang,
            "closes",
            t("Closes at"),
            default=entries.closes,
            hint=t("00:00 is the end of the day."),
            problems=problems(),
        ),
    ]


def _day(lang: str) -> list[rx.Component]:
    t = translator(lang)
    hint = t("These hours are added to whatever else holds on this day, also on a public holiday.")
    return [
        date_input(lang, "day", t("Day"), default=HoursState.entries.day, hint=hint, problems=problems()),
        *_times(lang),
    ]


def _week(lang: str) -> list[rx.Component]:
    t, entries = translator(lang), HoursState.entries
    weekdays = weekday_choices(lang)
    choose = t("Please choose")
    return [
        select_field(
            lang, "weekday", t("Weekday"), weekdays, default=entries.weekday, empty=choose, problems=problems()
        ),
        *_times(lang),
        _repeats(lang),
        date_input(lang, "valid_from", t("Valid from"), default=entries.valid_from, optional=True, problems=problems()),
        date_input(
            lang, "valid_until", t("Valid until"), default=entries.valid_until, optional=True, problems=problems()
        ),
    ]


def _repeats(lang: str) -> rx.Component:
    t, entries = translator(lang), HoursState.entries
    weeks = number_field(
        lang,
        "every_weeks",
        t("Every how many weeks"),
        default=entries.every_weeks,
        hint=t("Counted from the week of the first valid day."),
        problems=problems(),
    )
    nth = select_field(
        lang, "nth", t("Which one of the month"), nth_choices(lang), default=entries.nth, problems=problems()
    )
    return radio_group(
        lang,
        "repeats",
        t("How often"),
        [
            Choice(WEEKLY, t("Every week")),
            Choice(WEEKS, t("Every second, third … week")),
            Choice(MONTHLY, t("Once a month")),
        ],
        default=entries.repeats,
        problems=problems(),
        inside={WEEKS: weeks, MONTHLY: nth},
    )
