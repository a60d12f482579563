"""Links by which any other provider fetches a person's data once (Art. 20)."""

from typing import Any

import reflex as rx

from smartcx_portal.gate import Form, event, say
from smartcx_portal.portal.correct_state import PROOF_OVER
from smartcx_portal.portal.packages_state import PackageFailed
from smartcx_portal.portal.portal_state import is_person
from smartcx_portal.portal.step_up_state import StepUpState
from smartcx_portal.privacy.pulling import LinkView, make_pull_link, own_pull_links
from smartcx_portal.tenancy import Permission, Work


class LabelForm(Form):
    """For whom the link is; may be empty."""

    label: str = ""


class PullLinksState(rx.State):
    """`address` is the link that has just been made: it is shown this once."""

    address: str = ""
    links: list[LinkView] = []

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """`on_load` of the page."""
        self.address = ""
        if is_person(work):
            self.links = own_pull_links(work)

    @event(Permission.PERSON)
    def make(self, work: Work, form: LabelForm) -> Any:
        """A new link, with a package of this moment."""
        self.address = ""
        if not work.actor.fresh:
            say(PROOF_OVER)
            return StepUpState.load
        try:
            self.address = make_pull_link(work, form.label)
        except OSError:
            raise PackageFailed from None
        self.links = own_pull_links(work)
        return None
