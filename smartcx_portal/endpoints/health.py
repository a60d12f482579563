"""Whether this node can serve: for load balancers and monitoring."""

from fastapi import APIRouter, Response
from sqlalchemy.exc import SQLAlchemyError

from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.kit.engine import ask_database
from smartcx_portal.kit.logs import get_log
from smartcx_portal.tenancy.permissions import Permission

log = get_log(__name__)
router = APIRouter()


@router.get("/_health")
@open_route(Permission.PUBLIC)
def health(response: Response) -> dict[str, bool]:
    """200 when the database answers, else 503; says nothing else, since everybody may ask."""
    try:
        ask_database()
    except SQLAlchemyError as problem:
        log.error("health.database_unreachable", problem=problem)
        response.status_code = 503
        return {"database": False}
    return {"database": True}
