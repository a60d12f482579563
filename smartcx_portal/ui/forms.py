"""Forms: validated on the server, nothing typed is lost, problems told once at the top and at each field."""

from typing import Any

import reflex as rx

from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button_row, submit
from smartcx_portal.ui.browser import ErrorSummary
from smartcx_portal.ui.text import Text


def error_summary(lang: str, problems: rx.Var[dict[str, str]]) -> rx.Component:
    """The State's problems, field name to sentence in the order of the form, as links to the fields.

    It takes focus with every answer after which any is left, the same as before too. A problem that belongs to no
    field has a name that starts with an underscore.
    """
    t = translator(lang)
    return ErrorSummary.create(problems=problems, heading=t("Error: Please check your entries"), word=t("Error:"))


def bare_form(*children: rx.Component, on_submit: Any, **props: Any) -> rx.Component:
    """A form that never puts what was typed into an address: sent before the page works, it goes by POST, unread."""
    return rx.el.form(*children, on_submit=on_submit, method="post", no_validate=True, **props)


def form(
    lang: str,
    *fields: rx.Component,
    on_submit: Any,
    deed: Text,
    others: tuple[rx.Component, ...] = (),
    problems: rx.Var[dict[str, str]] | None = None,
    said: Text | None = None,
    **props: Any,
) -> rx.Component:
    """Fields, then the button named `deed`; `others` are further actions beside it.

    For a long form give `said`, what the page said last: the button then stays in sight at the window's lower edge with
    these words beside it, for the eyes only; `others` stand below it, at the form's end.

    The handler gets the form's data as a mapping. Any answer ends the waiting: the gate counts them.
    """
    summary = [error_summary(lang, problems)] if problems is not None else []
    rows = [button_row(submit(lang, deed), *others)]
    if said is not None:
        words = rx.el.span(said, class_name="kern-body", aria_hidden="true")
        rows = [rx.el.div(submit(lang, deed), words, class_name="cx-bar")]
        rows += [button_row(*others)] if others else []
    return bare_form(
        *summary,
        *fields,
        *rows,
        on_submit=on_submit,
        class_name="cx-form",
        **props,
    )


def search_form(lang: str, name: str, label: Text, *, on_submit: Any, default: Text = "") -> rx.Component:
    """One field and its button in a line."""
    t = translator(lang)
    place = f"search-{name}"
    control = rx.el.input(
        type="search",
        name=name,
        default_value=default,
        custom_attrs={"id": place},
        class_name="kern-form-input__input",
    )
    return rx.el.div(
        bare_form(
            rx.el.div(
                rx.el.label(label, class_name="kern-label", html_for=place),
                rx.el.div(control, submit(lang, t("Search"), weight="secondary"), class_name="kern-input-group"),
                class_name="kern-form-input",
            ),
            on_submit=on_submit,
        ),
        role="search",
    )


def filter_form(lang: str, *fields: rx.Component, on_submit: Any) -> rx.Component:
    """A few short fields beside each other, for narrowing a list."""
    t = translator(lang)
    return bare_form(
        rx.el.div(*fields, submit(lang, t("Show"), weight="secondary"), class_name="cx-filters"),
        on_submit=on_submit,
    )
