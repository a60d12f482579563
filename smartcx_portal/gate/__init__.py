"""The one door (design D3, D4): deny by default, sessions by the tab's key, one transaction per event.

A page's State, whole::

    import reflex as rx
    from smartcx_portal.gate import event, follow, live, say
    from smartcx_portal.tenancy import Permission, Work

    class DayState(rx.State):
        day: str = ""
        rows: list[DayRow] = []

        @event(Permission.BOOKINGS_READ)
        def load(self, work: Work):                              # on_load
            self.day = self.day or today(work)
            self.rows = day_rows(work, date.fromisoformat(self.day))
            follow(DayState, self.day)                           # told when a booking of that day changes

        @event(Permission.BOOKINGS_CANCEL)
        def cancel(self, work: Work, booking_id: str, reason: str = ""):
            cancel_booking(work, as_id(booking_id), reason)      # raises ProductError: rolled back, Notice says why
            self.rows = day_rows(work, date.fromisoformat(self.day))
            say(N_("The appointment is cancelled."))             # Notice.said, after the commit

        @event(Permission.PUBLIC)
        def toggle(self): ...                                    # no `work`: no transaction

    live.register(DayState, lambda work, day: day_rows(work, date.fromisoformat(day)), show_rows)

Forms: `def save(self, work: Work, form: TenantForm)` with `class TenantForm(Form)` (fields are checked, unknown ones
refused), or `form: dict[str, Any]`. Pages show `Notice.text`, `Notice.said`, `Notice.problems`.

Signing in from a handler with `work`: `sign_in_person(work, customer_id)`, `step_up(work)`, `sign_out(work)`; then
`return rx.redirect(…)`. The tab's key is rotated after the commit; on_load of the next page finds the new actor.

The actor on a page: on `/de/t/<slug>/…` a person of that tenant, everybody else is a visitor (members too); on all
other pages a member or the operator. The tenant comes from the session, for visitors from the path.
"""

from typing import Any

import reflex as rx
from reflex.state import FrontendEventExceptionState
from reflex_base.event import EventSpec

from smartcx_portal.gate import live
from smartcx_portal.gate.account_state import AccountState
from smartcx_portal.gate.decorator import event, in_work
from smartcx_portal.gate.limits import limit
from smartcx_portal.gate.middleware import Gate
from smartcx_portal.gate.notice import Notice
from smartcx_portal.gate.payload import Form
from smartcx_portal.gate.signing import (
    follow,
    say,
    shown_path,
    sign_in_person,
    sign_in_staff,
    sign_out,
    step_up,
)
from smartcx_portal.gate.state import SessionState
from smartcx_portal.gate.watching import guard_socket, watch_sessions
from smartcx_portal.kit.logs import get_log

__all__ = [
    "AccountState",
    "Form",
    "Notice",
    "SessionState",
    "event",
    "follow",
    "in_work",
    "install",
    "limit",
    "live",
    "say",
    "shown_path",
    "sign_in_person",
    "sign_in_staff",
    "sign_out",
    "step_up",
]

log = get_log(__name__)


def install(app: rx.App) -> None:
    """Put the gate before every event of `app`, and start what runs beside the events."""
    app.add_middleware(Gate())
    guard_socket(app)
    app.backend_exception_handler = report_failure
    app.frontend_exception_handler = report_browser_failure
    FrontendEventExceptionState.auto_reload_on_errors = []  # Reflex would reload by `eval`, which our policy forbids

    async def listen() -> None:
        await live.Live(app).listen()

    async def watch() -> None:
        await watch_sessions(app)

    app.register_lifespan_task(listen)
    app.register_lifespan_task(watch)


def report_failure(exception: Exception) -> EventSpec | None:
    """What fails outside a handler of ours: kind and place go to the log, nothing to the reader."""
    log.error("gate.event_failed", problem=exception)
    return None


def report_browser_failure(exception: Exception) -> Any:
    """That a page failed in a browser; its words may be anybody's, so they stay out."""
    log.warning("gate.browser_failed", length=len(str(exception)))
