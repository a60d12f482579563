"""What a tenant may choose about its processing; every choice changes the notice in the same moment (promise P22)."""

from typing import ClassVar

from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.language import N_
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.privacy import ProcessingActivity
from smartcx_portal.privacy.activities import BOUNDS, activities
from smartcx_portal.privacy.notice import publish_notice
from smartcx_portal.tenancy import Permission, Work

OPTIONAL = (Purpose.SMS, Purpose.HEALTH)
"""Purposes that a tenant may do without."""


class PeriodOutOfBounds(ProductError):
    """A tenant chose a retention period that the law does not bear."""

    says: ClassVar[str] = N_("Please choose between {fewest} and {most} days.")


class NotOptional(ProductError):
    """A purpose without which the portal cannot run."""

    says: ClassVar[str] = N_("This cannot be switched off: the portal needs it to run.")


def set_retention(work: Work, purpose: Purpose, days: int) -> ProcessingActivity:
    """Choose another period, from now on. Raises `PeriodOutOfBounds`."""
    work.need(Permission.SETTINGS_EDIT)
    fewest, most = BOUNDS[purpose]
    if not fewest <= days <= most:
        raise PeriodOutOfBounds(field="retention_days", fewest=fewest, most=most)
    activity = activities(work)[purpose]
    work.audit("activity.retention", activity, purpose=purpose.value, was=activity.retention_days, now=days)
    activity.retention_days = days
    publish_notice(work)
    return activity


def switch(work: Work, purpose: Purpose, active: bool) -> ProcessingActivity:
    """Switch an optional purpose, such as text messages, on or off. Raises `NotOptional`."""
    work.need(Permission.SETTINGS_EDIT)
    if purpose not in OPTIONAL:
        raise NotOptional
    activity = activities(work)[purpose]
    work.audit("activity.switched", activity, purpose=purpose.value, active=active)
    activity.active = active
    publish_notice(work)
    return activity
