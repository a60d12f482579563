"""What a demo tenant has connected: calendars that follow a resource, and websites that show the booking."""

from smartcx_portal.bookings.embedding import save_sites
from smartcx_portal.bookings.feeds import feed_secret, make_feed, open_feed
from smartcx_portal.models.calendar import CalendarFeed
from smartcx_portal.models.staff import Role
from smartcx_portal.operations.demo_calendar import Calendar
from smartcx_portal.operations.demo_facts import DemoFacts
from smartcx_portal.operations.demo_logins import identity_of
from smartcx_portal.operations.demo_years import Deed, Diary
from smartcx_portal.tenancy import Actor, ActorKind, Work

SITES_AGO, FETCHED_AT = 120, 7
"""Days ago on which the websites were listed; the local hour of a working day at which calendars last asked."""


def note_connections(diary: Diary, facts: DemoFacts, calendar: Calendar) -> None:
    """Note when the owner connected what; calendars with names stand in every notice since."""
    key = next(key for key, role in facts.members if role == Role.OWNER)
    owner = Actor(ActorKind.STAFF, identity_id=identity_of(diary.work, key).id, role=Role.OWNER)
    if facts.embed_sites:
        diary.on(SITES_AGO, lambda then: save_sites(then, "\n".join(facts.embed_sites)), by=owner)
    for raw in facts.feeds:
        resource = calendar.given_by[raw["resource"]][0]
        diary.on(raw["ago"], _made(str(resource.id), raw["with_details"]), by=owner)
    diary.on(0, _fetch_all, hour=FETCHED_AT)


def _made(resource_id: str, with_details: bool) -> Deed:
    return lambda then: make_feed(then, resource_id, with_details=with_details)


def _fetch_all(then: Work) -> None:
    for feed in then.all(then.select(CalendarFeed)):
        open_feed(then, feed_secret(feed))
