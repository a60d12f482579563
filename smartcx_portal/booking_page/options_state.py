"""How the appointment shall be: how often, what else in the same visit, which way, with whom, how many of a series."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from smartcx_portal.booking_page.addresses import USUAL, chosen_in, step
from smartcx_portal.booking_page.facts import ANYBODY, MINUTES
from smartcx_portal.booking_page.options_form import ANY, Entered, first_of, quantities_of
from smartcx_portal.bookings.catalogue import ServiceView, partners, resources, service
from smartcx_portal.bookings.drafts import Chosen, load_draft
from smartcx_portal.gate import event
from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.messaging.visits import WAYS
from smartcx_portal.models.calendar import Way
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice

MOST = N_("At most {number}")


@dataclass(frozen=True)
class Further:
    """A service that can be added to the visit. `most` is how often; only once makes it a box, else a number."""

    name: str
    label: str
    hint: str
    most: int
    entered: str


class OptionsState(rx.State):
    """The options of one service; what it does not offer stays empty, `most_…` then being 1."""

    form_id: str = ""
    service: str = ""
    own_field: str = ""
    most_quantity: int = 1
    quantity: str = "1"
    most_places: int = 1
    places: str = "1"
    further: list[Further] = []
    ways: list[Choice] = []
    way: str = ""
    people: list[Choice] = []
    resource: str = ""
    most_repeats: int = 1
    repeats: str = "1"
    every_weeks: str = "1"
    hints: dict[str, str] = {}
    problems: dict[str, str] = {}
    _service_id: str = ""

    @event(Permission.VISITOR)
    def load(self, work: Work) -> Any:
        """The options, as far as they were chosen before; a service without any leads on to its times."""
        chosen = self._asked(work)
        try:
            found = service(work, first_of(chosen.services))
        except ProductError:
            return rx.redirect(step(work, "service"), replace=True)
        if not has_options(work, found):
            return rx.redirect(step(work, "time", chosen=chosen), replace=True)
        self.problems = {}
        self._show(work, found, chosen)
        return None

    @event(Permission.VISITOR)
    def choose(self, work: Work, form: dict[str, str]) -> Any:
        """Go on to the times, or say what does not go together; what was chosen stays."""
        entered = Entered(work, service(work, self._service_id), form)
        chosen = entered.chosen()
        self.problems = entered.problems
        return None if entered.problems else rx.redirect(step(work, "time", chosen=chosen))

    def _asked(self, work: Work) -> Chosen:
        """What the address says; where that is only a service, what the draft says about it."""
        asked = chosen_in(self.router.url.query_parameters)
        draft = load_draft(work)
        kept = draft.chosen if draft else USUAL
        return kept if kept.services and (not asked.services or asked == Chosen(first_of(kept.services))) else asked

    def _show(self, work: Work, found: ServiceView, chosen: Chosen) -> None:
        counted = quantities_of(chosen.services)
        self._service_id, self.service, self.own_field = found.id, found.name, f"quantity-{found.id}"
        self.most_quantity, self.most_places, self.most_repeats = (
            found.most_quantity,
            found.most_places,
            found.most_repeats,
        )
        self.quantity, self.places = str(counted.get(found.id, 1)), str(chosen.places)
        self.repeats, self.every_weeks = str(chosen.repeats), str(chosen.every_weeks)
        self.further = [further(one, counted.get(one.id, 0), work.lang) for one in partners(work, found.id)]
        self.ways = _ways(found, work.lang)
        self.way = chosen.way
        self.people = _people(work, found)
        self.resource = chosen.resource or ANY
        self.hints = {
            "quantity": hint_of(found.most_quantity, work.lang),
            "places": hint_of(found.most_places, work.lang),
            "repeats": hint_of(found.most_repeats, work.lang),
        }
        self.form_id = found.id


def hint_of(most: int, lang: str) -> str:
    """`Höchstens 3`."""
    return translate(lang, MOST).format(number=most)


def has_options(work: Work, one: ServiceView) -> bool:
    """Whether there is anything to choose beside the time."""
    numbers = (one.most_quantity, one.most_places, one.most_repeats, len(one.ways))
    return max(numbers) > 1 or bool(_people(work, one)) or bool(partners(work, one.id))


def further(one: ServiceView, quantity: int, lang: str) -> Further:
    """A service as something that may be added."""
    minutes = translate(lang, MINUTES).format(number=one.duration_min)
    bring = translate(lang, N_("Please bring: {bring}")).format(bring=one.bring) if one.bring else ""
    most = hint_of(one.most_quantity, lang) if one.most_quantity > 1 else ""
    parts = (minutes, one.price, one.for_whom, bring, most)
    hint = " · ".join(part for part in parts if part)
    return Further(f"quantity-{one.id}", one.name, hint, one.most_quantity, str(quantity) if quantity else "")


def _ways(one: ServiceView, lang: str) -> list[Choice]:
    return [Choice(way, translate(lang, WAYS[Way(way)])) for way in one.ways] if len(one.ways) > 1 else []


def _people(work: Work, one: ServiceView) -> list[Choice]:
    found = resources(work, one.id) if one.choosable else []
    if len(found) < 2:
        return []
    return [Choice(ANY, translate(work.lang, ANYBODY)), *(Choice(each.id, each.name) for each in found)]
