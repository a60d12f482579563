"""The back office's bare address leads to the tenants."""

from typing import Any

import reflex as rx

from smartcx_portal.backoffice.frame import place
from smartcx_portal.gate import event
from smartcx_portal.tenancy import Permission, Work


class OfficeEntryState(rx.State):
    """Holds nothing."""

    @event(Permission.OPERATE)
    def go(self, work: Work) -> Any:
        """To the first room."""
        return rx.redirect(place(work.lang, "tenants"), replace=True)
