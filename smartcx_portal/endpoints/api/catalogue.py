"""Reading: the tenant, its services, and free times."""

import json
from datetime import date, timedelta
from itertools import groupby
from typing import Annotated, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from smartcx_portal.bookings.catalogue import ServiceView, form_fields, resources, service, services
from smartcx_portal.bookings.free_starts import FreeStarts, free_starts_between
from smartcx_portal.endpoints.api import shapes
from smartcx_portal.endpoints.api.calling import Holder, Visitor, read
from smartcx_portal.endpoints.api.documenting import answers
from smartcx_portal.endpoints.api.problems import in_query
from smartcx_portal.endpoints.api.requests import Search
from smartcx_portal.endpoints.api.views import JSON, as_json
from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import N_
from smartcx_portal.messaging.links import page_url
from smartcx_portal.models.calendar import Service
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.standing.consents import consent_texts
from smartcx_portal.standing.offers import sms_offered
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.tenancy.suspension import require_open

router = APIRouter(tags=["Find"])
LONGEST_SEARCH = 62
"""Days of one search."""
TURNED = N_("The last day lies before the first.")
TOO_LONG = N_("Ask for at most 62 days at once.")
DAY = timedelta(days=1)
Shape = TypeVar("Shape", bound=BaseModel)


@router.get("/tenants/{slug}", responses=answers(shapes.TenantFacts), summary="Who offers the appointments")
@open_route(Permission.PUBLIC)
async def tenant(call: Visitor) -> Response:
    """Name, address and contact of the tenant, and where its privacy notice is."""
    return await read(call, lambda work: as_json(_tenant(work)))


@router.get("/tenants/{slug}/services", responses=answers(shapes.ServiceList), summary="What can be booked")
@open_route(Permission.PUBLIC)
async def all_services(call: Visitor) -> Response:
    """Every service that people can book themselves, in the tenant's order."""
    return await read(call, lambda work: as_json(shapes.ServiceList(services=[_facts(one) for one in services(work)])))


@router.get(
    "/tenants/{slug}/services/{service_id}", responses=answers(shapes.ServiceDetail), summary="What a service asks"
)
@open_route(Permission.PUBLIC)
async def one_service(call: Visitor, service_id: UUID) -> Response:
    """A service with its questions, ways, resources and the words of the consents, in the language you accept."""
    return await read(call, lambda work: as_json(_detail(work, service_id)))


@router.get("/tenants/{slug}/availability", responses=answers(shapes.Availability), summary="Free times")
@open_route(Permission.PUBLIC)
async def availability(call: Holder, search: Annotated[Search, Query()]) -> Response:
    """Every time that can be booked, day by day. Days without a free time are left out."""
    return await read(call.but(place=in_query), lambda work: _search(work, search))


def _tenant(work: Work) -> shapes.TenantFacts:
    row = work.get(Tenant, work.tenant)
    return shapes.TenantFacts(
        slug=row.slug,
        name=row.name,
        kind=row.kind.value,
        street=row.street,
        postal_code=row.postal_code,
        city=row.city,
        zone=row.zone,
        language=row.language,
        email=row.email,
        phone=row.phone,
        website=row.website,
        bookable=row.status is TenantStatus.ACTIVE,
        booking_page=page_url(work.lang, "book", row),
        privacy_notice=page_url(work.lang, "privacy", row),
    )


def _facts(one: ServiceView) -> shapes.ServiceFacts:
    return shapes.ServiceFacts.model_validate(one, from_attributes=True)


def _detail(work: Work, service_id: UUID) -> shapes.ServiceDetail:
    view = service(work, service_id)
    row = work.get(Service, service_id)
    words = consent_texts(work, work.lang)
    return shapes.ServiceDetail(
        **_facts(view).model_dump(),
        ways=row.ways,
        seats=row.seats,
        most_at_once=row.most_at_once,
        most_repeats=row.most_repeats,
        combinable=row.combinable,
        sms=sms_offered(work),
        questions=[_as(shapes.Question, one) for one in form_fields(work, service_id)],
        resources=[_as(shapes.ResourceFacts, one) for one in resources(work, service_id)] if row.choosable else [],
        consents=[_as(shapes.ConsentText, one) for one in words],
    )


def _as(shape: type[Shape], view: object) -> Shape:
    return shape.model_validate(view, from_attributes=True)


def _search(work: Work, search: Search) -> Response:
    require_open(work)
    first = search.first or local_day(work.now, work.get(Tenant, work.tenant).zone)
    last = search.last or min(first, date.max - LONGEST_SEARCH * DAY) + (LONGEST_SEARCH - 1) * DAY
    _check(first, last)
    found = free_starts_between(
        work,
        search.services,
        first,
        last,
        search.resource,
        way=search.way.value if search.way else "",
        places=search.places,
    )
    return _shown(found, first, last)


def _check(first: date, last: date) -> None:
    if last < first:
        raise InvalidForm({"to": TURNED})
    if last - first >= LONGEST_SEARCH * DAY:
        raise InvalidForm({"to": TOO_LONG})


def _shown(found: FreeStarts, first: date, last: date) -> Response:
    """Written without shapes: a month has a thousand starts, and this is asked most of all."""
    zone = ZoneInfo(found.zone)
    local = [(moment.astimezone(zone), free) for moment, free in found.starts]
    days = [
        {"day": day.isoformat(), "starts": [{"starts_at": at.isoformat(), "free": free} for at, free in starts]}
        for day, starts in groupby(local, key=lambda one: one[0].date())
    ]
    whole = {
        "zone": found.zone,
        "duration_min": found.duration_min,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "days": days,
    }
    return Response(json.dumps(whole, separators=(",", ":")), media_type=JSON)
