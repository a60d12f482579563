"""A page that exists only in these tests."""

import threading
from typing import Any

import reflex as rx

from smartcx_portal.gate import Form, event, follow, in_work, say, sign_in_person, step_up
from smartcx_portal.gate.turn import this_turn
from smartcx_portal.kit.errors import InvalidForm, ProductError
from smartcx_portal.kit.ids import as_id
from smartcx_portal.models.calendar import Closure, Service
from smartcx_portal.tenancy import Permission, Work

WHOLE_DAY = {"starts_at": "2026-12-24T00:00:00+00:00", "ends_at": "2026-12-25T00:00:00+00:00"}


class NoteForm(Form):
    """A form with a bounded field."""

    note: str
    times: int = 1


class DeskState(rx.State):
    """What a page's State looks like."""

    seen: str = ""
    steps: list[str] = []
    rows: list[str] = []
    _helped: bool = False

    @event(Permission.PUBLIC)
    def click(self, number: int, word: str = "") -> None:
        self.seen = f"{number} {word} {threading.current_thread() is threading.main_thread()}"

    @event(Permission.PUBLIC)
    def save(self, form: NoteForm) -> None:
        self.seen = f"{form.note} {form.times}"

    @event(Permission.PUBLIC)
    def save_anything(self, form: dict[str, Any]) -> None:
        self.seen = ",".join(sorted(form))

    @event(Permission.VISITOR)
    def visit(self, work: Work) -> None:
        self.seen = f"{work.tenant} {work.actor.kind.value} {work.lang} {len(work.tab)} {len(work.network)}"

    @event(Permission.STAFF)
    def load(self, work: Work) -> None:
        self.rows = [row.name for row in work.all(work.select(Service))]
        follow(DeskState, "2026-11-23")

    @event(Permission.CALENDAR_EDIT)
    def rename(self, work: Work, service_id: str, name: str, fail: str = "") -> None:
        work.get(Service, as_id(service_id)).name = name
        work.flush()
        self.seen = name
        say("You are signed out.")
        if fail == "product":
            raise ProductError
        if fail == "form":
            raise InvalidForm({"name": "Enter your name."})
        if fail == "bug":
            raise ZeroDivisionError(name)
        if fail == "constraint":
            work.new(Closure, location_id=as_id(service_id), **WHOLE_DAY)

    @event(Permission.SETTINGS_EDIT)
    def settings(self, work: Work) -> None:
        self.seen = "settings"

    @event(Permission.CALENDAR_EDIT)
    def rename_in_steps(self, work: Work, service_id: str, name: str) -> Any:
        self.steps = ["began"]
        yield
        work.get(Service, as_id(service_id)).name = name
        self.steps = [*self.steps, "renamed"]
        yield
        if name == "refused":
            raise ProductError

    @event(Permission.STAFF)
    async def fetch(self) -> None:
        self.rows = await in_work(lambda work: [row.name for row in work.all(work.select(Service))])

    @event(Permission.STAFF, background=True)
    async def fetch_slowly(self) -> None:
        rows = await in_work(lambda work: [row.name for row in work.all(work.select(Service))])
        async with self:
            self.rows = rows

    @event(Permission.STAFF, background=True)
    async def fail_slowly(self) -> None:
        raise ProductError

    @event(Permission.STAFF, quiet=True)
    def type(self) -> None:
        self.seen = "typed"

    @event(Permission.VISITOR)
    def become(self, work: Work, customer_id: str) -> None:
        sign_in_person(work, as_id(customer_id))

    @event(Permission.PERSON)
    def prove_again(self, work: Work) -> None:
        step_up(work)

    @event(Permission.PERSON_FRESH)
    def erase(self, work: Work) -> None:
        self.seen = f"erased {work.actor.customer_id}"

    @event(Permission.PUBLIC)
    def wander(self) -> Any:
        self.seen = this_turn().proven.asked.path
        return [DeskState.load, rx.redirect("/de/")]

    def undecorated(self, word: str) -> None:
        self.seen = word
