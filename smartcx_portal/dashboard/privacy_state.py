"""Requests by data subjects that wait for the tenant."""

import reflex as rx

from smartcx_portal.gate import event, say
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_
from smartcx_portal.privacy.deciding import CaseSeen, OpenCase, grant_name, look_at_case, open_cases
from smartcx_portal.tenancy import Permission, Work

NONE_SEEN = CaseSeen("", "", "", "", "")


class CasesState(rx.State):
    """The open cases, the first due first; `seen` is the one that is being decided."""

    ready: bool = False
    cases: list[OpenCase] = []
    seen: CaseSeen = NONE_SEEN

    @event(Permission.PRIVACY_CASES)
    def load(self, work: Work) -> None:
        """All that wait; none is open yet."""
        self._show(work)
        self.ready = True

    @event(Permission.PRIVACY_CASES)
    def open(self, work: Work, case_id: str) -> None:
        """Show whose request it is and what it says; that is written down for the person."""
        self.seen = look_at_case(work, case_id)

    @event(Permission.PRIVACY_CASES)
    def grant(self, work: Work, case_id: str) -> None:
        """Take the wished name over."""
        grant_name(work, as_id(case_id))
        self._show(work)
        say(N_("The name is corrected, and the request is settled."))

    def _show(self, work: Work) -> None:
        self.cases, self.seen = open_cases(work), NONE_SEEN
