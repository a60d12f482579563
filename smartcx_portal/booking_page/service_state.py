"""Choosing what the appointment is about."""

from typing import Any

import reflex as rx

from smartcx_portal.booking_page.addresses import chosen_in, step
from smartcx_portal.booking_page.facts import MINUTES
from smartcx_portal.booking_page.options_state import has_options
from smartcx_portal.bookings.catalogue import ServiceView, service, services
from smartcx_portal.bookings.drafts import Chosen, load_draft
from smartcx_portal.gate import event
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice

MANY = 10
"""Above so many services the page offers a search."""
NO_SERVICE = N_("Choose a service.")
GROUP = N_("group of up to {number}")


class ServiceState(rx.State):
    """`found` is what the search left of all services; `chosen` comes from the address or from the draft."""

    loaded: bool = False
    many: bool = False
    found: list[Choice] = []
    found_text: str = ""
    wanted: str = ""
    chosen: str = ""

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """All services, with the one chosen earlier."""
        draft = load_draft(work)
        asked = chosen_in(self.router.url.query_parameters).services or (draft.chosen.services if draft else "")
        self.chosen = asked.partition(",")[0].partition("*")[0]
        self.wanted = ""
        self._show(work)
        self.loaded = True

    @event(Permission.VISITOR)
    def search(self, work: Work, form: dict[str, str]) -> None:
        """Keep the services in which all words occur."""
        self.wanted = form.get("words", "")[:100]
        self._show(work)

    @event(Permission.VISITOR)
    def choose(self, work: Work, form: dict[str, str]) -> Any:
        """Go on to the options of the chosen service, or to its times. Raises `InvalidForm` when none is chosen."""
        try:
            found = service(work, form.get("service", ""))
        except NotFound:
            raise InvalidForm({"service": NO_SERVICE}) from None
        sub = "options" if has_options(work, found) else "time"
        return rx.redirect(step(work, sub, chosen=Chosen(found.id)))

    def _show(self, work: Work) -> None:
        every = services(work)
        words = self.wanted.casefold().split()
        left = [one for one in every if all(word in _text(one) for word in words)]
        self.many = len(every) > MANY
        self.found = [choice(one, work.lang) for one in left]
        self.found_text = translate(work.lang, N_("{number} services")).format(number=len(left)) if words else ""


def _text(one: ServiceView) -> str:
    return f"{one.name} {one.description} {one.for_whom}".casefold()


def choice(one: ServiceView, lang: str) -> Choice:
    """A service as a radio button: what binds stands with it, the rest once it is chosen."""
    minutes = translate(lang, MINUTES).format(number=one.duration_min)
    group = translate(lang, GROUP).format(number=one.seats) if one.seats > 1 else ""
    bring = translate(lang, N_("Please bring: {bring}")).format(bring=one.bring) if one.bring else ""
    return Choice(
        value=one.id,
        label=one.name,
        hint=" · ".join(part for part in (minutes, group, one.price, one.for_whom) if part),
        more=" ".join(part for part in (_sentence(one.description), _sentence(bring)) if part),
    )


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
