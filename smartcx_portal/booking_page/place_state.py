"""The tenant whose page is open, for every page of the booking."""

from dataclasses import dataclass
from itertools import groupby

import reflex as rx

from smartcx_portal.bookings.hours import HoursRow, public_hours
from smartcx_portal.gate import event
from smartcx_portal.operations.tenants import tenant_view
from smartcx_portal.tenancy import Permission, Work


@dataclass(frozen=True)
class DayHours:
    """One day of the week: `Montag`, `08:00–12:00, 13:00–16:00`."""

    day: str
    spans: str


class PlaceState(rx.State):
    """Public facts of the tenant. `open` is false while it takes no bookings; `known` once the facts are here."""

    known: bool = False
    name: str = ""
    phone: str = ""
    phone_link: str = ""
    email: str = ""
    address: str = ""
    language: str = "de"
    open: bool = True
    hours: list[DayHours] = []

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """Every page's first `on_load`."""
        view = tenant_view(work)
        self.name, self.phone, self.email = view.name, view.phone, view.email
        self.phone_link = "tel:" + "".join(sign for sign in view.phone if sign in "+0123456789")
        self.address = f"{view.street}, {view.place}"
        self.language, self.open = view.language, view.open
        self.hours = by_day(public_hours(work))
        self.known = True


def by_day(rows: list[HoursRow]) -> list[DayHours]:
    """The weekly hours with one line per day."""
    return [
        DayHours(day, ", ".join(one.span + (f" ({one.rhythm})" if one.rhythm else "") for one in of_day))
        for day, of_day in groupby(rows, key=lambda one: one.weekday_text)
    ]
