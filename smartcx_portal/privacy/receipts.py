"""Consent receipts: what was agreed to, when and with whom, with the fields of ISO/IEC TS 27560, under our seal.

A receipt follows from the event's row; none is stored. Its own facts (text, times, version of the notice) are those of
the event, all others those of the day on which it is issued, which it says.
"""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.seals import seal
from smartcx_portal.messaging.links import page_url
from smartcx_portal.models.declaring import Category, Purpose
from smartcx_portal.models.privacy import (
    ConsentEvent,
    ConsentKind,
    ConsentPurpose,
    NoticeVersion,
    ProcessingActivity,
    Right,
)
from smartcx_portal.models.tenant import SubProcessor
from smartcx_portal.privacy.access import own_id
from smartcx_portal.privacy.notice_facts import Facts, gather
from smartcx_portal.privacy.papers import Paper, register
from smartcx_portal.privacy.receipt_check import KIND
from smartcx_portal.privacy.words import period_text
from smartcx_portal.settings import settings
from smartcx_portal.standing.consents import EXPLICIT, title_of
from smartcx_portal.tenancy import Permission, Work

PAPER = "consent-receipt"
"""Its name among the files that are fetched by a short link."""
SCHEMA_VERSION = "1.1"
STANDARD = "ISO/IEC TS 27560:2023"
OFFICER, ABROAD = "data_protection_officer", "US"
KEYS_PATH = "/.well-known/smartcx-keys.json"
SERVES = {
    ConsentPurpose.MAIL: Purpose.MAIL,
    ConsentPurpose.SMS: Purpose.SMS,
    ConsentPurpose.SMS_TRANSFER: Purpose.SMS,
    ConsentPurpose.HEALTH: Purpose.HEALTH,
    ConsentPurpose.TRACKING: Purpose.MAIL,
}
GROUNDS = {
    ConsentPurpose.MAIL: "Art. 6(1)(a) GDPR",
    ConsentPurpose.SMS: "Art. 6(1)(a) GDPR",
    ConsentPurpose.SMS_TRANSFER: "Art. 49(1)(a) GDPR",
    ConsentPurpose.HEALTH: "Art. 9(2)(a) GDPR",
    ConsentPurpose.TRACKING: "Art. 6(1)(a) GDPR, § 25(1) TDDDG",
}
BY_LINK = frozenset({ConsentPurpose.MAIL, ConsentPurpose.TRACKING, ConsentPurpose.SMS})
"""What a link in each message withdraws; of the others messages do not speak (decision 0017)."""
STATES = {ConsentKind.GIVEN: "consent given", ConsentKind.WITHDRAWN: "consent withdrawn"}
Document = dict[str, Any]


