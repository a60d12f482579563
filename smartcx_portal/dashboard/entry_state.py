"""The dashboard's bare address leads to the present day."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.gate import event
from smartcx_portal.tenancy import Permission, Work


class EntryState(rx.State):
    """Holds nothing."""

    @event(Permission.STAFF)
    def go(self, work: Work) -> Any:
        """To the first room."""
        return rx.redirect(room_address(work.lang, "today"), replace=True)
