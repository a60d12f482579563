"""Deleting everything: first what would happen, then a fresh proof, then the deed and its certificate (Art. 17)."""

from typing import Any

import reflex as rx

from smartcx_portal.gate import event, sign_out
from smartcx_portal.kit.language import translate
from smartcx_portal.operations.tenants import tenant_view
from smartcx_portal.portal.correct_state import PROOF_OVER
from smartcx_portal.portal.portal_state import is_person, portal_address
from smartcx_portal.portal.step_up_state import StepUpState
from smartcx_portal.privacy.erase import Certificate, Line, erase_own, preview
from smartcx_portal.tenancy import Permission, Work


class DeleteState(rx.State):
    """The three groups of the preview, then the same as done; the certificate names nobody."""

    loaded: bool = False
    goes: list[Line] = []
    emptied: list[Line] = []
    stays: list[Line] = []
    outside: list[Line] = []
    coming: list[str] = []
    receivers: list[str] = []
    told: list[str] = []
    problem: str = ""
    erased_at: str = ""
    case: str = ""
    cancelled: int = 0
    place: str = ""

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The page's `on_load`."""
        self.problem = ""
        if is_person(work):
            plan = preview(work)
            self.goes, self.emptied, self.stays = plan.goes, plan.emptied, plan.stays
            self.outside, self.coming, self.loaded = plan.outside, plan.coming, True
            self.receivers = plan.receivers

    @event(Permission.PERSON)
    def erase(self, work: Work) -> Any:
        """Delete for good. The session is over with it; only the certificate is left."""
        if not work.actor.fresh:
            self.problem = translate(work.lang, PROOF_OVER)
            return StepUpState.load
        done, after = erase_own(work), portal_address(work, "deleted")
        sign_out(work, leaving=_certificate(done, tenant_view(work).name))
        return rx.redirect(after, replace=True)


def _certificate(done: Certificate, place: str) -> dict[str, Any]:
    return {
        "erased_at": done.erased_at,
        "case": done.case_id[-8:],
        "goes": done.goes,
        "emptied": done.emptied,
        "stays": done.stays,
        "outside": done.providers,
        "cancelled": done.cancelled,
        "told": done.told,
        "place": place,
    }
