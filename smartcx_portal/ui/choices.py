"""Fields in which one chooses: select, radio buttons, checkboxes and consents.

An unticked checkbox and an unchosen radio group are missing from the form's data; a ticked box is `yes`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from smartcx_portal.ui.fields import Problems, described, error, hint_line, needed, optional_mark, problem_of
from smartcx_portal.ui.text import Flag, Text, anchor, given, joined, when


@dataclass(frozen=True)
class Choice:
    """One thing to choose. `more` is shown once it is chosen: a consent's text, what follows from it."""

    value: str
    label: str
    hint: str = ""
    more: str = ""


Choices = Sequence[Choice] | rx.Var[list[Choice]]


def each(items: Any, made: Any) -> list[rx.Component]:
    """`made` for each item of a list or of a Var that holds one."""
    if isinstance(items, rx.Var):
        return [rx.foreach(items, made)]
    return [made(item) for item in items]


def select_field(
    lang: str,
    name: Text,
    text: Text,
    choices: Choices,
    *,
    default: Text = "",
    empty: Text = "",
    hint: Text = "",
    optional: Flag = False,
    problems: Problems = None,
    groups: Sequence[tuple[Text, Choices]] = (),
    **props: Any,
) -> rx.Component:
    """A list to choose one of; `empty` is the first entry that stands for nothing chosen.

    `groups` come after `choices`, each with its heading.
    """
    problem = problem_of(name, problems)
    first = [rx.el.option(empty, value="")] if given(empty) else []
    control = rx.el.select(
        *first,
        *_options(choices),
        *[rx.el.optgroup(*_options(inside), label=heading) for heading, inside in groups],
        name=name,
        custom_attrs=anchor(name),
        default_value=default,
        required=needed(optional),
        class_name=joined("kern-form-input__select", when(problem, " kern-form-input__select--error", "")),
        **described(name, hint, problem),
        **props,
    )
    return rx.el.div(
        rx.el.label(text, optional_mark(lang, optional), class_name="kern-label", html_for=name),
        hint_line(name, hint),
        rx.el.div(control, class_name="kern-form-input__select-wrapper"),
        error(name, problem),
        class_name=joined("kern-form-input", when(problem, " kern-form-input--error", "")),
    )


def _options(choices: Choices) -> list[rx.Component]:
    return each(choices, lambda choice: rx.el.option(choice.label, value=choice.value))


def fieldset(
    lang: str,
    name: Text,
    legend: Text,
    *body: rx.Component,
    hint: Text = "",
    optional: Flag = False,
    problem: Text = "",
    horizontal: bool = False,
    **props: Any,
) -> rx.Component:
    """Fields that answer one question together, with one legend, hint and error."""
    direction = " kern-fieldset__body--horizontal" if horizontal else ""
    return rx.el.fieldset(
        rx.el.legend(legend, optional_mark(lang, optional), class_name="kern-label"),
        hint_line(name, hint),
        rx.el.div(*body, class_name=f"kern-fieldset__body{direction}"),
        error(name, problem),
        class_name=joined("kern-fieldset", when(problem, " kern-fieldset--error", "")),
        **{k: v for k, v in described(name, hint, problem).items() if k == "aria_describedby"},
        **props,
    )


def _radio(name: Text, choice: Any, default: Text, problem: Text, inside: rx.Component | None) -> rx.Component:
    place = joined(name, "-", choice.value)
    more = inside or when(choice.more, rx.el.p(choice.more, class_name="kern-body"))
    has_more: Any = inside is not None or choice.more
    points = joined(when(choice.hint, joined(place, "-hint "), ""), when(has_more, joined(place, "-more"), ""))
    mark = rx.el.input(
        type="radio",
        name=name,
        value=choice.value,
        default_checked=_same(default, choice.value),
        custom_attrs=anchor(place),
        class_name=joined("kern-form-check__radio", when(problem, " kern-form-check__radio--error", "")),
        **({"aria_describedby": points} if given(points) else {}),
    )
    return rx.el.div(
        rx.el.div(
            mark, rx.el.label(choice.label, class_name="kern-label", html_for=place), class_name="kern-form-check"
        ),
        when(choice.hint, rx.el.p(choice.hint, class_name="kern-hint", custom_attrs=anchor(joined(place, "-hint")))),
        when(has_more, rx.el.div(more, class_name="cx-choice__more", custom_attrs=anchor(joined(place, "-more")))),
        class_name="cx-choice",
    )


