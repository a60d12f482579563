"""The facts that a tenant gives in its privacy notice: entered, previewed, published."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.setup_one_state import ChangedMeanwhile
from smartcx_portal.gate import event, say
from smartcx_portal.kit.language import N_, known
from smartcx_portal.privacy.comparing import ChangedSection
from smartcx_portal.privacy.notice import versions
from smartcx_portal.privacy.notice_parts import Section
from smartcx_portal.privacy.own_facts import own_facts, preview_notice, save_own_facts
from smartcx_portal.tenancy import Permission, Work


class NoticeEditState(rx.State):
    """`entries` are what the form begins with, or while `checking` what would be published; `number` is in force.

    `shown` is the language of the preview.
    """

    ready: bool = False
    entries: dict[str, str] = {}
    form_id: str = ""
    number: int = 0
    published: str = ""
    checking: bool = False
    shown: str = "de"
    same: bool = False
    material: bool = False
    sections: list[Section] = []
    changes: list[ChangedSection] = []
    _saved: dict[str, str] = {}

    @event(Permission.SETTINGS_EDIT)
    def load(self, work: Work) -> None:
        """The facts as they are."""
        self._read(work)
        self.shown = work.lang
        self.ready = True

    @event(Permission.SETTINGS_EDIT)
    def look(self, work: Work, form: dict[str, Any]) -> None:
        """See what the notice would say; nothing is published."""
        entered = {name: str(form.get(name, "")) for name in self.entries}
        self._preview(work, entered)
        self.entries, self.checking = entered, True

    @event(Permission.SETTINGS_EDIT)
    def speak(self, work: Work, lang: str) -> None:
        """The same preview in this language."""
        self.shown = known(lang)
        self._preview(work, self.entries)

    @event(Permission.SETTINGS_EDIT)
    def back(self, work: Work) -> None:
        """To the form, with what was entered."""
        self.checking, self.form_id = False, work.now.isoformat()

    @event(Permission.SETTINGS_EDIT)
    def publish(self, work: Work) -> None:
        """What was previewed is in force from now on. Raises `ChangedMeanwhile` once; again then overwrites."""
        if (now := own_facts(work)) != self._saved:
            self._saved = now
            self._preview(work, self.entries)
            raise ChangedMeanwhile
        save_own_facts(work, self.entries)
        self._read(work)
        say(N_("Published. The new version is in force and stands on your page at once."))

    def _read(self, work: Work) -> None:
        self._saved = own_facts(work)
        self.entries, self.checking, self.form_id = dict(self._saved), False, work.now.isoformat()
        known_versions = versions(work, work.lang)
        self.number = known_versions[0].number if known_versions else 0
        self.published = known_versions[0].published if known_versions else ""

    def _preview(self, work: Work, entries: dict[str, str]) -> None:
        found = preview_notice(work, entries, self.shown)
        self.same, self.material = found.same, found.material
        self.sections, self.changes = found.sections, found.changes
