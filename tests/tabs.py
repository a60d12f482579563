"""Browser tabs without a browser: events go through Reflex's whole pipeline, the gate included.

async def scenario():
    async with Tabs() as tabs:
        tab = await tabs.open("/de/anmelden")
        await tab.send(AccountState.sign_in, form={"email": …, "password": …})
        assert (await tab.state(SessionState)).kind == "staff"
asyncio.run(scenario())
"""

import itertools
from types import SimpleNamespace, TracebackType
from typing import Any

import reflex as rx
from reflex.app_mixins.middleware import MiddlewareMixin
from reflex.istate.manager.memory import StateManagerMemory
from reflex.state import State, StateUpdate
from reflex_base.event import Event
from reflex_base.event.processor import BaseStateEventProcessor
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_event_handler

from smartcx_portal.gate.middleware import CONNECT, LOAD, STORED, Gate
from smartcx_portal.gate.state import KEY, SessionState

MARK = "_rx_state_"
SOCKETS = (f"socket-{number}" for number in itertools.count())


class Tabs:
    """One server process with the gate; also what a tab's page loads, by its path."""

    def __init__(self, loads: dict[str, list[Any]] | None = None) -> None:
        self.loads = loads or {}
        self.failures: list[Exception] = []
        self.sent: list[tuple[str, StateUpdate]] = []
        self.states = StateManagerMemory()
        gate = MiddlewareMixin()
        gate.add_middleware(Gate())
        self.processor = BaseStateEventProcessor(
            middleware=gate, backend_exception_handler=self._failed, graceful_shutdown_timeout=5
        )

    async def __aenter__(self) -> "Tabs":
        context = RegistrationContext.get().fork()
        context._set_app(SimpleNamespace(get_load_events=lambda path: self.loads.get(path, [])))
        self._context = RegistrationContext.set(context)
        self.processor.configure(state_manager=self.states, event_namespace=self)
        await self.processor.__aenter__()
        return self

    async def __aexit__(self, kind: type | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        await self.processor.__aexit__(kind, problem, trace)
        RegistrationContext.reset(self._context)

    async def open(self, path: str, *, key: str = "", token: str = "") -> "Tab":
        """A tab that has loaded the page at `path`, with a key from before if it has one."""
        tab = Tab(self, token or f"token-{next(SOCKETS)}", path, key)
        await tab.connect()
        return tab

    async def emit_update(self, update: StateUpdate, token: str) -> None:
        """In place of the socket."""
        self.sent.append((token, update))

    def _failed(self, problem: Exception) -> None:
        self.failures.append(problem)


class Tab:
    """One tab: what it would store, and what it was sent."""

    def __init__(self, tabs: Tabs, token: str, path: str, key: str) -> None:
        self.tabs, self.token, self.path, self.key = tabs, token, path, key
        self.socket = ""
        self.ip = "192.0.2.1"

    async def connect(self) -> None:
        """By a new socket, with the stored key."""
        self.socket = next(SOCKETS)
        await self.raw(CONNECT, vars={KEY: self.key} if self.key else {})

    async def go(self, path: str) -> None:
        """To another page, in the browser."""
        self.path = path
        await self.raw(STORED, vars={KEY: self.key})
        await self.raw(LOAD)

    async def send(self, handler: Any, /, **payload: Any) -> None:
        """An event of this handler."""
        await self.raw(format_event_handler(handler), **payload)

    async def raw(self, name: str, /, **payload: Any) -> None:
        """An event of this name; waits until it and what it caused is done."""
        begun = len(self.tabs.sent)
        event = Event(name=name, payload=payload, router_data=self._router_data())
        future = await self.tabs.processor.enqueue(self.token, event)
        try:
            await future.wait_all()
        finally:
            self._store(begun)

    async def state(self, kind: type[rx.State]) -> Any:
        """The state of this tab as the server has it."""
        async with self.tabs.states.modify_state(rx.BaseStateToken(ident=self.token, cls=State)) as root:
            return await root.get_state(kind)

    @property
    def updates(self) -> list[StateUpdate]:
        """All that this tab was sent."""
        return [update for token, update in self.tabs.sent if token == self.token]

    @property
    def led_to(self) -> list[str]:
        """The addresses that it was redirected to."""
        events = [event for update in self.updates for event in update.events]
        return [str(event.payload["path"]) for event in events if event.name == "_redirect"]

    def _store(self, begun: int) -> None:
        """What a browser does with a key that it is sent, except while the page counts as loading."""
        for token, update in self.tabs.sent[begun:]:
            root = update.delta.get(State.get_full_name(), {})
            new = update.delta.get(SessionState.get_full_name(), {}).get(f"key{MARK}")
            if token == self.token and new and root.get(f"is_hydrated{MARK}", True):
                self.key = new

    def _router_data(self) -> dict[str, Any]:
        return {
            "pathname": self.path,
            "asPath": self.path,
            "query": {},
            "token": self.token,
            "sid": self.socket,
            "ip": self.ip,
            "headers": {"origin": "http://localhost:8000"},
        }
