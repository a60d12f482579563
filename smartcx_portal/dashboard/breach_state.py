"""A table and a moment: how many people a data breach there concerns, and the list of them as a file."""

from datetime import datetime
from typing import Any

import reflex as rx

from smartcx_portal.gate import Form, event, say
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.breach import Figures, breach_figures, breach_moment, breach_tables
from smartcx_portal.privacy.breach_papers import PAPER, breach_ref
from smartcx_portal.privacy.papers import paper_path, paper_token
from smartcx_portal.privacy.record_words import table_named
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice

HELD = N_("Held in “{table}” at {moment}")
COUNTED = N_("Counted. The figures stand below the form.")


class BreachForm(Form):
    """Which table, and when: a local day as ISO date and a time such as `10:15`."""

    table: str = ""
    day: str = ""
    time: str = ""


class BreachState(rx.State):
    """`at` is the moment asked for as ISO text, empty as long as nothing is asked."""

    ready: bool = False
    tables: list[Choice] = []
    table: str = ""
    at: str = ""
    about: str = ""
    figures: Figures = Figures()

    @event(Permission.PRIVACY_CASES)
    def load(self, work: Work) -> None:
        """The tables there are; nothing is counted yet."""
        self.tables = [Choice(key, words) for key, words in breach_tables(work.lang)]
        self.table = self.at = ""
        self.figures = Figures()
        self.ready = True

    @event(Permission.PRIVACY_CASES)
    def ask(self, work: Work, form: BreachForm) -> None:
        """Count; nobody's name is shown."""
        at = breach_moment(work, form.day, form.time)
        self.figures = breach_figures(work, form.table, at, work.lang)
        self.table, self.at = form.table, at.isoformat()
        moment = moment_text(at, work.get(Tenant, work.tenant).zone, work.lang)
        self.about = translate(work.lang, HELD).format(table=table_named(form.table, work.lang), moment=moment)
        say(COUNTED)

    @event(Permission.PRIVACY_CASES)
    def download(self, work: Work) -> Any:
        """The list as a workbook, by a fresh link; each person will see that they stood in it."""
        if not self.at:
            raise NotFound
        ref = breach_ref(self.table, datetime.fromisoformat(self.at))
        return rx.download(url=paper_path(paper_token(work, PAPER, ref)), filename="")
