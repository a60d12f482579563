"""Scenes for the availability tests: small ones by hand, and Hypothesis strategies that draw wild ones."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from smartcx_portal.bookings.availability import Group, Lanes, Rule, Shut, Taken, Wish, free_starts

BERLIN = "Europe/Berlin"
COUNTER, ROOM, DESK = (UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0000 + n) for n in range(1, 4))
MONDAY = date(2026, 11, 2)
SPRING = date(2027, 3, 28)
AUTUMN = date(2026, 10, 25)
ALWAYS = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


Offered = tuple[tuple[Rule, ...], tuple[Shut, ...], tuple[Lanes, ...], tuple[Taken, ...], Wish, str]
Arguments = tuple[
    tuple[Rule, ...],
    tuple[Shut, ...],
    tuple[Lanes, ...],
    tuple[Taken, ...],
    Wish,
    str,
    date,
    date,
    tuple[Group, ...],
]


@dataclass(frozen=True, slots=True)
class Scene:
    """All arguments of `free_starts`, in its order."""

    rules: tuple[Rule, ...] = ()
    shuts: tuple[Shut, ...] = ()
    lanes: tuple[Lanes, ...] = (Lanes(COUNTER),)
    taken: tuple[Taken, ...] = ()
    wish: Wish = field(default_factory=lambda: wish())
    zone: str = BERLIN
    first_day: date = MONDAY
    last_day: date = MONDAY
    groups: tuple[Group, ...] = ()

    def arguments(self) -> Arguments:
        return (*self.offer(), self.first_day, self.last_day, self.groups)

    def offer(self) -> Offered:
        """The arguments that `free_start` and `is_free` begin with; the start and the groups follow."""
        return (self.rules, self.shuts, self.lanes, self.taken, self.wish, self.zone)

    def but(self, **changes: Any) -> "Scene":
        return replace(self, **changes)


def wish(duration: int = 30, before: int = 0, after: int = 0, step: int = 30, **more: Any) -> Wish:
    """A wish without bounds on the start, unless `earliest` or `latest` is given."""
    earliest, latest = more.pop("earliest", ALWAYS[0]), more.pop("latest", ALWAYS[1])
    return Wish(duration, before, after, step, earliest, latest, **more)


def opening(opens: str, closes: str, day: date = MONDAY, **more: Any) -> Rule:
    """The weekly rule of `day`'s weekday; `24:00` is the end of the day."""
    return Rule(day.weekday(), clock(opens), clock(closes), **more)


def clock(text: str) -> time:
    """`09:30` as a time, `24:00` as midnight."""
    return time(0) if text == "24:00" else time.fromisoformat(text)


def utc(text: str) -> datetime:
    """`2026-11-02 09:00` as a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def claim(begin: str, end: str, lane: int = 0, resource_id: UUID = COUNTER, *, online: bool = False) -> Taken:
    """A claim between two moments in UTC."""
    return Taken(resource_id, lane, utc(begin), utc(end), online)


ZONES_AND_DAYS = [
    (BERLIN, SPRING - timedelta(1)),
    (BERLIN, AUTUMN - timedelta(1)),
    (BERLIN, MONDAY),
    (BERLIN, date(2027, 12, 31)),
    (BERLIN, date(2028, 2, 28)),
    ("America/Havana", date(2026, 10, 31)),
    ("America/Nuuk", date(2026, 10, 24)),
    ("Africa/Cairo", date(2026, 4, 23)),
    ("Australia/Lord_Howe", date(2026, 10, 3)),
    ("Asia/Kathmandu", MONDAY),
]
"""Zones with days around which something happens; where the clock is changed, it is on the second day."""


def seldom(strategy: st.SearchStrategy[Any], usual: Any = None) -> st.SearchStrategy[Any]:
    """Mostly `usual`, one time in five what `strategy` draws."""
    return st.integers(0, 4).flatmap(lambda n: strategy if n == 4 else st.just(usual))


quarters = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
odd_minutes = st.integers(0, 1439).map(lambda n: time(n // 60, n % 60))
small_hours = st.integers(0, 17).map(lambda n: time(n // 6, n % 6 * 10))
walls = st.one_of(quarters, small_hours, odd_minutes)
resources = st.sampled_from([COUNTER, COUNTER, ROOM, DESK])
some_or_all = seldom(resources)


@st.composite
def wall_spans(draw: st.DrawFn) -> tuple[time, time]:
    """Two local times that make a span; the end may be 24:00."""
    begins, ends = draw(walls), draw(walls)
    if begins == ends:
        return begins, time(0)
    return min(begins, ends), max(begins, ends)


@st.composite
def rules(draw: st.DrawFn, day: date) -> Rule:
    """A rule for `day` or one of the two after it, often without end."""
    opens, closes = draw(wall_spans())
    weekday = (day + timedelta(draw(st.integers(0, 2)))).weekday()
    near = st.integers(-1, 3).map(lambda n: day + timedelta(n))
    since = draw(st.none() | near | st.integers(1, 40).map(lambda n: day - timedelta(n)))
    return Rule(
        weekday,
        opens,
        closes,
        since,
        draw(seldom(near)),
        draw(some_or_all),
        every_weeks=draw(st.sampled_from([1, 2, 3])) if since else 1,
        nth=draw(seldom(st.sampled_from([1, 2, 3, 4, 5, -1]))),
        extra=draw(seldom(st.just(True), False)),
        online_quota=draw(seldom(st.sampled_from([0, 1, 1, 2]))),
    )


@st.composite
def working_days(draw: st.DrawFn, day: date) -> list[Rule]:
    """The same hours on `day` and the two after it, for the place, so that there is something to take away from."""
    quota = draw(st.sampled_from([None, None, 1, 1, 2]))
    days = [day + timedelta(n) for n in range(draw(st.sampled_from([3, 3, 0])))]
    return [opening("07:30", "11:10", one, online_quota=quota) for one in days]


@st.composite
def shuts(draw: st.DrawFn, day: date) -> Shut:
    """A closure of some days near `day`, of whole days or a part of each."""
    first = day + timedelta(draw(st.sampled_from([0, 1, 2, -1, -3, -4])))
    begins, ends = draw(seldom(st.just((None, None)))) or draw(wall_spans())
    last = first + timedelta(draw(st.integers(-1, 2)))
    return Shut(first, last, begins, ends, draw(some_or_all), holiday=draw(st.booleans()))


@st.composite
def claims(draw: st.DrawFn, day: date) -> Taken:
    """A claim near `day`, mostly of whole minutes, sometimes on a lane beyond every capacity."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    begin = midnight + timedelta(minutes=draw(st.integers(-6 * 60, 30 * 60) | st.integers(-26 * 60, 74 * 60)))
    begin += timedelta(seconds=draw(st.sampled_from([0, 0, 0, 1, 30.5])))
    length = timedelta(minutes=draw(st.integers(1, 300)), seconds=draw(st.sampled_from([0, 0, 0, 20.25])))
    return Taken(draw(resources), draw(st.sampled_from([0, 0, 1, 1, 2, 3])), begin, begin + length, draw(st.booleans()))


