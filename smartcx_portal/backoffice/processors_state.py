"""The companies that process for the operator."""

from dataclasses import replace

import reflex as rx
from babel import Locale

from smartcx_portal.gate import event
from smartcx_portal.operations.sub_processors import SubProcessorView, sub_processors
from smartcx_portal.tenancy import Permission, Work


class ProcessorsState(rx.State):
    """All of them by name; countries in words."""

    ready: bool = False
    rows: list[SubProcessorView] = []

    @event(Permission.OPERATE)
    def load(self, work: Work) -> None:
        """The register."""
        names = Locale(work.lang).territories
        found = sub_processors(work, work.lang)
        self.rows = [replace(one, country=names.get(one.country, one.country)) for one in found]
        self.ready = True
