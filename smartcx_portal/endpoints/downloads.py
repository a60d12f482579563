"""Fetch a package of one's own data by a link that lives two minutes; needs no cookie and no session."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from markupsafe import Markup

from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.endpoints.plain import document
from smartcx_portal.gate.serving import preferred
from smartcx_portal.gate.visiting import with_secret
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.language import translator
from smartcx_portal.privacy.export import LinkOver, package_for, package_name
from smartcx_portal.tenancy.permissions import Permission

router = APIRouter()


@router.get("/downloads/{token}", include_in_schema=False)
@open_route(Permission.PUBLIC)
def download(request: Request, token: str) -> Response:
    """The ZIP as a file to keep; an old or wrong link gets a sentence and the next step."""
    try:
        found = package_for(token)
        with with_secret(found.tenant_id) as work:
            name = package_name(work, str(found.package_id))
    except (LinkOver, NotFound):
        return _over(preferred(request.headers.get("accept-language", "")))
    return FileResponse(found.path, filename=name, media_type="application/zip")


def _over(lang: str) -> Response:
    t = translator(lang)
    return document(
        lang,
        t("This link is over"),
        Markup('<p class="kern-body">{}</p>').format(t(LinkOver.says)),
        status=410,
    )
