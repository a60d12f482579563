"""Reads the form of options: what was chosen, or sentences for the fields that make no sense."""

from collections.abc import Mapping

from smartcx_portal.bookings.basket import read_basket
from smartcx_portal.bookings.catalogue import ServiceView, partners, resources
from smartcx_portal.bookings.drafts import Chosen
from smartcx_portal.bookings.holding import MOST_WEEKS
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.tenancy import Work

ANY = "any"
"""The value of `resource` that stands for no choice."""
NO_WAY = N_("Choose how the appointment shall take place.")
A_NUMBER = N_("Enter a number from {low} to {high}.")
NOT_BY_THEM = N_("Not all that you have chosen is offered there. Choose another, or whoever is free first.")
NO_SERIES = N_("Not all that you have chosen can be booked so often in one go. Enter a smaller number, or 1.")


def quantities_of(services: str) -> dict[str, int]:
    """The ids of a basket's text with their quantities, unchecked."""
    parts = (part.strip().partition("*") for part in services.split(",") if part)
    return {name: int(count) if count.isascii() and count.isdigit() else 1 for name, _, count in parts}


def first_of(services: str) -> str:
    """The id of a basket's first service; empty where there is none."""
    return next(iter(quantities_of(services)), "")


class Entered:
    """What the form of one service's options says; `problems` maps a field's name to a sentence for the reader."""

    def __init__(self, work: Work, found: ServiceView, form: Mapping[str, str]) -> None:
        self.work, self.found, self.form = work, found, form
        self.problems: dict[str, str] = {}

    def chosen(self) -> Chosen:
        """What was chosen; it counts only where `problems` stays empty."""
        found = self.found
        chosen = Chosen(
            services=self._services(),
            places=self._number("places", 1, found.most_places),
            way=self._way(),
            resource=self._said("resource").removeprefix(ANY),
            repeats=self._number("repeats", 1, found.most_repeats),
            every_weeks=self._number("every_weeks", 1, MOST_WEEKS),
        )
        if not self.problems:
            self._check_together(chosen)
        return chosen

    def _services(self) -> str:
        counted = {self.found.id: self._number(f"quantity-{self.found.id}", 1, self.found.most_quantity)}
        for one in partners(self.work, self.found.id):
            name = f"quantity-{one.id}"
            ticked = one.most_quantity == 1 and self._said(name)
            counted[one.id] = 1 if ticked else self._number(name, 0, one.most_quantity)
        return ",".join(f"{key}*{many}" if many > 1 else key for key, many in counted.items() if many)

    def _way(self) -> str:
        if len(self.found.ways) == 1:
            return ""
        if not self._said("way"):
            self._refuse("way", NO_WAY)
        return self._said("way")

    def _check_together(self, chosen: Chosen) -> None:
        try:
            basket = read_basket(self.work, chosen.services, way=chosen.way, places=chosen.places)
        except InvalidForm as wrong:
            for name, sentence in wrong.problems.items():
                self._refuse(name, sentence)
            return
        if chosen.repeats > min(one.most_repeats for one in basket.services):
            self._refuse("repeats", NO_SERIES)
        served = [{one.id for one in resources(self.work, each)} for each in quantities_of(chosen.services)]
        if chosen.resource and not all(chosen.resource in ids for ids in served):
            self._refuse("resource", NOT_BY_THEM)

    def _number(self, name: str, low: int, high: int) -> int:
        """A whole number; an empty field means the lowest."""
        text = self._said(name) or str(low)
        if text.isascii() and text.isdigit() and len(text) < 4 and low <= int(text) <= high:
            return int(text)
        self._refuse(name, A_NUMBER, low=low, high=high)
        return low

    def _said(self, name: str) -> str:
        return self.form.get(name, "").strip()

    def _refuse(self, name: str, sentence: str, **values: int) -> None:
        self.problems[name] = translate(self.work.lang, sentence).format(**values)
