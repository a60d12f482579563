"""The services that a tenant may have or do without; switching one changes every derived text at once (promise P22)."""

from dataclasses import dataclass
from typing import ClassVar

from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import NotFound, ProductError
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import date_text
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.privacy import ProcessingActivity
from smartcx_portal.models.tenant import SubProcessor, Tenant, TransferBasis
from smartcx_portal.privacy.activities import TEXTER, activities
from smartcx_portal.privacy.notice import publish_notice
from smartcx_portal.privacy.record_words import ACTIVITIES
from smartcx_portal.standing.offers import sms_possible
from smartcx_portal.tenancy import Permission, Work

SERVICES = {
    TEXTER: Purpose.SMS,
    "cloudflare": Purpose.OPERATION,
    "ionos_webanalytics": Purpose.STATISTICS,
}
"""Keys of the sub-processors that can be switched, and what each is for."""
ALONE = (Purpose.SMS, Purpose.STATISTICS)
"""Purposes that stand and fall with their service; the others go on without it."""
UNSOUND = (TransferBasis.NONE, TransferBasis.CONSENT)
"""A regular transfer rests on none of these (Art. 49 is for single cases)."""
AGREED = N_("in force, as of {day}")
MISSING = N_("none")
NOT_SOUND = N_(
    "Data goes to the USA, and nothing sound carries regular transfers: a consent is meant for single cases (Art. 49 "
    "GDPR). Ask your data protection officer before you switch it on."
)
ABROAD = N_("Data goes to the USA, where authorities may be able to read it. The notice says so.")
NO_ROAD = N_("This installation cannot send text messages yet. People are not offered them until it can.")


class NoAgreement(ProductError):
    """A recipient without an agreement under Art. 28."""

    says: ClassVar[str] = N_(
        "This cannot be switched on: the operator has no processing agreement with this company (Art. 28 GDPR)."
    )


@dataclass(frozen=True, slots=True)
class ServiceView:
    """One service, its texts in the reader's language; `warning` and `note` may be empty."""

    key: str
    name: str
    does: str
    keeps: str
    purpose: str
    transfer: str
    agreed: str
    on: bool
    possible: bool
    """Whether it may be switched on."""
    warning: str
    note: str


def services(work: Work, lang: str) -> list[ServiceView]:
    """All services of which the operator has recorded the facts, in the order of `SERVICES`."""
    work.need(Permission.SETTINGS_EDIT)
    known = {row.key: row for row in work.all(work.shared(SubProcessor).where(SubProcessor.key.in_(SERVICES)))}
    have, zone = activities(work), work.get(Tenant, work.tenant).zone
    return [_view(known[key], have, zone, lang) for key in SERVICES if key in known]


def switch_service(work: Work, key: str, on: bool) -> ProcessingActivity:
    """Switch a service on or off and publish the notice. Raises `NotFound` and, for on, `NoAgreement`."""
    work.need(Permission.SETTINGS_EDIT)
    if key not in SERVICES:
        raise NotFound
    company = work.first(work.shared(SubProcessor).where(SubProcessor.key == key))
    if on and (company is None or company.agreement_since is None):
        raise NoAgreement
    activity = activities(work)[SERVICES[key]]
    if _is_on(activity, key) is not on:
        _turn(activity, key, on)
        work.audit("service.switched", activity, service=key, active=on)
        work.flush()
        publish_notice(work)
    return activity


def is_sound(company: SubProcessor) -> bool:
    """Whether nothing leaves the European Union, or what it rests on carries regular transfers (promise P24)."""
    return not company.transfer or company.transfer_basis not in UNSOUND


def _turn(activity: ProcessingActivity, key: str, on: bool) -> None:
    """A purpose of its own keeps its recipient when it is off: nothing goes there, and it comes back as it was."""
    if activity.purpose in ALONE:
        activity.active = on
    if on or activity.purpose not in ALONE:
        others = [one for one in activity.recipients if one != key]
        activity.recipients = [*others, key] if on else others


def _is_on(activity: ProcessingActivity, key: str) -> bool:
    return activity.active and key in activity.recipients


def _view(company: SubProcessor, have: dict[Purpose, ProcessingActivity], zone: str, lang: str) -> ServiceView:
    purpose, since = SERVICES[company.key], company.agreement_since
    day = date_text(local_day(since, zone), lang) if since else ""
    warning = "" if not company.transfer else ABROAD if is_sound(company) else NOT_SOUND
    return ServiceView(
        key=company.key,
        name=company.name,
        does=company.service.get(lang, ""),
        keeps=company.keeps.get(lang, ""),
        purpose=translate(lang, ACTIVITIES[purpose]),
        transfer=company.transfer.get(lang, ""),
        agreed=translate(lang, AGREED).format(day=day) if since else translate(lang, MISSING),
        on=purpose in have and _is_on(have[purpose], company.key),
        possible=since is not None and purpose in have,
        warning=translate(lang, warning) if warning else "",
        note="" if purpose is not Purpose.SMS or sms_possible() else translate(lang, NO_ROAD),
    )
