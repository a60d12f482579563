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
    """What binds: `Preis`, and `37 €` or a line for each service; `own` texts are the tenant's words."""

    key: str
    lines: list[str]
    own: bool


Line = tuple[str, str | list[str], bool]


def facts_of(work: Work, basket: Basket, chosen: Chosen) -> list[Fact]:
    """What is said before the times."""
    lang, place = work.lang, view_of(work, basket.service)
    on_site = basket.way is Way.ON_SITE
    duration: Line = (N_("Duration"), translate(lang, MINUTES).format(number=basket.duration_min), False)
    where: Line = (N_("Where"), f"{place.place}, {place.address}" if on_site else "", True)
    for_whom: Line = (N_("For whom"), texts_of(basket, lambda one: one.for_whom), True)
    several: Line = (N_("How many appointments"), series_of(chosen, lang), False)
    return said(lang, [duration, several, for_whom, *binding_lines(work, basket, chosen), where])


def binding_lines(work: Work, basket: Basket, chosen: Chosen) -> list[Line]:
    """What is said before the times and once more before booking."""
    people = with_whom(work, view_of(work, basket.service), chosen)
    return [
        (N_("Price"), prices_of(basket, work.lang, series=chosen.repeats > 1), True),
        (N_("What to bring"), texts_of(basket, lambda one: one.bring), True),
        (N_("Takes place"), way_of(basket, work.lang), False),
        (N_("With whom"), people, bool(chosen.resource)),
        (N_("For how many"), str(basket.places) if basket.seats > 1 else "", False),
    ]


def said(lang: str, lines: list[Line]) -> list[Fact]:
    """The lines that have a text."""
    return [
        Fact(translate(lang, key), [text] if isinstance(text, str) else text, own) for key, text, own in lines if text
    ]


def way_of(basket: Basket, lang: str) -> str:
    """How it takes place; empty where it could only be on site."""
    usual = basket.way is Way.ON_SITE and all(len(one.ways) == 1 for one in basket.services)
    return "" if usual else translate(lang, WAYS[basket.way])


def names_of(basket: Basket) -> str:
    """`2 × Reisepass, Personalausweis`."""
    return ", ".join(named(item.service, item.quantity) for item in basket.items)


def series_of(chosen: Chosen, lang: str) -> str:
    """`3, alle 2 Wochen`; empty for a single appointment."""
    rhythm = N_("{number}, every week") if chosen.every_weeks == 1 else N_("{number}, every {weeks} weeks")
    text = translate(lang, rhythm).format(number=chosen.repeats, weeks=chosen.every_weeks)
    return text if chosen.repeats > 1 else ""


def prices_of(basket: Basket, lang: str, *, series: bool = False) -> list[str]:
    """The price of each service that has one; of several services, with its name. In a `series` it is due each time."""
    several = len(basket.items) > 1
    lines = []
    for item in basket.items:
        price = item.service.price
        each = translate(lang, N_("{price} each")).format(price=price) if price and item.quantity > 1 else price
        if price:
            lines.append(f"{named(item.service, item.quantity)}: {each}" if several else each)
    for_each = translate(lang, N_("{price} for each appointment")) if series else "{price}"
    return [for_each.format(price=line) for line in lines]


def texts_of(basket: Basket, read: Callable[[Service], str]) -> list[str]:
    """The different texts of the services, each once."""
    return list(dict.fromkeys(text for one in basket.services if (text := read(one))))


def with_whom(work: Work, view: ServiceView, chosen: Chosen) -> str:
    """The chosen person or place; empty where none can be chosen."""
    if not view.choosable:
        return ""
    found = [one.name for one in resources(work, view.id) if one.id == chosen.resource]
    return found[0] if found else translate(work.lang, ANYBODY)
