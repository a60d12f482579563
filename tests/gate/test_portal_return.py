"""Signing in leads back to where one wanted to go, also after a session has ended (ux: "the work is still there")."""

from collections.abc import Coroutine
from typing import Any
from uuid import UUID

import pytest

from smartcx_portal.accounts import sessions
from smartcx_portal.kit.tokens import number_code
from smartcx_portal.messaging.templates import CODE_USE
from smartcx_portal.models.messaging import OneTimeCode
from smartcx_portal.models.staff import Session
from smartcx_portal.portal.portal_state import PortalState
from tests.cast import CLARA, Cast
from tests.messaging.scenes import claras_booking
from tests.tabs import Tab, Tabs

MY_DATA = "/de/t/buergeramt-musterstadt/meine-daten"
RESTRICT = f"{MY_DATA}/einschraenken"
SIGN_IN = f"{MY_DATA}/anmelden"
ENGLISH = "/en/t/buergeramt-musterstadt/my-data"


@pytest.fixture
def clara(cast: Cast) -> UUID:
    return claras_booking(cast).customer


async def come_in(cast: Cast, tab: Tab, root: str = MY_DATA) -> str:
    """Prove oneself on the sign-in pages; where that leads to."""
    await tab.go(f"{root}/{'anmelden' if root == MY_DATA else 'sign-in'}")
    await tab.send(PortalState.request, form={"contact": CLARA["email"]})
    with cast.as_job() as work:
        newest = work.first(work.select(OneTimeCode.id).order_by(OneTimeCode.lapses_at.desc(), OneTimeCode.id.desc()))
    await tab.send(PortalState.prove, form={"code": number_code(CODE_USE, newest)})
    return tab.led_to[-1]


def scenario_of(cast: Cast, wanted: str, root: str = MY_DATA) -> Coroutine[Any, Any, list[str]]:
    async def scenario() -> list[str]:
        async with Tabs({wanted: [PortalState.enter("")]}) as tabs:
            tab = await tabs.open(wanted)
            first = tab.led_to[-1]
            return [first, await come_in(cast, tab, root)]

    return scenario()


@pytest.mark.usefixtures("clara")
def test_signing_in_leads_to_the_page_that_was_wanted(run, cast: Cast):
    assert run(scenario_of(cast, RESTRICT)) == [f"{MY_DATA}/anmelden", RESTRICT]


@pytest.mark.usefixtures("clara")
def test_who_changes_the_language_meanwhile_comes_to_the_same_page(run, cast: Cast):
    assert run(scenario_of(cast, RESTRICT, ENGLISH))[-1] == f"{ENGLISH}/restrict"


@pytest.mark.usefixtures("clara")
def test_nothing_leads_out_of_the_portal(run, cast: Cast):
    outside = "/de/t/buergeramt-musterstadt/buchen"
    assert run(scenario_of(cast, outside))[-1] == f"{MY_DATA}/ansehen"


def test_after_an_ended_session_the_way_leads_back_to_the_same_page(run, cast: Cast, clara: UUID):
    async def scenario():
        async with Tabs({RESTRICT: [PortalState.enter("restrict")]}) as tabs:
            tab = await tabs.open(RESTRICT)
            await come_in(cast, tab)
            await tab.go(RESTRICT)
            with cast.as_job() as work:
                assert sessions.end_all(work, customer_id=clara) == 1
            await tab.send(PortalState.enter, sub="restrict")
            assert not (await tab.state(PortalState)).signed_in
            await tab.send(PortalState.enter, sub="restrict")
            return tab.led_to[-1], await come_in(cast, tab)

    assert run(scenario()) == (f"{MY_DATA}/anmelden", RESTRICT)


def test_the_session_knows_by_what_it_was_opened(run, cast: Cast, clara: UUID):
    async def scenario():
        async with Tabs() as tabs:
            await come_in(cast, await tabs.open(MY_DATA))
            with cast.as_job() as work:
                return work.first(work.shared(Session.proof).where(Session.customer_id == clara))

    assert run(scenario()) == "code"


@pytest.mark.usefixtures("clara")
def test_where_no_text_message_can_go_a_number_is_refused_with_what_to_do(run, cast: Cast):
    async def scenario() -> tuple[str, int]:
        async with Tabs({SIGN_IN: [PortalState.look]}) as tabs:
            tab = await tabs.open(SIGN_IN)
            await tab.send(PortalState.request, form={"contact": CLARA["phone"]})
            with cast.as_job() as work:
                return (await tab.state(PortalState)).problems["contact"], work.count(work.select(OneTimeCode))

    assert run(scenario()) == ("Geben Sie eine E-Mail-Adresse wie name@beispiel.de ein.", 0)
