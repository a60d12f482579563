"""Deny by default: every event of every client passes here before its handler (design D3, D4)."""

import asyncio

import reflex as rx
from reflex.state import (
    BaseState,
    FrontendEventExceptionState,
    OnLoadInternalState,
    State,
    StateUpdate,
    UpdateVarsInternalState,
)
from reflex_base.event import Event, EventSpec
from reflex_base.event.context import EventContext
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_event_handler
from sqlalchemy.exc import SQLAlchemyError

from smartcx_portal.gate.ending import SessionEnded, is_inside, sign_in_page
from smartcx_portal.gate.limits import flooded
from smartcx_portal.gate.notice import Notice
from smartcx_portal.gate.payload import measured
from smartcx_portal.gate.proving import hash_of, language_of, look, network_of, refusal, slug_of
from smartcx_portal.gate.settling import NONE, SHOWN, STAYS, show
from smartcx_portal.gate.state import KEY, SessionState, fitting, start_over
from smartcx_portal.gate.tabs import tabs
from smartcx_portal.gate.turn import Asked, Proven, Turn, begin_turn
from smartcx_portal.kit.errors import NotSignedIn, ProductError
from smartcx_portal.kit.logs import get_log
from smartcx_portal.kit.tokens import new_secret, same
from smartcx_portal.tenancy import Permission

log = get_log(__name__)

HYDRATE = format_event_handler(State.event_handlers["hydrate"])
CONNECT = format_event_handler(State.event_handlers["hydrate_and_load"])
LOAD = format_event_handler(OnLoadInternalState.event_handlers["on_load_internal"])
LOADED = frozenset(
    format_event_handler(state.event_handlers["set_is_hydrated"]) for state in (State, OnLoadInternalState)
)
FAILED = format_event_handler(FrontendEventExceptionState.event_handlers["handle_frontend_exception"])
STORED = format_event_handler(UpdateVarsInternalState.event_handlers["update_vars_internal"])
"""Sent at each navigation; what it says is known, or not to be believed."""
INTERNAL = frozenset({HYDRATE, CONNECT, LOAD, FAILED}) | LOADED
"""Reflex's own handlers that a browser needs. `setvar` and `update_vars_internal` are not among them."""
AGAIN = "-"
"""No such key is stored anywhere: told to remove it, the browser only connects anew, without `eval`."""


class Gate(rx.Middleware):
    """Binds socket, tab and session, and lets only permitted handlers run."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """None lets the event pass; an update stands for what it would have done."""
        socket = state.router.session.session_id
        if event.name == STORED or flooded(socket) or not isinstance(event.payload, dict):
            return StateUpdate()
        session = await state.get_state(SessionState)
        if event.name == CONNECT:
            _greet(state, session, event, socket)
        elif socket not in session._sockets:
            return StateUpdate(events=Event.from_event_type(rx.remove_session_storage(AGAIN)))
        session._keep_alive()
        if event.name in LOADED:
            return _plain(event)
        return await self._judge(state, session, event, socket)

    async def _judge(self, root: BaseState, session: SessionState, event: Event, socket: str) -> StateUpdate | None:
        asked = _asked(root, session, event, socket)
        try:
            proven = await asyncio.to_thread(look, asked)
        except SQLAlchemyError as problem:
            log.error("gate.database_refused", problem=problem, handler=event.name)
            return await _without_database(root, event, asked)
        tabs.note(proven, moved=event.name in (CONNECT, LOAD))
        if proven.lost and not session._unsure:
            return await _part(root, event, asked)
        session._describe(proven.proof, asked.lang)
        await _clear_notice(root, session, event, asked.lang)
        if event.name in INTERNAL:
            return _sized(event)
        if not _follows(event):
            session.answers += 1
        return await _admit(root, session, event, proven)


def _greet(root: BaseState, session: SessionState, event: Event, socket: str) -> None:
    """A socket connects and shows a key. Only who shows this tab's key finds its state; for all others it is empty."""
    sent = event.payload.get("vars")
    shown = fitting(sent.get(KEY)) if isinstance(sent, dict) else ""
    known = socket in session._sockets or (shown and same(hash_of(shown), session._key_hash))
    if not known:
        root.reset()
        session._take_key(shown or new_secret())
        session._unsure = True
    hashes = event.payload.get("hashes")
    event.payload.clear()
    event.payload.update(vars={KEY: session.key}, hashes=hashes if isinstance(hashes, list) else None)
    session._bind(socket)
    tabs.shown.add(socket)


