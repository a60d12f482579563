"""After a handler: show its refusal, or carry out what it asked for once its transaction is committed."""

import asyncio
import dataclasses

import reflex as rx
from reflex.istate.proxy import StateProxy
from reflex.state import BaseState

from smartcx_portal.gate.notice import Notice
from smartcx_portal.gate.proving import look
from smartcx_portal.gate.state import SessionState, start_over
from smartcx_portal.gate.tabs import tabs
from smartcx_portal.gate.turn import Turn
from smartcx_portal.kit.errors import ProductError

NONE, SHOWN, STAYS = 0, 1, 2
"""Whether the notice goes with the reader's next deed, or survives the navigation that the gate itself causes."""


async def answer(state: rx.State, turn: Turn, problem: ProductError) -> None:
    """Show why it did not work; in a background handler under the state's lock."""
    if isinstance(state, StateProxy) and not state._is_mutable():
        async with state:
            await show(state, problem, turn.proven.asked.lang)
        return
    await show(state, problem, turn.proven.asked.lang)


async def show(state: BaseState, problem: ProductError, lang: str, stays: int = SHOWN) -> None:
    """Put a problem before the reader."""
    session = await state.get_state(SessionState)
    notice = await state.get_state(Notice)
    notice._refuse(problem, lang)
    session._notice = stays


async def settle(state: rx.State, turn: Turn) -> None:
    """What a handler asked for by `sign_in_…`, `sign_out`, `say` and `follow`; its transaction is committed."""
    asked = turn.proven.asked
    if turn.over or turn.replaces:
        await start_over(state._get_root_state())
        for name, value in turn.leaves.items():
            setattr(state, name, value)
    if turn.new_key:
        await _signed_in(state, turn)
    if turn.said:
        session, notice = await state.get_state(SessionState), await state.get_state(Notice)
        notice._tell(turn.said, asked.lang)
        session._notice = STAYS if turn.stays or turn.over or turn.new_key else SHOWN
    if turn.follows is not None:
        tabs.follow(asked.token, *turn.follows)


async def _signed_in(state: rx.State, turn: Turn) -> None:
    """The browser gets the new key, the state what the new session says."""
    session = await state.get_state(SessionState)
    session._take_key(turn.new_key)
    asked = dataclasses.replace(turn.proven.asked, tab=session._key_hash, signed_in=True, renew=False)
    proven = await asyncio.to_thread(look, asked)
    session._describe(proven.proof, asked.lang)
