"""The list of bookings: what the address narrows it to, and what this tab searches for."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import reflex as rx
from babel.numbers import format_decimal

from smartcx_portal.bookings.exporting import Format, export_bookings
from smartcx_portal.bookings.finding import PAGE_SIZE, SORTS, FoundPage, Wanted, find_bookings
from smartcx_portal.bookings.found_rows import FoundRow
from smartcx_portal.bookings.looking_up import read_words
from smartcx_portal.bookings.narrowing import narrowing
from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.bookings_address import ANY, WORDS, bookings_address, usual_first, wanted_in
from smartcx_portal.dashboard.day_view import today_of
from smartcx_portal.gate import Form, event, in_work
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import LOCALE
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice

ONE, MANY = N_("1 result"), N_("{number} results")
SPAN = N_("{first} to {last} of {total}")


class SearchForm(Form):
    """A code, a name, an e-mail address or a telephone number."""

    words: str = ""


class NarrowForm(Form):
    """The filters; a box that is not ticked is missing."""

    first: str = ""
    last: str = ""
    location: str = ""
    service: str = ""
    resource: str = ""
    state: str = ""
    origin: str = ""
    overbooked: str = ""


@dataclass(frozen=True)
class Filters:
    """The filters as their fields show them."""

    first: str = ""
    last: str = ""
    location: str = ""
    service: str = ""
    resource: str = ""
    state: str = ""
    origin: str = ""
    overbooked: bool = False


class BookingsState(rx.State):
    """`words` stay in this tab and stand in no address.

    `stamp` changes with what is searched for and with the filters, `asked` only when the reader has just done so.
    """

    ready: bool = False
    words: str = ""
    stamp: str = ""
    asked: str = ""
    filters: Filters = Filters()
    narrowed: bool = False
    rows: list[FoundRow] = []
    count: str = ""
    span: str = ""
    previous: str = ""
    following: str = ""
    orders: dict[str, str] = {}
    locations: list[Choice] = []
    services: list[Choice] = []
    resources: list[Choice] = []
    working: bool = False
    exported: bool = False

    @event(Permission.BOOKINGS_READ)
    def load(self, work: Work) -> None:
        """The list that the address names."""
        today = today_of(work)
        found = narrowing(work)
        self.locations, self.services, self.resources = map(
            _choices, (found.locations, found.services, found.resources)
        )
        self._show(work, wanted_in(self.router.url.query_parameters, self.words, today), today)
        self.ready, self.exported = True, False

    @event(Permission.BOOKINGS_READ)
    def search(self, work: Work, form: SearchForm) -> Any:
        """Look for words, within what the filters narrow; a search looks at all days unless some were chosen."""
        words, today = read_words(form.words), today_of(work)
        shown = wanted_in(self.router.url.query_parameters, self.words, today)
        first = usual_first(words, today) if shown.first == usual_first(self.words, today) else shown.first
        self.words = words
        wanted = replace(shown, words=words, first=first, page=1, sort="time", descending=bool(words))
        return self._go(work, wanted, today)

    @event(Permission.BOOKINGS_READ)
    def narrow(self, work: Work, form: NarrowForm) -> Any:
        """Narrow the list; an empty first day means from the beginning."""
        today = today_of(work)
        entered = {WORDS[name][0]: value for name, value in form.model_dump().items()}
        entered[WORDS["first"][0]] = form.first or ANY
        return self._go(work, wanted_in(entered, self.words, today), today)

    @event(Permission.BOOKINGS_READ)
    def reset_filters(self, work: Work) -> Any:
        """All coming bookings again, and no words."""
        self.words = ""
        today = today_of(work)
        return self._go(work, wanted_in({}, "", today), today)

    @event(Permission.BOOKINGS_READ)
    def sort(self, work: Work, by: str) -> Any:
        """Sort by a column; by the same one again the other way round."""
        today = today_of(work)
        shown = wanted_in(self.router.url.query_parameters, self.words, today)
        turned = shown.sort == by and not shown.descending
        asked = wanted_in({WORDS["sort"][0]: f"-{by}" if turned else by}, "", today)
        wanted = replace(shown, sort=asked.sort, descending=asked.descending, page=1)
        self._show(work, wanted, today)
        return rx.redirect(bookings_address(work.lang, wanted, today))

    @event(Permission.BOOKINGS_EXPORT, background=True)
    async def export(self, kind: str) -> Any:
        """Write the whole list into a file and fetch it; the page stays usable meanwhile."""
        if kind not in set(Format):
            raise NotFound
        async with self:
            if self.working:
                return None
            parameters, words = dict(self.router.url.query_parameters), self.words
            self.working, self.exported = True, False
        try:
            made = await in_work(
                lambda work: export_bookings(work, wanted_in(parameters, words, today_of(work)), Format(kind))
            )
            async with self:
                self.exported = True
        finally:
            async with self:
                self.working = False
        return rx.download(url=f"/downloads/bookings/{made.token}", filename=made.name)

    def _go(self, work: Work, wanted: Wanted, today: date) -> Any:
        """Show the list at once, and put its filters into the address."""
        self._show(work, wanted, today)
        self.asked = f"{self.stamp} {work.now.isoformat()}"
        return rx.redirect(bookings_address(work.lang, wanted, today))

    def _show(self, work: Work, wanted: Wanted, today: date) -> None:
        page = find_bookings(work, wanted)
        self.rows, self.count = list(page.rows), _count_text(page.total, work.lang)
        self.filters, self.orders = _filters(wanted), _orders(wanted)
        usual = replace(wanted, page=1, sort="time", descending=bool(wanted.words))
        address = bookings_address(work.lang, usual, today)
        self.narrowed = address != room_address(work.lang, "bookings") or bool(wanted.words)
        self.stamp = f"{address} {wanted.words}"
        self._turn_pages(work, replace(wanted, page=page.page), page, today)

    def _turn_pages(self, work: Work, wanted: Wanted, page: FoundPage, today: date) -> None:
        def to(number: int) -> str:
            there = 1 <= number <= page.pages
            return bookings_address(work.lang, replace(wanted, page=number), today) if there else ""

        first = (page.page - 1) * PAGE_SIZE + 1
        span = translate(work.lang, SPAN).format(first=first, last=first + len(page.rows) - 1, total=page.total)
        self.previous, self.following = to(page.page - 1), to(page.page + 1)
        self.span = span if page.pages > 1 else ""


def _choices(named: tuple[tuple[str, str], ...]) -> list[Choice]:
    return [Choice(value, label) for value, label in named]


def _filters(wanted: Wanted) -> Filters:
    return Filters(
        first=wanted.first.isoformat() if wanted.first else "",
        last=wanted.last.isoformat() if wanted.last else "",
        location=str(wanted.location or ""),
        service=str(wanted.service or ""),
        resource=str(wanted.resource or ""),
        state=(wanted.state or ""),
        origin=(wanted.origin or ""),
        overbooked=wanted.overbooked,
    )


def _orders(wanted: Wanted) -> dict[str, str]:
    """The value of `aria-sort` by column."""
    return dict.fromkeys(SORTS, "") | {wanted.sort: "descending" if wanted.descending else "ascending"}


def _count_text(number: int, lang: str) -> str:
    if number == 1:
        return translate(lang, ONE)
    return translate(lang, MANY).format(number=format_decimal(number, locale=LOCALE[lang]))
