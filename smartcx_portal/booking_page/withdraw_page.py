"""The page behind the link in a message that withdraws the consent to it, without signing in."""

import reflex as rx

from smartcx_portal.booking_page.frame import booking_page, to
from smartcx_portal.booking_page.withdraw_state import WithdrawState
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.ui.actions import button, button_row, link
from smartcx_portal.ui.browser import tenant_slug
from smartcx_portal.ui.keeping import secret_from_address
from smartcx_portal.ui.layout import tenant_address
from smartcx_portal.ui.messages import alert, waiting
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.text import joined

TITLE = N_("Withdraw your consent")


def withdraw_page(lang: str) -> rx.Component:
    """What was agreed to and what a withdrawal does, then one button; nothing else of the person is shown."""
    t, state = translator(lang), WithdrawState
    shown = rx.match(state.stage, ("open", _open(lang)), ("done", _done(lang)), ("over", _over(lang)), _refused(lang))
    return booking_page(
        lang,
        rx.match(
            state.stage,
            ("done", t("Your consent is withdrawn")),
            ("over", t("This consent was withdrawn already")),
            t(TITLE),
        ),
        secret_from_address(state.open, asked=state.asked),
        rx.cond(state.asked, waiting(lang), shown),
        word="withdraw",
        document_title=t(TITLE),
        focus_key=state.stage,
    )


def _open(lang: str) -> rx.Component:
    t, state = translator(lang), WithdrawState
    return stack(
        _last_word(t("You agreed")),
        section(t("What happens then"), rx.foreach(state.says, lambda text: paragraph(text))),
        button_row(
            button(
                lang,
                t("Withdraw"),
                state.withdraw,
                weight="primary",
                spoken=joined(t("Withdraw"), ": ", state.title),
            )
        ),
        paragraph(t("To keep your consent, simply close this page.")),
    )


def _done(lang: str) -> rx.Component:
    state = WithdrawState
    return stack(stack(rx.foreach(state.says, lambda text: paragraph(text)), role="status"), _onward(lang))


def _over(lang: str) -> rx.Component:
    t = translator(lang)
    return stack(_last_word(t("You withdrew it")), _onward(lang))


def _last_word(what: str) -> rx.Component:
    state = WithdrawState
    return stack(
        paragraph(state.title, bold=True),
        paragraph(joined(what, " ", state.where, ", ", state.at, ".")),
        rx.el.blockquote(state.text, lang=state.language, class_name="kern-body cx-consent"),
    )


def _refused(lang: str) -> rx.Component:
    t = translator(lang)
    way = link(t("In the privacy portal you withdraw every consent yourself."), _portal(lang))
    return stack(alert(WithdrawState.refused, paragraph(way), kind="warning"))


def _onward(lang: str) -> rx.Component:
    t = translator(lang)
    return stack(
        paragraph(t("You need not do anything more."), " ", t("You can agree again at any time.")),
        paragraph(link(t("All your consents"), _portal(lang))),
        paragraph(link(t("See, correct or delete your data"), to(lang, word="my_data"))),
    )


def _portal(lang: str) -> str | rx.Var[str]:
    return tenant_address(lang, "my_data", tenant_slug(), "consents")
