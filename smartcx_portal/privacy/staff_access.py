"""Access for people who work here (Art. 15): what is stored about the signed-in member, read from the data map."""

from dataclasses import dataclass
from datetime import datetime
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
from smartcx_portal.privacy.staff_keeping import UNUSED
from smartcx_portal.privacy.words import PURPOSES, TABLES, ground_text, period_text
from smartcx_portal.tenancy import Permission, Work

OWN_ROLES = {Role.OWNER: N_("Head of the office or business"), Role.STAFF: N_("Member of the team")}
ACCOUNT_STAYS = N_(
    "Your account itself is deleted once you work for nobody here any more and it is at least {days} days old."
)


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
    groups: list[StaffGroup]


def staff_view(work: Work) -> StaffView:
    """For the signed-in member, at the tenant they work at now. Raises `NotFound`."""
    work.need(Permission.STAFF)
    member = work.first(work.select(Membership).where(Membership.identity_id == work.actor.identity_id))
    if member is None:
        raise NotFound
    identity = work.get(Identity, member.identity_id)
    wording = _Wording(work)
    kinds = [(entry, whose) for entry in data_map() for whose in [_whose(entry, identity)] if whose is not None]
    groups = [wording.group(entry, whose) for entry, whose in kinds]
    return StaffView(
        name=identity.name,
        email=identity.email,
        role=translate(work.lang, OWN_ROLES[member.role]),
        since=wording.day(member.created_at),
        account_stays=translate(work.lang, ACCOUNT_STAYS).format(days=UNUSED.days),
        groups=[group for group in groups if group.count],
    )


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

    def group(self, entry: Entry, whose: sa.ColumnElement[bool]) -> StaffGroup:
        """One table's rows of the member, counted in the database."""
        model: Any = entry.model
        rows = self.work.select(model) if issubclass(model, TenantOwned) else self._of_tenant(model)
        moment = next(getattr(model, name) for name in MOMENTS if hasattr(model, name))
        counted = rows.where(whose).with_only_columns(sa.func.count(), sa.func.min(moment), sa.func.max(moment))
        count, first, last = self.work.all(counted)[0]
        mine = [self.activities[one] for one in self._purposes(entry) if one in self.activities]
        return StaffGroup(
            id=entry.table,
            title=self._t(TABLES.get(entry.table, entry.table)),
            count=count,
            first=self.day(first),
            last=self.day(last),
            purpose="; ".join(self._t(PURPOSES[activity.purpose]) for activity in mine),
            ground="; ".join(dict.fromkeys(ground_text(activity, self.work.lang) for activity in mine)),
            until="; ".join(dict.fromkeys(period_text(activity, self.work.lang) for activity in mine)),
        )

    def day(self, moment: datetime | None) -> str:
        """A date in the tenant's zone; empty for none."""
        return day_text(local_day(moment, self.zone), self.work.lang) if moment else ""

    def _of_tenant(self, model: Any) -> sa.Select[Any]:
        return self.work.shared(model).where(model.tenant_id == self.work.tenant)

    def _purposes(self, entry: Entry) -> list[Purpose]:
        leading = entry.subject.staff or entry.subject.via[-1]
        return [one for column in entry.columns if column.name == leading for one in column.data.purposes]

    def _t(self, text: str) -> str:
        return translate(self.work.lang, text)
