"""A browser's socket by hand: Engine.IO and Socket.IO over a websocket, as far as Reflex uses them."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.state import State
from reflex_base.utils.format import format_event_handler
from websocket import WebSocket, WebSocketException

from smartcx_portal.gate.middleware import CONNECT
from smartcx_portal.gate.state import KEY, SessionState

PATIENCE = 15.0
MARK = "_rx_state_"
opened: list[Any] = []
"""All sockets since `close_all`."""


class Wire:
    """One socket of one tab. `key` is what the tab stores; `updates` all that it was sent."""

    def __init__(
        self, base_url: str, *, token: str = "", key: str = "", path: str = "/de/", origin: str | None = "",
        greets: bool = True,
    ) -> None:  # fmt: skip
        self.base_url, self.token, self.key, self.path = base_url, token or str(uuid.uuid4()), key, path
        self.updates: list[dict[str, Any]] = []
        host = base_url.replace("http", "ws", 1).replace("localhost", "127.0.0.1")  # the library leaks a refused ::1
        address = host + f"/_event/?EIO=4&transport=websocket&token={self.token}"
        own = {"origin": base_url if origin == "" else origin} if origin is not None else {"suppress_origin": True}
        self.socket = WebSocket()
        self.socket.settimeout(PATIENCE)
        opened.append(self.socket)
        self.socket.connect(address, **own)
        opened.append(self.socket.sock)  # the library forgets to close what the other side has cut
        self._receive()
        hello = {"event": self._event(CONNECT, {"vars": {KEY: key} if key else {}})} if greets else {}
        self.socket.send("40/_event," + json.dumps(hello))
        if greets:
            self.wait(lambda update: self.value(State, "is_hydrated") is True)

    def send(self, handler: Any, /, **payload: Any) -> None:
        """An event of this handler, or of this name."""
        name = handler if isinstance(handler, str) else format_event_handler(handler)
        self.socket.send("42/_event," + json.dumps(["event", self._event(name, payload)]))

    def wait(self, until: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        """Take in updates up to the first that fits."""
        while True:
            update = self.next()
            if until(update):
                return update

    def wait_for(self, state: type[rx.State], var: str, value: Any) -> None:
        """Take in updates until a var has this value; values of texts may be their beginnings."""

        def fits(_: dict[str, Any]) -> bool:
            found = self.value(state, var)
            return found == value or (isinstance(found, str) and bool(value) and found.startswith(value))

        if not fits({}):
            self.wait(fits)

    def next(self) -> dict[str, Any]:
        """The next update."""
        while True:
            words = self._receive()
            if not words.startswith("42/_event,"):
                continue
            kind, content = json.loads(words.removeprefix("42/_event,"))
            if kind == "new_token":
                self.token = content
            if kind == "event":
                self.updates.append(content)
                self._store(content)
                return dict(content)

    def value(self, state: type[rx.State], var: str) -> Any:
        """What the page would show for a var now."""
        for update in reversed(self.updates):
            changes = update.get("delta", {}).get(state.get_full_name(), {})
            if f"{var}{MARK}" in changes:
                return changes[f"{var}{MARK}"]
        return None

    @property
    def led_to(self) -> list[str]:
        """The addresses that it was redirected to."""
        events = [event for update in self.updates for event in update.get("events", [])]
        return [event["payload"]["path"] for event in events if event["name"] == "_redirect"]

    @property
    def heard(self) -> str:
        """All that came, as text."""
        return json.dumps(self.updates, ensure_ascii=False)

    def again(self, base_url: str = "", **changes: Any) -> "Wire":
        """The same tab by a new socket."""
        known = {"token": self.token, "key": self.key, "path": self.path}
        return Wire(base_url or self.base_url, **{**known, **changes})

    def close(self) -> None:
        """As a closed tab does."""
        self.socket.close()

    def _store(self, update: dict[str, Any]) -> None:
        delta = update.get("delta", {})
        new = delta.get(SessionState.get_full_name(), {}).get(f"key{MARK}")
        if new and delta.get(State.get_full_name(), {}).get(f"is_hydrated{MARK}", True):
            self.key = new

    def _receive(self) -> str:
        while True:
            words = self.socket.recv()
            if not words:
                raise WebSocketException("closed")
            if words == "2":
                self.socket.send("3")
                continue
            return words if isinstance(words, str) else words.decode()

    def _event(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        route = {"pathname": self.path, "asPath": self.path, "query": {}}
        return {"name": name, "payload": payload, "router_data": route}


def close_all() -> None:
    """Close what a test has opened."""
    while opened:
        opened.pop().close()
