"""The parts of a service's form."""

from typing import Any

import reflex as rx

from smartcx_portal.bookings.service_form import HORIZON_UNITS, LONG, SHORT, way_name
from smartcx_portal.bookings.serving import STEPS
from smartcx_portal.dashboard.setup_parts import Entered, columns
from smartcx_portal.dashboard.setup_words import entry_address
from smartcx_portal.kit.language import N_, translate, translator
from smartcx_portal.models.calendar import Colour, Way
from smartcx_portal.ui.actions import link
from smartcx_portal.ui.choices import Choice, fieldset, select_field
from smartcx_portal.ui.fields import problem_of
from smartcx_portal.ui.parts import paragraph, section
from smartcx_portal.ui.text import joined

WAYS = {Way.ON_SITE: N_("On site"), Way.TELEPHONE: N_("By telephone"), Way.VIDEO: N_("By video")}
COLOURS = {
    Colour.BLUE: N_("Blue"),
    Colour.GREEN: N_("Green"),
    Colour.TEAL: N_("Teal"),
    Colour.VIOLET: N_("Violet"),
    Colour.ROSE: N_("Rose"),
    Colour.ORANGE: N_("Orange"),
    Colour.YELLOW: N_("Yellow"),
    Colour.GREY: N_("Grey"),
}
STEP = N_("Step {number}")


def texts_part(lang: str, fields: Entered) -> rx.Component:
    """What people read before they choose a time."""
    t = translator(lang)
    return section(
        t("What is booked"),
        fields.line("name", t("Name")),
        fields.text("description", t("Description")),
        fields.line("for_whom", t("For whom"), optional=True, hint=t("Such as: only for residents of the town.")),
        fields.text("bring", t("What to bring")),
        fields.line(
            "price",
            t("Price note"),
            optional=True,
            hint=t("Such as 37 €. A service with a price says so on its button."),
        ),
    )


def times_part(lang: str, fields: Entered) -> rx.Component:
    """How long it takes, and at which times it can begin."""
    t = translator(lang)
    return section(
        t("Duration"),
        columns(
            fields.span("duration", t("Duration"), SHORT, hint=t("Of the appointment itself.")),
            fields.span("step", t("A start every"), SHORT, hint=t("Counted from the time at which you open.")),
            fields.span("before", t("Preparation before"), SHORT, hint=t("Stays free before each appointment.")),
            fields.span("after", t("Follow-up after"), SHORT, hint=t("Stays free after each appointment.")),
        ),
    )


def booking_part(lang: str, fields: Entered) -> rx.Component:
    """Who can book it, from when and until when, and what it takes to be certain."""
    t = translator(lang)
    return section(
        t("Booking and cancelling"),
        fields.box("online", t("People can book it themselves"), hint=t("Otherwise only your team can.")),
        columns(
            fields.span("lead", t("Lead time"), LONG, hint=t("How long before its start it can still be booked.")),
            fields.span("horizon", t("Booking horizon"), HORIZON_UNITS, hint=t("How far ahead it can be booked.")),
        ),
        fields.span(
            "cancel_until",
            t("Deadline for moving and cancelling online"),
            LONG,
            hint=t("How long before its start; later people are asked to call."),
        ),
        fields.box("double_opt_in", t("A booking is certain only after a click in the mail or a code from the SMS")),
        fields.box("without_message", t("People may book without any message")),
        fields.box("for_others", t("People may book for somebody else, such as a child")),
    )


def ways_part(lang: str, fields: Entered) -> rx.Component:
    """On site, by telephone, by video."""
    t = translator(lang)
    boxes = [fields.box(way_name(way), translate(lang, label)) for way, label in WAYS.items()]
    return section(
        t("How it takes place"),
        fieldset(lang, "ways", t("Ways offered"), *boxes, problem=problem_of("ways", fields.problems)),
        fields.line(
            "video_url",
            t("Link for video appointments"),
            type="url",
            optional=True,
            hint=t("Only those who have booked get it. It begins with https://"),
        ),
    )


def resources_part(lang: str, state: Any) -> rx.Component:
    """One resource of each step is taken at a time."""
    t = translator(lang)
    steps = [Choice(str(number), translate(lang, STEP).format(number=number + 1)) for number in range(STEPS)]

    def one(row: Any) -> rx.Component:
        return select_field(
            lang,
            row.name,
            joined(row.label, " (", row.kind, ")"),
            steps,
            default=row.need,
            empty=t("does not serve it"),
            problems=state.problems,
            key=row.name,
        )

    return section(
        t("Who or what serves it"),
        paragraph(
            t(
                "Each appointment takes one resource of every step, all for the same time. "
                "Usually step 1 is enough. For a person and a room: people in step 1, rooms in step 2."
            )
        ),
        rx.cond(
            state.serving.length() > 0,
            columns(rx.foreach(state.serving, one)),
            paragraph(t("This location has no resources yet."), " ", _add_resource(lang)),
        ),
    )


def _add_resource(lang: str) -> rx.Component:
    return link(translator(lang)("Add resource"), entry_address(lang, "resource_edit"))


def several_part(lang: str, fields: Entered) -> rx.Component:
    """Groups, several services in one visit, several appointments in one go."""
    t = translator(lang)
    return section(
        t("Groups, several at once, series"),
        fields.number("seats", t("Seats"), hint=t("More than 1 makes it a group appointment: several book one time.")),
        fields.box("combinable", t("It can be booked together with other services in one visit")),
        fields.number(
            "most_at_once",
            t("Most in one booking"),
            hint=t("How often it may be in one visit, such as 2 passports; for a group, how many seats."),
        ),
        fields.number(
            "most_repeats",
            t("Longest series"),
            hint=t("How many appointments may be booked in one go; 1 is no series."),
        ),
        fields.box("choosable", t("People may choose who or what serves them")),
    )


def limits_part(lang: str, fields: Entered) -> rx.Component:
    """How many appointments one address may have."""
    t = translator(lang)
    return section(
        t("Limit per person"),
        paragraph(t("Counted by e-mail address or number. 0 is no limit.")),
        columns(
            fields.number("per_person_day", t("Appointments per day")),
            fields.number("per_person_week", t("Appointments per week")),
        ),
    )


def waiting_part(lang: str, fields: Entered) -> rx.Component:
    """What happens to times that become free."""
    t = translator(lang)
    return section(
        t("Waiting list"),
        fields.box("waitlist", t("Offer a waiting list when nothing is free")),
        fields.span(
            "waitlist_hold",
            t("Hold a freed time for"),
            LONG,
            hint=t("So long the first in line can take it; then the next one is asked."),
        ),
    )


def state_part(lang: str, fields: Entered) -> rx.Component:
    """How the team tells it apart, and whether it is offered at all."""
    t = translator(lang)
    colours = [Choice(one.value, translate(lang, label)) for one, label in COLOURS.items()]
    return section(
        t("Calendar and state"),
        select_field(
            lang,
            "colour",
            t("Colour in the calendar"),
            colours,
            default=fields.of("colour"),
            problems=fields.problems,
        ),
        fields.box("active", t("Switched on"), hint=t("A service that is switched off cannot be booked by anybody.")),
    )
