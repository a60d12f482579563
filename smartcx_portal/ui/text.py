"""What the functions of `ui` take as text, and how to treat a Var and a plain value alike."""

from typing import Any

import reflex as rx

Text = str | rx.Var[str]
"""A text known when the page is built, or a Var."""

Flag = bool | rx.Var[bool]
"""A yes or no known when the page is built, or a Var."""


def given(text: object) -> bool:
    """Whether there is a text or may be one: a Var counts as given."""
    return isinstance(text, rx.Var) or bool(text)


def when(condition: object, shown: Any, otherwise: Any = None) -> Any:
    """`shown` if the condition holds, decided at once for plain values and in the browser for Vars."""
    if isinstance(condition, rx.Var):
        empty = rx.fragment() if isinstance(shown, rx.Component) else ""
        return rx.cond(condition, shown, empty if otherwise is None else otherwise)
    if condition:
        return shown
    return rx.fragment() if otherwise is None else otherwise


def joined(*parts: Text) -> Text:
    """The parts as one text; a Var as soon as one of them is."""
    if not any(isinstance(part, rx.Var) for part in parts):
        return "".join(str(part) for part in parts)
    filled = [part.to(str) if isinstance(part, rx.Var) else part for part in parts if given(part)]
    whole: Any = filled[0] if isinstance(filled[0], rx.Var) else rx.Var.create(filled[0])
    for part in filled[1:]:
        whole = whole + part
    return whole


def anchor(name: Text) -> dict[str, Text]:
    """An `id` without a React ref: a ref would put the field a second time into the form's data."""
    return {"id": name}
