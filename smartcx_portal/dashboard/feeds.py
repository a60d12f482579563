"""The page of calendars that follow ours, and of calendars that ours follow."""

from itertools import count
from typing import Any

import reflex as rx

from smartcx_portal.dashboard.feeds_state import FeedsState
from smartcx_portal.dashboard.frame import room
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, plain_button
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.choices import checkbox, select_field
from smartcx_portal.ui.copying import copy_button
from smartcx_portal.ui.fields import text_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.messages import badge
from smartcx_portal.ui.parts import confirm_dialog, paragraph
from smartcx_portal.ui.tables import lines
from smartcx_portal.ui.text import joined

FEED, SOURCE = "feed", "source"


def feeds_page(lang: str) -> rx.Component:
    """Addresses to subscribe to, calendars to read, and the questions before what cannot be undone."""
    t, state = translator(lang), FeedsState
    return room(
        lang,
        t("Calendar feeds"),
        _part(
            t("Show appointments in your calendar program"),
            state.feed_form,
            paragraph(t("Enter such an address as a subscription in Outlook, Google, Apple or Thunderbird.")),
            paragraph(t("Whoever has the address sees the appointments: pass it on to nobody else."), bold=True),
            rx.cond(state.feeds.length() > 0, _feeds(lang), paragraph(t("There is no address yet."))),
            _feed_form(lang),
        ),
        _part(
            t("Read busy times from other calendars"),
            state.source_form,
            paragraph(t("While a calendar elsewhere has an entry, the resource is not offered. Only times are kept.")),
            rx.cond(state.sources.length() > 0, _sources(lang), paragraph(t("No calendar is read yet."))),
            _source_form(lang),
        ),
        *_questions(lang),
        sub="feeds",
        ready=state.ready,
    )


def _part(title: str, sent: Any, *children: rx.Component) -> rx.Component:
    """A section. Its form is made anew once its entries are taken over, and the heading has the focus then."""
    stamp = rx.cond(sent > 0, sent.to_string(), "")
    heading = FocusHeading.create(title, stamp=stamp, class_name="kern-heading-medium")
    return rx.el.section(heading, *children, class_name="cx-section")


def _feeds(lang: str) -> rx.Component:
    t, state = translator(lang), FeedsState
    places = count()  # each line is laid out twice, and no name may stand twice on a page

    def cells(feed: Any) -> list[Any]:
        name = joined("feed-", feed.id, f"-{next(places)}")
        address = rx.el.div(
            rx.el.code(feed.url, custom_attrs={"id": name}, class_name="cx-address"),
            copy_button(lang, feed.url, shown_in=name, spoken=joined(t("Copy the address"), ": ", feed.resource)),
            class_name="cx-copy",
        )
        deeds = _deeds(
            _ask(t("Renew"), "renew", feed.id, feed.resource), _ask(t("Make void"), "revoke", feed.id, feed.resource)
        )
        shows = rx.cond(feed.with_details, badge(t("With names"), kind="warning"), badge(t("Without names")))
        return [feed.resource, shows, address, rx.cond(feed.fetched != "", feed.fetched, t("never")), deeds]

    heads = [t("Appointments of"), t("Shows"), t("Secret address"), t("Last fetched"), t("Actions")]
    return lines(t("Addresses in force"), heads, state.feeds, cells, name="feeds")


def _feed_form(lang: str) -> rx.Component:
    t, state = translator(lang), FeedsState
    problems = _problems(FEED)
    return form(
        lang,
        select_field(
            lang, "resource_id", t("Appointments of"), state.resources, empty=t("Please choose"), problems=problems
        ),
        checkbox(
            "with_details",
            t("Show the names of the people"),
            hint=t(
                "The names then also stand in every calendar that subscribes, and at its provider. Your privacy "
                "notice says so. Without them, only the service is shown."
            ),
            problems=problems,
        ),
        on_submit=state.make,
        deed=t("Make an address"),
        problems=problems,
        key=joined("feed-", state.feed_form.to_string()),
    )


def _sources(lang: str) -> rx.Component:
    t, state = translator(lang), FeedsState

    def cells(source: Any) -> list[Any]:
        failing = rx.fragment(badge(t("Cannot be read"), kind="danger"), paragraph(source.trouble))
        waits = rx.cond(source.fetched != "", badge(t("Is read"), kind="success"), badge(t("Is read in a moment")))
        since = rx.cond(
            source.fetched != "",
            rx.cond(
                source.trouble != "",
                joined(source.fetched, ". ", t("Its times of then still count.")),
                source.fetched,
            ),
            t("never"),
        )
        name = joined(source.resource, ", ", source.host)
        deeds = _deeds(
            button(lang, t("Read now"), state.fetch(source.id), small=True, spoken=joined(t("Read now"), ": ", name)),
            _ask(t("Remove"), "remove", source.id, name),
        )
        state_of = rx.cond(source.trouble != "", failing, waits)
        return [source.resource, source.host, since, state_of, source.coming.to_string(), deeds]

    heads = [
        t("For whom or what"), t("Calendar at"), t("Last read"), t("State"), t("Busy times ahead"), t("Actions")
    ]  # fmt: skip
    return lines(t("Calendars that are read"), heads, state.sources, cells, name="sources")


def _source_form(lang: str) -> rx.Component:
    t, state = translator(lang), FeedsState
    problems = _problems(SOURCE)
    return form(
        lang,
        select_field(
            lang, "calendar_of", t("For whom or what"), state.resources, empty=t("Please choose"), problems=problems
        ),
        text_field(
            lang,
            "url",
            t("Address of the calendar (iCal, .ics)"),
            type="url",
            hint=t("You find it in the settings of the other calendar, often as “secret address” or “publish”."),
            spell_check=False,
            autocomplete="off",
            problems=problems,
        ),
        on_submit=state.add,
        deed=t("Read this calendar"),
        problems=problems,
        key=joined("source-", state.source_form.to_string()),
    )


def _questions(lang: str) -> list[rx.Component]:
    t, state = translator(lang), FeedsState
    void, over = t("Calendars that use it get nothing more."), t("Its times can be booked again at once.")
    asked = (
        ("renew", t("Renew this address?"), t("The present one is void at once."), t("Renew"), state.renew),
        ("revoke", t("Make this address void?"), void, t("Make void"), state.revoke),
        ("remove", t("Read this calendar no more?"), over, t("Remove"), state.remove),
    )
    return [
        confirm_dialog(
            lang,
            title,
            paragraph(state.asked_text, bold=True),
            paragraph(what),
            open=state.asked == name,
            deed=deed,
            on_deed=handler,
            on_close=state.keep,
            name=name,
        )
        for name, title, what, deed, handler in asked
    ]


def _deeds(*buttons: rx.Component) -> rx.Component:
    return rx.el.div(*buttons, class_name="cx-setup__actions")


def _ask(label: str, deed: str, one: Any, text: Any) -> rx.Component:
    return plain_button(label, FeedsState.ask(deed, one, text), aria_label=joined(label, ": ", text))


def _problems(which: str) -> Any:
    """The problems of one form; the other one has none."""
    return rx.cond(FeedsState.sent == which, Notice.problems, rx.Var.create({})).to(dict[str, str])
