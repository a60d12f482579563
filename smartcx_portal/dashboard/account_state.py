"""What is stored about the member of the staff who is signed in."""

import reflex as rx

from smartcx_portal.gate import event
from smartcx_portal.privacy.staff_access import StaffView, staff_view
from smartcx_portal.tenancy import Permission, Work

NOTHING_YET = StaffView("", "", "", "", "", [])


class OwnDataState(rx.State):
    """Read anew on every visit."""

    ready: bool = False
    view: StaffView = NOTHING_YET

    @event(Permission.STAFF)
    def load(self, work: Work) -> None:
        """The page's `on_load`."""
        self.view, self.ready = staff_view(work), True
