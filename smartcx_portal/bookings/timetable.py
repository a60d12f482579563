"""Which of a place's rules and closures does each of its resources follow, and what is then open?

- A resource with weekly rules of its own that are valid on a day, by their dates and whatever their weekday,
  follows only those on that day; on other days those of the place.
- Extra hours, the place's and its own, are added to whatever else holds.
- A public holiday takes the weekly hours of its days away as if they were not written; extra hours stay open.
  Every other closure closes them too.
- Within the hours of a rule with a quota, at most so many appointments that people booked themselves run at a
  time, buffers included, on all resources that follow the rule together; the staff are not bound. A quota of 0
  closes the hours for whoever books online, and as with every closing, buffers may reach into them.
  An appointment counts by the resource of its first need.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from uuid import UUID

from smartcx_portal.bookings.opening import MINUTE, Calendar, Rule, Shut, Span, joined, without

Whose = UUID | None
"""A resource, or None for the place."""


@dataclass(frozen=True)
class Quota:
    """Within `spans` at most `most` online claims run at a time on the resources that it binds."""

    most: int
    resource_id: Whose
    exempt: frozenset[UUID]
    spans: list[Span]

    def binds(self, resource_id: Whose) -> bool:
        """Does this resource follow the rule that the quota is of? For None: do resources without rules?"""
        return resource_id == self.resource_id if self.resource_id else resource_id not in self.exempt


class Timetable:
    """What rules and closures say about the days of a calendar."""

    def __init__(self, calendar: Calendar, rules: Iterable[Rule], shuts: Iterable[Shut]) -> None:
        self.calendar = calendar
        self._weekly: dict[Whose, list[Rule]] = defaultdict(list)
        self._extra: dict[Whose, list[Rule]] = defaultdict(list)
        self._shuts: dict[Whose, list[Shut]] = defaultdict(list)
        for rule in rules:
            (self._extra if rule.extra else self._weekly)[rule.resource_id].append(rule)
        for shut in shuts:
            self._shuts[shut.resource_id].append(shut)
        self.special = {one for one in chain(self._weekly, self._extra, self._shuts) if one}
        """The resources about which something of their own is said; all others are alike."""

    def openings(self, whose: Whose) -> list[list[Span]]:
        """For each day of the calendar what is open, in order and joined; closures are not cut out."""
        holidays = self._closed(whose, holiday=True)
        own, places = _by_weekday(self._weekly.get(whose, [])), _by_weekday(self._weekly.get(None, []))
        extra = _by_weekday(chain.from_iterable(self._extra.get(one, []) for one in {None, whose}))
        days = []
        for n, day in enumerate(self.calendar.days):
            weekday = day.weekday()
            weekly = own if whose and self._has_own(whose, day) else places
            spans = self._spans(n, day, weekly[weekday])
            if holidays:
                spans = without(joined(spans), holidays)
            days.append(joined(spans + self._spans(n, day, extra[weekday])))
        return days

    def closures(self, whose: Whose, closing: Iterable[Quota] = ()) -> list[Span]:
        """All that is shut, in order and joined; public holidays are left out. `closing` are quotas of 0."""
        spans = self._closed(whose, holiday=False)
        return joined(chain(spans, *(quota.spans for quota in closing if quota.binds(whose))))

    def quotas(self) -> list[Quota]:
        """The quotas on these days, those of rules with the same followers and number together."""
        found: dict[tuple[int, Whose, frozenset[UUID]], list[Span]] = defaultdict(list)
        for rule in chain.from_iterable(chain(self._weekly.values(), self._extra.values())):
            if rule.online_quota is not None:
                for day, spans in self._days_of(rule):
                    found[rule.online_quota, rule.resource_id, self._exempt(rule, day)] += spans
        return [Quota(*key, joined(spans)) for key, spans in found.items()]

    def moments(self, spans: Iterable[Span]) -> list[tuple[datetime, datetime]]:
        """The same spans in UTC."""
        origin = self.calendar.origin
        return [(origin + begin * MINUTE, origin + end * MINUTE) for begin, end in spans]

    def _has_own(self, resource_id: UUID, day: date) -> bool:
        return any(rule.valid_on(day) for rule in self._weekly.get(resource_id, ()))

    def _spans(self, n: int, day: date, rules: Iterable[Rule]) -> list[Span]:
        return [self.calendar.span(n, rule.opens, rule.closes) for rule in rules if rule.holds_on(day)]

    def _days_of(self, rule: Rule) -> Iterator[tuple[date, list[Span]]]:
        """The hours of one rule, without the holidays that take them away."""
        holidays = [] if rule.extra else self._closed(rule.resource_id, holiday=True)
        for n, day in enumerate(self.calendar.days):
            spans = self._spans(n, day, [rule])
            if spans:
                yield day, without(joined(spans), holidays)

    def _exempt(self, rule: Rule, day: date) -> frozenset[UUID]:
        """The resources that do not follow a rule of the place on `day`."""
        if rule.resource_id or rule.extra:
            return frozenset()
        return frozenset(one for one in self._weekly if one and self._has_own(one, day))

    def _closed(self, whose: Whose, *, holiday: bool) -> list[Span]:
        shuts = chain.from_iterable(self._shuts.get(one, []) for one in {None, whose})
        return self.calendar.closures(shut for shut in shuts if shut.holiday is holiday)


def _by_weekday(rules: Iterable[Rule]) -> list[list[Rule]]:
    week: list[list[Rule]] = [[] for _ in range(7)]
    for rule in rules:
        week[rule.weekday].append(rule)
    return week
