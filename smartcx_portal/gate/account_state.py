"""The sign-in page's and the invitation page's State, and signing out from everywhere."""

from typing import Any

import reflex as rx

from smartcx_portal.accounts.invitations import Invited, accept, look_at
from smartcx_portal.accounts.staff_sign_in import SignedIn, Workplace, prove_password, workplaces
from smartcx_portal.gate.decorator import event
from smartcx_portal.gate.ending import belongs, sign_in_page
from smartcx_portal.gate.payload import Form
from smartcx_portal.gate.signing import choose_tenant, say, sign_in_staff, sign_out
from smartcx_portal.gate.turn import this_turn
from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.errors import NotSignedIn
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_
from smartcx_portal.models.staff import SessionKind
from smartcx_portal.tenancy import ActorKind, Permission, Work


class SignInForm(Form):
    """What the sign-in form sends."""

    email: str = ""
    password: str = ""


class AcceptForm(Form):
    """What the invitation's form sends; `name` is asked of new accounts only."""

    name: str = ""
    password: str = ""


class AccountState(rx.State):
    """`workplaces` is filled while a member of several tenants has to choose; `invited` while an invitation is open."""

    workplaces: list[Workplace] = []
    invited: Invited | None = None
    _secret: str = ""

    @event(Permission.PUBLIC)
    def open_sign_in(self, work: Work) -> Any:
        """The sign-in page's `on_load`: whoever is signed in goes on, or chooses first."""
        if work.actor.kind is ActorKind.OPERATOR:
            return rx.redirect(_home(SessionKind.OPERATOR, work.lang))
        if work.actor.kind is not ActorKind.STAFF or work.actor.identity_id is None:
            return None
        if work.tenant_id is not None:
            return rx.redirect(_home(SessionKind.STAFF, work.lang))
        self.workplaces = list(workplaces(work, work.actor.identity_id))
        return None

    @event(Permission.PUBLIC)
    def sign_in(self, work: Work, form: SignInForm) -> Any:
        """With e-mail and password; goes on to where the reader wanted to, or shows the choice of workplaces."""
        signed_in = prove_password(work, form.email, form.password)
        return self._enter(work, signed_in)

    @event(Permission.PUBLIC)
    def choose_tenant(self, work: Work, tenant_id: str) -> Any:
        """Work for this tenant; also to change later."""
        if work.actor.kind is not ActorKind.STAFF:
            raise NotSignedIn
        choose_tenant(work, as_id(tenant_id))
        self.workplaces = []
        return rx.redirect(_home(SessionKind.STAFF, work.lang))

    @event(Permission.PUBLIC)
    def sign_out(self, work: Work) -> Any:
        """End the session; nothing stays in the tab."""
        sign_out(work)
        say(N_("You are signed out."))
        slug = this_turn().proven.asked.slug
        return rx.redirect(address(work.lang, "my_data", slug) if slug else sign_in_page(work.lang))

    @event(Permission.PUBLIC)
    def stay_signed_in(self) -> None:
        """Any deed renews the session; this one does nothing else."""

    @event(Permission.PUBLIC)
    def open_invitation(self, work: Work, secret: str) -> None:
        """The invitation page hands over the fragment of its address."""
        self.invited, self._secret = None, ""
        self.invited, self._secret = look_at(work, secret.removeprefix("#")), secret.removeprefix("#")

    @event(Permission.PUBLIC)
    def accept_invitation(self, work: Work, form: AcceptForm) -> Any:
        """Become a member, and be signed in at that tenant."""
        identity = accept(work, self._secret, form.name, form.password)
        self.invited, self._secret = None, ""
        place = Workplace(str(work.tenant), "")
        return self._enter(work, SignedIn(identity.id, SessionKind.STAFF, (place,)))

    def _enter(self, work: Work, signed_in: SignedIn) -> Any:
        sign_in_staff(work, signed_in)
        if signed_in.kind is SessionKind.STAFF and signed_in.tenant_id is None:
            self.workplaces = list(signed_in.workplaces)
            this_turn().leaves = {"workplaces": list(signed_in.workplaces)}  # also where another was signed in before
            return None
        self.workplaces = []
        return rx.redirect(_home(signed_in.kind, work.lang))


def _home(kind: SessionKind, lang: str) -> str:
    """Where the reader wanted to go before signing in, if that is theirs to see, else the first page."""
    area, first = ("operations", "tenants") if kind is SessionKind.OPERATOR else ("dashboard", "today")
    wanted = this_turn().return_to
    return wanted if belongs(wanted, area) else address(lang, area, sub=first)
