"""One of one's own requests, with what became of it."""

import reflex as rx

from smartcx_portal.gate import event
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.portal.portal_state import is_person
from smartcx_portal.privacy.cases import CaseStory, own_case
from smartcx_portal.tenancy import Permission, Work


class RequestState(rx.State):
    """`missing` holds where the address names no request of the person who reads."""

    loaded: bool = False
    id: str = ""
    story: CaseStory | None = None
    missing: bool = False

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The page's `on_load`; the address ends with the request's number."""
        self.id = self.router.url.path.rstrip("/").rpartition("/")[2]
        self.story, self.missing = None, False
        if not is_person(work):
            return
        try:
            self.story = own_case(work, self.id)
        except NotFound:
            self.missing = True
        self.loaded = True