class Receipts:
    """Issues receipts of one tenant; its facts are read once for all of them."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.facts: Facts = gather(work)
        self._notices: dict[UUID, Document] = {}

    def document(self, event: ConsentEvent) -> Document:
        """The fields of one receipt. The caller has made sure of the right."""
        tenant = self.facts.tenant
        return {
            "schema_version": SCHEMA_VERSION,
            "standard": STANDARD,
            "record_id": str(event.id),
            "pii_principal_id": str(event.customer_id or ""),
            "receipt": {
                "receipt_id": f"{event.id}.{int(self.work.now.timestamp())}",
                "issued_at": self.work.now.isoformat(),
                "issuer": tenant.name,
                "keys": settings().base_url + KEYS_PATH,
            },
            "pii_processing": {
                "privacy_notice": self._notice(event),
                "language": event.language,
                "purposes": [self._purpose(event)],
            },
            "party_identification": list(self._parties()),
            "event": {
                "event_time": event.at.isoformat(),
                "event_type": "explicit" if event.purpose in EXPLICIT else "expressed",
                "event_state": STATES[event.kind],
                "entity_id": str(event.customer_id or ""),
                "validity_duration": "until withdrawn",
            },
        }

    def sealed(self, event: ConsentEvent) -> tuple[bytes, str]:
        """The receipt as JSON, and the compact JWS that covers exactly these bytes."""
        content = json.dumps(self.document(event), ensure_ascii=False, indent=2).encode()
        return content, seal(content, KIND)

    def paper(self, event: ConsentEvent) -> Paper:
        """A file to keep, with the readable fields and the seal over them, as `receipt_check` reads it."""
        content, jws = self.sealed(event)
        whole = json.dumps({"receipt": json.loads(content), "jws": jws}, ensure_ascii=False, indent=2).encode()
        day = f"{event.at:%Y-%m-%d}"
        return Paper(f"einwilligung_{day}_{str(event.id)[-8:]}.json", "application/json", whole)

    def activity(self, event: ConsentEvent) -> ProcessingActivity | None:
        """The tenant's activity that the consent serves, while it is switched on."""
        return next((one for one in self.facts.activities if one.purpose is SERVES[event.purpose]), None)

    def _notice(self, event: ConsentEvent) -> Document:
        """The version of the notice under which it happened; empty where there was none yet."""
        version_id = event.notice_version_id
        if version_id is None:
            return {}
        if version_id not in self._notices:
            version = self.work.get(NoticeVersion, version_id)
            address = page_url(event.language, "privacy", self.facts.tenant)
            self._notices[version_id] = {
                "number": version.number,
                "published_at": version.published_at.isoformat(),
                "sha256": version.digest,
                "url": f"{address}?version={version_id}",
            }
        return self._notices[version_id]

    def _purpose(self, event: ConsentEvent) -> Document:
        served, activity = SERVES[event.purpose], self.activity(event)
        recipients = self._recipients(activity) if activity else []
        return {
            "purpose": event.purpose.value,
            "title": title_of(event.purpose, event.language),
            "description": event.text,
            "description_sha256": event.text_version,
            "lawful_basis": GROUNDS[event.purpose],
            "pii_information": [_kind_of_data(one) for one in self._categories(served)],
            "pii_controllers": ["controller"],
            "collection_method": event.channel,
            "processing_method": "electronic",
            "storage_locations": list(dict.fromkeys(land for one in recipients for land in _countries(one))),
            "retention_period": period_text(activity, event.language) if activity else "",
            "recipient_third_parties": recipients,
            "jurisdiction": "DE",
            "withdrawal_method": self._ways_out(event),
            "privacy_rights": [*(right.value for right in Right), "complaint"],
        }

    def _ways_out(self, event: ConsentEvent) -> Document:
        portal = {"portal": page_url(event.language, "my_data", self.facts.tenant, "consents")}
        return portal | {"message": "the link in each message"} if event.purpose in BY_LINK else portal

    def _recipients(self, activity: ProcessingActivity) -> list[Document]:
        known = [self.facts.processors[key] for key in activity.recipients if key in self.facts.processors]
        return [*map(_recipient, known), *({"name": name} for name in activity.own_recipients)]

    def _categories(self, purpose: Purpose) -> list[Category]:
        found = self.facts.categories.get(purpose, ())
        return [category for category in found if category is not Category.PSEUDONYM]

    def _parties(self) -> Iterable[Document]:
        tenant, runs, authority = self.facts.tenant, self.facts.operator, self.facts.authority
        seat = f"{tenant.street}, {tenant.postal_code} {tenant.city}"
        officer, place = tenant.dpo_address or seat, f"{authority.street}, {authority.place}"
        yield _party("controller", tenant.kind.value, tenant.name, seat, tenant.email, tenant.phone)
        yield _party("controller_dpo", OFFICER, tenant.dpo_name, officer, tenant.dpo_email, tenant.dpo_phone)
        yield _party("processor", "business", runs.name, runs.address, runs.email, runs.phone)
        yield _party("processor_dpo", OFFICER, runs.dpo.name, runs.dpo.address, runs.dpo.email)
        yield _party("authority", "supervisory_authority", authority.name, place, authority.email, authority.phone)


def receipt(work: Work, event: ConsentEvent) -> Document:
    """One receipt's fields; for many use `Receipts`."""
    return Receipts(work).document(event)


def sealed_receipt(work: Work, event: ConsentEvent) -> tuple[bytes, str]:
    """One receipt as JSON and its JWS; for many use `Receipts`."""
    return Receipts(work).sealed(event)


def own_receipt(work: Work, ref: str, lang: str) -> Paper:
    """The receipt of the signed-in person's own consent or withdrawal; `ref` is the event's id. Raises `NotFound`.

    Its words are in the language in which the consent's text was read.
    """
    event = own_event(work, ref)
    work.audit("consent.receipt_issued", event)
    return Receipts(work).paper(event)


def own_event(work: Work, ref: str) -> ConsentEvent:
    """The signed-in person's own consent or withdrawal with this id. Raises `NotFound`."""
    work.need(Permission.PERSON)
    event = work.get(ConsentEvent, as_id(ref))
    if event.customer_id != own_id(work):
        raise NotFound
    return event


def _kind_of_data(category: Category) -> Document:
    special = category is Category.HEALTH
    return {"pii_type": category.value, "sensitive_pii_category": special, "special_pii_category": special}


def _recipient(company: SubProcessor) -> Document:
    return {
        "name": company.name,
        "country": company.country,
        "transfer": company.transfer.get("en", ""),
        "transfer_basis": company.transfer_basis.value,
    }


def _countries(recipient: Document) -> list[str]:
    """Where it keeps data: at its seat, and beyond the European Union in the USA, as the notice says."""
    abroad = [ABROAD] if recipient.get("transfer") else []
    return [*filter(None, [recipient.get("country")]), *abroad]


def _party(role: str, kind: str, name: str, address: str, email: str, phone: str = "") -> Document:
    return {
        "party_id": role,
        "party_role": role,
        "party_type": kind,
        "party_name": name,
        "party_address": address,
        "party_contact": email or phone,
        "party_email": email,
        "party_phone": phone,
    }


register(PAPER, Permission.PERSON, own_receipt)
