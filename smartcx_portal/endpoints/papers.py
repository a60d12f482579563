"""Fetch a PDF or a workbook by a link that lives two minutes; needs no cookie and no session."""

from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.endpoints.plain import document
from smartcx_portal.gate.serving import preferred
from smartcx_portal.gate.visiting import acting
from smartcx_portal.kit.errors import NotFound, NotPermitted, ProductError, TooMany
from smartcx_portal.kit.language import translator
from smartcx_portal.privacy.papers import PaperOver, asked_in, make_paper
from smartcx_portal.privacy.tickets import Asked
from smartcx_portal.tenancy.permissions import Permission

router = APIRouter()
SAFE_IN_NAMES = "!#$&+-.^_`|~"
"""What may stand unescaped in a name beside letters and digits (RFC 8187, 3.2.1)."""


@router.get("/downloads/papers/{token}", include_in_schema=False)
@open_route(Permission.PUBLIC)
def paper(request: Request, token: str) -> Response:
    """The file to keep; an old or wrong link gets a sentence and the next step."""
    try:
        asked = asked_in(token)
    except PaperOver as problem:
        return _refused(preferred(request.headers.get("accept-language", "")), problem)
    return _made(asked, token)


def _made(asked: Asked, token: str) -> Response:
    try:
        with acting(asked.actor, asked.tenant_id, asked.lang) as work:
            name, media, content = make_paper(work, asked, token)
    except (NotFound, NotPermitted):
        return _refused(asked.lang, PaperOver())
    except ProductError as problem:
        return _refused(asked.lang, problem, status=429 if isinstance(problem, TooMany) else 410)
    kept = f"attachment; filename*=UTF-8''{quote(name, safe=SAFE_IN_NAMES)}"
    return Response(content, media_type=media, headers={"Content-Disposition": kept, "Cache-Control": "no-store"})


def _refused(lang: str, problem: ProductError, status: int = 410) -> Response:
    t = translator(lang)
    title = t("This link is over") if isinstance(problem, PaperOver) else t("There is no file now")
    return document(lang, title, Markup('<p class="kern-body">{}</p>').format(problem.text(lang)), status=status)
