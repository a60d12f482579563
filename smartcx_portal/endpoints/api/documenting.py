"""What the OpenAPI document says about each route: statuses, headers, problems."""

from typing import Any

from pydantic import BaseModel

from smartcx_portal.endpoints.api.shapes import Problem
from smartcx_portal.gate.refusing import PROBLEM

MEANS = {
    400: "The body could not be read.",
    404: "There is no such thing, or the secret does not open it.",
    409: "The request does not fit what is there now: `type` says why.",
    413: "The body is too large.",
    415: "The body must be `application/json`.",
    422: "Something is missing or does not fit; `errors` names each mistake.",
    429: "Too many requests; `Retry-After` says when to try again.",
    503: "Busy for the moment; `Retry-After` says when to try again.",
}
LIMITS = {
    name: {"schema": {"type": "integer"}, "description": words}
    for name, words in {
        "RateLimit-Limit": "Requests that one network may make in a window.",
        "RateLimit-Remaining": "How many of them are left.",
        "RateLimit-Reset": "Seconds until the window begins anew.",
    }.items()
}
OF_READING = (404, 409, 422, 429, 503)
OF_WRITING = (400, 404, 409, 413, 415, 422, 429, 503)
SECRETS = {
    "Hold-Token": "Opens what is held or pending: send it back to go on. Keep it secret.",
    "Booking-Secret": "Opens the appointment: send it back to see, move or cancel it. Keep it secret.",
}


def answers(
    shape: type[BaseModel] | None, status: int = 200, *, problems: tuple[int, ...] = OF_READING, headers: str = ""
) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route: the one that is hoped for, and its problems."""
    good: dict[str, Any] = {"description": "As asked.", "headers": LIMITS | _secrets(headers)}
    if shape is not None:
        good["model"] = shape
    found: dict[int | str, dict[str, Any]] = {status: good}
    for each in problems:
        found[each] = {"description": MEANS[each], "content": {PROBLEM: {"schema": _problem()}}}
    return found


def _secrets(names: str) -> dict[str, Any]:
    return {name: {"schema": {"type": "string"}, "description": SECRETS[name]} for name in names.split()}


def _problem() -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{Problem.__name__}"}
