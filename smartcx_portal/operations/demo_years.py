"""The demo's tenants have been there for years: notices have changed since, and people read each version in its time.

What happened then is done in the order of time by the same use cases as today, with a work whose `now` lies in the
past: so nothing is told that could not have happened.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from smartcx_portal.kit.clock import local_day
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.tenant import ProcessingAgreement, Tenant
from smartcx_portal.operations.demo_facts import DemoFacts
from smartcx_portal.operations.founding import found_tenant
from smartcx_portal.operations.tenant_form import checked
from smartcx_portal.privacy.activities import activities
from smartcx_portal.privacy.notice import publish_notice
from smartcx_portal.tenancy import JOB, Actor, Work

Deed = Callable[[Work], object]
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """What a tenant chose so many days ago: its period for appointments in days, and whether it writes by SMS."""

    ago: int
    keeps: int
    sms: bool


CHOICES = {
    "Bürgeramt Musterstadt": (Choice(980, 90, False), Choice(610, 30, False), Choice(210, 30, True)),
    "Salon Haarlekin": (Choice(850, 30, False),),
    "Praxis am Markt": (Choice(720, 30, False), Choice(500, 365, False)),
}
"""By name. Less than three years ago: what proves something is kept for three years, and for the rest of the year."""
NOTED_AGO = 45
"""Days since these tenants gave their notice its present words."""


class Diary:
    """What happened at one tenant on working days of the past; `tell` makes it happen, the earliest first."""

    def __init__(self, work: Work, zone: str) -> None:
        self.work, self.zone = work, zone
        self._deeds: list[tuple[datetime, Actor, Deed]] = []

    def on(self, ago: int, deed: Deed, *, by: Actor = JOB, hour: int = 10) -> None:
        """Note what somebody did so many days ago at a local hour."""
        self._deeds.append((self.moment(ago, hour), by, deed))

    def moment(self, ago: int, hour: int = 10) -> datetime:
        """That hour, on the last working day until then; never in the future."""
        return long_ago(self.work, ago, hour, self.zone).now

    def tell(self) -> None:
        """Let it all happen."""
        deeds, self._deeds = sorted(self._deeds, key=lambda one: one[0]), []
        for moment, actor, deed in deeds:
            deed(replace(self.work, now=moment, actor=actor))


def long_ago(work: Work, ago: int, hour: int = 10, zone: str = "Europe/Berlin") -> Work:
    """The same transaction on an earlier working day."""
    day = local_day(work.now, zone) - timedelta(days=ago)
    day -= timedelta(days=max(0, day.weekday() - FRIDAY))
    moment = datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(work.now.tzinfo)
    return replace(work, now=min(moment, work.now))


def found_in_its_time(work: Work, facts: DemoFacts) -> Tenant:
    """The tenant, founded when it began; it has agreed to the operator's terms as they are today."""
    choices = CHOICES.get(facts.form.name)
    then = long_ago(work, choices[0].ago, hour=8) if choices else work
    tenant = found_tenant(then, checked(facts.form), sms=facts.sms, listed=True)
    work.enter_tenant(tenant.id)
    for agreement in work.all(work.select(ProcessingAgreement)):
        agreement.agreed_at = work.now
    return tenant


def note_notices(diary: Diary, tenant: Tenant, facts: DemoFacts) -> None:
    """Each version of the notice on the day on which something changed, the last one with the tenant's own words."""
    choices = CHOICES.get(facts.form.name, ())
    for choice in choices:
        diary.on(choice.ago, lambda then, choice=choice: _publish(then, choice), hour=9)  # type: ignore[misc]
    diary.on(NOTED_AGO if choices else 0, lambda then: _publish_own_words(then, tenant, facts), hour=9)


def _publish(then: Work, choice: Choice) -> None:
    have = activities(then)
    have[Purpose.APPOINTMENT].retention_days, have[Purpose.SMS].active = choice.keeps, choice.sms
    then.flush()
    publish_notice(then)


def _publish_own_words(then: Work, tenant: Tenant, facts: DemoFacts) -> None:
    for column, value in facts.notice.items():
        setattr(tenant, column, value)
    then.flush()
    publish_notice(then)
