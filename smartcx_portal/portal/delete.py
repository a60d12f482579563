"""Delete data: the preview in three groups, the warning about appointments to come, the deed, and the certificate."""

from typing import Any

import reflex as rx

from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.portal.delete_state import DeleteState
from smartcx_portal.portal.frame import here, portal_page
from smartcx_portal.portal.step_up import step_up_box
from smartcx_portal.portal.step_up_state import StepUpState
from smartcx_portal.ui.actions import button, button_row, link, link_button
from smartcx_portal.ui.browser import FocusHeading, tenant_slug
from smartcx_portal.ui.keeping import print_button
from smartcx_portal.ui.layout import tenant_address
from smartcx_portal.ui.messages import alert, waiting
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import joined, when

DELETE = N_("Delete data")
DELETED = N_("Certificate of deletion")


def delete_page(lang: str) -> rx.Component:
    """What would be deleted, and the way to do it."""
    t = translator(lang)
    body = stack(
        when(DeleteState.coming.length() > 0, _coming(lang)),
        _lines(t("This is deleted"), DeleteState.goes),
        _lines(t("This is made anonymous"), DeleteState.emptied),
        _lines(t("This stays"), DeleteState.stays),
        _lines(t("Outside the portal"), DeleteState.outside),
        when(DeleteState.receivers.length() > 0, _receivers(lang)),
        when(
            StepUpState.fresh,
            _deed(lang),
            step_up_box(lang, t("Before everything is deleted, we send you a fresh code.")),
        ),
    )
    return portal_page(
        lang,
        "delete",
        t("What would be deleted"),
        when(DeleteState.loaded, body, waiting(lang)),
        problem=when(DeleteState.problem != "", DeleteState.problem, Notice.text),
        document_title=t(DELETE),
    )


def deleted_page(lang: str) -> rx.Component:
    """The certificate; a tab without one says where to go."""
    t = translator(lang)
    done = stack(
        paragraph(joined(t("Your data was deleted on"), " ", DeleteState.erased_at, "."), bold=True),
        paragraph(t("You need do nothing more. You are signed out.")),
        facts(
            fact(t("Deleted at"), DeleteState.place),
            fact(t("Number of this certificate"), DeleteState.case),
            fact(t("Appointments cancelled with it"), DeleteState.cancelled.to(str)),
        ),
        button_row(print_button(t("Print certificate"))),
        _lines(t("This was deleted"), DeleteState.goes),
        _lines(t("This was made anonymous"), DeleteState.emptied),
        _lines(t("This stays"), DeleteState.stays),
        _lines(t("What others still have to delete"), DeleteState.outside),
        when(DeleteState.told.length() > 0, section(t("Who else is told of the deletion"), _names(DeleteState.told))),
        rx.el.p(
            link(t("Book an appointment"), tenant_address(lang, "book", tenant_slug())),
            class_name="kern-body",
        ),
    )
    none = stack(
        paragraph(t("There is no certificate in this tab.")),
        link_button(t("Your data"), here(lang), weight="secondary"),
    )
    return portal_page(
        lang,
        "deleted",
        when(DeleteState.erased_at != "", t("Your data is deleted"), t(DELETED)),
        when(DeleteState.erased_at != "", done, when(rx.State.is_hydrated, none, waiting(lang))),
        private=False,
        back=None,
    )


def _coming(lang: str) -> rx.Component:
    t = translator(lang)
    return alert(
        t("You have an appointment to come"),
        rx.el.ul(
            rx.foreach(DeleteState.coming, lambda line: rx.el.li(line)),
            class_name="kern-list kern-list--bullet cx-bullets",
        ),
        t("If you delete now, it is cancelled. To keep it, delete after the appointment."),
        kind="warning",
    )


def _receivers(lang: str) -> rx.Component:
    t = translator(lang)
    return section(
        t("To whom your data was handed over"),
        _names(DeleteState.receivers),
        paragraph(t("They are told that your data was deleted here. What they have stays there: ask there, too.")),
    )


def _names(lines: Any) -> rx.Component:
    return rx.el.ul(rx.foreach(lines, lambda one: rx.el.li(one)), class_name="kern-list kern-list--bullet cx-bullets")


def _lines(title: str, lines: Any) -> rx.Component:
    shown = section(title, rx.el.ul(rx.foreach(lines, _line), class_name="kern-list kern-list--bullet cx-bullets"))
    return when(lines.length() > 0, shown)


def _line(one: Any) -> rx.Component:
    number = one["count"].to(int)
    return rx.el.li(
        rx.el.strong(one.title),
        when(number > 0, joined(" (", number.to(str), ")")),
        when(one.note != "", joined(": ", one.note)),
    )


def _deed(lang: str) -> rx.Component:
    t = translator(lang)
    return rx.el.section(
        FocusHeading.create(t("Delete for good?"), stamp="fresh", class_name="kern-heading-medium"),
        paragraph(t("This cannot be undone. Nobody can bring the data back, not even we.")),
        button_row(
            button(lang, t("Delete for good"), DeleteState.erase, weight="primary"),
            link_button(t("No, keep my data"), here(lang), weight="secondary"),
        ),
        class_name="cx-section",
    )
