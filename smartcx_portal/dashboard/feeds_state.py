"""Calendars that follow ours, and calendars that ours follow."""

from typing import Any

import reflex as rx

from smartcx_portal.bookings.busy_import import SourceRow, add_source, fetch_soon, list_sources, remove_source
from smartcx_portal.bookings.feeds import FeedRow, list_feeds, make_feed, renew_feed, resources_of, revoke_feed
from smartcx_portal.gate import Form, event, follow, live, say
from smartcx_portal.kit.language import N_
from smartcx_portal.privacy.notice import publish_notice
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice


class FeedForm(Form):
    """The form for a new address."""

    resource_id: str = ""
    with_details: str = ""


class SourceForm(Form):
    """The form for a calendar to read."""

    calendar_of: str = ""
    url: str = ""


class FeedsState(rx.State):
    """`asked` is the deed that waits for a yes (`renew`, `revoke`, `remove`), `asked_id` and `asked_text` for what."""

    ready: bool = False
    resources: list[Choice] = []
    feeds: list[FeedRow] = []
    sources: list[SourceRow] = []
    feed_form: int = 0
    source_form: int = 0
    sent: str = ""
    """The form that was sent last: problems stand at that one."""
    asked: str = ""
    asked_id: str = ""
    asked_text: str = ""

    @event(Permission.SETTINGS_EDIT)
    def load(self, work: Work) -> None:
        """Both lists; the second one is told of every fetch."""
        self.resources = [Choice(one, name) for one, name in resources_of(work)]
        self.feeds, self.sources = list_feeds(work), list_sources(work)
        self.asked, self.ready = "", True
        follow(FeedsState, work.lang)

    @event(Permission.SETTINGS_EDIT)
    def make(self, work: Work, form: FeedForm) -> None:
        """A new address; what it shows is part of the privacy notice at once."""
        self.sent = "feed"
        make_feed(work, form.resource_id, with_details=form.with_details == "yes")
        publish_notice(work)
        self.feeds = list_feeds(work)
        self.feed_form += 1
        say(N_("The address is made. Enter it in your calendar program."))

    @event(Permission.SETTINGS_EDIT)
    def renew(self, work: Work) -> None:
        """Another address for the same."""
        renew_feed(work, self.asked_id)
        self.feeds, self.asked = list_feeds(work), ""
        say(N_("The old address is void. Enter the new one in your calendar program."))

    @event(Permission.SETTINGS_EDIT)
    def revoke(self, work: Work) -> None:
        """No address any more."""
        revoke_feed(work, self.asked_id)
        publish_notice(work)
        self.feeds, self.asked = list_feeds(work), ""
        say(N_("The address is void."))

    @event(Permission.SETTINGS_EDIT)
    def add(self, work: Work, form: SourceForm) -> None:
        """Read a calendar from now on."""
        self.sent = "source"
        add_source(work, form.calendar_of, form.url)
        self.sources = list_sources(work)
        self.source_form += 1
        say(N_("The calendar is read in a moment, and every 15 minutes from now on."))

    @event(Permission.SETTINGS_EDIT)
    def fetch(self, work: Work, source_id: str) -> None:
        """Read it now."""
        fetch_soon(work, source_id)
        self.sources = list_sources(work)
        say(N_("The calendar is read in a moment. This page shows the result by itself."))

    @event(Permission.SETTINGS_EDIT)
    def remove(self, work: Work) -> None:
        """Read a calendar no more."""
        remove_source(work, self.asked_id)
        self.sources, self.asked = list_sources(work), ""
        say(N_("The calendar is no longer read. Its times can be booked again."))

    @event(Permission.SETTINGS_EDIT)
    def ask(self, deed: str, one: str, text: str) -> None:
        """Before something that cannot be undone."""
        self.asked, self.asked_id, self.asked_text = deed, one, text

    @event(Permission.SETTINGS_EDIT)
    def keep(self) -> None:
        """It stays."""
        self.asked = ""


def read_in(work: Work, lang: str) -> list[SourceRow]:
    """The calendars that are read, for a page in this language."""
    work.lang = lang
    return list_sources(work)


def show(state: Any, rows: list[SourceRow]) -> None:
    """In an open page."""
    state.sources = rows


live.register(FeedsState, read_in, show, permission=Permission.SETTINGS_EDIT)
