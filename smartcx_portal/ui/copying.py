"""A text to copy, and the button that does it; its code is `copying.jsx`."""

import reflex as rx

from smartcx_portal.kit.language import translator
from smartcx_portal.ui.text import Text, anchor, given


class CopyButton(rx.Component):
    """Puts `text` onto the clipboard and says so; without a clipboard it marks the text, so that it can be copied."""

    library = rx.asset("copying.jsx", shared=True).importable_path
    tag = "CopyButton"
    text: rx.Var[str]
    label: rx.Var[str]
    spoken: rx.Var[str]
    done: rx.Var[str]
    marked: rx.Var[str]
    shown_in: rx.Var[str]


def copy_button(lang: str, text: Text, *, shown_in: Text, spoken: Text = "") -> rx.Component:
    """`shown_in` names the box in which the text stands; `spoken` says what is copied, beginning with "Copy"."""
    t = translator(lang)
    return CopyButton.create(
        text=text,
        label=t("Copy"),
        spoken=spoken if given(spoken) else t("Copy"),
        done=t("Copied."),
        marked=t("The text is marked: copy it with your keyboard or the menu."),
        shown_in=shown_in,
    )


def copy_box(lang: str, title: Text, text: Text, *, name: str) -> rx.Component:
    """A text of several lines under its title, with the button; the box scrolls by itself and by keyboard."""
    head = f"{name}-title"
    return rx.el.div(
        rx.el.p(title, class_name="kern-label", custom_attrs=anchor(head)),
        rx.el.pre(
            rx.el.code(text),
            tab_index=0,
            role="region",
            class_name="cx-copy__text",
            custom_attrs={**anchor(name), "aria-labelledby": head},
        ),
        copy_button(lang, text, shown_in=name),
        class_name="cx-copy",
    )
