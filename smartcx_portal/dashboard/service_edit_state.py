"""One service: its form, the preview of what it would offer, and what else can be done with it."""

from typing import Any

import reflex as rx

from smartcx_portal.bookings.changing import LastChange, undo_last_change
from smartcx_portal.bookings.copying import copy_service
from smartcx_portal.bookings.field_setup import list_fields
from smartcx_portal.bookings.service_preview import Preview, preview_service
from smartcx_portal.bookings.service_setup import (
    coming_bookings,
    list_services,
    new_service_entries,
    remove_service,
    save_service,
    service_entries,
)
from smartcx_portal.bookings.serving import ServingRow, serving_of
from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.services_state import COPIED
from smartcx_portal.dashboard.setup_words import (
    NOTHING,
    SAVED,
    TAKEN_BACK,
    entry_address,
    entry_in,
    last_of,
    place_choices,
    told,
)
from smartcx_portal.gate import Form, event, say
from smartcx_portal.kit.errors import InvalidForm, ProductError
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice

ONE_COMING = N_("1 appointment is still to come. A change leaves it as it was booked.")
MANY_COMING = N_("{number} appointments are still to come. A change leaves them as they were booked.")
ADDED = N_("The service is added. Look at the preview: that is what can be booked now.")
REMOVED = N_("The service is removed.")
SWITCHED_OFF = N_("The service was booked, so it stays in the list, switched off.")


class ChangedMeanwhile(ProductError):
    """Somebody else saved the same thing while its form was open."""

    says = N_(
        "Somebody else has changed this meanwhile. Your entries are still here: "
        "save again to keep yours, or load the page anew to see theirs."
    )


class CopyForm(Form):
    """Where the copy is to be offered."""

    location_id: str = ""


class ServiceEditState(rx.State):
    """`entries` are what the form begins with, `saved` what stood there last; `asking` names the open dialog."""

    ready: bool = False
    id: str = ""
    form_id: str = ""
    title: str = ""
    entries: dict[str, str] = {}
    saved: dict[str, str] = {}
    places: list[Choice] = []
    serving: list[ServingRow] = []
    problems: dict[str, str] = {}
    preview: Preview = Preview()
    questions: int = 0
    coming: str = ""
    asking: str = ""
    last: LastChange = NOTHING

    @event(Permission.CALENDAR_EDIT)
    def load(self, work: Work) -> None:
        """The service that the address names, or a new one."""
        self.ready = False
        self.id, self.title = entry_in(self.router.url.path), ""
        self.asking, self.problems = "", {}
        self._begin(work)
        self.ready = True

    @event(Permission.CALENDAR_EDIT)
    def look(self, work: Work, fields: dict[str, str]) -> None:
        """Show what the entries would offer; nothing is kept."""
        self.preview = preview_service(work, self.id, fields)

    @event(Permission.CALENDAR_EDIT)
    def choose_place(self, work: Work, location_id: str) -> None:
        """A new service belongs to this place, and so do the resources to choose."""
        self.serving = serving_of(work, location_id)

    @event(Permission.CALENDAR_EDIT)
    def save(self, work: Work, form: dict[str, Any]) -> Any:
        """Keep the entries, or say what is wrong with them."""
        self._mind_others(work)
        try:
            with work.attempt():
                made = save_service(work, self.id, form)
        except InvalidForm as wrong:
            self.problems = told(wrong, work.lang)
            return None
        self.problems = {}
        if not self.id:
            say(ADDED, stays=True)
            return rx.redirect(entry_address(work.lang, "service", made))
        self._show(work)
        say(SAVED)
        return None

    @event(Permission.CALENDAR_EDIT)
    def ask(self, what: str) -> None:
        """Open the dialog before `copy` or `remove`."""
        self.asking = what

    @event(Permission.CALENDAR_EDIT)
    def close(self) -> None:
        """Nothing happens."""
        self.asking = ""

    @event(Permission.CALENDAR_EDIT)
    def copy_it(self, work: Work, form: CopyForm) -> Any:
        """Copy what was saved, and go on to the copy."""
        made = copy_service(work, self.id, form.location_id)
        say(COPIED, stays=True)
        return rx.redirect(entry_address(work.lang, "service", made))

    @event(Permission.CALENDAR_EDIT)
    def remove(self, work: Work) -> Any:
        """Take it away, or switch it off if it was booked."""
        say(REMOVED if remove_service(work, self.id) else SWITCHED_OFF, stays=True)
        return rx.redirect(room_address(work.lang, "services"))

    @event(Permission.CALENDAR_EDIT)
    def undo(self, work: Work, change_id: str) -> Any:
        """Take the last change back; the form begins anew, unless the service itself went with the change."""
        undo_last_change(work, change_id)
        if self.id and self.id not in {one.id for one in list_services(work)}:
            say(TAKEN_BACK, stays=True)
            return rx.redirect(room_address(work.lang, "services"))
        self._begin(work)
        say(TAKEN_BACK)
        return None

    def _mind_others(self, work: Work) -> None:
        """Raises `ChangedMeanwhile` once; saving again then overwrites."""
        if self.id and (now := service_entries(work, self.id)) != self.saved:
            self.saved = now
            raise ChangedMeanwhile

    def _begin(self, work: Work) -> None:
        """With a form that shows what is saved."""
        self._show(work)
        self.form_id = f"{self.id or 'new'} {work.now.isoformat()}"

    def _show(self, work: Work) -> None:
        self.entries = service_entries(work, self.id) if self.id else new_service_entries(work)
        self.saved, self.last, self.places = dict(self.entries), last_of(work), place_choices(work)
        self.title = self.entries.get("name", "")
        self.serving = serving_of(work, self.entries.get("location_id", ""), self.id)
        self.questions = len(list_fields(work, self.id)) if self.id else 0
        self.coming = self._coming(work)
        needs = {one.name: one.need for one in self.serving}
        self.preview = preview_service(work, self.id, self.entries | needs) if self.id else Preview()

    def _coming(self, work: Work) -> str:
        number = coming_bookings(work, self.id) if self.id else 0
        sentence = {0: "", 1: ONE_COMING}.get(number, MANY_COMING)
        return translate(work.lang, sentence).format(number=number) if sentence else ""
