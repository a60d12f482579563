"""Requests by data subjects that wait for the tenant."""

import reflex as rx

from smartcx_portal.gate import event, say
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_
from smartcx_portal.privacy.deciding import OpenCase, grant_name, open_cases
from smartcx_portal.tenancy import Permission, Work


class CasesState(rx.State):
    """The open cases, the first due first."""

    ready: bool = False
    cases: list[OpenCase] = []

    @event(Permission.PRIVACY_CASES)
    def load(self, work: Work) -> None:
        """All that wait."""
        self.cases, self.ready = open_cases(work), True

    @event(Permission.PRIVACY_CASES)
    def grant(self, work: Work, case_id: str) -> None:
        """Take the wished name over."""
        grant_name(work, as_id(case_id))
        self.cases = open_cases(work)
        say(N_("The name is corrected, and the request is settled."))
