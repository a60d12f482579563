"""Holding a time while a person fills a form: by a random token that the caller keeps."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Response

from smartcx_portal.bookings.drafts import HoldView, load_draft
from smartcx_portal.bookings.holding import extend_hold, hold, release_hold
from smartcx_portal.bookings.moments import REACHED
from smartcx_portal.bookings.refusals import NotOffered
from smartcx_portal.endpoints.api import shapes
from smartcx_portal.endpoints.api.calling import Call, Holder, read, write
from smartcx_portal.endpoints.api.documenting import OF_WRITING, answers
from smartcx_portal.endpoints.api.idempotency import CREATED, AskedOnce, Done, write_once
from smartcx_portal.endpoints.api.requests import Wish
from smartcx_portal.endpoints.api.views import as_json, hold_facts, location
from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.booking import Origin
from smartcx_portal.tenancy import Permission, Work

router = APIRouter(tags=["Hold"])


@router.post(
    "/tenants/{slug}/holds",
    status_code=201,
    responses=answers(shapes.HoldFacts, 201, problems=OF_WRITING, headers="Hold-Token"),
    summary="Hold a time",
)
@open_route(Permission.PUBLIC)
async def hold_time(asked: AskedOnce, wish: Wish) -> Response:
    """Keep a free time for ten minutes. With the `Hold-Token` of an earlier hold, that one is given back for it."""
    holding = asked.new_token()
    return await write_once(holding, lambda work: _held(work, holding.call, wish))


@router.get(
    "/tenants/{slug}/holds/{hold_id}",
    responses=answers(shapes.HoldFacts),
    summary="See a hold",
)
@open_route(Permission.PUBLIC)
async def see_hold(call: Holder, hold_id: UUID) -> Response:
    """The time that `Hold-Token` holds, or held."""
    return await read(call, lambda work: as_json(hold_facts(_own(work, hold_id))))


@router.patch(
    "/tenants/{slug}/holds/{hold_id}",
    responses=answers(shapes.HoldFacts, problems=OF_WRITING),
    summary="Extend a hold",
)
@open_route(Permission.PUBLIC)
async def extend(call: Holder, hold_id: UUID) -> Response:
    """Ten minutes more, a dozen times at most. The request has no body."""

    def act(work: Work) -> Response:
        _own(work, hold_id)
        return as_json(hold_facts(extend_hold(work)))

    return await write(call, act)


@router.delete(
    "/tenants/{slug}/holds/{hold_id}",
    status_code=204,
    responses=answers(None, 204, problems=OF_WRITING),
    summary="Give a hold back",
)
@open_route(Permission.PUBLIC)
async def give_back(call: Holder, hold_id: UUID) -> Response:
    """Let others have the time."""

    def act(work: Work) -> Response:
        _own(work, hold_id)
        release_hold(work)
        return Response(status_code=204)

    return await write(call, act)


def held_by(work: Work, wish: Wish) -> HoldView:
    """Hold what is wished for, as the booking page does."""
    return hold(
        work,
        wish.services,
        as_bookable(wish.starts_at),
        wish.resource,
        **wish.options(),
        origin=Origin.API,
    )


def as_bookable(moment: datetime) -> datetime:
    """The moment, unless it lies where no calendar reaches (raises `NotOffered`)."""
    if moment.year not in REACHED:
        raise NotOffered
    return moment


def _held(work: Work, call: Call, wish: Wish) -> Done:
    facts = hold_facts(held_by(work, wish))
    return Done(CREATED, facts.model_dump_json(), location(call.slug, "holds", facts.id))


def _own(work: Work, hold_id: UUID) -> HoldView:
    """What this caller holds. Raises `NotFound` for anybody else's, whether it exists or not."""
    draft = load_draft(work)
    if draft is None or draft.hold is None or draft.hold.booking_id != str(hold_id):
        raise NotFound
    return draft.hold
