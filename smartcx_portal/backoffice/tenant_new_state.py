"""Opening a tenant by the short form."""

from dataclasses import fields
from typing import Any

import reflex as rx

from smartcx_portal.backoffice.frame import place
from smartcx_portal.gate import event, say
from smartcx_portal.kit.language import N_
from smartcx_portal.operations.opening import open_tenant
from smartcx_portal.operations.tenant_form import TenantForm
from smartcx_portal.tenancy import Permission, Work

NAMES = tuple(one.name for one in fields(TenantForm))


class TenantNewState(rx.State):
    """What was typed stays in the browser's fields until it is accepted."""

    ready: bool = False

    @event(Permission.OPERATE)
    def load(self) -> None:
        """An empty form."""
        self.ready = True

    @event(Permission.OPERATE)
    def open(self, work: Work, form: dict[str, str]) -> Any:
        """Open it, and go to its page."""
        open_tenant(work, TenantForm(**{name: form.get(name, "") for name in NAMES}))
        say(N_("The tenant is open. Its owner gets an invitation by e-mail."), stays=True)
        return rx.redirect(f"{place(work.lang, 'tenants')}/{work.tenant}")
