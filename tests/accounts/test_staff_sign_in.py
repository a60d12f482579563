"""Staff sign in with e-mail and password; who does not gets one answer, whatever the reason."""

import pytest
from argon2 import PasswordHasher

from smartcx_portal.accounts import passwords, sessions, staff_sign_in
from smartcx_portal.accounts.passwords import is_dated, new_hash
from smartcx_portal.accounts.staff_sign_in import WrongPassword, choose, prove_password
from smartcx_portal.kit import limits
from smartcx_portal.kit.errors import NotFound, TooMany
from smartcx_portal.models.staff import Identity, Membership, Role, SessionKind
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.tenancy import VISITOR, Actor, ActorKind, open_work
from tests.cast import Cast

PASSWORD = "Im Bürgeramt ist viel los"
HASH = new_hash(PASSWORD)


@pytest.fixture(autouse=True)
def staff(cast: Cast) -> Cast:
    limits.forget_all()
    with cast.as_job() as work:
        for identity in (cast.anna, cast.dora, cast.oskar):
            work.get(Identity, identity).password_hash = HASH
    return cast


def sign_in(email: str = "anna@example.org", password: str = PASSWORD, network: str = "net"):
    with open_work(VISITOR, tab="old", network=network) as work:
        return prove_password(work, email, password)


def also_at_the_salon(cast: Cast) -> None:
    with cast.as_job(cast.salon) as work:
        work.new(Membership, identity_id=cast.anna, role=Role.STAFF, created_at=work.now)


def test_a_member_of_one_tenant_goes_straight_there(cast: Cast):
    proven = sign_in()
    assert (proven.identity_id, proven.kind, proven.tenant_id) == (cast.anna, SessionKind.STAFF, cast.town.id)


@pytest.mark.parametrize("email", ["Anna@Example.org", "  anna@example.org "])
def test_writing_of_the_address_does_not_matter(cast: Cast, email: str):
    assert sign_in(email).identity_id == cast.anna


def test_a_member_of_several_has_to_choose(cast: Cast):
    also_at_the_salon(cast)
    proven = sign_in()
    assert proven.tenant_id is None
    assert [place.name for place in proven.workplaces] == ["Bürgeramt Musterstadt", "Salon Haarlekin"]


def test_one_chooses_among_ones_own_only(cast: Cast):
    with open_work(Actor(ActorKind.STAFF, identity_id=cast.anna)) as work:
        assert choose(work, cast.town.id) == cast.town.id
        with pytest.raises(NotFound):
            choose(work, cast.salon.id)


def test_the_operators_admin_belongs_to_no_tenant(cast: Cast):
    proven = sign_in("oskar@example.org")
    assert (proven.kind, proven.tenant_id, proven.workplaces) == (SessionKind.OPERATOR, None, ())


def disabled(work, cast):
    work.get(Identity, cast.anna).disabled_at = work.now


def without_password(work, cast):
    work.get(Identity, cast.anna).password_hash = None


def member_no_more(work, cast):
    work.update_where(Membership, Membership.identity_id == cast.anna, ended_at=work.now)


def tenant_closed(work, cast):
    work.get(Tenant, cast.town.id).status = TenantStatus.CLOSED


@pytest.mark.parametrize("change", [disabled, without_password, member_no_more, tenant_closed])
def test_who_may_not_gets_the_answer_for_a_wrong_password(cast: Cast, change):
    with cast.as_job() as work:
        change(work, cast)
    with pytest.raises(WrongPassword):
        sign_in()


@pytest.mark.parametrize(
    ("email", "password"),
    [("anna@example.org", "falsch geraten"), ("nobody@example.org", PASSWORD), ("", PASSWORD), ("anna", ""),
     ("anna@example.org", ""), ("anna@example.org", PASSWORD + " ")],
)  # fmt: skip
def test_wrong_and_unknown_get_one_answer(email: str, password: str):
    with pytest.raises(WrongPassword) as refused:
        sign_in(email, password)
    assert (refused.value.sentence, refused.value.field) == (WrongPassword.says, "")


@pytest.mark.parametrize("email", ["anna@example.org", "nobody@example.org", "no address"])
def test_known_and_unknown_cost_one_verification(monkeypatch: pytest.MonkeyPatch, email: str):
    checked: list[str] = []

    class Counting:
        def verify(self, stored: str, plain: str) -> bool:
            checked.append(stored)
            return passwords.PasswordHasher().verify(stored, plain)

    monkeypatch.setattr(passwords, "HASHER", Counting())
    passwords._nobodys.cache_clear()
    monkeypatch.setattr(passwords, "_nobodys", lambda: HASH)
    with pytest.raises(WrongPassword):
        sign_in(email, "falsch geraten")
    assert len(checked) == 1


def test_ten_wrong_tries_close_the_account_for_a_while():
    for number in range(10):
        with pytest.raises(WrongPassword):
            sign_in(password="falsch geraten", network=f"net-{number}")
    with pytest.raises(TooMany):
        sign_in(network="net-10")


def test_ten_wrong_tries_close_the_network_for_a_while():
    for number in range(10):
        with pytest.raises(WrongPassword):
            sign_in(f"nobody{number}@example.org")
    with pytest.raises(TooMany):
        sign_in()
    assert sign_in(network="another")


def test_right_passwords_are_not_counted():
    for _ in range(25):
        sign_in()


def test_an_old_hash_is_made_anew_at_sign_in(cast: Cast):
    with cast.as_job() as work:
        work.get(Identity, cast.anna).password_hash = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)
    sign_in()
    with cast.as_job() as work:
        assert not is_dated(work.get(Identity, cast.anna).password_hash)


def test_a_session_row_knows_a_hash_of_the_key_only(cast: Cast):
    with cast.as_visitor() as work:
        row = sessions.begin(work, "hash-of-key", SessionKind.STAFF, identity_id=cast.anna, tenant_id=cast.town.id)
        assert row.key_hash == "hash-of-key"
        assert staff_sign_in.TRIES == "10 per 5 minutes"
