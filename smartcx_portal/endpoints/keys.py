"""The public key by which anybody checks receipts and packages of this installation, without asking it again."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.kit.seals import key_set
from smartcx_portal.privacy.receipts import KEYS_PATH
from smartcx_portal.tenancy.permissions import Permission

router = APIRouter()


@router.get(KEYS_PATH, include_in_schema=False)
@open_route(Permission.PUBLIC)
def keys() -> Response:
    """A JWK set (RFC 7517)."""
    return JSONResponse(key_set(), media_type="application/jwk-set+json")
