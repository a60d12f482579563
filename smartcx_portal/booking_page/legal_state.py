"""The legal pages of the tenant whose page is open: imprint, accessibility, contact."""

from dataclasses import dataclass

import reflex as rx

from smartcx_portal.gate import event
from smartcx_portal.operations.accessibility import accessibility_statement
from smartcx_portal.operations.legal_pages import contact_page, imprint
from smartcx_portal.operations.page_parts import Fact, LegalPage
from smartcx_portal.operations.tenants import tenant_view
from smartcx_portal.tenancy import Permission, Work


@dataclass(frozen=True, slots=True)
class Part:
    """One section as the page lays it out; `links` are facts that lead to another page of the tenant."""

    heading: str
    paragraphs: list[str]
    points: list[str]
    facts: list[Fact]
    links: list[Fact]


class LegalState(rx.State):
    """`shown` names the page that `parts` belong to."""

    shown: str = ""
    parts: list[Part] = []

    @event(Permission.VISITOR)
    def load_imprint(self, work: Work) -> None:
        """The imprint's `on_load`."""
        self._show("imprint", imprint(tenant_view(work), work.lang))

    @event(Permission.VISITOR)
    def load_accessibility(self, work: Work) -> None:
        """The accessibility statement's `on_load`."""
        self._show("accessibility", accessibility_statement(tenant_view(work), work.lang))

    @event(Permission.VISITOR)
    def load_contact(self, work: Work) -> None:
        """The contact page's `on_load`."""
        self._show("contact", contact_page(tenant_view(work), work.lang))

    def _show(self, name: str, page: LegalPage) -> None:
        self.shown = name
        self.parts = [
            Part(
                heading=one.heading,
                paragraphs=list(one.paragraphs),
                points=list(one.items),
                facts=[fact for fact in one.facts if fact.label],
                links=[fact for fact in one.facts if not fact.label],
            )
            for one in page.sections
        ]
