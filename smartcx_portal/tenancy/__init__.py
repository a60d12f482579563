"""Actor, Permission, Work: the only place where a query gets its tenant."""

from smartcx_portal.tenancy.actor import JOB, VISITOR, Actor, ActorKind
from smartcx_portal.tenancy.permissions import Permission
from smartcx_portal.tenancy.work import Select, Work, open_work

__all__ = ["JOB", "VISITOR", "Actor", "ActorKind", "Permission", "Select", "Work", "open_work"]
