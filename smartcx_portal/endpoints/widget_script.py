"""The script that a tenant's website includes to show the booking: `<script src="…/embed.js" data-tenant="…">`."""

from pathlib import Path

from fastapi import APIRouter, Response

from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.tenancy.permissions import Permission

router = APIRouter()
SCRIPT = Path(__file__).with_name("embed.js").read_text()
KEPT = "public, max-age=3600"


@router.get("/embed.js", include_in_schema=False)
@open_route(Permission.PUBLIC)
def embed_script() -> Response:
    """The same for everybody; which websites may use it is decided when the page within is asked for."""
    headers = {"Cache-Control": KEPT, "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(SCRIPT, media_type="text/javascript", headers=headers)
