"""The facts that the notice is made from."""

from dataclasses import dataclass, field

from smartcx_portal.bookings.feeds import gives_names
from smartcx_portal.kit.addresses import address
from smartcx_portal.models.calendar import FormField, Service
from smartcx_portal.models.declaring import Category, Purpose, Who
from smartcx_portal.models.privacy import ProcessingActivity
from smartcx_portal.models.tenant import ProcessingAgreement, SubProcessor, Tenant
from smartcx_portal.privacy.activities import activities
from smartcx_portal.privacy.authorities import Authority, authority_for
from smartcx_portal.privacy.data_map import entries_of
from smartcx_portal.privacy.operator import Operator, operator
from smartcx_portal.settings import settings
from smartcx_portal.tenancy import Work


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that services ask, in the tenant's own words: `why` is what the answer is needed for."""

    label: str
    why: str
    special: bool
    services: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a notice says, before it is said."""

    tenant: Tenant
    operator: Operator
    authority: Authority
    activities: list[ProcessingActivity]
    """The active ones only."""
    processors: dict[str, SubProcessor]
    """The active ones, by key."""
    categories: dict[Purpose, list[Category]]
    records: dict[Purpose, list[str]]
    """Tables whose rows say more on a person than their personal columns: when, which service, whether sent."""
    agreement: ProcessingAgreement | None
    named_feeds: bool = False
    """Whether calendars elsewhere may fetch who comes when."""
    asked: list[Asked] = field(default_factory=list)

    def active(self, purpose: Purpose) -> bool:
        """Whether data is processed for this purpose here."""
        return any(a.purpose is purpose for a in self.activities)

    def page(self, lang: str, page: str, sub: str = "") -> str:
        """The full address of one of the tenant's pages."""
        return settings().base_url + address(lang, page, self.tenant.slug, sub)


def gather(work: Work, tenant: Tenant | None = None) -> Facts:
    """Read the tenant's facts; `tenant` stands in for its row, to see what a change would make of the notice."""
    tenant = tenant or work.get(Tenant, work.tenant)
    active = [a for a in activities(work).values() if a.active]
    keys = {key for a in active for key in a.recipients}
    found = work.all(work.shared(SubProcessor).where(SubProcessor.key.in_(keys)).order_by(SubProcessor.key))
    agreements = work.select(ProcessingAgreement).order_by(ProcessingAgreement.agreed_at.desc())
    return Facts(
        tenant=tenant,
        operator=operator(),
        authority=authority_for(tenant.land, tenant.kind),
        activities=active,
        processors={p.key: p for p in found},
        categories=categories_by_purpose(),
        records=records_by_purpose(),
        agreement=work.first(agreements),
        named_feeds=gives_names(work),
        asked=asked_questions(work),
    )


def asked_questions(work: Work) -> list[Asked]:
    """What the forms of services in use ask beyond name and contact; the same question stands there once.

    A form that is being set up makes no version of the notice with each step: it goes into the next one, made the same
    night at the latest. Whoever fills the form in reads beside each question what it is for.
    """
    found = work.all(
        work.select(FormField, Service.name)
        .join(Service, FormField.service_id == Service.id)
        .where(FormField.active, Service.active)
        .order_by(Service.position, Service.name, Service.id, FormField.position, FormField.id)
    )
    questions: dict[tuple[str, str, bool], Asked] = {}
    for row, service in found:
        key = (row.label, row.why, row.special)
        services = questions.setdefault(key, Asked(*key)).services
        if service not in services:
            services.append(service)
    return list(questions.values())


def categories_by_purpose() -> dict[Purpose, list[Category]]:
    """Which kinds of data each purpose uses, from the map."""
    found: dict[Purpose, list[Category]] = {purpose: [] for purpose in Purpose}
    for entry in entries_of(*(w for w in Who if w is not Who.OFFICIAL)):
        for column in entry.columns:
            for purpose in column.data.purposes:
                if column.data.category not in found[purpose]:
                    found[purpose].append(column.data.category)
    return found


def records_by_purpose() -> dict[Purpose, list[str]]:
    """The tables of rows that a pointer ties to a person, by the pointer's purposes."""
    found: dict[Purpose, list[str]] = {purpose: [] for purpose in Purpose}
    for entry in entries_of(Who.CUSTOMER):
        for column in entry.columns:
            if entry.subject.via == (column.name,) and column.data.category is Category.PSEUDONYM:
                for purpose in column.data.purposes:
                    found[purpose].append(entry.table)
    return found
