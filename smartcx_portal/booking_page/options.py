"""Still step 1, where a service leaves something to choose: how often, what else, which way, with whom."""

from typing import Any

import reflex as rx

from smartcx_portal.booking_page.frame import booking_page, own_words, to, while_open
from smartcx_portal.booking_page.options_state import OptionsState
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.choices import checkbox, fieldset, radio_group
from smartcx_portal.ui.fields import number_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.messages import waiting
from smartcx_portal.ui.parts import paragraph
from smartcx_portal.ui.text import joined

PROBLEMS = OptionsState.problems


def options_page(lang: str) -> rx.Component:
    """The form has only what the service offers."""
    t = translator(lang)
    whole = form(
        lang,
        rx.cond(OptionsState.most_quantity > 1, _quantity(lang)),
        rx.cond(OptionsState.most_places > 1, _places(lang)),
        rx.cond(OptionsState.further.length() > 0, _further(lang)),
        rx.cond(OptionsState.ways.length() > 0, _ways(lang)),
        rx.cond(OptionsState.people.length() > 0, _people(lang)),
        rx.cond(OptionsState.most_repeats > 1, _repeats(lang)),
        on_submit=OptionsState.choose,
        deed=t("Continue"),
        problems=PROBLEMS,
    )
    shown = rx.fragment(paragraph(own_words(OptionsState.service), bold=True), whole)
    return booking_page(
        lang,
        t("How should the appointment be?"),
        while_open(
            lang, rx.cond(OptionsState.form_id != "", rx.fragment(shown, key=OptionsState.form_id), waiting(lang))
        ),
        sub="options",
        back=(t("Choose another service"), to(lang, "service")),
    )


def _quantity(lang: str) -> rx.Component:
    label = joined(translator(lang)("How often?"), " ", OptionsState.service)
    hint = OptionsState.hints["quantity"]
    return number_field(
        lang, OptionsState.own_field, label, default=OptionsState.quantity, hint=hint, problems=PROBLEMS
    )


def _places(lang: str) -> rx.Component:
    label, hint = translator(lang)("For how many people?"), OptionsState.hints["places"]
    return number_field(lang, "places", label, default=OptionsState.places, hint=hint, problems=PROBLEMS)


def _further(lang: str) -> rx.Component:
    t = translator(lang)

    def one(each: Any) -> rx.Component:
        box = checkbox(each.name, own_words(each.label), default=each.entered != "", hint=each.hint, problems=PROBLEMS)
        number = number_field(
            lang,
            each.name,
            own_words(each.label),
            default=each.entered,
            hint=each.hint,
            optional=True,
            problems=PROBLEMS,
        )
        return rx.cond(each.most > 1, number, box)

    return fieldset(
        lang,
        "services",
        t("Anything else in the same visit?"),
        rx.foreach(OptionsState.further, one),
        hint=t("The visit then takes longer; you need to come only once."),
        problem=PROBLEMS["services"],
    )


def _ways(lang: str) -> rx.Component:
    legend = translator(lang)("How should it take place?")
    return radio_group(lang, "way", legend, OptionsState.ways, default=OptionsState.way, problems=PROBLEMS)


def _people(lang: str) -> rx.Component:
    legend = translator(lang)("With whom?")
    return radio_group(lang, "resource", legend, OptionsState.people, default=OptionsState.resource, problems=PROBLEMS)


def _repeats(lang: str) -> rx.Component:
    t = translator(lang)
    return fieldset(
        lang,
        "series",
        t("Several appointments in one go"),
        number_field(
            lang,
            "repeats",
            t("How many appointments?"),
            default=OptionsState.repeats,
            hint=OptionsState.hints["repeats"],
            problems=PROBLEMS,
        ),
        number_field(
            lang,
            "every_weeks",
            t("Every how many weeks?"),
            default=OptionsState.every_weeks,
            hint=t("1 means every week."),
            problems=PROBLEMS,
        ),
        hint=t("You choose the first time; the others follow on the same day of the week at the same time."),
    )
