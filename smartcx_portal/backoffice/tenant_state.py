"""One tenant: facts, agreement and figures; suspending, taking it back, inviting its owner."""

from uuid import UUID

import reflex as rx

from smartcx_portal.backoffice.tenants_state import TenantLine, line
from smartcx_portal.backoffice.words import LANGUAGE_NAMES
from smartcx_portal.gate import Form, event, say
from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.tenant import TenantStatus
from smartcx_portal.operations.opening import invite_owner
from smartcx_portal.operations.overview import TenantRow, agreement_of, tenant_row
from smartcx_portal.operations.suspending import resume, suspend
from smartcx_portal.operations.tenant_form import LAND_NAMES
from smartcx_portal.operations.tenants import TenantView, tenant_view
from smartcx_portal.tenancy import Permission, Work


class SuspendForm(Form):
    """Why, and the name once more."""

    reason: str = ""
    typed_name: str = ""


class InviteForm(Form):
    """Whom to invite."""

    email: str = ""


class TenantState(rx.State):
    """`asking`: the question before suspending is open."""

    ready: bool = False
    id: str = ""
    facts: TenantView | None = None
    figures: TenantRow | None = None
    line: TenantLine | None = None
    land: str = ""
    language: str = ""
    agreement: str = ""
    book: str = ""
    notice: str = ""
    active: bool = False
    asking: bool = False
    form_key: int = 0

    @event(Permission.OPERATE)
    def load(self, work: Work) -> None:
        """The tenant that the address names."""
        self.ready = self.asking = False
        self.id = self.router.url.path.rstrip("/").rpartition("/")[2]
        self._show(work)
        self.ready = True

    @event(Permission.OPERATE)
    def ask(self) -> None:
        """Before suspending."""
        self.asking = True

    @event(Permission.OPERATE)
    def keep(self) -> None:
        """It stays active."""
        self.asking = False

    @event(Permission.OPERATE)
    def suspend(self, work: Work, form: SuspendForm) -> None:
        """Close booking and dashboard."""
        suspend(work, as_id(self.id), form.reason, typed_name=form.typed_name)
        self.asking = False
        self._show(work)
        say(N_("The tenant is suspended. Portal, notice and cancelling stay open."))

    @event(Permission.OPERATE)
    def resume(self, work: Work) -> None:
        """Open both again."""
        resume(work, as_id(self.id))
        self._show(work)
        say(N_("The tenant is active again."))

    @event(Permission.OPERATE)
    def invite(self, work: Work, form: InviteForm) -> None:
        """Send an owner's invitation."""
        invite_owner(work, as_id(self.id), form.email)
        self.form_key += 1
        say(N_("The invitation is on its way. It is valid for seven days."))

    def _show(self, work: Work) -> None:
        tenant_id: UUID = as_id(self.id)
        self.figures, facts = tenant_row(work, tenant_id), tenant_view(work, tenant_id)
        self.facts, self.line = facts, line(self.figures, work.lang)
        self.land, self.language = LAND_NAMES[facts.land], translate(work.lang, LANGUAGE_NAMES[facts.language])
        self.book, self.notice = (address(work.lang, page, facts.slug) for page in ("book", "privacy"))
        self.active = facts.status == TenantStatus.ACTIVE.value
        found = agreement_of(work, tenant_id)
        self.agreement = f"{found.version} · {found.since}" if found else ""
