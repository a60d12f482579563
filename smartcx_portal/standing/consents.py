"""Consents: asked one by one, given, withdrawn, and looked up whenever they are relied on (promises P05, P06)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.language import translate
from smartcx_portal.kit.tokens import fingerprint
from smartcx_portal.models.privacy import ConsentEvent, ConsentKind, ConsentPurpose
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.standing.consent_texts import TEXTS, TITLES
from smartcx_portal.standing.offers import current_notice_id
from smartcx_portal.tenancy import Work


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What a person reads beside one box. `explicit`: Art. 9(2)(a) or Art. 49(1)(a) demand express words."""

    purpose: ConsentPurpose
    title: str
    text: str
    version: str
    explicit: bool


@dataclass(frozen=True, slots=True)
class Consent:
    """Where one person stands with one purpose; `text` is what they read then."""

    purpose: ConsentPurpose
    title: str
    given: bool
    at: datetime
    text: str
    text_version: str
    language: str
    """Of the text."""
    channel: str
    event_id: UUID
    notice_version_id: UUID | None


EXPLICIT = frozenset({ConsentPurpose.HEALTH, ConsentPurpose.SMS_TRANSFER})


def consent_texts(work: Work, lang: str) -> list[ConsentText]:
    """The texts of all purposes in `lang`, in the order in which forms ask them."""
    return [consent_text(work, purpose, lang) for purpose in ConsentPurpose]


def consent_text(work: Work, purpose: ConsentPurpose, lang: str) -> ConsentText:
    """Title, text and version of one purpose."""
    text = text_of(work, purpose, lang)
    return ConsentText(purpose, title_of(purpose, lang), text, fingerprint(text), purpose in EXPLICIT)


def text_of(work: Work, purpose: ConsentPurpose, lang: str) -> str:
    """The consent's words with the tenant's name in them."""
    return translate(lang, TEXTS[purpose]).format(tenant=work.get(Tenant, work.tenant).name)


def title_of(purpose: ConsentPurpose, lang: str) -> str:
    """The few words that name a consent in lists."""
    return translate(lang, TITLES[purpose])


def give(
    work: Work,
    customer_id: UUID,
    purpose: ConsentPurpose,
    *,
    booking_id: UUID | None = None,
    language: str,
    channel: str,
) -> ConsentEvent:
    """Record that a person consented to the text as it reads now.

    `channel`: `booking_form`, `api`, `staff`, `waiting_list`, `portal` or `link`.
    """
    text = text_of(work, purpose, language)
    return _record(work, customer_id, purpose, ConsentKind.GIVEN, text, language, channel, booking_id)


def withdraw(work: Work, customer_id: UUID, purpose: ConsentPurpose, channel: str) -> ConsentEvent | None:
    """Record a withdrawal, from now on; None when there was no consent to withdraw.

    What rests on the consent alone is for privacy to erase; messages that wait are suppressed by themselves.
    """
    lock_consents(work, customer_id)
    last = newest_of(work, customer_id, purpose)
    if last is None or last.kind is not ConsentKind.GIVEN:
        return None
    return _record(
        work, customer_id, purpose, ConsentKind.WITHDRAWN, last.text, last.language, channel, last.booking_id
    )


def given(work: Work, customer_id: UUID | None, purpose: ConsentPurpose) -> ConsentEvent | None:
    """The event by which the person's consent stands at this moment; None where it does not stand."""
    last = newest_of(work, customer_id, purpose) if customer_id is not None else None
    return last if last is not None and last.kind is ConsentKind.GIVEN else None


def holds(work: Work, customer_id: UUID | None, purpose: ConsentPurpose) -> bool:
    """Whether the person's consent stands at this moment."""
    return given(work, customer_id, purpose) is not None


def newest_of(work: Work, customer_id: UUID, purpose: ConsentPurpose) -> ConsentEvent | None:
    """The last word on one purpose."""
    query = work.select(ConsentEvent).where(ConsentEvent.customer_id == customer_id, ConsentEvent.purpose == purpose)
    return work.first(query.order_by(ConsentEvent.at.desc()))


def events(work: Work, customer_id: UUID) -> list[ConsentEvent]:
    """Everything the person gave and withdrew, oldest first."""
    query = work.select(ConsentEvent).where(ConsentEvent.customer_id == customer_id)
    return list(work.all(query.order_by(ConsentEvent.at, ConsentEvent.id)))


def newest_events(work: Work, customer_id: UUID, *, before: UUID | None = None, most: int = 50) -> list[ConsentEvent]:
    """At most `most` events, newest first; those older than the event `before`, where one is named.

    Raises `NotFound` for a `before` that is not the person's.
    """
    query = work.select(ConsentEvent).where(ConsentEvent.customer_id == customer_id)
    if before is not None:
        mark = work.get(ConsentEvent, before)
        if mark.customer_id != customer_id:
            raise NotFound
        query = query.where(sa.tuple_(ConsentEvent.at, ConsentEvent.id) < sa.tuple_(mark.at, mark.id))
    return list(work.all(query.order_by(ConsentEvent.at.desc(), ConsentEvent.id.desc()).limit(most)))


def standings(work: Work, customer_id: UUID, lang: str) -> list[Consent]:
    """The last word on each purpose that the person was ever asked about; one row of each is read."""
    query = work.select(ConsentEvent).where(ConsentEvent.customer_id == customer_id)
    newest_first = query.order_by(ConsentEvent.purpose, ConsentEvent.at.desc())
    latest = work.all(newest_first.ext(distinct_on(ConsentEvent.purpose)))
    return [
        Consent(
            purpose=event.purpose,
            title=title_of(event.purpose, lang),
            given=event.kind is ConsentKind.GIVEN,
            at=event.at,
            text=event.text,
            text_version=event.text_version,
            language=event.language,
            channel=event.channel,
            event_id=event.id,
            notice_version_id=event.notice_version_id,
        )
        for event in sorted(latest, key=lambda event: list(ConsentPurpose).index(event.purpose))
    ]


def _record(
    work: Work,
    customer_id: UUID,
    purpose: ConsentPurpose,
    kind: ConsentKind,
    text: str,
    language: str,
    channel: str,
    booking_id: UUID | None,
) -> ConsentEvent:
    lock_consents(work, customer_id)
    last = newest_of(work, customer_id, purpose)
    event = work.new(
        ConsentEvent,
        customer_id=customer_id,
        booking_id=booking_id,
        notice_version_id=current_notice_id(work),
        purpose=purpose,
        kind=kind,
        text=text,
        text_version=fingerprint(text),
        language=language,
        channel=channel,
        at=work.now if last is None else max(work.now, last.at + timedelta(microseconds=1)),
    )
    work.audit(f"consent.{kind.value}", event, purpose=purpose.value, channel=channel)
    return event


def lock_consents(work: Work, customer_id: UUID) -> None:
    """One event after the other, so that the last one is certain; and nothing that rests on one beside its end."""
    work.lock("consents", customer_id)
