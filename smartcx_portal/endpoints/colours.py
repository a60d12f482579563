"""The style sheet with a tenant's own colour."""

from fastapi import APIRouter, Response

from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.gate.visiting import visiting
from smartcx_portal.kit.addresses import tenant_folder
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.language import LANGUAGES
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy.permissions import Permission
from smartcx_portal.ui.colours import SHEET, sheet

router = APIRouter()
KEPT = "public, max-age=300"
"""Five minutes: it belongs to every page, and hardly ever changes."""


@open_route(Permission.PUBLIC)
def colours(slug: str) -> Response:
    """The sheet; an empty one for a tenant without a colour, 404 for an unknown one."""
    try:
        with visiting(slug) as work:
            text = sheet(slug, work.get(Tenant, work.tenant).colour)
    except NotFound:
        return Response(status_code=404)
    return Response(text, media_type="text/css", headers={"Cache-Control": KEPT})


for _lang in LANGUAGES:
    router.add_api_route(tenant_folder(_lang, "{slug}") + SHEET, colours, methods=["GET"], include_in_schema=False)
