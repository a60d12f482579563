"""Who acts."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from smartcx_portal.models.staff import Role
from smartcx_portal.tenancy.permissions import EVERYBODY, OF_ROLE, Permission


class ActorKind(StrEnum):
    """The kinds of actors that the audit trail tells apart."""

    VISITOR = "visitor"
    PERSON = "person"
    STAFF = "staff"
    OPERATOR = "operator"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as far as the gate has proven it.

    `fresh`: a person proved themselves within the last minutes. `proof`: by what, `code`, `booking_code` or both.
    """

    kind: ActorKind
    identity_id: UUID | None = None
    customer_id: UUID | None = None
    role: Role | None = None
    fresh: bool = False
    proof: str = ""

    def may(self, permission: Permission) -> bool:
        """Whether this actor has `permission`."""
        return permission in self.permissions

    @property
    def permissions(self) -> frozenset[Permission]:
        """All that this actor may do."""
        if self.kind is ActorKind.JOB:
            return frozenset(Permission)
        if self.kind is ActorKind.OPERATOR:
            return EVERYBODY | {Permission.OPERATE}
        if self.kind is ActorKind.STAFF and self.role:
            return frozenset(OF_ROLE[self.role])
        if self.kind is ActorKind.PERSON:
            return EVERYBODY | {Permission.PERSON} | ({Permission.PERSON_FRESH} if self.fresh else set())
        return EVERYBODY

    @property
    def id(self) -> UUID | None:
        """The id that the trail may keep: a staff member's; a person is named by their case or booking."""
        return self.identity_id


VISITOR = Actor(ActorKind.VISITOR)
JOB = Actor(ActorKind.JOB)
