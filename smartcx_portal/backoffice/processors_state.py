"""The companies that process for the operator."""

import reflex as rx

from smartcx_portal.gate import event
from smartcx_portal.operations.sub_processors import SubProcessorView, sub_processors
from smartcx_portal.tenancy import Permission, Work


class ProcessorsState(rx.State):
    """All of them by name."""

    ready: bool = False
    rows: list[SubProcessorView] = []

    @event(Permission.OPERATE)
    def load(self, work: Work) -> None:
        """The register."""
        self.rows, self.ready = sub_processors(work, work.lang), True
