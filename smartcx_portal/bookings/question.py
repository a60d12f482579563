"""What the availability engine is asked, and what it answers: wishes, lanes, claims, groups, starts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be booked: minutes of the appointment and its buffers, the step of starts, and the bounds.

    `earliest` (lead time) and `latest` (booking horizon) bound the start, aware, both included. `seats` is how
    many a group of this service has, 1 for no group appointment, and `places` how many of them are wanted.
    `online`: a person books it without help, so that quotas of opening hours count.
    """

    duration_min: int
    before_min: int
    after_min: int
    step_min: int
    earliest: datetime
    latest: datetime
    places: int = 1
    seats: int = 1
    online: bool = False

    def __post_init__(self) -> None:
        if self.duration_min < 1 or self.step_min < 1 or self.before_min < 0 or self.after_min < 0:
            raise ValueError("duration and step are at least a minute, and buffers are not negative")
        if self.places < 1 or self.seats < 1:
            raise ValueError("places and seats are at least one")

    def claim_for(self, starts_at: datetime) -> tuple[datetime, datetime]:
        """The time to claim for an appointment at `starts_at`: [start - before, end + after)."""
        until = starts_at + timedelta(minutes=self.duration_min + self.after_min)
        return starts_at - timedelta(minutes=self.before_min), until


@dataclass(frozen=True, slots=True)
class Lanes:
    """A resource that may serve, and how many appointments it serves at once.

    An appointment takes one resource of each `need`. The lowest one given is the first need: it counts the
    starts. A need stays one when nobody can serve it now: give its resources with a capacity of 0.
    """

    resource_id: UUID
    capacity: int = 1
    need: int = 0

    def __post_init__(self) -> None:
        if self.capacity < 0:
            raise ValueError("a capacity is not negative")


class Taken(NamedTuple):
    """A claim: the time, buffers included, that a booking takes on a lane; aware, half-open.

    Claims on one lane do not overlap; the database's constraint sees to it. `online` counts towards quotas; an
    appointment that takes several resources has it on the claim of its first need only, so that it counts once.
    A tuple, because tens of thousands of them are read at a time. Times in `timezone.utc` are read fastest.
    """

    resource_id: UUID
    lane: int
    starts_at: datetime
    ends_at: datetime
    online: bool = False


class Group(NamedTuple):
    """A group appointment of the service asked for that has begun to fill: `free` seats are left.

    `resource_id` is the resource of the first need; there is at most one for a resource and a start. Its claims,
    on everything that it takes, are among those given as taken.
    """

    resource_id: UUID
    starts_at: datetime
    free: int


class Start(NamedTuple):
    """A time to book, in UTC, buffers not included, and the resources that can serve it, as ordered.

    `resource_ids` serve the first need, `others` has a tuple for each further one; those are empty where only
    seats of a group can be had that has begun and has taken its resources. `seats` is how many places can be had
    at most, on one of the resources.
    """

    starts_at: datetime
    ends_at: datetime
    resource_ids: tuple[UUID, ...]
    others: tuple[tuple[UUID, ...], ...] = ()
    seats: int = 1