def _asked(root: BaseState, session: SessionState, event: Event, socket: str) -> Asked:
    path = str(root.router.url.path)
    by_reader = EventContext.get().parent_txid is None and event.name not in (HYDRATE, CONNECT)
    return Asked(
        tab=session._key_hash,
        token=root.router.session.client_token,
        socket=socket,
        path=path,
        slug=slug_of(path),
        lang=language_of(path),
        network=network_of(root.router.session.client_ip),
        signed_in=session._signed_in,
        renew=by_reader,
    )


async def _admit(root: BaseState, session: SessionState, event: Event, proven: Proven) -> StateUpdate | None:
    permission = _permission_of(event.name)
    if permission is None:
        log.warning("gate.undeclared_handler", handler=event.name)
        return StateUpdate()
    refused = refusal(proven, permission)
    if refused is not None:
        return await _refuse(root, session, proven.asked, refused)
    begin_turn(Turn(proven, permission, event.name, session._return_to))
    return None


def _permission_of(name: str) -> Permission | None:
    permission = getattr(_handler(name), "__permission__", None)
    return permission if isinstance(permission, Permission) else None


def _handler(name: str) -> object:
    found = RegistrationContext.get().event_handlers.get(name)
    return found.handler.fn if found else None


async def _refuse(root: BaseState, session: SessionState, asked: Asked, refused: ProductError) -> StateUpdate:
    """Say why not; who is not signed in is led to where that can be done."""
    away = isinstance(refused, NotSignedIn) and not asked.slug
    if not (away and session._notice == STAYS):
        await show(root, refused, asked.lang, STAYS if away else SHOWN)
    if away:
        session._return_to = asked.path
    return await _update(root, rx.redirect(sign_in_page(asked.lang)) if away else None)


async def _part(root: BaseState, event: Event, asked: Asked) -> StateUpdate | None:
    """The session is over: nothing of it stays in this tab, and the reader is told and led away."""
    session = await start_over(root)
    await show(root, SessionEnded(), asked.lang, STAYS)
    if event.name == CONNECT:
        event.payload["vars"] = {KEY: session.key}
        return None
    if not is_inside(asked.path):
        return await _update(root)
    session._return_to = asked.path
    return await _update(root, rx.redirect(sign_in_page(asked.lang)))


async def _without_database(root: BaseState, event: Event, asked: Asked) -> StateUpdate | None:
    """The page stays as it is; only a page that connects anew is let in, as one whose session is not known yet."""
    if event.name == CONNECT:
        return None
    await show(root, ProductError(), asked.lang)
    return await _update(root)


def _follows(event: Event) -> bool:
    """Whether this is no deed of its own: typing, or what another event led to."""
    return EventContext.get().parent_txid is not None or getattr(_handler(event.name), "__quiet__", False)


async def _clear_notice(root: BaseState, session: SessionState, event: Event, lang: str) -> None:
    """What was said is gone with the reader's next deed; what the gate said on the way to another page, one later."""
    if session._notice == NONE or _follows(event) or event.name in INTERNAL - {LOAD}:
        return
    notice = await root.get_state(Notice)
    if session._notice == STAYS and event.name == LOAD:
        session._notice = SHOWN
        notice._come_along(lang)
        return
    notice._clear()
    session._notice = NONE


async def _update(root: BaseState, then: EventSpec | None = None) -> StateUpdate:
    """What has changed in the states, and one event for the browser."""
    delta = await root._get_resolved_delta()
    root._clean()
    return StateUpdate(delta=delta, events=Event.from_event_type(then) if then is not None else [])


def _sized(event: Event) -> StateUpdate | None:
    """Reflex's own handlers take what they are sent: at least it is small."""
    try:
        measured(event.payload)
    except ProductError:
        return StateUpdate()
    return None


def _plain(event: Event) -> StateUpdate | None:
    return None if event.payload in ({"value": True}, {"value": False}) else StateUpdate()
