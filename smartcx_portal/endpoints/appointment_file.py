"""The calendar file of an appointment, for "add to calendar"."""

from fastapi import APIRouter, Response

from smartcx_portal.bookings.own import ics_by_link
from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.gate.visiting import visiting
from smartcx_portal.kit.errors import ProductError
from smartcx_portal.tenancy.permissions import Permission

router = APIRouter()


@router.get("/downloads/{tenant}/{secret}.ics")
@open_route(Permission.PUBLIC)
def appointment_file(tenant: str, secret: str) -> Response:
    """The file that a calendar secret fetches; it names no person. 404 for whatever fits nothing."""
    try:
        with visiting(tenant) as work:
            file = ics_by_link(work, secret)
    except ProductError:
        return Response(status_code=404)
    headers = {"Content-Disposition": 'attachment; filename="termin.ics"'}
    return Response(file, media_type="text/calendar; charset=utf-8", headers=headers)
