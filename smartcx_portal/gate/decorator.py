"""`@event(permission)`: what every handler of every State wears. It opens the work, and answers when it fails."""

import asyncio
import functools
import inspect
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import reflex as rx
from sqlalchemy.exc import SQLAlchemyError

from smartcx_portal.gate.payload import Shape
from smartcx_portal.gate.proving import look, refusal
from smartcx_portal.gate.settling import answer, settle
from smartcx_portal.gate.turn import Turn, this_turn
from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.logs import get_log
from smartcx_portal.tenancy import Permission, Work

log = get_log(__name__)
Handler = Callable[..., Any]
Result = TypeVar("Result")
END = object()


def event(permission: Permission, *, quiet: bool = False, **options: Any) -> Callable[[Handler], Any]:
    """Make a method callable by clients who have `permission`; further options are those of `rx.event`.

    A plain `def` runs whole in one thread; with a parameter `work` it is one transaction, committed after its last
    assignment, rolled back when it raises. `yield` in it shows the reader what was assigned so far. An `async def`
    (for calls to other machines, and all with `background=True`) takes no `work`: it uses `in_work`. A `quiet` one,
    sent while somebody types, leaves standing what was said last.
    """

    def decorate(fn: Handler) -> Any:
        shape = Shape(fn)
        if shape.wants_work and (inspect.iscoroutinefunction(fn) or inspect.isasyncgenfunction(fn)):
            raise TypeError(f"{fn.__qualname__}: an async handler has no work of its own, it uses in_work()")
        handler = functools.wraps(fn)(_wrapper(fn, shape, permission))
        del handler.__wrapped__
        signature = inspect.signature(fn)
        shown = [p.replace(annotation=p.empty) for p in signature.parameters.values() if p.name != "work"]
        handler.__signature__ = inspect.Signature(shown)
        handler.__annotations__ = {}  # else Reflex converts first, and its failure writes the value to the log
        handler.__permission__, handler.__quiet__ = permission, quiet
        return rx.event(handler, **options) if options else rx.event(handler)

    return decorate


def _wrapper(fn: Handler, shape: Shape, permission: Permission) -> Handler:
    if inspect.isgeneratorfunction(fn):
        return _generating(fn, shape, permission)
    if inspect.isasyncgenfunction(fn):
        return _async_generating(fn, shape, permission)
    return _answering(fn, shape, permission)


def _answering(fn: Handler, shape: Shape, permission: Permission) -> Handler:
    """For handlers that answer once."""

    async def handler(self: rx.State, /, **payload: Any) -> Any:
        turn, outcome = _admitted(permission), None
        async with _answered(self, turn):
            values = shape.check(payload)
            if inspect.iscoroutinefunction(fn):
                outcome = await fn(self, **values)
            else:
                outcome = await asyncio.to_thread(_run, fn, self, shape, turn, values)
            await settle(self, turn)
        return outcome

    return handler


def _generating(fn: Handler, shape: Shape, permission: Permission) -> Handler:
    """For plain generators: one transaction over all steps."""

    async def handler(self: rx.State, /, **payload: Any) -> AsyncIterator[Any]:
        turn = _admitted(permission)
        async with _answered(self, turn):
            steps = _steps(fn, self, shape, turn, shape.check(payload))
            try:
                while (step := await asyncio.to_thread(next, steps, END)) is not END:
                    yield step
            finally:
                await asyncio.to_thread(steps.close)
            await settle(self, turn)

    return handler


def _async_generating(fn: Handler, shape: Shape, permission: Permission) -> Handler:
    async def handler(self: rx.State, /, **payload: Any) -> AsyncIterator[Any]:
        turn = _admitted(permission)
        async with _answered(self, turn):
            async for step in fn(self, **shape.check(payload)):
                yield step
            await settle(self, turn)

    return handler


def _run(fn: Handler, state: rx.State, shape: Shape, turn: Turn, values: dict[str, Any]) -> Any:
    if not shape.wants_work:
        return fn(state, **values)
    with turn.open() as work:
        return fn(state, work=work, **values)


def _steps(fn: Handler, state: rx.State, shape: Shape, turn: Turn, values: dict[str, Any]) -> Any:
    if not shape.wants_work:
        last = yield from fn(state, **values)
    else:
        with turn.open() as work:
            last = yield from fn(state, work=work, **values)
    if last is not None:
        yield last


async def in_work(use_case: Callable[[Work], Result]) -> Result:
    """From an async handler: run `use_case` in one transaction, in a thread, after proving the session anew.

    Raises what the use case raises, and the refusal if the session or the right is gone meanwhile.
    """
    turn = this_turn()

    def run() -> Result:
        proven = look(turn.proven.asked)
        refused = refusal(proven, turn.permission)
        if refused is not None:
            raise refused
        turn.proven = proven
        with turn.open() as work:
            return use_case(work)

    return await asyncio.to_thread(run)


def _admitted(permission: Permission) -> Turn:
    """The turn that the middleware began for this very permission; nothing runs without."""
    turn = this_turn()
    if turn.permission is not permission:
        raise LookupError("this handler was not reached through the gate")
    return turn


@asynccontextmanager
async def _answered(state: rx.State, turn: Turn) -> AsyncIterator[None]:
    """Turn what is raised into a sentence for the reader; bugs and the database's words go to the log, valueless."""
    try:
        yield
    except ProductError as problem:
        await answer(state, turn, problem)
    except SQLAlchemyError as problem:
        log.error("gate.database_refused", problem=problem, handler=turn.name)
        await answer(state, turn, ProductError())
    except Exception as problem:
        log.error("gate.handler_failed", problem=problem, handler=turn.name)
        await answer(state, turn, ProductError())
