"""The page of one service: the form with its preview beside it."""

import reflex as rx

from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.service_edit_parts import (
    booking_part,
    limits_part,
    resources_part,
    several_part,
    state_part,
    texts_part,
    times_part,
    waiting_part,
    ways_part,
)
from smartcx_portal.dashboard.service_edit_state import ServiceEditState
from smartcx_portal.dashboard.setup_parts import Entered, setup_room, undo_part
from smartcx_portal.dashboard.setup_words import entry_address
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import back_link, button, button_row, link
from smartcx_portal.ui.choices import select_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.keeping import Keeper, Kept
from smartcx_portal.ui.messages import alert
from smartcx_portal.ui.parts import confirm_dialog, paragraph, section
from smartcx_portal.ui.text import joined


def service_edit_page(lang: str) -> rx.Component:
    """What stands in the form shows at once in the preview, and counts once it is saved."""
    t, state = translator(lang), ServiceEditState
    return setup_room(
        lang,
        rx.cond(state.id != "", rx.cond(state.title != "", state.title, t("Service")), t("New service")),
        back_link(t("All services"), room_address(lang, "services")),
        undo_part(lang, state),
        rx.cond(
            state.places.length() > 0,
            rx.el.div(_form(lang), _preview(lang), class_name="cx-with-preview"),
            alert(t("First add a location"), link(t("Add location"), entry_address(lang, "location_edit"))),
        ),
        rx.cond(state.id != "", _more(lang)),
        _copying(lang),
        _removing(lang),
        sub="service",
        below=joined("/", rx.cond(state.id != "", state.id, "new")),
        state=state,
        current="services",
    )


def _form(lang: str) -> rx.Component:
    t, state = translator(lang), ServiceEditState
    fields = Entered(lang, state.entries, state.problems)
    whole = form(
        lang,
        rx.cond((state.id == "") & (state.places.length() > 1), _place(lang, fields)),
        texts_part(lang, fields),
        times_part(lang, fields),
        booking_part(lang, fields),
        ways_part(lang, fields),
        resources_part(lang, state),
        several_part(lang, fields),
        limits_part(lang, fields),
        waiting_part(lang, fields),
        state_part(lang, fields),
        rx.cond(
            (state.id != "") | (state.places.length() < 2),
            rx.el.input(type="hidden", name="location_id", default_value=fields.of("location_id")),
        ),
        on_submit=ServiceEditState.save,
        deed=t("Save"),
        problems=state.problems,
        said=rx.cond(Notice.text != "", Notice.text, Notice.said),
    )
    return Kept.create(Keeper.create(whole, on_keep=ServiceEditState.look), stamp=state.form_id)


def _place(lang: str, fields: Entered) -> rx.Component:
    t = translator(lang)
    return select_field(
        lang,
        "location_id",
        t("Location"),
        ServiceEditState.places,
        default=fields.of("location_id"),
        hint=t("It stays there. To offer it elsewhere too, copy it."),
        problems=fields.problems,
        on_change=ServiceEditState.choose_place,
    )


def _preview(lang: str) -> rx.Component:
    t, shown = translator(lang), ServiceEditState.preview
    there = rx.fragment(
        rx.cond(
            shown.takes.length() > 0,
            paragraph(joined(t("Each appointment takes"), " ", shown.takes.join(" ")), muted=True),
        ),
        paragraph(shown.sentence),
        rx.foreach(
            shown.days,
            lambda day: rx.el.div(
                rx.el.h3(day.day, class_name="kern-body kern-body--bold"),
                rx.el.p(joined(day.times.join(" · "), " ", day.more), class_name="kern-body"),
                key=day.day,
            ),
        ),
    )
    nothing = paragraph(t("As soon as the form is filled in, the next free times stand here."), muted=True)
    return rx.el.div(
        section(t("Preview"), rx.cond(shown.sentence != "", there, nothing)),
        rx.cond(ServiceEditState.coming != "", paragraph(ServiceEditState.coming, muted=True)),
        class_name="cx-preview",
    )


def _more(lang: str) -> rx.Component:
    t, state = translator(lang), ServiceEditState
    fields = joined(room_address(lang, "form_fields"), "/", state.id)
    return section(
        t("More"),
        rx.el.p(link(joined(t("Form fields"), " (", state.questions.to_string(), ")"), fields)),
        button_row(
            button(lang, t("Copy service"), state.ask("copy")),
            button(lang, t("Remove service"), state.ask("remove")),
        ),
    )


def _copying(lang: str) -> rx.Component:
    t, state = translator(lang), ServiceEditState
    return confirm_dialog(
        lang,
        t("Copy this service?"),
        paragraph(t("The copy begins with everything that is saved here, its form fields too, and is switched off.")),
        select_field(
            lang,
            "location_id",
            t("Location"),
            state.places,
            default=state.entries["location_id"],
            hint=t("At another location it begins without resources."),
        ),
        open=state.asked == "copy",
        deed=t("Copy service"),
        on_deed=state.copy_it,
        on_close=state.close,
        form=True,
        name="copy",
    )


def _removing(lang: str) -> rx.Component:
    t, state = translator(lang), ServiceEditState
    return confirm_dialog(
        lang,
        t("Remove this service?"),
        paragraph(state.title, bold=True),
        paragraph(t("If it was ever booked, it stays in the list, switched off. You can take this back.")),
        open=state.asked == "remove",
        deed=t("Remove service"),
        on_deed=state.remove,
        on_close=state.close,
        name="remove",
    )