def _same(left: Text, right: Text) -> Flag:
    return left == right


def radio_group(
    lang: str,
    name: Text,
    legend: Text,
    choices: Choices,
    *,
    default: Text = "",
    hint: Text = "",
    optional: Flag = False,
    problems: Problems = None,
    inside: dict[str, rx.Component] | None = None,
    offered: dict[str, Flag] | None = None,
) -> rx.Component:
    """One of a few, none chosen beforehand unless `default` says so.

    `inside` gives, by value, what appears below a choice once it is chosen, such as the field for the address;
    `offered` whether a choice is there at all.
    """
    problem = problem_of(name, problems)
    below, there = inside or {}, offered or {}

    def made(choice: Any) -> rx.Component:
        if isinstance(choice, rx.Var):
            return _radio(name, choice, default, problem, None)
        return when(there.get(choice.value, True), _radio(name, choice, default, problem, below.get(choice.value)))

    return fieldset(
        lang,
        name,
        legend,
        *each(choices, made),
        hint=hint,
        optional=optional,
        problem=problem,
        custom_attrs={"role": "radiogroup"},
    )


def checkbox(
    name: Text,
    text: Text,
    *,
    default: Flag = False,
    hint: Text = "",
    problems: Problems = None,
    value: Text = "yes",
    place: Text = "",
    **props: Any,
) -> rx.Component:
    """One box, unticked unless `default` says so; `place` is its id where several share a name."""
    problem = problem_of(name, problems)
    place = place if given(place) else name
    box = rx.el.input(
        type="checkbox",
        name=name,
        value=value,
        default_checked=default,
        custom_attrs=anchor(place),
        class_name=joined("kern-form-check__checkbox", when(problem, " kern-form-check__checkbox--error", "")),
        **described(place, hint, problem),
        **props,
    )
    return rx.el.div(
        rx.el.div(
            box,
            rx.el.label(text, class_name="kern-label", html_for=place),
            error(place, problem),
            class_name=joined("kern-form-check", when(problem, " kern-form-check--error", "")),
        ),
        when(hint, rx.el.p(hint, class_name="kern-hint", custom_attrs=anchor(joined(place, "-hint")))),
        class_name="cx-choice",
    )


def checkbox_group(
    lang: str,
    name: Text,
    legend: Text,
    choices: Choices,
    *,
    chosen: Sequence[str] = (),
    hint: Text = "",
    optional: Flag = False,
    problems: Problems = None,
) -> rx.Component:
    """Any of several; all boxes carry the same `name` and send their values."""

    def made(choice: Any) -> rx.Component:
        ticked = not isinstance(choice, rx.Var) and choice.value in chosen
        place = joined(name, "-", choice.value)
        return checkbox(name, choice.label, hint=choice.hint, value=choice.value, place=place, default=ticked)

    return fieldset(
        lang,
        name,
        legend,
        *each(choices, made),
        hint=hint,
        optional=optional,
        problem=problem_of(name, problems),
    )


def consent_box(
    name: Text, question: Text, wording: Text | rx.Component, *, default: Flag = False, problems: Problems = None
) -> rx.Component:
    """One consent: its full wording first, then the box; never ticked beforehand, only when a draft comes back."""
    words = wording if isinstance(wording, rx.Component) else rx.el.p(wording, class_name="kern-body")
    box = checkbox(name, question, default=default, problems=problems)
    return rx.el.div(words, box, class_name="cx-consent")
