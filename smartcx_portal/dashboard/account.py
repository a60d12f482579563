"""The page on which people who work here see what is stored about them (Art. 15)."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.account_state import OwnDataState
from smartcx_portal.dashboard.frame import room
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, button_row
from smartcx_portal.ui.parts import paragraph, section
from smartcx_portal.ui.tables import fact, facts, lines
from smartcx_portal.ui.text import Text


def account_page(lang: str) -> rx.Component:
    """The account first, then what arose from the work."""
    t, view = translator(lang), OwnDataState.view
    heads = (t("Entries"), t("How many"), t("First one"), t("Latest one"), t("What for"), t("Legal ground"), t("Kept"))
    return room(
        lang,
        t("Your own data"),
        paragraph(
            t(
                "This is stored about you because you work here. You may have it corrected, and complain to the data "
                "protection authority. Turn to your employer or its data protection officer for that."
            )
        ),
        section(
            t("Your access"),
            facts(
                fact(t("Name"), view.name),
                fact(t("E-mail"), view.email),
                fact(t("Your role"), view.role),
                fact(t("You work here since"), view.since),
                fact(t("Your password"), t("kept as a hash only; nobody can read it")),
            ),
            paragraph(view.account_stays, muted=True),
            rx.foreach(view.leaving, lambda said: paragraph(said, muted=True)),
        ),
        section(
            t("A copy of your data"),
            paragraph(t("The copy holds what is stored about you here. Data of other people is left out of it.")),
            button_row(
                button(lang, t("Download as PDF"), OwnDataState.download_pdf),
                button(lang, t("Download for programs (JSON)"), OwnDataState.download_json, weight="secondary"),
            ),
        ),
        lines(t("What arose from your work"), heads, view.groups, _group, name="groups", hidden_caption=False),
        paragraph(
            t(
                "The trail of what was done shows your number without your name, and it cannot be changed afterwards. "
                "Once your account is deleted, that number leads to nobody any more."
            ),
            muted=True,
        ),
        sub="account",
        ready=OwnDataState.ready,
    )


def _group(one: Any) -> list[Text]:
    return [one.title, one.count.to_string(), one.first, one.last, one.purpose, one.ground, one.until]
