"""What the start page shows: the tenants of the demo, and who runs this installation."""

from dataclasses import dataclass

import reflex as rx

from smartcx_portal.gate import event
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.tenant import BodyKind
from smartcx_portal.operations.page_parts import Fact
from smartcx_portal.operations.tenants import demo_list
from smartcx_portal.privacy.operator import operator
from smartcx_portal.settings import settings
from smartcx_portal.tenancy import Permission, Work

KINDS = {
    BodyKind.PUBLIC_OFFICE: N_("Public office"),
    BodyKind.FEDERAL_OFFICE: N_("Federal authority"),
    BodyKind.BUSINESS: N_("Business"),
    BodyKind.PRACTICE: N_("Medical practice"),
}


@dataclass(frozen=True, slots=True)
class DemoCard:
    """One tenant of the demo."""

    slug: str
    name: str
    language: str
    about: str


class StartState(rx.State):
    """`demo` holds in demo mode only; `runs` are the operator's facts."""

    demo: bool = False
    places: list[DemoCard] = []
    runs: list[Fact] = []

    @event(Permission.PUBLIC)
    def load(self, work: Work) -> None:
        """The page's `on_load`."""
        self.demo = settings().demo
        self.places = [
            DemoCard(row.slug, row.name, row.language, f"{translate(work.lang, KINDS[BodyKind(row.kind)])}, {row.city}")
            for row in demo_list(work)
        ]
        self.runs = operator_facts(work.lang)


def operator_facts(lang: str) -> list[Fact]:
    """Who runs Smart CX here, and whom to ask about data protection (promises P14, P23)."""
    runs = operator()
    facts = (
        (N_("Operator"), runs.name, ""),
        (N_("Represented by"), runs.represented_by, ""),
        (N_("Address"), runs.address, ""),
        (N_("Telephone"), runs.phone, "tel:" + "".join(sign for sign in runs.phone if sign in "+0123456789")),
        (N_("E-mail"), runs.email, f"mailto:{runs.email}"),
        (N_("Data protection officer"), f"{runs.dpo.name}, {runs.dpo.address}", ""),
        (N_("E-mail of the data protection officer"), runs.dpo.email, f"mailto:{runs.dpo.email}"),
    )
    return [Fact(translate(lang, label), value, href) for label, value, href in facts]
