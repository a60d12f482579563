"""Any version of a tenant's privacy notice as a PDF, for everybody and without a secret: it is a published text."""

from fastapi import APIRouter, Response

from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.endpoints.plain import missing
from smartcx_portal.gate.visiting import visiting
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.privacy.notice_paper import notice_file
from smartcx_portal.tenancy.permissions import Permission

router = APIRouter()
MOST_VERSIONS = 1_000_000
"""Numbers beyond it, on either side, are no version's, and would not fit the column."""


@router.get("/downloads/notice/{tenant}/{number}/{lang}.pdf", include_in_schema=False)
@open_route(Permission.PUBLIC)
def notice_as_pdf(tenant: str, number: int, lang: str) -> Response:
    """The file to keep; the bilingual page of missing pages for whatever is none."""
    try:
        with visiting(tenant, lang) as work:
            name, file = notice_file(work, max(-MOST_VERSIONS, min(number, MOST_VERSIONS)), lang)
    except NotFound:
        return missing()
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(file, media_type="application/pdf", headers=headers)
