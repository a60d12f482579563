"""Choosing what the appointment is about."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from smartcx_portal.booking_page.addresses import service_in, step
from smartcx_portal.bookings.catalogue import ServiceView, service, services
from smartcx_portal.bookings.drafts import load_draft
from smartcx_portal.gate import event
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice

MANY = 10
"""Above so many services the page offers a search."""
NO_SERVICE = N_("Choose a service.")


@dataclass(frozen=True)
class Fact:
    """A line of what binds: `Preis`, `37 €`; `own` texts are the tenant's words."""

    key: str
    text: str
    own: bool


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
        self.chosen = service_in(self.router.url.query_parameters) or (draft.service_id if draft else "")
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
        """Go on to the times of the chosen service. Raises `InvalidForm` when none is chosen."""
        try:
            chosen = service(work, form.get("service", ""))
        except NotFound:
            raise InvalidForm({"service": NO_SERVICE}) from None
        return rx.redirect(step(work, "time", service_id=chosen.id))

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
    minutes = translate(lang, N_("{number} minutes")).format(number=one.duration_min)
    bring = translate(lang, N_("Please bring: {bring}")).format(bring=one.bring) if one.bring else ""
    return Choice(
        value=one.id,
        label=one.name,
        hint=" · ".join(part for part in (minutes, one.price, one.for_whom) if part),
        more=" ".join(part for part in (_sentence(one.description), _sentence(bring)) if part),
    )


def facts_of(one: ServiceView, lang: str) -> list[Fact]:
    """What is said before the times."""
    lines = (
        (N_("Duration"), translate(lang, N_("{number} minutes")).format(number=one.duration_min), False),
        (N_("Price"), one.price, True),
        (N_("For whom"), one.for_whom, True),
        (N_("What to bring"), one.bring, True),
        (N_("Where"), f"{one.place}, {one.address}", True),
    )
    return [Fact(translate(lang, key), text, own) for key, text, own in lines if text]


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
