"""Choosing a file that a person gave to the staff, and sending it by a ticket; its code is `bringing.jsx`."""

from typing import Any

import reflex as rx

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.privacy.brought import LARGEST, TOO_LARGE
from smartcx_portal.ui.fields import described, frame, problem_of
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.text import anchor

KINDS = ".zip,.json,application/zip,application/json"
NONE_CHOSEN = N_("Choose a file.")
NOT_SENT = N_("The file could not be sent. Choose it once more, and check your connection.")


def _taken(received_id: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (received_id,)


def _refused(problems: rx.Var[list[str]]) -> tuple[rx.Var[list[str]]]:
    return (problems,)


class FileSender(rx.Component):
    """Sends the form inside: `on_taken` gets the id of what waits now, `on_refused` the sentences of what is wrong."""

    library = rx.asset("bringing.jsx", shared=True).importable_path
    tag = "FileSender"
    to: rx.Var[str]
    largest: rx.Var[int]
    missing: rx.Var[str]
    too_large: rx.Var[str]
    failed: rx.Var[str]
    on_taken: rx.EventHandler[_taken]  # type: ignore[type-arg, valid-type]
    on_refused: rx.EventHandler[_refused]  # type: ignore[type-arg, valid-type]


def file_form(lang: str, to: rx.Var[str], problems: Any, *, on_taken: Any, on_refused: Any) -> rx.Component:
    """`to`: the ticket's address; `problems`: sentences by name of field, as in every form."""
    t = translator(lang)
    return FileSender.create(
        form(
            lang,
            _file_field(lang, problems),
            on_submit=rx.prevent_default,
            deed=t("Check file"),
            problems=problems,
        ),
        to=to,
        largest=LARGEST,
        missing=t(NONE_CHOSEN),
        too_large=t(TOO_LARGE),
        failed=t(NOT_SENT),
        on_taken=on_taken,
        on_refused=on_refused,
    )


def _file_field(lang: str, problems: Any) -> rx.Component:
    t = translator(lang)
    hint = t("The ZIP file as it was downloaded, or data/subject.json from it. At most 5 MB.")
    problem = problem_of("file", problems)
    control = rx.el.input(
        type="file",
        name="file",
        accept=KINDS,
        required=True,
        custom_attrs=anchor("file"),
        class_name="kern-form-input__input",
        **described("file", hint, problem),
    )
    return frame(lang, "file", t("File that the person gave you"), control, hint=hint, optional=False, problem=problem)
