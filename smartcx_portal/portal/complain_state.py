"""The supervisory authorities one may complain to: of the tenant's Land, or of where one lives or works (Art. 77)."""

import reflex as rx

from smartcx_portal.gate import Form, event
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.tenant import BodyKind
from smartcx_portal.operations.tenants import tenant_view
from smartcx_portal.privacy.authorities import LAENDER, Authority, authority_for
from smartcx_portal.tenancy import Permission, Work

LAND_MISSING = N_("Choose a Land.")


class LandForm(Form):
    """Where the person lives or works."""

    land: str = ""


class ComplainState(rx.State):
    """`own` watches over the tenant; `chosen` is the one of the Land that was asked for."""

    own: list[Authority] = []
    chosen: list[Authority] = []
    problems: dict[str, str] = {}

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The page's `on_load`."""
        view = tenant_view(work)
        self.own, self.chosen, self.problems = [authority_for(view.land, BodyKind(view.kind))], [], {}

    @event(Permission.VISITOR)
    def show(self, work: Work, form: LandForm) -> None:
        """The authority of the chosen Land for a body of this tenant's kind."""
        if form.land not in LAENDER:
            self.problems = {"land": translate(work.lang, LAND_MISSING)}
            return
        self.chosen, self.problems = [authority_for(form.land, BodyKind(tenant_view(work).kind))], {}
