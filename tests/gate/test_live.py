"""D15: each open tab sees a change once; whose session is gone, or who belongs elsewhere, sees nothing."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import reflex as rx
from reflex.state import StateUpdate
from reflex_base.event.context import EventContext

from smartcx_portal.accounts import sessions
from smartcx_portal.gate import Notice, SessionState, live, watching
from smartcx_portal.gate.live import Live
from smartcx_portal.gate.tabs import Tabs as OpenTabs
from smartcx_portal.gate.tabs import tabs as open_tabs
from smartcx_portal.kit import clock
from smartcx_portal.models.calendar import Service
from smartcx_portal.models.staff import Session
from tests.cast import Cast
from tests.conftest import SUNDAY, at
from tests.gate.driving import signed_in
from tests.gate.states import DeskState
from tests.tabs import Tab, Tabs

DESK = "/de/verwaltung/heute"
MONDAY = "2026-11-23"


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One live page whose reader counts how often it reads."""
    reads: list[str] = []

    def reader(work: Any, what: str) -> list[str]:
        reads.append(what)
        return [row.name for row in work.all(work.select(Service))]

    def show(state: Any, rows: list[str]) -> None:
        state.rows, state.seen = rows, "live"

    monkeypatch.setattr(live, "_kinds", {})
    live.register(DeskState, reader, show)
    open_tabs.by_token.clear()
    return reads


class App:
    """As much of an app as pushes need, over the tabs of a test."""

    def __init__(self, tabs: Tabs) -> None:
        self.tabs = tabs
        self.open: dict[str, str] = {}
        manager = SimpleNamespace(token_to_socket={}, instance_id="here")
        self.event_namespace = SimpleNamespace(_token_manager=manager, emit_update=tabs.emit_update, sid_to_token={})

    def sees(self, tab: Tab) -> None:
        """This tab's socket is connected."""
        record = SimpleNamespace(sid=tab.socket, instance_id="here")
        self.event_namespace._token_manager.token_to_socket[tab.token] = record

    @asynccontextmanager
    async def modify_state(self, token: Any) -> AsyncIterator[Any]:
        context = EventContext.set(dataclasses.replace(self.tabs.processor._root_context, token=token.ident))
        try:
            async with self.tabs.states.modify_state(rx.BaseStateToken(ident=token.ident, cls=token.cls)) as root:
                yield root
                delta = await root._get_resolved_delta()
                root._clean()
            await self.tabs.emit_update(StateUpdate(delta=delta), token.ident)
        finally:
            EventContext.reset(context)


async def told(app: App, cast: Cast, day: str = MONDAY) -> None:
    """The town's day has changed, and all pushes are done."""
    loop = Live(app)
    loop.changed(cast.town.id, day)
    while loop.tasks:
        await asyncio.gather(*loop.tasks)


async def desk(tabs: Tabs, app: App, name: str) -> Tab:
    tab = await signed_in(tabs, name, DESK)
    await tab.send(DeskState.load)
    app.sees(tab)
    return tab


async def seen(tab: Tab) -> str:
    return (await tab.state(DeskState)).seen


def test_all_tabs_of_the_tenant_see_it_and_it_is_read_once(run, staff: Cast, registry: list[str]):
    async def scenario():
        async with Tabs() as tabs:
            app = App(tabs)
            shown = [await desk(tabs, app, name) for name in ("anna", "ben", "dora")]
            await told(app, staff)
            return [await seen(tab) for tab in shown], registry

    assert run(scenario()) == (["live", "live", ""], [MONDAY])


def test_another_day_concerns_nobody(run, staff: Cast, registry: list[str]):
    async def scenario():
        async with Tabs() as tabs:
            app = App(tabs)
            tab = await desk(tabs, app, "anna")
            await told(app, staff, "2026-11-24")
            return await seen(tab), registry

    assert run(scenario()) == ("", [])


def test_a_tab_that_has_gone_elsewhere_is_left_alone(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            app = App(tabs)
            tab = await desk(tabs, app, "anna")
            await tab.go("/de/verwaltung/woche")
            await told(app, staff)
            return await seen(tab)

    assert run(scenario()) == ""


def test_a_revoked_session_sees_nothing_more(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            app = App(tabs)
            anna, ben = await desk(tabs, app, "anna"), await desk(tabs, app, "ben")
            with staff.as_job() as work:
                sessions.end_all(work, identity_id=staff.anna)
            await told(app, staff)
            return await seen(anna), await seen(ben)

    assert run(scenario()) == ("", "live")


def test_a_socket_that_has_not_shown_the_key_sees_nothing(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            app = App(tabs)
            anna = await desk(tabs, app, "anna")
            anna.socket = "thief"
            app.sees(anna)
            await told(app, staff)
            return await seen(anna)

    assert run(scenario()) == ""


def test_no_delta_leaves_by_a_socket_without_key(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            app = App(tabs)
            anna = await signed_in(tabs, "anna")
            app.event_namespace.on_event = None
            watching.guard_socket(app)
            begun, heard = len(anna.updates), []
            for socket in (anna.socket, "thief"):
                anna.socket = socket
                app.sees(anna)
                await app.event_namespace.emit_update(StateUpdate(delta={"x": {"y": 1}}), anna.token)
                heard.append(len(anna.updates) - begun)
            return heard

    assert run(scenario()) == [1, 1]


@pytest.mark.parametrize("data", [None, "x", [], {}, {"name": 1}, {"name": "no.such"}, {"name": ["x"]}])
def test_what_is_no_event_is_not_taken(data: object):
    assert not watching.is_event(data)


async def later(staff: Cast, minutes: float) -> tuple[str, str, list[str], str]:
    """What Anna's idle tab shows so many minutes after her last deed."""
    async with Tabs() as tabs:
        app = App(tabs)
        anna = await desk(tabs, app, "anna")
        led = len(anna.led_to)
        with at(SUNDAY + timedelta(minutes=minutes)):
            await watching.look_around(app)
        session, notice = await anna.state(SessionState), await anna.state(Notice)
        return session.kind, session.ends_soon, anna.led_to[led:], notice.text


def test_two_minutes_before_the_end_the_page_says_so(run, staff: Cast):
    assert run(later(staff, 27)) == ("staff", "", [], "")
    assert run(later(staff, 28.5)) == ("staff", "10:30 Uhr", [], "")


def test_at_the_end_the_page_is_emptied_and_led_to_the_sign_in(run, staff: Cast):
    kind, soon, led, text = run(later(staff, 30))
    assert (kind, soon, led) == ("", "", ["/de/anmelden"])
    assert text.startswith("Ihre Sitzung ist beendet")


def test_a_session_renewed_in_another_tab_goes_on(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            app = App(tabs)
            anna = await desk(tabs, app, "anna")
            with at(SUNDAY + timedelta(minutes=29)):
                with staff.as_job() as work:
                    work.update_where(Session, seen_at=clock.now())
                await watching.look_around(app)
            session = await anna.state(SessionState)
            return session.kind, session.ends_soon

    assert run(scenario()) == ("staff", "")


def test_closed_tabs_are_forgotten():
    known = OpenTabs()
    known.shown = {"a", "b"}
    known.keep_only({"b": "token"})
    assert known.shown == {"b"}
