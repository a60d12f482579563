"""The tab's own state: its key, the sockets that have shown it, and who is signed in (design D4)."""

import time
from typing import Any

import reflex as rx
from reflex_base.registry import RegistrationContext

from smartcx_portal.accounts.sessions import Proof
from smartcx_portal.gate.proving import hash_of
from smartcx_portal.kit.localtime import time_text
from smartcx_portal.kit.tokens import new_secret

SOCKETS_KEPT = 4
"""A background handler's chained event bears the id of the socket it began on."""
BEAT = 600
"""Seconds after which the state is written again, so that a store with expiry keeps it (design D14)."""
SHORTEST_KEY, LONGEST_KEY = 32, 128


class SessionState(rx.State):
    """What pages may show: `kind` (empty, `staff`, `person`, `operator`), `name`, `tenant_name`, `role`, `ends_at`.

    `ends_soon` is a clock time in the last two minutes of a session, for `session_notice`; `suspended` says that
    the member's tenant is. `answers` grows with every deed: an answer that changed nothing else would not be noticed.
    """

    key: str = rx.SessionStorage("", name="smartcx_tab")
    kind: str = ""
    name: str = ""
    tenant_name: str = ""
    role: str = ""
    ends_at: str = ""
    ends_soon: str = ""
    suspended: bool = False
    answers: int = 0
    _key_hash: str = ""
    _sockets: list[str] = []
    _session_id: str = ""
    _unsure: bool = False
    _beat: int = 0
    _notice: int = 0
    _return_to: str = ""

    @property
    def _signed_in(self) -> bool:
        """Whether the database has to be asked for a session."""
        return bool(self._session_id) or self._unsure

    def _take_key(self, key: str) -> None:
        self.key, self._key_hash = key, hash_of(key)

    def _bind(self, socket: str) -> None:
        self._sockets = [*[s for s in self._sockets if s != socket][1 - SOCKETS_KEPT :], socket]

    def _describe(self, proof: Proof | None, lang: str) -> None:
        """Take over what the session row says; only what differs is written, so that little is sent."""
        self._unsure = False
        if proof is None:
            names = ("_session_id", "kind", "name", "tenant_name", "role", "ends_at", "ends_soon")
            facts: dict[str, Any] = {**dict.fromkeys(names, ""), "suspended": False}
        else:
            facts = {
                "_session_id": str(proof.session_id),
                "kind": proof.kind.value,
                "name": proof.name,
                "tenant_name": proof.tenant_name,
                "role": proof.actor.role.value if proof.actor.role else "",
                "ends_at": time_text(proof.ends_at, proof.zone, lang),
                "ends_soon": "",
                "suspended": proof.suspended,
            }
        for name, value in facts.items():
            if getattr(self, name) != value:
                setattr(self, name, value)

    def _keep_alive(self) -> None:
        if (beat := int(time.monotonic()) // BEAT) != self._beat:
            self._beat = beat


KEY = f"{SessionState.get_full_name()}.key_rx_state_"
"""Under this name the browser sends the key along when it connects."""


async def start_over(root: Any) -> SessionState:
    """Forget everything that this tab's states hold, and give it a fresh key; its sockets stay known.

    The browser stores the new key with this very change, since the page counts as loaded.
    """
    session = await root.get_state(SessionState)
    sockets = list(session._sockets)
    for state in list(RegistrationContext.get().base_states.values()):
        await root.get_state(state)
    root.reset()
    root.is_hydrated = True
    session._sockets = sockets
    session._take_key(new_secret())
    return session


def fitting(key: object) -> str:
    """A key that a browser shows, if it can be one of ours, else an empty text."""
    return key if isinstance(key, str) and key.isascii() and SHORTEST_KEY <= len(key) <= LONGEST_KEY else ""
