"""What the pages of one thing share: its form, saving with every conflict told, and removing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import reflex as rx

from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.setup_state import UNDO, SettingUp
from smartcx_portal.dashboard.setup_words import SAVED, entry_address, entry_in, told
from smartcx_portal.gate import event, say
from smartcx_portal.kit.errors import InvalidForm, NotFound, ProductError
from smartcx_portal.kit.language import N_
from smartcx_portal.tenancy import Permission, Work

SAVE, REMOVE = "save", "remove"


class ChangedMeanwhile(ProductError):
    """Somebody else saved the same thing while its form was open."""

    says = N_(
        "Somebody else has changed this meanwhile. Your entries are still here: "
        "save again to keep yours, or load the page anew to see theirs."
    )


@dataclass(frozen=True)
class Kind:
    """The names in `kit.addresses` of the list and of the page of one, and what is said."""

    rooms: str
    room: str
    added: str
    removed: str
    stays: str
    """When it could not be removed, but was switched off."""


class SettingOne(SettingUp, mixin=True):
    """`entries` are what the form begins with, `_saved` what stood there when it was read; `asked` names a dialog."""

    KIND: ClassVar[Kind]

    id: str = ""
    form_id: str = ""
    title: str = ""
    entries: dict[str, str] = {}
    problems: dict[str, str] = {}
    asked: str = ""
    _saved: dict[str, str] = {}

    @event(Permission.CALENDAR_EDIT)
    def load(self, work: Work) -> None:
        """What the address names, or something new."""
        self._enter()
        self.id, self.title, self.asked = entry_in(self.router.url.path), "", ""
        self._fresh(work)
        self.ready = True

    @event(Permission.CALENDAR_EDIT)
    def save(self, work: Work, form: dict[str, Any]) -> Any:
        """Keep the entries, say what is wrong with them, or ask what becomes of the appointments that they hit."""
        self._mind_others(work)
        try:
            with work.attempt():
                leads = self._begin(work, SAVE, form)
        except InvalidForm as wrong:
            self._stop_asking()
            self.problems = told(wrong, work.lang)
            return None
        if self.asking.title:
            self._keep(form)
        return leads

    @event(Permission.CALENDAR_EDIT)
    def ask(self, what: str) -> None:
        """Open a dialog."""
        self.asked = what

    @event(Permission.CALENDAR_EDIT)
    def close(self) -> None:
        """Nothing happens."""
        self.asked = ""

    @event(Permission.CALENDAR_EDIT)
    def remove(self, work: Work) -> Any:
        """Take it away, or switch it off where something hangs on it."""
        self.asked = ""
        return self._begin(work, REMOVE, {})

    def _entries(self, work: Work) -> dict[str, str]:
        """What the form of this thing shows as it is saved, or of a new one. Raises `NotFound` when it is gone."""
        raise NotImplementedError

    def _write(self, work: Work, values: dict[str, Any]) -> str:
        """Save it; its id."""
        raise NotImplementedError

    def _take_away(self, work: Work) -> bool:
        """Remove it; False if it only was switched off."""
        raise NotImplementedError

    def _show(self, work: Work) -> None:
        """What stands around the form, by `entries`."""
        raise NotImplementedError

    def _change(self, work: Work, deed: str, values: dict[str, Any]) -> Any:
        return self._take_away(work) if deed == REMOVE else self._write(work, values)

    def _after(self, work: Work, deed: str, result: Any) -> Any:
        leads = self._leads(work, deed, result)
        if deed == SAVE:
            say(SAVED if self.id else self.KIND.added, stays=leads is not None)
        elif deed == REMOVE:
            say(self.KIND.removed if result else self.KIND.stays, stays=leads is not None)
        if leads is None and deed == SAVE and not self.done.title:
            self._read(work)
            self.problems = {}
        elif leads is None:
            self._fresh(work)
        return leads

    def _leads(self, work: Work, deed: str, result: Any) -> Any:
        """To the page of what is new, or to the list when this is gone."""
        if deed == SAVE and not self.id:
            return rx.redirect(entry_address(work.lang, self.KIND.room, result))
        if (deed == REMOVE and result) or (deed == UNDO and not self._is_there(work)):
            return rx.redirect(room_address(work.lang, self.KIND.rooms))
        return None

    def _fresh(self, work: Work) -> None:
        """With a form that shows what is saved."""
        self._read(work)
        self.problems, self.form_id = {}, f"{self.id or 'new'} {work.now.isoformat()}"

    def _read(self, work: Work) -> None:
        self.entries = self._entries(work)
        self._saved, self.title = dict(self.entries), self.entries.get("name", "") if self.id else ""
        self._show(work)

    def _keep(self, form: Mapping[str, Any]) -> None:
        """What was typed, for when the form comes back."""
        self.entries = self.entries | {name: str(form.get(name, "")) for name in self.entries}

    def _is_there(self, work: Work) -> bool:
        try:
            self._entries(work)
        except NotFound:
            return False
        return True

    def _mind_others(self, work: Work) -> None:
        """Raises `ChangedMeanwhile` once; saving again then overwrites."""
        if self.id and (now := self._entries(work)) != self._saved:
            self._saved = now
            raise ChangedMeanwhile
