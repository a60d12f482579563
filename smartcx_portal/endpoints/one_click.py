"""Where mail programs withdraw the consent that a mail rests on, without opening a page (RFC 8058, promise P06).

POST is what a person's own press on "unsubscribe" makes the program send, with the words of `DEED` as a form: a POST
without them comes from something else. GET changes nothing: what opens links by itself sends that, and a person whose
program knows no such press gets the page with its button.
"""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.endpoints.plain import missing
from smartcx_portal.gate.limits import limit
from smartcx_portal.gate.requests import caller_network
from smartcx_portal.gate.visiting import with_secret
from smartcx_portal.kit.errors import NotFound, TooMany
from smartcx_portal.messaging.links import ONE_CLICK_PATH, LinkInvalid, page_secret_of, tenant_of_one_click
from smartcx_portal.privacy.withdrawing import page_of_link, withdraw_by_link
from smartcx_portal.tenancy.permissions import Permission

router = APIRouter()
PER_NETWORK = "600 per 10 minutes"
"""A large mail service sends the presses of many people."""
WAIT = "600"
"""Seconds."""
DEED = ("List-Unsubscribe", "One-Click")
"""The only field of the body and its value (RFC 8058, 3.2), as multipart/form-data or form-urlencoded."""


@router.get(ONE_CLICK_PATH + "{secret}", include_in_schema=False)
@open_route(Permission.PUBLIC)
def look(secret: str) -> Response:
    """To the page that shows what would be withdrawn."""
    try:
        tenant_id = tenant_of_one_click(secret)
        with with_secret(tenant_id) as work:
            page = page_of_link(work, page_secret_of(work, secret))
    except (LinkInvalid, NotFound):
        return missing()
    return RedirectResponse(page, status_code=303)


@router.post(ONE_CLICK_PATH + "{secret}", include_in_schema=False)
@open_route(Permission.PUBLIC)
async def withdraw(request: Request, secret: str) -> Response:
    """Withdraw the consent; twice is as good as once. The answer is empty: no person reads it."""
    if not await _is_press(request):
        return Response(status_code=400)
    return await run_in_threadpool(_withdraw, secret, caller_network(request))


async def _is_press(request: Request) -> bool:
    try:
        sent = await request.form(max_files=0, max_fields=1)
    except HTTPException:  # no form, or one with more in it
        return False
    return sent.multi_items() == [DEED]


def _withdraw(secret: str, network: str) -> Response:
    try:
        limit("one-click", network, PER_NETWORK)
        tenant_id = tenant_of_one_click(secret)
        with with_secret(tenant_id) as work:
            withdraw_by_link(work, page_secret_of(work, secret))
    except TooMany:
        return Response(status_code=429, headers={"Retry-After": WAIT})
    except (LinkInvalid, NotFound):
        return Response(status_code=410)
    return Response(status_code=200)
