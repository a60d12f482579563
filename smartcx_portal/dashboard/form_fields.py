"""The page of a service's questions."""

from typing import Any

import reflex as rx

from smartcx_portal.bookings.field_setup import ANSWERS, KINDS
from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.form_fields_state import FormFieldsState
from smartcx_portal.dashboard.setup_parts import Entered, setup_entry, setup_list, setup_room, sort_buttons, undo_part
from smartcx_portal.kit.language import translate, translator
from smartcx_portal.models.calendar import FieldKind
from smartcx_portal.ui.actions import back_link, button, button_row, plain_button
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.choices import Choice, select_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.messages import badge
from smartcx_portal.ui.parts import confirm_dialog, paragraph
from smartcx_portal.ui.text import joined


def form_fields_page(lang: str) -> rx.Component:
    """The questions in the order of the form, then the form for one of them."""
    t, state = translator(lang), FormFieldsState
    return setup_room(
        lang,
        rx.cond(state.title != "", joined(t("Form fields"), ": ", state.title), t("Form fields")),
        back_link(t("Back to the service"), joined(room_address(lang, "service"), "/", state.id)),
        paragraph(
            t(
                "Name and a way to confirm are asked in any case. Ask for nothing else that you do not need: "
                "less data, less work, more bookings."
            )
        ),
        undo_part(lang, state),
        rx.cond(
            state.rows.length() > 0,
            setup_list(t("Form fields"), state.rows, lambda one: _entry(lang, one)),
            paragraph(t("This service asks no questions of its own."), bold=True),
        ),
        rx.cond(
            state.open,
            _form(lang),
            button_row(button(lang, t("Add field"), state.add, weight="primary")),
        ),
        _removing(lang),
        sub="form_fields",
        below=joined("/", state.id),
        state=state,
        current="services",
    )


def _entry(lang: str, one: Any) -> rx.Component:
    t, state = translator(lang), FormFieldsState
    edit = button(lang, t("Change"), state.edit(one.id), small=True, spoken=joined(t("Change"), ": ", one.label))
    away = button(
        lang, t("Remove"), state.ask(one.id, one.label), small=True, spoken=joined(t("Remove"), ": ", one.label)
    )
    answers = rx.cond(one.options.length() > 0, joined(": ", one.options.join(" · ")), "")
    return setup_entry(
        one.label,
        "",
        joined(one.kind_text, answers),
        joined(t("What for"), ": ", one.why),
        states=rx.fragment(
            rx.cond(one.required, badge(t("Required")), badge(t("Optional"))),
            rx.cond(one.special, badge(t("Specially protected (Art. 9)"), kind="warning")),
        ),
        actions=[*sort_buttons(lang, one.label, state.move(one.id, True), state.move(one.id, False)), edit, away],
        key=one.id,
    )


def _form(lang: str) -> rx.Component:
    t, state = translator(lang), FormFieldsState
    fields = Entered(lang, state.entries, state.problems)
    kinds = [Choice(one.value, translate(lang, label)) for one, label in KINDS.items()]
    heading = rx.cond(state.field_id != "", t("Change field"), t("New field"))
    return rx.el.section(
        FocusHeading.create(heading, stamp=state.form_id, class_name="kern-heading-medium"),
        form(
            lang,
            fields.line("label", t("Question"), hint=t("As people read it. It may end with a question mark.")),
            fields.text(
                "why",
                t("What do you need it for?"),
                hint=t("People read this beside the question."),
                optional=False,
                rows=2,
            ),
            select_field(
                lang,
                "kind",
                t("How it is answered"),
                kinds,
                default=fields.of("kind"),
                empty=t("Please choose"),
                problems=fields.problems,
                on_change=state.choose_kind,
            ),
            rx.cond(
                state.kind == FieldKind.CHOICE.value,
                fields.text(
                    "options", t("Answers to choose from"), hint=t("One in each line."), optional=False, rows=5
                ),
            ),
            select_field(
                lang,
                "category",
                t("What kind of data the answer is"),
                [Choice(one.value, translate(lang, label)) for one, label in ANSWERS.items()],
                default=fields.of("category"),
                hint=t("People read it in what is stored about them."),
                problems=fields.problems,
            ),
            fields.box("required", t("An answer is required")),
            fields.box(
                "special",
                t("Specially protected (Art. 9 GDPR)"),
                hint=t(
                    "Such as health, religion, origin, sexual life. Who answers gives an explicit consent of their own "
                    "for it, and can withdraw it at any time."
                ),
            ),
            on_submit=state.save,
            deed=rx.cond(state.field_id != "", t("Save field"), t("Add field")),
            others=(plain_button(t("Leave it as it is"), state.stop),),
            problems=state.problems,
            key=state.form_id,
        ),
        class_name="cx-section",
    )


def _removing(lang: str) -> rx.Component:
    t, state = translator(lang), FormFieldsState
    return confirm_dialog(
        lang,
        t("Remove this field?"),
        paragraph(state.removing_text, bold=True),
        paragraph(t("Nobody is asked any more. Answers given before stay with their appointments.")),
        open=state.removing != "",
        deed=t("Remove"),
        on_deed=state.remove,
        on_close=state.keep,
    )
