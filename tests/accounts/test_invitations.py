"""Invitations: signed, single use, seven days; an account that exists proves itself."""

from datetime import timedelta

import pytest

from smartcx_portal.accounts.invitations import InvitationOver, NameMissing, accept, invite, look_at
from smartcx_portal.accounts.passwords import PasswordTooShort, new_hash, verify
from smartcx_portal.accounts.staff_sign_in import WrongPassword
from smartcx_portal.kit import limits
from smartcx_portal.kit.errors import NotPermitted, ProductError
from smartcx_portal.messaging.links import invitation_secret
from smartcx_portal.models.staff import Identity, Membership, Role
from smartcx_portal.tenancy import VISITOR, open_work
from tests.cast import Cast
from tests.conftest import SUNDAY, at

PASSWORD = "Im Bürgeramt ist viel los"
NEW = "neu@example.org"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    limits.forget_all()


def invited(cast: Cast, email: str = NEW, role: Role = Role.STAFF) -> str:
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        return invitation_secret(invite(work, email, role))


def take(secret: str, name: str = "Ben", password: str = PASSWORD) -> Identity:
    with open_work(VISITOR) as work:
        return accept(work, secret, name, password)


def role_of(cast: Cast, identity: Identity) -> Role | None:
    with cast.as_job() as work:
        found = work.first(work.select(Membership).where(Membership.identity_id == identity.id))
        return found.role if found and found.ended_at is None else None


def test_a_new_account_gets_name_password_and_role(cast: Cast):
    identity = take(invited(cast), "  Ben   Beispiel ")
    assert (identity.name, identity.email_key, role_of(cast, identity)) == ("Ben Beispiel", NEW, Role.STAFF)
    assert verify(identity.password_hash, PASSWORD)


def test_the_page_shows_where_to_and_whether_an_account_exists(cast: Cast):
    with open_work(VISITOR) as work:
        fresh = look_at(work, invited(cast, NEW, Role.OWNER))
    with open_work(VISITOR) as work:
        known = look_at(work, invited(cast, "dora@example.org"))
    assert (fresh.tenant, fresh.email, fresh.role, fresh.known) == ("Bürgeramt Musterstadt", NEW, "owner", False)
    assert known.known


def test_it_works_once(cast: Cast):
    secret = invited(cast)
    take(secret)
    with pytest.raises(InvitationOver):
        take(secret)


def test_it_runs_out_after_seven_days(cast: Cast):
    secret = invited(cast)
    with at(SUNDAY + timedelta(days=7)), pytest.raises(InvitationOver):
        take(secret)


def test_a_newer_one_replaces_it(cast: Cast):
    old = invited(cast)
    new = invited(cast)
    with pytest.raises(InvitationOver):
        take(old)
    assert take(new)


def test_a_forged_one_opens_nothing(cast: Cast):
    secret = invited(cast)
    tenant, invitation, mark = secret.split(".")
    for forged in (
        "",
        "x",
        f"{tenant}.{invitation}.",
        f"{tenant}.{invitation}.{mark[:-1]}x",
        f"{cast.salon.id}.{invitation}.{mark}",
    ):
        with pytest.raises(ProductError):
            take(forged)


@pytest.mark.parametrize(
    ("name", "password", "problem"), [("", PASSWORD, NameMissing), ("Ben", "kurz", PasswordTooShort)]
)
def test_an_incomplete_form_leaves_it_open(cast: Cast, name: str, password: str, problem: type[Exception]):
    secret = invited(cast)
    with pytest.raises(problem):
        take(secret, name, password)
    assert take(secret)


def test_an_account_that_exists_proves_itself(cast: Cast):
    with cast.as_job() as work:
        work.get(Identity, cast.dora).password_hash = new_hash(PASSWORD)
    secret = invited(cast, "dora@example.org", Role.OWNER)
    with pytest.raises(WrongPassword):
        take(secret, "Eindringling", "irgendein anderes Passwort")
    identity = take(secret, "Eindringling")
    assert (identity.id, identity.name, role_of(cast, identity)) == (cast.dora, "Dora", Role.OWNER)


def test_who_has_left_can_come_back(cast: Cast):
    with cast.as_job() as work:
        work.get(Identity, cast.ben).password_hash = new_hash(PASSWORD)
        work.update_where(Membership, Membership.identity_id == cast.ben, ended_at=work.now)
    identity = take(invited(cast, "ben@example.org"))
    assert role_of(cast, identity) is Role.STAFF


def test_staff_invite_nobody(cast: Cast):
    with cast.as_staff(cast.ben) as work, pytest.raises(NotPermitted):
        invite(work, NEW, Role.STAFF)
