"""What a tenant may choose about its processing; every choice changes the notice in the same moment (promise P22)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from smartcx_portal.bookings.sheet import LINE_TOO_LONG, LONGEST_LINE, Sheet
from smartcx_portal.kit.errors import NotFound, ProductError
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.privacy import ProcessingActivity
from smartcx_portal.privacy.activities import BOUNDS, activities
from smartcx_portal.privacy.notice import publish_notice
from smartcx_portal.privacy.record_words import ACTIVITIES
from smartcx_portal.privacy.words import ground_text, period_text
from smartcx_portal.tenancy import Permission, Work

OPTIONAL = (Purpose.SMS, Purpose.HEALTH)
"""Purposes that a tenant may do without."""
MOST_OWN = 20
TOO_MANY_OWN = N_("Name at most 20 recipients, one in each line.")
RANGE = N_("Between {fewest} and {most} days.")
FIXED = N_("The law sets this period; it cannot be changed.")


class PeriodOutOfBounds(ProductError):
    """A tenant chose a retention period that the law does not bear."""

    says: ClassVar[str] = N_("Please choose between {fewest} and {most} days.")


class NotOptional(ProductError):
    """A purpose without which the portal cannot run."""

    says: ClassVar[str] = N_("This cannot be switched off: the portal needs it to run.")


@dataclass(frozen=True, slots=True)
class ChosenView:
    """One active purpose: its ground, its period, the tenant's own recipients. `bounds` is a sentence."""

    purpose: str
    title: str
    ground: str
    period: str
    days: int
    bounds: str
    fixed: bool
    own: tuple[str, ...]


def chosen(work: Work, lang: str) -> list[ChosenView]:
    """What the tenant has chosen for each active purpose."""
    work.need(Permission.SETTINGS_EDIT)
    return [_chosen(one, lang) for one in activities(work).values() if one.active]


def set_retention(work: Work, purpose: Purpose, days: int) -> ProcessingActivity:
    """Choose another period, from now on. Raises `PeriodOutOfBounds`."""
    work.need(Permission.SETTINGS_EDIT)
    activity = activities(work)[purpose]
    _keep_for(work, activity, days)
    publish_notice(work)
    return activity


def choose(work: Work, purpose: str, entered: Mapping[str, Any]) -> ProcessingActivity:
    """Take over a form's `days` and `own` (a recipient in each line) for one active purpose, and publish the notice.

    Raises `NotFound`, and `InvalidForm` for both fields.
    """
    work.need(Permission.SETTINGS_EDIT)
    activity = next((a for a in activities(work).values() if a.purpose.value == purpose and a.active), None)
    if activity is None:
        raise NotFound
    sheet, (fewest, most) = Sheet(entered), BOUNDS[activity.purpose]
    said = translate(work.lang, PeriodOutOfBounds.says).format(fewest=fewest, most=most)
    days = fewest if fewest == most else sheet.number("days", fewest, most, said)
    own = _own(sheet)
    sheet.check()
    _keep_for(work, activity, days)
    if own != activity.own_recipients:
        work.audit("activity.own_recipients", activity, purpose=purpose, number=len(own))
        activity.own_recipients = own
        work.flush()
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


def _keep_for(work: Work, activity: ProcessingActivity, days: int) -> None:
    fewest, most = BOUNDS[activity.purpose]
    if not fewest <= days <= most:
        raise PeriodOutOfBounds(field="retention_days", fewest=fewest, most=most)
    if days != activity.retention_days:
        was, purpose = activity.retention_days, activity.purpose.value
        work.audit("activity.retention", activity, purpose=purpose, was=was, now=days)
        activity.retention_days = days


def _own(sheet: Sheet) -> list[str]:
    lines = [" ".join(line.split()) for line in sheet.text("own").splitlines()]
    names = list(dict.fromkeys(filter(None, lines)))
    if len(names) > MOST_OWN:
        sheet.wrong("own", TOO_MANY_OWN)
    if max(map(len, names), default=0) > LONGEST_LINE:
        sheet.wrong("own", LINE_TOO_LONG)
    return names


def _chosen(activity: ProcessingActivity, lang: str) -> ChosenView:
    fewest, most = BOUNDS[activity.purpose]
    fixed = fewest == most
    return ChosenView(
        purpose=activity.purpose.value,
        title=translate(lang, ACTIVITIES[activity.purpose]),
        ground=ground_text(activity, lang),
        period=period_text(activity, lang),
        days=activity.retention_days,
        bounds=translate(lang, FIXED) if fixed else translate(lang, RANGE).format(fewest=fewest, most=most),
        fixed=fixed,
        own=tuple(activity.own_recipients),
    )
