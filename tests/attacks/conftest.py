"""People who can sign in, and tabs at the started app."""

from collections.abc import Callable, Iterator

import pytest

from smartcx_portal.accounts.passwords import new_hash
from smartcx_portal.gate import AccountState, SessionState
from smartcx_portal.models.staff import Identity
from tests.cast import Cast
from tests.started import Started
from tests.wire import Wire, close_all

PASSWORD = "Im Bürgeramt ist viel los"
HASH = new_hash(PASSWORD)
SIGN_IN = "/de/anmelden"


@pytest.fixture
def staff(cast: Cast) -> Cast:
    """The cast, able to sign in with `PASSWORD`."""
    with cast.as_job() as work:
        for identity in (cast.anna, cast.ben, cast.dora, cast.oskar):
            work.get(Identity, identity).password_hash = HASH
    return cast


@pytest.fixture
def wire(attacked: Started) -> Iterator[Callable[..., Wire]]:
    """Opens sockets, and closes them after the test."""

    def open_wire(**options: object) -> Wire:
        return Wire(str(options.pop("base_url", attacked.base_url)), **options)

    yield open_wire
    close_all()


@pytest.fixture
def signed_in(wire: Callable[..., Wire], staff: Cast) -> Callable[..., Wire]:
    """A tab in which somebody of the cast is signed in."""

    def sign_in(name: str, **options: object) -> Wire:
        tab = wire(path=SIGN_IN, **options)
        tab.send(AccountState.sign_in, form={"email": f"{name}@example.org", "password": PASSWORD})
        tab.wait_for(SessionState, "name", name.capitalize())
        tab.path = "/de/verwaltung/heute"
        return tab

    return sign_in
