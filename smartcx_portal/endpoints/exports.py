"""Fetch the list of bookings that somebody has just exported; the link works once, within two minutes."""

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from smartcx_portal.bookings.exporting import ExportOver, fetch_export
from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.endpoints.plain import document
from smartcx_portal.gate.serving import preferred
from smartcx_portal.kit.language import translator
from smartcx_portal.tenancy.permissions import Permission

router = APIRouter()


@router.get("/downloads/bookings/{token}", include_in_schema=False)
@open_route(Permission.PUBLIC)
def fetch(request: Request, token: str) -> Response:
    """The file to keep; a used, old or wrong link gets a sentence and the next step."""
    try:
        found = fetch_export(token)
    except ExportOver:
        lang = preferred(request.headers.get("accept-language", ""))
        t = translator(lang)
        body = Markup('<p class="kern-body">{}</p>').format(t(ExportOver.says))
        return document(lang, t("This link is over"), body, status=410)
    kept = {"Content-Disposition": f'attachment; filename="{found.name}"'}
    return Response(found.content, media_type=found.media, headers=kept)
