"""What binds: price, for whom, what to bring, how long; said before the times, and once more before booking."""

from collections.abc import Callable
from dataclasses import dataclass

from smartcx_portal.bookings.basket import Basket
from smartcx_portal.bookings.catalogue import ServiceView, resources, view_of
from smartcx_portal.bookings.drafts import Chosen
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.messaging.visits import WAYS, named
from smartcx_portal.models.calendar import Service, Way
from smartcx_portal.tenancy import Work

MINUTES = N_("{number} minutes")
ANYBODY = N_("Whoever is free first")


@dataclass(frozen=True)
class Fact:
    """A line of what binds: `Preis`, `37 €`; `own` texts are the tenant's words."""

    key: str
    text: str
    own: bool


def facts_of(work: Work, basket: Basket, chosen: Chosen) -> list[Fact]:
    """What is said before the times."""
    lang, view = work.lang, view_of(work, basket.service)
    lines = [
        (N_("Services"), names_of(basket) if basket.combined else "", True),
        (N_("Duration"), translate(lang, MINUTES).format(number=basket.duration_min), False),
        (N_("Price"), prices_of(basket), True),
        (N_("For whom"), texts_of(basket, lambda one: one.for_whom), True),
        (N_("What to bring"), texts_of(basket, lambda one: one.bring), True),
        (N_("How"), way_of(basket, lang), False),
        (N_("Where"), f"{view.place}, {view.address}" if basket.way is Way.ON_SITE else "", True),
        (N_("With whom"), with_whom(work, view, chosen), bool(chosen.resource)),
        (N_("Places"), str(basket.places) if basket.seats > 1 else "", False),
    ]
    return [Fact(translate(lang, key), text, own) for key, text, own in lines if text]


def way_of(basket: Basket, lang: str) -> str:
    """How it takes place; empty where it could only be on site."""
    usual = basket.way is Way.ON_SITE and all(len(one.ways) == 1 for one in basket.services)
    return "" if usual else translate(lang, WAYS[basket.way])


def names_of(basket: Basket) -> str:
    """`2 × Reisepass, Personalausweis`."""
    return ", ".join(named(item.service, item.quantity) for item in basket.items)


def prices_of(basket: Basket) -> str:
    """The price of each service that has one; of several, with its name."""
    priced = [(item, item.service.price) for item in basket.items if item.service.price]
    if len(basket.items) == 1:
        return "".join(f"{item.quantity} × {price}" if item.quantity > 1 else price for item, price in priced)
    return " · ".join(f"{named(item.service, item.quantity)}: {price}" for item, price in priced)


def texts_of(basket: Basket, read: Callable[[Service], str]) -> str:
    """The different texts of the services, each once."""
    return " · ".join(dict.fromkeys(text for one in basket.services if (text := read(one))))


def with_whom(work: Work, view: ServiceView, chosen: Chosen) -> str:
    """The chosen person or place; empty where none can be chosen."""
    if not view.choosable:
        return ""
    found = [one.name for one in resources(work, view.id) if one.id == chosen.resource]
    return found[0] if found else translate(work.lang, ANYBODY)
