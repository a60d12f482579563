"""What the pages share that set things up: a change that asks first what becomes of appointments, and the way back."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from smartcx_portal.bookings.affected import Outcome, apply_with_choices
from smartcx_portal.bookings.changing import LastChange, undo_last_change
from smartcx_portal.dashboard.deciding import Asking, Done, asking_of, choices_of, chosen_for_all, done_of, noted
from smartcx_portal.dashboard.setup_words import NOTHING, TAKEN_BACK, last_of
from smartcx_portal.gate import event, say
from smartcx_portal.tenancy import Permission, Work

UNDO = "undo"


class SettingUp(rx.State, mixin=True):
    """A page on which something is set up. `last` is what the undo button takes back.

    While `asking` has a title, the page asks what becomes of appointments; `_deed` and `_values` say which change
    waits for it. `answers` counts, so that every push of a button has an answer, also one that moves nothing.
    """

    ready: bool = False
    last: LastChange = NOTHING
    asking: Asking = Asking()
    done: Done = Done()
    answers: int = 0
    _deed: str = ""
    _values: dict[str, Any] = {}
    _asked_ids: list[str] = []

    @event(Permission.CALENDAR_EDIT)
    def undo(self, work: Work, change_id: str) -> Any:
        """Take the last change back."""
        return self._begin(work, UNDO, {"id": change_id})

    @event(Permission.CALENDAR_EDIT)
    def decide(self, work: Work, form: dict[str, Any]) -> Any:
        """Make the change that waits, and what is decided about each appointment."""
        if not self._deed:
            return None
        self.asking = noted(self.asking, form)
        return self._carry_out(work, form)

    @event(Permission.CALENDAR_EDIT)
    def set_all(self, form: dict[str, Any]) -> None:
        """One choice for all that are asked about."""
        self.asking = chosen_for_all(self.asking, str(form.get("all", "")))

    @event(Permission.CALENDAR_EDIT)
    def back_off(self) -> None:
        """Leave everything as it is."""
        self._stop_asking()

    def _change(self, work: Work, deed: str, values: dict[str, Any]) -> Any:
        """The use case behind a deed of this page, whole and with its trail."""
        raise NotImplementedError

    def _after(self, work: Work, deed: str, result: Any) -> Any:
        """What is said and shown when a deed is done, or where it leads on."""
        raise NotImplementedError

    def _hits(self, deed: str) -> bool:
        """Whether a deed can take the ground from appointments; looking for them takes its time."""
        return True

    def _enter(self) -> None:
        """A page is opened: nothing waits."""
        self.ready, self.asking, self.done, self._deed, self._values = False, Asking(), Done(), "", {}

    def _stop_asking(self) -> None:
        self.asking, self._deed, self._values = Asking(), "", {}

    def _begin(self, work: Work, deed: str, values: dict[str, Any]) -> Any:
        """Make a change, or ask first what becomes of the appointments that it hits."""
        self.asking, self.done = Asking(), Done()
        self._deed, self._values, self._asked_ids = deed, values, []
        return self._carry_out(work, {})

    def _carry_out(self, work: Work, form: dict[str, Any]) -> Any:
        results: list[Any] = []
        change = self._wanted(work)
        choices = choices_of(self.asking, self._asked_ids, form)
        notify, outcome = form.get("notify") == "yes", Outcome()
        if self._hits(self._deed):
            outcome = apply_with_choices(work, lambda: results.append(change()), choices, notify=notify)
        else:
            results.append(change())
        self.asking = asking_of(outcome.asked, work.lang, self.asking)
        self._asked_ids = [one.id for one in outcome.asked]
        if outcome.asked:
            return None
        deed, self._deed, self._values = self._deed, "", {}
        self.done, self.last = done_of(work, outcome), last_of(work)
        self.answers += 1
        leads = self._after(work, deed, results[-1])
        if deed == UNDO:
            say(TAKEN_BACK, stays=leads is not None)
        return leads

    def _wanted(self, work: Work) -> Callable[[], Any]:
        deed, values = self._deed, self._values
        if deed == UNDO:
            return lambda: undo_last_change(work, values["id"])
        return lambda: self._change(work, deed, values)
