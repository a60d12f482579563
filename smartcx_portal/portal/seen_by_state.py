"""Who got to know something of the person who reads, as the page lays it out."""

import reflex as rx

from smartcx_portal.gate import event
from smartcx_portal.portal.portal_state import is_person
from smartcx_portal.privacy.access import own_id
from smartcx_portal.privacy.disclosures import Disclosure, disclosures, standing_recipients
from smartcx_portal.tenancy import Permission, Work


class SeenByState(rx.State):
    """`lines` are the latest ones, until more are asked for; `others` says who may know something besides."""

    loaded: bool = False
    lines: list[Disclosure] = []
    more: bool = False
    others: list[str] = []

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The page's second `on_load`."""
        self.lines = []
        if is_person(work):
            self._add(work)
            self.others, self.loaded = standing_recipients(work, work.lang), True

    @event(Permission.PERSON)
    def show_more(self, work: Work) -> None:
        """The next ones."""
        self._add(work)

    def _add(self, work: Work) -> None:
        found = disclosures(work, own_id(work), work.lang, start=len(self.lines))
        self.lines, self.more = [*self.lines, *found.lines], found.more
