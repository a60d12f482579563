"""Step 5, where a message was wished for: confirm it."""

import reflex as rx

from smartcx_portal.booking_page.fact_line import text_lines
from smartcx_portal.booking_page.frame import booking_page, call_us, filled, to
from smartcx_portal.booking_page.wait_state import WaitState
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.ui.actions import button, button_row, link_button
from smartcx_portal.ui.fields import code_field, email_field, tel_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.keeping import OnReturn
from smartcx_portal.ui.messages import alert, waiting
from smartcx_portal.ui.parts import paragraph, stack
from smartcx_portal.ui.text import when

CHANNEL = "smartcx-booking"
"""On which the tab that confirmed tells the one that waits."""


def waiting_page(lang: str) -> rx.Component:
    """Where the message went, until when it can be confirmed, and what to do when it does not come."""
    t = translator(lang)
    by_sms = WaitState.way == "sms"
    title = rx.cond(by_sms, t("Almost done: confirm by SMS"), t("Almost done: confirm by e-mail"))
    late = filled(t("You could confirm until {until}."), until=WaitState.until)
    over = stack(
        alert(t("The time has become free again."), late, kind="warning"),
        rx.el.div(link_button(t("Choose a new time"), to(lang, "service")), class_name="cx-actions"),
    )
    pending = stack(
        paragraph(WaitState.service, rx.el.br(), WaitState.when, rx.el.br(), WaitState.place, bold=True),
        when(WaitState.series.length() > 0, stack(paragraph(t("Further appointments")), text_lines(WaitState.series))),
        rx.cond(by_sms, _by_sms(lang), _by_mail(lang)),
        rx.cond(WaitState.correcting, _correcting(lang)),
        call_us(lang),
        OnReturn.create(channel=CHANNEL, on_return=WaitState.look),
    )
    return booking_page(
        lang,
        title,
        rx.match(WaitState.stage, ("pending", pending), ("over", over), waiting(lang)),
        sub="confirming",
    )


def _by_mail(lang: str) -> rx.Component:
    t = translator(lang)
    return rx.fragment(
        paragraph(filled(t("We have written to {to}."), to=WaitState.to)),
        paragraph(filled(t("Open the link in the e-mail by {until}."), until=WaitState.until), " ", t(UNTIL_THEN)),
        button_row(
            button(lang, t("Send the e-mail again"), WaitState.send_again, weight="primary"),
            button(lang, t("I have confirmed"), WaitState.ask),
            button(lang, t("Change the address"), WaitState.start_correcting, weight="tertiary"),
        ),
        paragraph(t("No e-mail there? Look in the spam folder too, and check the address.")),
    )


def _by_sms(lang: str) -> rx.Component:
    t = translator(lang)
    return rx.fragment(
        paragraph(filled(t("We have sent a code to {to}."), to=WaitState.to)),
        paragraph(filled(t("The time is reserved for you until {until}."), until=WaitState.until)),
        form(
            lang,
            code_field(lang, "code", t("Code from the SMS"), problems=WaitState.problems),
            on_submit=WaitState.enter_code,
            deed=t("Confirm the appointment"),
            problems=WaitState.problems,
        ),
        button_row(
            button(lang, t("Send a new code"), WaitState.send_again),
            button(lang, t("Change the number"), WaitState.start_correcting, weight="tertiary"),
        ),
    )


def _correcting(lang: str) -> rx.Component:
    t = translator(lang)
    field = rx.cond(
        WaitState.way == "sms",
        tel_field(lang, "phone", t("Mobile number"), problems=WaitState.problems),
        email_field(lang, "email", t("E-mail address"), problems=WaitState.problems),
    )
    return form(lang, field, on_submit=WaitState.correct, deed=t("Send there"), problems=WaitState.problems)


UNTIL_THEN = N_("Until then the time is reserved for you; afterwards it becomes free again.")
