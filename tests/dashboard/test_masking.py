"""What rooms of the dashboard send to the browser before anybody opens a person's detail (Art. 25(2))."""

import asyncio
from datetime import timedelta

import pytest

from smartcx_portal.accounts.passwords import new_hash
from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.pages import ROOM_PAGES
from smartcx_portal.kit import limits
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import Right
from smartcx_portal.models.staff import Identity
from smartcx_portal.privacy.cases import open_case
from smartcx_portal.privacy.enquiries import ask
from tests.cast import CLARA, Cast
from tests.conftest import SUNDAY
from tests.gate.conftest import PASSWORD
from tests.gate.driving import signed_in
from tests.privacy.scenes import clara_books, open_house
from tests.tabs import Tabs

WITHOUT_DETAIL = {name: load for name, _, load, below, _ in ROOM_PAGES if not below}
SECRETS = (CLARA["email"], CLARA["phone"], "T220001293", "Rollstuhl", "Ruft mich an")


@pytest.fixture
def town(cast: Cast) -> Cast:
    """Clara comes today, asked something and waits for an answer about her name; Anna can sign in."""
    limits.forget_all()
    open_house(cast)
    clara = clara_books(cast, starts_at=SUNDAY + timedelta(hours=2))
    with cast.as_job() as work:
        work.get(Customer, clara).phone = CLARA["phone"]
        work.get(Identity, cast.anna).password_hash = new_hash(PASSWORD)
        open_case(work, Right.OBJECTION, clara, request=f"Ruft mich an: {CLARA['phone']}", proven_by="code")
    with cast.as_visitor() as work:
        ask(work, "question", CLARA["name"], CLARA["email"], f"Ruft mich an: {CLARA['phone']}")
    return cast


def sent_by(name: str) -> str:
    """All that a room sends to Anna's tab when she goes there."""

    async def scenario() -> str:
        path, load = room_address("de", name), WITHOUT_DETAIL[name]
        async with Tabs({path: load if isinstance(load, list) else [load]}) as tabs:
            tab = await signed_in(tabs, "anna", path)
            assert tabs.failures == []
            return repr(tab.updates)

    return asyncio.run(scenario())


@pytest.mark.usefixtures("town")
@pytest.mark.promise("P01")
@pytest.mark.parametrize("name", WITHOUT_DETAIL)
def test_no_room_sends_contact_data_or_answers_by_itself(name: str):
    sent = sent_by(name)
    assert "Anna" in sent
    assert [secret for secret in SECRETS if secret in sent] == []


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("name", ["today", "bookings", "enquiries"])
def test_names_stay_so_that_people_can_be_told_apart(name: str):
    assert CLARA["name"] in sent_by(name)
