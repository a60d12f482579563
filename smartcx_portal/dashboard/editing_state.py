"""What the pages of opening hours and closures share: preview, questions about appointments, undo."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import reflex as rx

from smartcx_portal.bookings.affected import apply_with_choices
from smartcx_portal.bookings.changing import last_change, undo_last_change
from smartcx_portal.bookings.preview import Preview, preview
from smartcx_portal.dashboard.deciding import Asking, Done, asking_of, choices_of, chosen_for_all, done_of, noted
from smartcx_portal.gate import event, say
from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice

Entered = dict[str, str]
Change = Callable[[], object]
UNDO = "undo"
UNDONE = N_("The change is undone.")
AS_NOW = N_("As it is now. Once your entries are complete, the preview shows what would change.")
WOULD = N_("With your entries {free} times would be free in these two weeks; now it is {now}.")
SAME = N_("With your entries nothing would change in these two weeks: {free} times are free.")
UP_TO = N_("People can book this service until {day}.")


@dataclass(frozen=True)
class PreviewLine:
    """A day of the preview; `now` is empty where nothing would change."""

    day: str
    text: str
    free: str
    now: str
    times: str


@dataclass(frozen=True)
class PreviewView:
    """The preview in words."""

    sentence: str = ""
    until: str = ""
    lines: list[PreviewLine] = field(default_factory=list)


class Editing(rx.State, mixin=True):
    """A page on which the calendar is changed.

    While `asking` has a title, the page asks what becomes of appointments; `_deed` and `_values` say which change
    waits for it. `undo` is the label of the button that takes the last change back. A new `form_key` makes a fresh
    form; `focus` is the same for one that somebody asked for, whose heading takes focus. `_typed` are its fields.
    """

    ready: bool = False
    form_key: int = 0
    focus: str = ""
    asking: Asking = Asking()
    done: Done = Done()
    undo: str = ""
    services: list[Choice] = []
    service_id: str = ""
    preview: PreviewView = PreviewView()
    _undo_id: str = ""
    _deed: str = ""
    _values: Entered = {}
    _asked_ids: list[str] = []
    _typed: Entered = {}

    @event(Permission.CALENDAR_EDIT)
    def decide(self, work: Work, form: dict[str, Any]) -> None:
        """Make the change that waits, and what is decided about each appointment."""
        if self._deed:
            self.asking = noted(self.asking, form)
            self._carry_out(work, form)

    @event(Permission.CALENDAR_EDIT)
    def set_all(self, form: dict[str, Any]) -> None:
        """One choice for all that are asked about."""
        self.asking = chosen_for_all(self.asking, str(form.get("all", "")))

    @event(Permission.CALENDAR_EDIT)
    def back_off(self) -> None:
        """Leave everything as it is."""
        self.asking, self._deed, self._values = Asking(), "", {}

    @event(Permission.CALENDAR_EDIT)
    def take_back(self, work: Work) -> None:
        """Undo the last change."""
        self._begin(work, UNDO, {"id": self._undo_id})

    @event(Permission.CALENDAR_EDIT)
    def look(self, work: Work, fields: dict[str, Any]) -> None:
        """What people could book with what stands in the form."""
        self._typed = {name: str(value).strip() for name, value in fields.items()}
        self._preview(work)

    @event(Permission.CALENDAR_EDIT)
    def look_for(self, work: Work, service_id: str) -> None:
        """The same for another service."""
        if service_id in [one.value for one in self.services]:
            self.service_id = service_id
            self._preview(work)

    def _change(self, work: Work, deed: str, values: Entered) -> Change:
        """The use case behind a deed, whole and with its trail."""
        raise NotImplementedError

    def _supposed(self, work: Work) -> Change | None:
        """The bare change that stands in the form."""
        raise NotImplementedError

    def _said(self, deed: str) -> str:
        """What is said when a deed is done."""
        raise NotImplementedError

    def _refresh(self, work: Work) -> None:
        """Show what is there now, with fresh forms."""
        raise NotImplementedError

    def _offered(self) -> tuple[str, date | None]:
        """Of which resource the preview speaks, and from which day on."""
        raise NotImplementedError

    def _open(self, work: Work, services: list[tuple[str, str]]) -> None:
        """A page is entered: nothing waits, the form is fresh, and the preview shows what is."""
        self.form_key, self.focus = self.form_key + 1, ""
        self.asking, self.done, self._deed, self._values, self._typed = Asking(), Done(), "", {}, {}
        self.services = [Choice(one, name) for one, name in services]
        if self.service_id not in [one for one, _ in services]:
            self.service_id = services[0][0] if services else ""
        self._refresh(work)
        self._after(work)
        self.ready = True

    def _begin(self, work: Work, deed: str, values: Entered) -> None:
        """Make a change, or ask first what becomes of the appointments that it hits."""
        self.asking, self.done = Asking(), Done()
        self._deed, self._values, self._asked_ids = deed, values, []
        self._carry_out(work, {})

    def _carry_out(self, work: Work, form: dict[str, Any]) -> None:
        change = self._wanted(work)
        choices = choices_of(self.asking, self._asked_ids, form)
        outcome = apply_with_choices(work, change, choices, notify=form.get("notify") == "yes")
        self.asking = asking_of(outcome.asked, work.lang, self.asking)
        self._asked_ids = [one.id for one in outcome.asked]
        if outcome.asked:
            return
        said, self._deed, self._values, self._typed = self._said(self._deed), "", {}, {}
        self.done = done_of(work, outcome)
        self._fresh_form()
        self.focus = "" if self.done.title else self.focus
        self._refresh(work)
        self._after(work)
        say(said)

    def _fresh_form(self) -> None:
        self.form_key += 1
        self.focus = str(self.form_key)

    def _wanted(self, work: Work) -> Change:
        if self._deed == UNDO:
            return lambda: undo_last_change(work, self._values["id"])
        return self._change(work, self._deed, self._values)

    def _after(self, work: Work) -> None:
        last = last_change(work)
        self.undo, self._undo_id = (last.label, last.id) if last else ("", "")
        self._preview(work)

    def _preview(self, work: Work) -> None:
        if not self.service_id:
            self.preview = PreviewView()
            return
        resource_id, first = self._offered()
        change, named = self._supposed(work), {"resource_id": resource_id, "from_day": first}
        try:
            found, sentence = preview(work, change, self.service_id, **named), SAME if change else AS_NOW
        except ProductError:
            found, sentence = preview(work, None, self.service_id, **named), AS_NOW
        self.preview = preview_view(found, sentence, work.lang)


def preview_view(found: Preview, sentence: str, lang: str) -> PreviewView:
    """The preview in the reader's language; `sentence` is what it says where nothing differs."""
    differs = any(day.differs for day in found.days)
    said = translate(lang, WOULD if differs else sentence).format(free=found.free, now=found.now)
    lines = [
        PreviewLine(day.day, day.text, str(day.free), str(day.now) if day.differs else "", day.times)
        for day in found.days
    ]
    return PreviewView(said, translate(lang, UP_TO).format(day=found.until) if found.until else "", lines)
