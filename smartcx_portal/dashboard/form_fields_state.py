"""The questions of one service: their order, and the form for one of them."""

from typing import Any

import reflex as rx

from smartcx_portal.bookings.field_setup import FieldRow, list_fields, move_field, remove_field, save_field
from smartcx_portal.bookings.service_setup import service_entries
from smartcx_portal.dashboard.addresses import last_word
from smartcx_portal.dashboard.setup_state import SettingUp
from smartcx_portal.dashboard.setup_words import AT_THE_END, SORTED, last_of, told
from smartcx_portal.gate import event, say
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import N_
from smartcx_portal.tenancy import Permission, Work

ADDED = N_("The form field is added. People are asked from now on.")
CHANGED = N_("The form field is changed.")
REMOVED = N_("The form field is removed.")
RETIRED = N_("The form field is no longer asked. Answers given before keep their question.")
EMPTY = {"label": "", "why": "", "kind": "", "category": "text", "options": "", "required": "", "special": ""}


class FormFieldsState(SettingUp, rx.State):
    """`field_id` is the question in the form, empty for a new one; `open` whether the form is there."""

    id: str = ""
    title: str = ""
    rows: list[FieldRow] = []
    open: bool = False
    field_id: str = ""
    form_id: str = ""
    entries: dict[str, str] = EMPTY
    kind: str = ""
    problems: dict[str, str] = {}
    removing: str = ""
    removing_text: str = ""

    @event(Permission.CALENDAR_EDIT)
    def load(self, work: Work) -> None:
        """The questions of the service that the address names."""
        self._enter()
        self.id, self.title, self.removing = last_word(self.router.url.path), "", ""
        self._close()
        self._show(work)
        self.ready = True

    @event(Permission.CALENDAR_EDIT)
    def add(self, work: Work) -> None:
        """Open the form for a new question."""
        self._open(work, "", EMPTY)

    @event(Permission.CALENDAR_EDIT)
    def edit(self, work: Work, field_id: str) -> None:
        """Open the form for this one."""
        for one in self.rows:
            if one.id == field_id:
                self._open(work, field_id, entries_of(one))

    @event(Permission.CALENDAR_EDIT)
    def choose_kind(self, kind: str) -> None:
        """Only a choice has answers to choose from."""
        self.kind = kind

    @event(Permission.CALENDAR_EDIT)
    def stop(self) -> None:
        """Leave it as it is."""
        self._close()

    @event(Permission.CALENDAR_EDIT)
    def save(self, work: Work, form: dict[str, Any]) -> None:
        """Keep the question, or say what is wrong with it."""
        try:
            with work.attempt():
                save_field(work, self.id, self.field_id, form)
        except InvalidForm as wrong:
            self.problems = told(wrong, work.lang)
            return
        say(CHANGED if self.field_id else ADDED)
        self._close()
        self._show(work)

    @event(Permission.CALENDAR_EDIT)
    def move(self, work: Work, field_id: str, up: bool) -> None:
        """One step up or down."""
        say(SORTED if move_field(work, self.id, field_id, up=up) else AT_THE_END)
        self.answers += 1
        self._show(work)

    @event(Permission.CALENDAR_EDIT)
    def ask(self, field_id: str, text: str) -> None:
        """Before a question is removed."""
        self.removing, self.removing_text = field_id, text

    @event(Permission.CALENDAR_EDIT)
    def keep(self) -> None:
        """It stays."""
        self.removing = ""

    @event(Permission.CALENDAR_EDIT)
    def remove(self, work: Work) -> None:
        """Ask it no more."""
        say(REMOVED if remove_field(work, self.id, self.removing) else RETIRED)
        self.removing = ""
        self._close()
        self._show(work)

    def _after(self, work: Work, deed: str, result: Any) -> None:
        self._close()
        self._show(work)

    def _open(self, work: Work, field_id: str, entries: dict[str, str]) -> None:
        self.field_id, self.entries, self.kind = field_id, entries, entries["kind"]
        self.open, self.problems = True, {}
        self.form_id = f"{field_id or 'new'} {work.now.isoformat()}"

    def _close(self) -> None:
        self.open, self.field_id, self.problems = False, "", {}

    def _show(self, work: Work) -> None:
        self.title = service_entries(work, self.id)["name"]
        self.rows, self.last = list_fields(work, self.id), last_of(work)


def entries_of(row: FieldRow) -> dict[str, str]:
    """What the form of a question begins with."""
    return {
        "label": row.label,
        "why": row.why,
        "kind": row.kind,
        "category": row.category,
        "options": "\n".join(row.options),
        "required": "yes" if row.required else "",
        "special": "yes" if row.special else "",
    }
