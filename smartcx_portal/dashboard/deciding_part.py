"""The question what becomes of appointments that a change hits, the answer afterwards, and the way back."""

from typing import Any

import reflex as rx

from smartcx_portal.bookings.affected import Deed
from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.deciding import REST
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, link, plain_button, submit
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.choices import Choice, checkbox, each, select_field
from smartcx_portal.ui.fields import frame, problem_of, text_area
from smartcx_portal.ui.forms import bare_form, form
from smartcx_portal.ui.messages import alert
from smartcx_portal.ui.parts import paragraph
from smartcx_portal.ui.text import Text, anchor, joined


def or_asking(lang: str, state: Any, *content: rx.Component) -> rx.Component:
    """The question while one waits; else what was done, then the content."""
    return rx.cond(state.asking.title != "", _asking(lang, state), rx.fragment(_done(lang, state), *content))


def undo_button(lang: str, state: Any) -> rx.Component:
    """Takes the last change of the calendar back and says which it is."""
    return rx.cond(state.undo != "", button(lang, state.undo, state.take_back))


def _asking(lang: str, state: Any) -> rx.Component:
    t, asking = translator(lang), state.asking
    return rx.el.section(
        FocusHeading.create(asking.title, stamp=asking.title, class_name="kern-heading-medium"),
        rx.cond(
            asking.fresh,
            alert(
                t("Nothing has been changed yet"),
                t("Meanwhile other appointments are affected. Please look at the list again."),
                kind="warning",
            ),
        ),
        paragraph(t("Nothing has been changed yet. Choose what becomes of each appointment, then apply the change.")),
        bare_form(
            rx.el.div(
                select_field(lang, "all", t("For all of them"), _deeds(lang)),
                submit(lang, t("Set for all"), weight="secondary"),
                class_name="cx-filters",
            ),
            on_submit=state.set_all,
            class_name="cx-whose",
        ),
        form(
            lang,
            rx.el.ul(rx.foreach(asking.rows, lambda one: _row(lang, state, one)), class_name="cx-affected"),
            rx.cond(asking.more != "", rx.el.div(_rest(lang, asking), key=asking.stamp.to_string())),
            text_area(
                lang,
                "message",
                t("Message to those whose appointment is cancelled"),
                hint=t("Needed as soon as you cancel one: say why. Only those people read it."),
                optional=True,
                problems=Notice.problems,
                rows=3,
            ),
            checkbox("notify", t("Tell the people by the way they chose"), default=True),
            paragraph(t("Messages leave after 60 seconds. Until then each appointment can be put back on its page.")),
            on_submit=state.decide,
            deed=t("Apply"),
            others=(plain_button(t("Back, change nothing"), state.back_off, weight="secondary"),),
            problems=Notice.problems,
            said=rx.cond(Notice.text != "", Notice.text, Notice.said),
        ),
        class_name="cx-section",
    )


def _row(lang: str, state: Any, one: Any) -> rx.Component:
    """One appointment with its choice; made anew when all are set at once."""
    return rx.el.li(
        _choice(lang, one.name, one.head, one.chosen, one.detail, one.times),
        class_name="cx-affected__row",
        key=joined(one.id, "-", state.asking.stamp.to_string()),
    )


def _rest(lang: str, asking: Any) -> rx.Component:
    hint = translator(lang)("These are not listed one by one; one choice holds for all of them.")
    return _choice(lang, REST, asking.more, asking.more_chosen, hint, ())


def _choice(lang: str, name: Text, label: Text, chosen: Text, hint: Text, times: Any) -> rx.Component:
    t, problem = translator(lang), problem_of(name, Notice.problems)
    control = rx.el.div(
        rx.el.select(
            *[rx.el.option(one.label, value=one.value) for one in _deeds(lang)],
            *(each(times, lambda one: rx.el.option(joined(t("Move to"), " ", one.text), value=one.value))),
            name=name,
            custom_attrs=anchor(name),
            default_value=chosen,
            class_name="kern-form-input__select",
            aria_describedby=joined(name, "-hint ", name, "-error"),
        ),
        class_name="kern-form-input__select-wrapper",
    )
    return frame(lang, name, label, control, hint=hint, optional=False, problem=problem)


def _deeds(lang: str) -> list[Choice]:
    t = translator(lang)
    return [
        Choice(Deed.KEEP.value, t("Keep it as it is")),
        Choice(Deed.NEXT.value, t("Move to the next free time")),
        Choice(Deed.CANCEL.value, t("Cancel with a message")),
    ]


def _done(lang: str, state: Any) -> rx.Component:
    before = f"{room_address(lang, 'booking')}/"

    def one(line: Any) -> rx.Component:
        return rx.el.li(link(line.person, joined(before, line.id)), ": ", line.text, key=line.id)

    told = rx.el.section(
        FocusHeading.create(state.done.title, stamp=state.done.title, class_name="kern-heading-medium"),
        rx.el.ul(rx.foreach(state.done.lines, one), class_name="kern-list kern-list--bullet cx-bullets"),
        class_name="cx-section",
    )
    return rx.cond(state.done.title != "", told)
