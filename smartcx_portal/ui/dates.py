"""A date in three parts, for days that people know by heart; days near today use `fields.date_input`."""

import reflex as rx

from smartcx_portal.kit.language import translator
from smartcx_portal.ui.choices import fieldset
from smartcx_portal.ui.fields import Problems, described, problem_of
from smartcx_portal.ui.text import Flag, Text, anchor, joined, when


def date_field(
    lang: str,
    name: str,
    legend: Text,
    *,
    default: tuple[Text, Text, Text] = ("", "", ""),
    hint: Text = "",
    optional: Flag = False,
    problems: Problems = None,
    birthday: bool = False,
) -> rx.Component:
    """A date that people know by heart, in three parts named `{name}-day`, `-month` and `-year`."""
    t = translator(lang)
    problem = problem_of(name, problems)
    parts = [("day", t("Day"), "2"), ("month", t("Month"), "2"), ("year", t("Year"), "4")]

    def part(word: str, text: str, width: str, value: Text) -> rx.Component:
        place = f"{name}-{word}"
        control = rx.el.input(
            name=place,
            custom_attrs=anchor(place),
            default_value=value,
            input_mode="numeric",
            max_length=int(width),
            class_name=joined(
                f"kern-form-input__input cx-width-{width}",
                when(problem, " kern-form-input__input--error", ""),
            ),
            **({"auto_complete": f"bday-{word}"} if birthday else {}),
            **described(name, "", problem),
        )
        head = rx.el.label(text, class_name="kern-label", html_for=place)
        return rx.el.div(head, control, class_name="kern-form-input")

    body = [part(*row, value) for row, value in zip(parts, default, strict=True)]
    return fieldset(lang, name, legend, *body, hint=hint, optional=optional, problem=problem, horizontal=True)
