"""What happens with time that became free: whoever waits for it is asked first."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from smartcx_portal.models.booking import Booking
from smartcx_portal.tenancy import Work

Span = tuple[UUID, datetime, datetime]
"""A resource and a time on it that was given back, buffers included."""
Listener = Callable[..., None]
_listeners: list[Listener] = []


def freed(work: Work, booking: Booking, spans: Iterable[Span], *, at_once: bool) -> None:
    """Tell that a booking's time was given back. `at_once` is off while it can still be undone."""
    for listen in _listeners:
        listen(work, booking, list(spans), at_once=at_once)


def when_freed(listen: Listener) -> Listener:
    """Register who wants to know; the waiting list does."""
    _listeners.append(listen)
    return listen
