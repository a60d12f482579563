"""What is stored about the member of the staff who is signed in."""

from typing import Any

import reflex as rx

from smartcx_portal.gate import event
from smartcx_portal.privacy.papers import paper_path, paper_token
from smartcx_portal.privacy.staff_access import StaffView, staff_view
from smartcx_portal.privacy.staff_copy import AS_JSON, AS_PDF
from smartcx_portal.tenancy import Permission, Work

NOTHING_YET = StaffView("", "", "", "", "", [], [])


class OwnDataState(rx.State):
    """Read anew on every visit."""

    ready: bool = False
    view: StaffView = NOTHING_YET

    @event(Permission.STAFF)
    def load(self, work: Work) -> None:
        """The page's `on_load`."""
        self.view, self.ready = staff_view(work), True

    @event(Permission.STAFF)
    def download_pdf(self, work: Work) -> Any:
        """The copy to read, by a fresh link."""
        return rx.download(url=paper_path(paper_token(work, AS_PDF)), filename="")

    @event(Permission.STAFF)
    def download_json(self, work: Work) -> Any:
        """The copy for programs, by a fresh link."""
        return rx.download(url=paper_path(paper_token(work, AS_JSON)), filename="")
