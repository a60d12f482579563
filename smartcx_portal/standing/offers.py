"""What a tenant offers, and the notice that is in force."""

from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.privacy import NoticeVersion, ProcessingActivity
from smartcx_portal.settings import settings
from smartcx_portal.tenancy import Select, Work


def active(work: Work, purpose: Purpose) -> bool:
    """Whether the tenant processes for `purpose` at all."""
    query = work.select(ProcessingActivity).where(
        ProcessingActivity.purpose == purpose, ProcessingActivity.active.is_(True)
    )
    return work.first(query) is not None


def sms_possible() -> bool:
    """Whether an SMS could leave this installation: by a provider, or in demo mode to the mailbox."""
    return settings().sms_available or settings().demo


def switched_off(work: Work, purpose: Purpose) -> bool:
    """Whether the tenant has decided not to process for `purpose`."""
    query = work.select(ProcessingActivity).where(
        ProcessingActivity.purpose == purpose, ProcessingActivity.active.is_(False)
    )
    return work.first(query) is not None


def sms_carried(work: Work) -> bool:
    """Whether anything may leave by SMS, codes too: to a company that the notice does not name nothing goes."""
    return sms_possible() and not switched_off(work, Purpose.SMS)


def sms_offered(work: Work) -> bool:
    """Whether people may choose SMS: the tenant turned it on and a message could leave."""
    return sms_possible() and active(work, Purpose.SMS)


def current_notice_id(work: Work) -> UUID | None:
    """The id of the newest published version of the notice, without its long text."""
    found = work.rows(newest_notice)
    return found[0] if found else None


def newest_notice(select: Select) -> sa.Select[tuple[UUID]]:
    """The statement for it, for `Work.rows`."""
    return select(NoticeVersion.id).order_by(NoticeVersion.number.desc()).limit(1)


def current_notice(work: Work) -> NoticeVersion | None:
    """The newest published version of the tenant's privacy notice."""
    return work.first(work.select(NoticeVersion).order_by(NoticeVersion.number.desc()))
