"""The page of one place."""

import reflex as rx

from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.location_edit_state import LocationEditState
from smartcx_portal.dashboard.setup_parts import Entered, setup_room, undo_part
from smartcx_portal.kit.language import translator
from smartcx_portal.operations.tenant_form import LAND_NAMES
from smartcx_portal.ui.actions import back_link, button, button_row
from smartcx_portal.ui.choices import Choice, select_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.parts import confirm_dialog, paragraph, section
from smartcx_portal.ui.text import anchor, joined

LAENDER = [Choice(letters, name) for letters, name in LAND_NAMES.items()]
ZONES = "zones"


def location_edit_page(lang: str) -> rx.Component:
    """Its form, and a way to remove it."""
    t, state = translator(lang), LocationEditState
    return setup_room(
        lang,
        rx.cond(state.id != "", rx.cond(state.title != "", state.title, t("Location")), t("New location")),
        back_link(t("All locations"), room_address(lang, "locations")),
        undo_part(lang, state),
        _form(lang),
        rx.cond(state.id != "", button_row(button(lang, t("Remove location"), state.ask("remove")))),
        _removing(lang),
        sub="location_edit",
        below=joined("/", rx.cond(state.id != "", state.id, "new")),
        state=state,
        current="locations",
    )


def _form(lang: str) -> rx.Component:
    t, state = translator(lang), LocationEditState
    fields = Entered(lang, state.entries, state.problems)
    return form(
        lang,
        section(
            t("Address"),
            fields.line("name", t("Name")),
            fields.line("street", t("Street and house number")),
            fields.line("postal_code", t("Postal code"), width="8", input_mode="numeric"),
            fields.line("city", t("Town")),
        ),
        section(
            t("Time and public holidays"),
            fields.line(
                "zone",
                t("Time zone"),
                hint=t("Type a town to search, such as Berlin. All times of this location are in its zone."),
                spell_check=False,
                list=ZONES,
            ),
            rx.el.datalist(rx.foreach(state.zones, lambda zone: rx.el.option(value=zone)), custom_attrs=anchor(ZONES)),
            select_field(
                lang,
                "land",
                t("Land whose public holidays count"),
                LAENDER,
                default=fields.of("land"),
                empty=t("that of your organisation"),
                optional=True,
                problems=fields.problems,
            ),
            fields.box("holidays", t("Closed on public holidays")),
        ),
        section(
            t("Getting there"),
            fields.text("directions", t("Directions")),
            fields.text(
                "accessibility",
                t("Accessibility"),
                hint=t("Such as entrance without steps, lift, toilet, induction loop."),
            ),
        ),
        fields.box(
            "active", t("In use"), hint=t("Out of use, nothing new can be booked there. What is booked stays booked.")
        ),
        on_submit=state.save,
        deed=t("Save"),
        problems=state.problems,
        key=state.form_id,
    )


def _removing(lang: str) -> rx.Component:
    t, state = translator(lang), LocationEditState
    return confirm_dialog(
        lang,
        t("Remove this location?"),
        paragraph(state.title, bold=True),
        paragraph(
            t(
                "Its opening hours and closures go too. If services or resources belong to it, it stays in the list, "
                "out of use. You can take this back."
            )
        ),
        open=state.asked == "remove",
        deed=t("Remove location"),
        on_deed=state.remove,
        on_close=state.close,
    )
