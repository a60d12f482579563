"""The services a tenant uses, and what it chose for each purpose."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.setup_words import told
from smartcx_portal.gate import event, say
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import N_
from smartcx_portal.privacy.choosing import ChosenView, choose, chosen
from smartcx_portal.privacy.services import ServiceView, services, switch_service
from smartcx_portal.tenancy import Permission, Work

ON = N_("Switched on. Notice, record of processing and data map say so from now on.")
OFF = N_("Switched off. Notice, record of processing and data map no longer name it.")
SAVED = N_("Saved. The notice and all retention follow it from now on.")


class ServicesUsedState(rx.State):
    """`asking` is the key of the service about to be switched; `open` the purpose in the form, empty for none."""

    ready: bool = False
    services: list[ServiceView] = []
    chosen: list[ChosenView] = []
    asking: str = ""
    asking_name: str = ""
    asking_warning: str = ""
    asking_on: bool = False
    open: str = ""
    open_title: str = ""
    open_bounds: str = ""
    open_fixed: bool = False
    entries: dict[str, str] = {"days": "", "own": ""}
    form_id: str = ""
    problems: dict[str, str] = {}

    @event(Permission.SETTINGS_EDIT)
    def load(self, work: Work) -> None:
        """What is on, and what is chosen."""
        self.asking = ""
        self._close()
        self._show(work)
        self.ready = True

    @event(Permission.SETTINGS_EDIT)
    def ask(self, key: str) -> None:
        """Before a service is switched."""
        for one in self.services:
            if one.key == key:
                self.asking, self.asking_name, self.asking_on = key, one.name, not one.on
                self.asking_warning = "" if one.on else one.warning

    @event(Permission.SETTINGS_EDIT)
    def keep(self) -> None:
        """It stays as it is."""
        self.asking = ""

    @event(Permission.SETTINGS_EDIT)
    def turn(self, work: Work) -> None:
        """Switch the service that was asked about."""
        key, on, self.asking = self.asking, self.asking_on, ""
        switch_service(work, key, on)
        say(ON if on else OFF)
        self._show(work)

    @event(Permission.SETTINGS_EDIT)
    def change(self, work: Work, purpose: str) -> None:
        """Open the form of one purpose."""
        for one in self.chosen:
            if one.purpose == purpose:
                self.open, self.open_title, self.open_fixed = purpose, one.title, one.fixed
                self.open_bounds = one.bounds
                self.entries = {"days": str(one.days), "own": "\n".join(one.own)}
                self.problems, self.form_id = {}, f"{purpose} {work.now.isoformat()}"

    @event(Permission.SETTINGS_EDIT)
    def stop(self) -> None:
        """Leave it as it is."""
        self._close()

    @event(Permission.SETTINGS_EDIT)
    def save(self, work: Work, form: dict[str, Any]) -> None:
        """Take the choice over, or say what is wrong with it."""
        try:
            with work.attempt():
                choose(work, self.open, form)
        except InvalidForm as wrong:
            self.problems = told(wrong, work.lang)
            return
        say(SAVED)
        self._close()
        self._show(work)

    def _close(self) -> None:
        self.open, self.problems = "", {}

    def _show(self, work: Work) -> None:
        self.services, self.chosen = services(work, work.lang), chosen(work, work.lang)
