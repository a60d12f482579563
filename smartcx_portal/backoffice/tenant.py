"""The page of one tenant."""

import reflex as rx

from smartcx_portal.backoffice.frame import office, place
from smartcx_portal.backoffice.tenant_state import TenantState
from smartcx_portal.backoffice.words import reason_choices
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, link, outside_link
from smartcx_portal.ui.choices import select_field
from smartcx_portal.ui.fields import email_field, text_field
from smartcx_portal.ui.forms import error_summary, form
from smartcx_portal.ui.messages import badge
from smartcx_portal.ui.parts import confirm_dialog, paragraph, section
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import joined, when


def tenant_page(lang: str) -> rx.Component:
    """State, figures, facts, agreement, invitation, suspension."""
    t, state = translator(lang), TenantState
    return office(
        lang,
        rx.cond(state.ready, state.facts.name, t("Tenant")),
        rx.el.p(link(t("Back to all tenants"), place(lang, "tenants"))),
        _state(lang),
        _figures(lang),
        _facts(lang),
        when(TenantState.figures.staff == 0, section(t("Invite an owner"), _invite(lang))),
        _suspending(lang),
        sub="tenants",
        below=joined("/", state.id),
        ready=state.ready,
        document_title=t("Tenant"),
    )


def _state(lang: str) -> rx.Component:
    t, state = translator(lang), TenantState
    return rx.fragment(
        facts(
            fact(t("State"), badge(state.line.state, kind=state.line.badge)),
            fact(t("Booking page"), outside_link(state.book, state.book)),
            fact(t("Privacy notice"), outside_link(state.notice, state.notice)),
            fact(
                t("Processing agreement (Art. 28)"), rx.cond(state.agreement != "", state.agreement, t("no agreement"))
            ),
        ),
        rx.cond(
            state.active,
            button(lang, t("Suspend"), state.ask),
            button(lang, t("End the suspension"), state.resume, weight="primary"),
        ),
    )


def _figures(lang: str) -> rx.Component:
    t, figures = translator(lang), TenantState.figures
    return section(
        t("Figures"),
        facts(
            fact(t("Coming appointments"), figures.coming.to_string()),
            fact(t("Booked in all"), figures.bookings.to_string()),
            fact(t("Services"), figures.services.to_string()),
            fact(t("Staff"), figures.staff.to_string()),
            fact(t("Open privacy cases"), figures.open_cases.to_string()),
            when(figures.counted != "", fact(t("Counted on"), figures.counted)),
        ),
    )


def _facts(lang: str) -> rx.Component:
    t, state = translator(lang), TenantState
    return section(
        t("Facts"),
        facts(
            fact(t("Kind of body"), state.line.kind),
            fact(t("Address"), joined(state.facts.street, ", ", state.facts.place)),
            fact(t("Land"), state.land),
            fact(t("E-mail"), state.facts.email),
            fact(t("Telephone"), state.facts.phone),
            fact(t("Website"), state.facts.website),
            fact(t("Data protection officer (contact)"), joined(state.facts.dpo_name, ", ", state.facts.dpo_email)),
            fact(t("Time zone"), state.facts.zone),
            fact(t("Language of its own texts"), state.language),
            fact(t("Opened on"), state.figures.opened),
        ),
    )


def _invite(lang: str) -> rx.Component:
    t = translator(lang)
    return form(
        lang,
        email_field(
            lang,
            "email",
            t("Owner's e-mail"),
            hint=t("An older invitation for this address ends."),
            autocomplete="off",
            problems=Notice.problems,
        ),
        on_submit=TenantState.invite,
        deed=t("Send invitation"),
        key=TenantState.form_key.to_string(),
    )


def _suspending(lang: str) -> rx.Component:
    t, state, problems = translator(lang), TenantState, Notice.problems
    return confirm_dialog(
        lang,
        t("Suspend this tenant?"),
        error_summary(lang, problems),
        paragraph(
            t(
                "Nobody can book any more, and its staff cannot work. Portal, notice and cancelling stay open, "
                "and nothing is deleted."
            )
        ),
        select_field(lang, "reason", t("Reason"), reason_choices(lang), empty=t("Please choose"), problems=problems),
        text_field(
            lang,
            "typed_name",
            t("Type the name to confirm"),
            hint=state.facts.name,
            autocomplete="off",
            problems=problems,
        ),
        open=state.asking,
        deed=t("Suspend"),
        on_deed=state.suspend,
        on_close=state.keep,
        form=True,
        name="suspend",
    )
