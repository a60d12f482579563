"""The order of things: one step up or down."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from smartcx_portal.tenancy import Work


def shift(work: Work, rows: Sequence[Any], row_id: UUID, *, up: bool) -> bool:
    """Change places with the neighbour and number `position` anew. False: it stands at that end already."""
    order = [row.id for row in rows]
    here = order.index(row_id)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return False
    order[here], order[there] = order[there], order[here]
    for row in rows:
        row.position = order.index(row.id)
    work.flush()
    return True
