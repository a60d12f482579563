"""Requests that are turned away before any route: machines get problem details (RFC 9457), all others plain text."""

import json
from http import HTTPStatus

from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

MACHINES = "/api/"
PROBLEM = "application/problem+json"


def refused(scope: Scope, status: int, text: str) -> Response:
    """The answer to a request that no route gets to see."""
    if not scope["path"].startswith(MACHINES):
        return PlainTextResponse(text, status_code=status)
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": text}
    return Response(json.dumps(body), status_code=status, media_type=PROBLEM)
