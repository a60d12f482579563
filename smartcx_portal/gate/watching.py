"""Beside the events: sockets without a key hear nothing, and tabs are told when their session ends."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import reflex as rx
from reflex.state import StateUpdate
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext
from sqlalchemy.exc import SQLAlchemyError

from smartcx_portal.accounts import sessions
from smartcx_portal.gate.ending import SessionEnded, is_inside, sign_in_page
from smartcx_portal.gate.live import namespace_of, own_socket
from smartcx_portal.gate.settling import STAYS, show
from smartcx_portal.gate.state import SessionState, start_over
from smartcx_portal.gate.tabs import Tab, tabs
from smartcx_portal.kit import clock
from smartcx_portal.kit.localtime import time_text
from smartcx_portal.kit.logs import get_log
from smartcx_portal.tenancy import VISITOR, open_work

log = get_log(__name__)

EVERY = 10.0
AHEAD = timedelta(minutes=2)


def guard_socket(app: rx.App) -> None:
    """Let in only what is an event of ours, and out only to sockets that have shown their tab's key.

    What is no event never reaches Reflex, which would write it to the log. Call it once, when the app is made.
    """
    namespace = namespace_of(app)
    send, take = namespace.emit_update, namespace.on_event

    async def emit_update(update: StateUpdate, token: str) -> None:
        socket = own_socket(app, token)
        if update.delta and socket is not None and socket not in tabs.shown:
            log.warning("gate.unproven_socket")
            return
        await send(update=update, token=token)

    async def on_event(socket: str, data: Any = None, *more: Any) -> None:
        if is_event(data):
            await take(socket, data)

    namespace.emit_update, namespace.on_event = emit_update, on_event


def is_event(data: Any) -> bool:
    """Whether a client's message has the form of an event, and names a handler that exists."""
    if not isinstance(data, dict) or not isinstance(data.get("name"), str):
        return False
    parts = (data.get("payload", {}), data.get("router_data", {}))
    return all(isinstance(part, dict) for part in parts) and data["name"] in RegistrationContext.get().event_handlers


async def watch_sessions(app: rx.App) -> None:
    """As long as the process lives: warn two minutes ahead, and empty the page when a session is over."""
    while True:
        await asyncio.sleep(EVERY)
        tabs.keep_only(namespace_of(app).sid_to_token)
        try:
            await look_around(app)
        except Exception as problem:
            log.error("gate.watch_failed", problem=problem)


async def look_around(app: rx.App) -> None:
    """One round: the tabs whose session ends soon or has ended, as the database has it."""
    ending = dict(tabs.ending(clock.now() + AHEAD))
    if not ending:
        return
    ids = {tab.session_id for tab in ending.values() if tab.session_id is not None}
    try:
        ends = await asyncio.to_thread(_ends, ids)
    except SQLAlchemyError:
        return
    for token, tab in ending.items():
        await _tell(app, token, tab, ends.get(tab.session_id) if tab.session_id else None)


def _ends(ids: set[UUID]) -> dict[UUID, tuple[datetime, str]]:
    with open_work(VISITOR) as work:
        return sessions.ends(work, ids)


async def _tell(app: rx.App, token: str, tab: Tab, ends: tuple[datetime, str] | None) -> None:
    socket = own_socket(app, token)
    if socket is None:
        return
    if ends is not None and ends[0] > clock.now() + AHEAD:
        tabs.by_token[token] = replace(tab, ends_at=ends[0])
        return
    then: Any = None
    async with app.modify_state(rx.BaseStateToken(ident=token, cls=SessionState)) as root:
        session = await root.get_state(SessionState)
        if session._session_id != str(tab.session_id) or socket not in session._sockets:
            return
        if ends is not None:
            session.ends_soon = time_text(ends[0], ends[1], tab.lang)
            return
        path = str(root.router.url.path)
        session = await start_over(root)
        await show(root, SessionEnded(), tab.lang, STAYS)
        if is_inside(path):
            session._return_to = path
            then = rx.redirect(sign_in_page(tab.lang))
        tabs.by_token[token] = replace(tab, session_id=None, ends_at=None, page=None)
    if then is not None:
        await namespace_of(app).emit_update(StateUpdate(events=Event.from_event_type(then)), token)
