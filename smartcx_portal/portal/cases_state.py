"""One's own requests, and the form for those that people decide about: restriction and objection (Art. 18, 21)."""

import reflex as rx

from smartcx_portal.gate import Form, event
from smartcx_portal.portal.portal_state import is_person
from smartcx_portal.privacy.cases import CaseView, own_cases
from smartcx_portal.privacy.keeping_entries import forget
from smartcx_portal.privacy.wishing import wish
from smartcx_portal.tenancy import Permission, Work


class WishForm(Form):
    """What the person wants; `wish` is a key of `privacy.wishing.WISHES`."""

    wish: str = ""
    text: str = ""


class CasesState(rx.State):
    """`due` is filled once a wish has arrived: the day by which it is answered."""

    loaded: bool = False
    cases: list[CaseView] = []
    more: bool = False
    due: str = ""

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The pages' `on_load`."""
        self.due, self.cases = "", []
        if is_person(work):
            self._add(work)
            self.loaded = True

    @event(Permission.PERSON)
    def show_more(self, work: Work) -> None:
        """The next ones."""
        self._add(work)

    @event(Permission.PERSON)
    def send(self, work: Work, form: WishForm) -> None:
        """Open a case; the answer comes by its due date."""
        self.due = wish(work, form.wish, form.text).due
        forget(work, "restrict")

    def _add(self, work: Work) -> None:
        found = own_cases(work, start=len(self.cases))
        self.cases, self.more = [*self.cases, *found.lines], found.more
