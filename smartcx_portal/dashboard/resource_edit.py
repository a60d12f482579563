"""The page of one counter, person, room or device."""

from typing import Any

import reflex as rx

from smartcx_portal.bookings.serving import KINDS
from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.resource_edit_state import ResourceEditState
from smartcx_portal.dashboard.setup_parts import Entered, setup_room, undo_part
from smartcx_portal.dashboard.setup_words import entry_address
from smartcx_portal.kit.language import translate, translator
from smartcx_portal.ui.actions import back_link, button, button_row, link
from smartcx_portal.ui.choices import Choice, checkbox, fieldset, select_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.messages import alert
from smartcx_portal.ui.parts import confirm_dialog, paragraph
from smartcx_portal.ui.text import joined


def resource_edit_page(lang: str) -> rx.Component:
    """Its form, and a way to remove it."""
    t, state = translator(lang), ResourceEditState
    return setup_room(
        lang,
        rx.cond(state.id != "", rx.cond(state.title != "", state.title, t("Resource")), t("New resource")),
        back_link(t("All resources"), room_address(lang, "resources")),
        undo_part(lang, state),
        rx.cond(
            state.places.length() > 0,
            _form(lang),
            alert(t("First add a location"), link(t("Add location"), entry_address(lang, "location_edit"))),
        ),
        rx.cond(state.id != "", button_row(button(lang, t("Remove resource"), state.ask("remove")))),
        _removing(lang),
        sub="resource_edit",
        below=joined("/", rx.cond(state.id != "", state.id, "new")),
        state=state,
        current="resources",
    )


def _form(lang: str) -> rx.Component:
    t, state = translator(lang), ResourceEditState
    fields = Entered(lang, state.entries, state.problems)
    kinds = [Choice(one.value, translate(lang, label)) for one, label in KINDS.items()]
    choosing = (state.id == "") & (state.places.length() > 1)
    return form(
        lang,
        rx.cond(choosing, _place(lang, fields)),
        fields.line("name", t("Name"), hint=t("People read it where they may choose. Such as Counter 3.")),
        select_field(lang, "kind", t("Kind"), kinds, default=fields.of("kind"), problems=fields.problems),
        fields.number("capacity", t("Appointments at a time"), hint=t("A room with three places: 3.")),
        _services(lang),
        fields.box(
            "active", t("In use"), hint=t("Out of use, nothing new can be booked with it. What is booked stays booked.")
        ),
        rx.cond(choosing, rx.fragment(), rx.el.input(type="hidden", name="location_id", default_value=_of_place())),
        on_submit=state.save,
        deed=t("Save"),
        problems=state.problems,
        key=state.form_id,
    )


def _of_place() -> Any:
    return ResourceEditState.entries.to(dict[str, str])["location_id"].to(str)


def _place(lang: str, fields: Entered) -> rx.Component:
    t = translator(lang)
    return select_field(
        lang,
        "location_id",
        t("Location"),
        ResourceEditState.places,
        default=fields.of("location_id"),
        hint=t("It stays there."),
        problems=fields.problems,
        on_change=ResourceEditState.choose_place,
    )


def _services(lang: str) -> rx.Component:
    t, state = translator(lang), ResourceEditState
    boxes = rx.foreach(
        state.served, lambda one: checkbox(one.name, one.label, default=one.ticked == "yes", key=one.name)
    )
    return rx.cond(
        state.served.length() > 0,
        fieldset(
            lang,
            "_served",
            t("Services it serves"),
            boxes,
            hint=t("Where an appointment takes several resources at once, choose the step on the service's page."),
            optional=True,
        ),
        paragraph(t("This location has no services yet.")),
    )


def _removing(lang: str) -> rx.Component:
    t, state = translator(lang), ResourceEditState
    return confirm_dialog(
        lang,
        t("Remove this resource?"),
        paragraph(state.title, bold=True),
        paragraph(
            t(
                "Its own opening hours and closures go too. If it was ever booked, it stays in the list, out of use. "
                "You can take this back."
            )
        ),
        open=state.asked == "remove",
        deed=t("Remove resource"),
        on_deed=state.remove,
        on_close=state.close,
    )
