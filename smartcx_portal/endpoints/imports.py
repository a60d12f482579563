"""Where the page of received data sends a file that a person gave to the staff: the file alone, by a ticket.

Nothing of it touches a disk before it is checked, and nothing is read from who has no good ticket.
"""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.gate.serving import preferred
from smartcx_portal.gate.visiting import acting
from smartcx_portal.kit.errors import NotFound, NotPermitted, ProductError, TooMany
from smartcx_portal.kit.language import translate
from smartcx_portal.privacy.bringing import BringingOver, bring, bringer
from smartcx_portal.privacy.brought import LARGEST, TOO_LARGE, Unfit
from smartcx_portal.privacy.tickets import Asked
from smartcx_portal.tenancy.permissions import Permission

router = APIRouter()


@router.post("/imports/{token}", include_in_schema=False)
@open_route(Permission.PUBLIC)
async def take(request: Request, token: str) -> Response:
    """`{"id": …}` of what waits now, or `{"problems": [sentences]}` in the language of who got the ticket.

    That a file does not fit is an answer like any other, so its status is 200 too.
    """
    try:
        asked = bringer(token)
    except BringingOver as problem:
        return _refused(410, problem.text(preferred(request.headers.get("accept-language", ""))))
    content = bytearray()
    async for piece in request.stream():
        if len(content) + len(piece) > LARGEST:
            return _refused(413, translate(asked.lang, TOO_LARGE))
        content += piece
    return await run_in_threadpool(_lay_down, asked, bytes(content))


def _lay_down(asked: Asked, content: bytes) -> Response:
    try:
        with acting(asked.actor, asked.tenant_id, asked.lang) as work:
            row_id = str(bring(work, content).id)
    except Unfit as problem:
        return _refused(200, *problem.faults)
    except (NotFound, NotPermitted):
        return _refused(410, BringingOver().text(asked.lang))
    except ProductError as problem:
        return _refused(429 if isinstance(problem, TooMany) else 409, problem.text(asked.lang))
    return JSONResponse({"id": row_id})


def _refused(status: int, *problems: str) -> Response:
    return JSONResponse({"problems": problems}, status_code=status)
