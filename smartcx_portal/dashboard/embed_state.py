"""The booking on the tenant's own website: where, in which colour, and what to put there."""

from dataclasses import dataclass

import reflex as rx

from smartcx_portal.bookings.embedding import embed_view, save_colour, save_sites
from smartcx_portal.gate import Form, event, say
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice
from smartcx_portal.ui.colours import Theme, colours_address, dark, light

OWN = N_("{colour} · contrast {on_paper} to 1 as text, {on_it} to 1 below the label of a button")
LANGUAGES = {"de": "Deutsch", "en": "English"}


@dataclass(frozen=True)
class Sample:
    """How the colour looks in one theme, in words."""

    words: str = ""
    changed: bool = False


class SitesForm(Form):
    """The list of websites, one a line."""

    sites: str = ""


class ColourForm(Form):
    """The colour as text."""

    colour: str = ""


class SnippetForm(Form):
    """For which service and in which language the booking stands there."""

    service_id: str = ""
    spoken: str = ""


class EmbedState(rx.State):
    """`sheet` is the address of the tenant's style sheet, another one with each colour; `sent` the form sent last."""

    ready: bool = False
    sites: str = ""
    listed: int = 0
    colour: str = ""
    sheet: str = ""
    by_day: Sample = Sample()
    by_night: Sample = Sample()
    services: list[Choice] = []
    service_id: str = ""
    spoken: str = ""
    script: str = ""
    frame: str = ""
    page: str = ""
    stamp: int = 0
    sent: str = ""

    @event(Permission.SETTINGS_EDIT)
    def load(self, work: Work) -> None:
        """As it is."""
        self.service_id = self.spoken = ""
        self._show(work)
        self.ready = True

    @event(Permission.SETTINGS_EDIT)
    def save_sites(self, work: Work, form: SitesForm) -> None:
        """Only these from now on."""
        self.sent = "sites"
        save_sites(work, form.sites)
        self._show(work)
        say(N_("Saved. Only these websites can show the booking."))

    @event(Permission.SETTINGS_EDIT)
    def save_colour(self, work: Work, form: ColourForm) -> None:
        """On all pages of the tenant, within five minutes."""
        self.sent = "colour"
        save_colour(work, form.colour)
        self._show(work)
        say(N_("Saved. Your pages show the colour within five minutes."))

    @event(Permission.SETTINGS_EDIT)
    def choose(self, work: Work, form: SnippetForm) -> None:
        """What to put there for one service, in one language."""
        self.sent = "snippet"
        self.service_id, self.spoken = form.service_id, form.spoken
        self._show(work)

    def _show(self, work: Work) -> None:
        view = embed_view(work, self.service_id, self.spoken)
        self.sites, self.listed, self.colour = "\n".join(view.sites), len(view.sites), view.colour
        self.sheet = f"{colours_address(work.lang, view.slug)}?{view.colour[1:]}" if view.colour else ""
        if view.colour:
            self.by_day = _sample(light(view.colour), view.colour, work.lang)
            self.by_night = _sample(dark(view.colour), view.colour, work.lang)
        self.services = [Choice(one, name) for one, name in view.services]
        self.script, self.frame, self.page = view.script, view.frame, view.page
        self.stamp += 1


def _sample(theme: Theme, colour: str, lang: str) -> Sample:
    figures = {name: _figure(value, lang) for name, value in (("on_paper", theme.on_paper), ("on_it", theme.on_it))}
    return Sample(translate(lang, OWN).format(colour=theme.action, **figures), theme.action != colour)


def _figure(value: float, lang: str) -> str:
    text = f"{value:.1f}"
    return text.replace(".", ",") if lang == "de" else text