def as_the_database_has_them(drawn: list[Taken]) -> tuple[Taken, ...]:
    """Without the claims that overlap an earlier one on their lane: its constraint lets none in."""
    kept: list[Taken] = []
    for new in drawn:
        same_lane = [old for old in kept if old[:2] == new[:2]]
        if all(old.ends_at <= new.starts_at or new.ends_at <= old.starts_at for old in same_lane):
            kept.append(new)
    return tuple(kept)


@st.composite
def wishes(draw: st.DrawFn, day: date) -> Wish:
    """A wish whose bounds are somewhere near `day`, or far away."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    near = st.integers(-24 * 3600, 48 * 3600).map(lambda n: midnight + timedelta(seconds=n))
    buffers = st.sampled_from([0, 0, 5, 7, 30])
    return Wish(
        draw(st.sampled_from([5, 15, 20, 30, 45, 90])),
        draw(buffers),
        draw(buffers),
        draw(st.sampled_from([5, 10, 15, 20, 30, 37])),
        draw(seldom(near, ALWAYS[0])),
        draw(seldom(near, ALWAYS[1])),
        places=draw(seldom(st.integers(1, 4), 1)),
        seats=draw(seldom(st.integers(2, 3), 1)),
        online=draw(st.booleans()),
    )


@st.composite
def begun(draw: st.DrawFn, scene: Scene) -> tuple[Group, ...]:
    """Groups with some seats left, mostly at starts that the empty place offers."""
    single = replace(scene.wish, places=1)
    offered = [
        (one, start.starts_at)
        for start in free_starts(*scene.but(taken=(), wish=single).arguments())
        for one in start.resource_ids
    ]
    midnight = datetime.combine(scene.first_day, time(), UTC)
    anywhere = st.tuples(resources, st.integers(0, 96).map(lambda n: midnight + timedelta(minutes=n * 15)))
    picked = draw(st.sets(st.sampled_from(offered) if offered else anywhere, max_size=4))
    picked |= draw(seldom(st.sets(anywhere, max_size=2), set()))
    return tuple(Group(one, at, draw(st.integers(0, 4))) for one, at in sorted(picked))


NEEDS = [(0, 0, 0), (0, 0, 0), (0, 0, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1), (2, 0, 1)]
"""Which need each of three resources is for."""


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Anything: days of clock changes, overlapping rules, closures, quotas, needs, groups, claims, buffers, bounds."""
    zone, day = draw(st.sampled_from(ZONES_AND_DAYS))
    counts = st.sampled_from([0, 6, 12])
    capacities = st.sampled_from([1, 1, 2, 3, 1, 2, 1, 0])
    order, needs = draw(st.permutations([COUNTER, ROOM, DESK])), draw(st.sampled_from(NEEDS))
    lanes = [Lanes(one, draw(capacities), need) for one, need in zip(order, needs, strict=True)]
    scene = Scene(
        rules=(*draw(working_days(day)), *draw(st.lists(rules(day), min_size=1, max_size=4))),
        shuts=tuple(draw(st.lists(shuts(day), max_size=2))),
        lanes=tuple(lanes[: draw(st.sampled_from([3, 2, 1, 3, 2, 1, 3, 0]))]),
        taken=as_the_database_has_them(draw(st.lists(claims(day), min_size=draw(counts), max_size=16))),
        wish=draw(wishes(day)),
        zone=zone,
        first_day=day,
        last_day=day + timedelta(draw(st.sampled_from([2, 1, 0, 2, 1, 0, 2, 1, -1]))),
    )
    return scene.but(groups=draw(begun(scene))) if scene.wish.seats > 1 else scene
