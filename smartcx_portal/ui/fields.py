"""One-line and many-line fields. All are uncontrolled: the browser keeps what is typed, the form sends it.

Every field takes `problems`, the State's `dict[str, str]` from field name to sentence, and shows its own.
"""

from typing import Any

import reflex as rx

from smartcx_portal.kit.language import translator
from smartcx_portal.ui.text import Flag, Text, anchor, given, joined, when

Problems = rx.Var[dict[str, str]] | dict[str, str] | None


def problem_of(name: Text, problems: Problems) -> Text:
    """The sentence about the field `name`, or an empty text."""
    if problems is None:
        return ""
    if isinstance(problems, rx.Var):
        return problems.to(dict[str, str])[name].to(str)
    return problems.get(str(name), "")


def error(name: Text, text: Text) -> rx.Component:
    """The sentence below a field; the field points to it."""
    shown = rx.el.p(
        rx.el.span(class_name="kern-icon kern-icon--danger", aria_hidden="true"),
        rx.el.span(text, class_name="kern-body"),
        class_name="kern-error",
        custom_attrs=anchor(joined(name, "-error")),
    )
    return when(text, shown)


def hint_line(name: Text, text: Text) -> rx.Component:
    """Help that stands before the field; the field points to it."""
    return when(text, rx.el.div(text, class_name="kern-hint", custom_attrs=anchor(joined(name, "-hint"))))


def described(name: Text, hint: Text, problem: Text) -> dict[str, Any]:
    """The attributes that tie a field to its hint and its error."""
    ids = joined(when(hint, joined(name, "-hint "), ""), when(problem, joined(name, "-error"), ""))
    attributes: dict[str, Any] = {}
    if given(hint) or given(problem):
        attributes["aria_describedby"] = ids
    if given(problem):
        attributes["aria_invalid"] = when(problem, "true", "false")
    return attributes


def optional_mark(lang: str, optional: Flag) -> rx.Component:
    """Says that a field may stay empty."""
    return when(optional, rx.el.span(" ", translator(lang)("(optional)"), class_name="kern-label__optional"))


def needed(optional: Flag) -> Flag:
    """The value of `required` for a field that is `optional`."""
    return ~optional if isinstance(optional, rx.Var) else not optional


def label(lang: str, name: Text, text: Text, optional: Flag) -> rx.Component:
    """The label of one field."""
    return rx.el.label(text, optional_mark(lang, optional), class_name="kern-label", html_for=name)


def frame(
    lang: str, name: Text, text: Text, control: rx.Component, *, hint: Text, optional: Flag, problem: Text
) -> rx.Component:
    """Label, hint, control and error of one field in KERN's order."""
    return rx.el.div(
        label(lang, name, text, optional),
        hint_line(name, hint),
        control,
        error(name, problem),
        class_name=joined("kern-form-input", when(problem, " kern-form-input--error", "")),
    )


def text_field(
    lang: str,
    name: Text,
    text: Text,
    *,
    type: str = "text",
    default: Text = "",
    hint: Text = "",
    optional: Flag = False,
    problems: Problems = None,
    autocomplete: str = "",
    width: str = "",
    **props: Any,
) -> rx.Component:
    """A one-line field. `width` is a number of characters, 2, 4 or 8; other attributes go to the input."""
    problem = problem_of(name, problems)
    if autocomplete:
        props["auto_complete"] = autocomplete
    css = "kern-form-input__input" + (f" cx-width-{width}" if width else "")
    control = rx.el.input(
        type=type,
        name=name,
        custom_attrs=anchor(name),
        default_value=default,
        required=needed(optional),
        class_name=joined(css, when(problem, " kern-form-input__input--error", "")),
        **described(name, hint, problem),
        **props,
    )
    return frame(lang, name, text, control, hint=hint, optional=optional, problem=problem)


def email_field(lang: str, name: Text, text: Text, **props: Any) -> rx.Component:
    """An e-mail address; the browser offers the person's own."""
    return text_field(lang, name, text, **{"type": "email", "autocomplete": "email", "spell_check": False, **props})


def tel_field(lang: str, name: Text, text: Text, **props: Any) -> rx.Component:
    """A telephone number in any writing."""
    return text_field(lang, name, text, **{"type": "tel", "autocomplete": "tel", **props})


def password_field(lang: str, name: Text, text: Text, *, fresh: bool = False, **props: Any) -> rx.Component:
    """A password; `fresh` for one that is being chosen. Password managers and pasting work."""
    kind = "new-password" if fresh else "current-password"
    return text_field(lang, name, text, **{"type": "password", "autocomplete": kind, **props})


def code_field(lang: str, name: Text, text: Text, **props: Any) -> rx.Component:
    """A one-time code: digits on the phone's keyboard, offered by the phone, pasting allowed, spaces ignored later."""
    return text_field(
        lang,
        name,
        text,
        **{"autocomplete": "one-time-code", "input_mode": "numeric", "width": "8", "spell_check": False, **props},
    )


def number_field(
    lang: str, name: Text, text: Text, *, default: Text | int | rx.Var[int] = "", **props: Any
) -> rx.Component:
    """A whole number, typed as text: no spinner that a mouse wheel turns by accident."""
    text_value: Any = default.to(str) if isinstance(default, rx.Var) else str(default)
    return text_field(lang, name, text, default=text_value, **{"input_mode": "numeric", "width": "4", **props})


def date_input(lang: str, name: Text, text: Text, **props: Any) -> rx.Component:
    """A day near today, chosen in the browser's own calendar; the value is `2026-12-01`."""
    return text_field(lang, name, text, **{"type": "date", "width": "8", **props})


def time_input(lang: str, name: Text, text: Text, **props: Any) -> rx.Component:
    """A time of day; the value is `10:15`."""
    return text_field(lang, name, text, **{"type": "time", "width": "8", **props})


def text_area(
    lang: str,
    name: Text,
    text: Text,
    *,
    default: Text = "",
    hint: Text = "",
    optional: Flag = False,
    problems: Problems = None,
    rows: int = 4,
    **props: Any,
) -> rx.Component:
    """A field of several lines."""
    problem = problem_of(name, problems)
    control = rx.el.textarea(
        name=name,
        custom_attrs=anchor(name),
        default_value=default,
        rows=rows,
        required=needed(optional),
        class_name=joined("kern-form-input__input cx-textarea", when(problem, " kern-form-input__input--error", "")),
        **described(name, hint, problem),
        **props,
    )
    return frame(lang, name, text, control, hint=hint, optional=optional, problem=problem)
