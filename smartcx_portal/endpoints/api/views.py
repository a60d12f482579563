"""From what the use cases give to the shapes that callers get."""

from datetime import datetime

from fastapi import Response
from pydantic import BaseModel

from smartcx_portal.bookings.drafts import HoldView
from smartcx_portal.bookings.own import Appointment, BookedHere
from smartcx_portal.endpoints.api import shapes
from smartcx_portal.settings import settings

ROOT = "/api/v1"
JSON = "application/json"


def as_json(shape: BaseModel, status: int = 200) -> Response:
    """A shape as the answer."""
    return Response(shape.model_dump_json(), status, media_type=JSON)


def location(slug: str, what: str, row_id: str) -> str:
    """The path of a hold or a booking; ids are no secrets."""
    return f"{ROOT}/tenants/{slug}/{what}/{row_id}"


def hold_facts(view: HoldView) -> shapes.HoldFacts:
    """A held time."""
    return shapes.HoldFacts(
        id=view.booking_id,
        service_id=view.service_id,
        service=view.service,
        resource_id=view.resource_id,
        resource=view.resource,
        place=view.place,
        starts_at=datetime.fromisoformat(view.when.starts_at),
        text=view.when.text,
        held_until=datetime.fromisoformat(view.until_iso),
        extensions_left=view.extensions_left,
        lapsed=view.lapsed,
        series=list(view.series),
        missed=list(view.missed),
    )


def booked_facts(slug: str, view: Appointment) -> shapes.BookingFacts:
    """An appointment that is, or was, certain."""
    return shapes.BookingFacts(
        id=view.id,
        state=view.state,
        service=view.service,
        place=view.place,
        starts_at=datetime.fromisoformat(view.when.starts_at),
        text=view.when.text,
        series=[one.text for one in view.series],
        waiting=None,
        details=shapes.BookingDetails(
            code=view.code,
            services=view.services,
            way=view.way,
            places=view.places,
            resource=view.resource,
            address=view.address,
            directions=view.directions,
            bring=view.bring,
            video_url=view.video_url,
            changeable=view.changeable,
            changes_until=view.changes_until,
            phone=view.phone,
            reason=view.reason,
            calendar=f"{settings().base_url}/downloads/{slug}/{view.calendar}.ics",
        ),
    )


def here_facts(slug: str, here: BookedHere) -> shapes.BookingFacts:
    """What the caller has booked under its token, certain or not."""
    if here.appointment:
        return booked_facts(slug, here.appointment)
    pending = here.state == "pending"
    return shapes.BookingFacts(
        id=here.booking_id,
        state=here.state,
        service=here.service,
        place=here.place,
        starts_at=datetime.fromisoformat(here.when.starts_at),
        text=here.when.text,
        series=list(here.series),
        waiting=shapes.Waiting(by=here.confirming, to=here.to, until=here.until) if pending else None,
        details=None,
    )
