"""`Idempotency-Key`: a request that comes again within a day gets the reply that it got before."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Header, Request, Response

from smartcx_portal.bookings.replies import KeyReused, keep_reply, known_reply
from smartcx_portal.endpoints.api.calling import (
    BOOKING_SECRET,
    HOLD_TOKEN,
    WRITING,
    Call,
    Holder,
    counted,
    guarded,
    require_offered,
)
from smartcx_portal.endpoints.api.problems import KEY_REUSED, problem
from smartcx_portal.endpoints.api.views import JSON
from smartcx_portal.gate.refusing import PROBLEM
from smartcx_portal.gate.visiting import visiting
from smartcx_portal.kit.tokens import digest, new_secret, signature
from smartcx_portal.messaging.links import booking_secret
from smartcx_portal.models.booking import Booking
from smartcx_portal.tenancy import Work

CREATED, ACCEPTED, CONFLICT = 201, 202, 409
KeyHeader = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=16,
        max_length=200,
        pattern="^[!-~]+$",
        description="A random text of your own for this request, such as a UUID. Sent again within 24 hours, "
        "it gets the same reply, and nothing is done twice.",
    ),
]


@dataclass(frozen=True, slots=True)
class Once:
    """A request that must be done once. `key` is empty where the caller sent none; `request` hashes all of it."""

    call: Call
    key: str
    request: str

    def new_token(self, **changes: Any) -> "Once":
        """Let the caller hold something under a token: theirs, or a new one, which follows from the key if one came.

        `changes` are of the call.
        """
        if self.call.token:
            return replace(self, call=self.call.but(**changes))
        derived = signature("api-token", self.call.slug, self.call.network, self.key) if self.key else new_secret()
        return replace(self, call=self.call.but(token=derived, **changes))


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a request. The body holds no secret: those are headers, and are never stored."""

    status: int
    body: str
    location: str = ""
    booking_id: UUID | None = None


Act = Callable[[Work], Done]


async def once(request: Request, call: Holder, key: KeyHeader = "") -> Once:
    """The request with all that makes it the same one when it comes again."""
    body = await request.body()
    marks = (request.method, request.url.path, call.token, body.hex())
    return Once(call, key, digest("api-request", *marks) if key else "")


AskedOnce = Annotated[Once, Depends(once)]


async def write_once(asked: Once, act: Act) -> Response:
    """Answer a request that makes something: in a thread, counted, and done once."""
    return await asyncio.to_thread(counted, asked.call, WRITING, lambda: performed_once(asked, act))


def performed_once(asked: Once, act: Act) -> Response:
    """Do it, or give the reply that was given. Refusals that say how things stand (409) are kept too."""
    response = guarded(asked.call, lambda: _perform(asked, act))
    if asked.key and response.status_code == CONFLICT and "Idempotent-Replayed" not in response.headers:
        return guarded(asked.call, lambda: _keep_refusal(asked, response))
    return response


def _perform(asked: Once, act: Act) -> Response:
    call = asked.call
    with visiting(call.slug, call.lang, call.network, call.tab) as work:
        require_offered(work)
        known = _again(work, asked)
        if known is not None:
            return known
        done = act(work)
        if asked.key:
            text = f"{done.location}\n{done.body}"
            keep_reply(work, asked.key, asked.request, done.status, text, done.booking_id)
        return _response(work, call, done)


def _keep_refusal(asked: Once, response: Response) -> Response:
    """The refused deed was undone with its transaction; its reply is kept in one of its own."""
    call = asked.call
    with visiting(call.slug, call.lang, call.network, call.tab) as work:
        known = _again(work, asked)
        if known is not None:
            return known
        keep_reply(work, asked.key, asked.request, response.status_code, "\n" + bytes(response.body).decode())
    return response


def _again(work: Work, asked: Once) -> Response | None:
    if not asked.key:
        return None
    try:
        known = known_reply(work, asked.key, asked.request)
    except KeyReused as refusal:
        return _marked(problem(KEY_REUSED, refusal.text(work.lang), work.lang))
    if known is None:
        return None
    location, _, body = known.text.partition("\n")
    return _marked(_response(work, asked.call, Done(known.status, body, location, known.booking_id)))


def _marked(response: Response) -> Response:
    response.headers["Idempotent-Replayed"] = "true"
    return response


def _response(work: Work, call: Call, done: Done) -> Response:
    """Secrets join here: the hold's token, and for a booking that is certain what opens it."""
    response = Response(done.body, done.status, media_type=JSON if done.status < CONFLICT else PROBLEM)
    if done.location:
        response.headers["Location"] = done.location
    certain = done.status == CREATED and done.booking_id
    if certain:
        response.headers[BOOKING_SECRET] = booking_secret(work.get(Booking, done.booking_id))
    elif done.status in (CREATED, ACCEPTED):
        response.headers[HOLD_TOKEN] = call.token
    return response
