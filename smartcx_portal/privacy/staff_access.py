"""Access for people who work here (Art. 15): what is stored about the signed-in member, read from the data map."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.models import TenantOwned
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.staff import Identity, Invitation, Membership, Role
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.activities import activities
from smartcx_portal.privacy.data_map import MOMENTS, Entry, data_map
from smartcx_portal.privacy.record_words import ACTIVITIES, table_named
from smartcx_portal.privacy.staff_keeping import UNUSED
from smartcx_portal.privacy.words import ground_text, period_text
from smartcx_portal.tenancy import Permission, Work

OWN_ROLES = {Role.OWNER: N_("Head of the office or business"), Role.STAFF: N_("Member of the team")}
ACCOUNT_STAYS = N_(
    "Your account itself is deleted once you work for nobody here any more and it is at least {days} days old."
)
ROLE_GOES = N_(
    "If you stopped working here today, your role here would be deleted on {day}, and your number would go from the "
    "looks and changes that you made."
)
ACCOUNT_GOES = N_("Your account would be deleted on {day}, unless you still work for somebody else on this portal.")


@dataclass(frozen=True, slots=True)
class StaffGroup:
    """Entries of one kind: how many, from when to when, what for, why allowed, how long."""

    id: str
    title: str
    count: int
    first: str
    last: str
    purpose: str
    ground: str
    until: str


@dataclass(frozen=True, slots=True)
class StaffView:
    """What is stored about one member of the staff at this tenant."""

    name: str
    email: str
    role: str
    since: str
    account_stays: str
    leaving: list[str]
    """What would go when, if they stopped working here today."""
    groups: list[StaffGroup]


def staff_view(work: Work) -> StaffView:
    """For the signed-in member, at the tenant they work at now. Raises `NotFound`."""
    work.need(Permission.STAFF)
    member = work.first(work.select(Membership).where(Membership.identity_id == work.actor.identity_id))
    if member is None:
        raise NotFound
    identity = work.get(Identity, member.identity_id)
    wording = _Wording(work)
    groups = [wording.group(entry, rows) for entry, rows in own_rows(work, identity)]
    return StaffView(
        name=identity.name,
        email=identity.email,
        role=translate(work.lang, OWN_ROLES[member.role]),
        since=wording.day(member.created_at),
        account_stays=translate(work.lang, ACCOUNT_STAYS).format(days=UNUSED.days),
        leaving=wording.leaving(identity, member),
        groups=[group for group in groups if group.count],
    )


def own_rows(work: Work, identity: Identity) -> list[tuple[Entry, sa.Select[Any]]]:
    """Every table that leads to this member, and the select of their rows at this tenant."""
    kinds = [(entry, whose) for entry in data_map() for whose in [_whose(entry, identity)] if whose is not None]
    return [(entry, _at_tenant(work, entry.model).where(whose)) for entry, whose in kinds]


def moment_of(model: Any) -> Any:
    """The column that says when a row arose."""
    return next(getattr(model, name) for name in MOMENTS if hasattr(model, name))


def _at_tenant(work: Work, model: Any) -> sa.Select[Any]:
    if issubclass(model, TenantOwned):
        return work.select(model)
    return work.shared(model).where(model.tenant_id == work.tenant)


def _whose(entry: Entry, identity: Identity) -> sa.ColumnElement[bool] | None:
    """What makes a row this member's; none for the account itself, whose values are named one by one."""
    model: Any = entry.model
    if model is Identity:
        return None
    if model is Invitation:
        return sa.true() & (Invitation.email_key == identity.email_key)
    return getattr(model, entry.subject.staff) == identity.id if entry.subject.staff else None


class _Wording:
    """Groups in the reader's language and the tenant's days."""

    def __init__(self, work: Work) -> None:
        self.work, self.zone = work, work.get(Tenant, work.tenant).zone
        self.activities = activities(work)

    def group(self, entry: Entry, rows: sa.Select[Any]) -> StaffGroup:
        """One table's rows of the member, counted in the database."""
        moment = moment_of(entry.model)
        counted = rows.with_only_columns(sa.func.count(), sa.func.min(moment), sa.func.max(moment))
        count, first, last = self.work.all(counted)[0]
        mine = [self.activities[one] for one in self._purposes(entry) if one in self.activities]
        return StaffGroup(
            id=entry.table,
            title=table_named(entry.table, self.work.lang),
            count=count,
            first=self.day(first),
            last=self.day(last),
            purpose="; ".join(self._t(ACTIVITIES[activity.purpose]) for activity in mine),
            ground="; ".join(dict.fromkeys(ground_text(activity, self.work.lang) for activity in mine)),
            until="; ".join(dict.fromkeys(period_text(activity, self.work.lang) for activity in mine)),
        )

    def leaving(self, identity: Identity, member: Membership) -> list[str]:
        """The dates on which traces go, as `staff_keeping` takes them away."""
        activity = self.activities.get(Purpose.STAFF)
        if activity is None:
            return []
        role = (member.ended_at or self.work.now) + timedelta(days=activity.retention_days)
        account = max(role, identity.created_at + UNUSED)
        said = [self._t(ROLE_GOES).format(day=self.day(role)), self._t(ACCOUNT_GOES).format(day=self.day(account))]
        return said if not identity.operator else said[:1]

    def day(self, moment: datetime | None) -> str:
        """A date in the tenant's zone; empty for none."""
        return day_text(local_day(moment, self.zone), self.work.lang) if moment else ""

    def _purposes(self, entry: Entry) -> list[Purpose]:
        leading = entry.subject.staff or entry.subject.via[-1]
        return [one for column in entry.columns if column.name == leading for one in column.data.purposes]

    def _t(self, text: str) -> str:
        return translate(self.work.lang, text)
