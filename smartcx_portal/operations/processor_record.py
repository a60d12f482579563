"""The operator's record of processing on behalf of its tenants (Art. 30(2)): facts and services, never people."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.language import N_, translate, translator
from smartcx_portal.kit.localtime import date_text
from smartcx_portal.kit.sheets import Grid, Part, Sheet
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.privacy import ProcessingActivity
from smartcx_portal.models.tenant import ProcessingAgreement, SubProcessor, Tenant
from smartcx_portal.operations.sub_processors import SEAT
from smartcx_portal.privacy.activities import activities
from smartcx_portal.privacy.measures import measures
from smartcx_portal.privacy.operator import operator
from smartcx_portal.privacy.papers import Paper, pdf, register, workbook
from smartcx_portal.privacy.record import Abroad, Line, abroad_of, as_of, company_lines
from smartcx_portal.privacy.record_papers import abroad_part, lines_part
from smartcx_portal.privacy.record_words import ACTIVITIES
from smartcx_portal.tenancy import Permission, Work

AS_PDF, AS_XLSX = "processor-record-pdf", "processor-record-xlsx"
"""Names of the two files; they need no `ref`."""
TITLE = N_("Record of processing on behalf of tenants")
NAME = {"de": "verzeichnis-auftragsverarbeiter", "en": "record-of-processor"}
HEAD = (
    N_("Controller"),
    N_("Represented by"),
    N_("Contact"),
    N_("Data protection officer (Art. 37)"),
    N_("Categories of processing"),
    N_("Sub-processors"),
    N_("Processing agreement (Art. 28)"),
)


@dataclass(frozen=True, slots=True)
class Controller:
    """One tenant: who it is, and what is done on its behalf (Art. 30(2)(a), (b))."""

    id: str
    name: str
    represented: str
    contact: str
    officer: str
    processing: list[str]
    companies: list[str]
    """Sub-processors that are in use for it."""
    agreement: str
    """Version and day; says so where there is none."""


@dataclass(frozen=True, slots=True)
class ProcessorRecord:
    """A whole record; `as_of` is a sentence, `tenants` how many there are, also where fewer are listed."""

    as_of: str = ""
    processor: list[Line] = field(default_factory=list)
    controllers: list[Controller] = field(default_factory=list)
    tenants: int = 0
    abroad: list[Abroad] = field(default_factory=list)


def processor_record(work: Work, lang: str, most: int | None = None) -> ProcessorRecord:
    """The record as it is now, with the first `most` tenants by name. The work acts for the last one afterwards."""
    work.need(Permission.OPERATE)
    tenants = work.all(work.shared(Tenant).order_by(Tenant.name, Tenant.slug))
    companies = {one.key: one for one in work.all(work.shared(SubProcessor).order_by(SubProcessor.key))}
    used: set[str] = set()
    found = []
    for place, tenant in enumerate(tenants):
        active = _active(work, tenant)
        used |= _keys(active)
        if most is None or place < most:
            found.append(_controller(work, tenant, active, companies, lang))
    return ProcessorRecord(
        as_of=as_of(work, SEAT.key, lang),
        processor=company_lines(operator(), lang),
        controllers=found,
        tenants=len(tenants),
        abroad=[abroad_of(one, lang) for key, one in companies.items() if key in used and one.transfer],
    )


def record_sheet(record: ProcessorRecord, lang: str) -> Sheet:
    """A record as a sheet."""
    t = translator(lang)
    rows = [
        [
            one.name,
            one.represented,
            one.contact,
            one.officer,
            *map("; ".join, (one.processing, one.companies)),
            one.agreement,
        ]
        for one in record.controllers
    ]
    parts = [
        Part("", paragraphs=[t("Record under Art. 30(2) GDPR.")]),
        lines_part(t("Processor"), record.processor, lang),
        Part(t("Controllers"), grids=[Grid(t("Controllers"), [t(head) for head in HEAD], rows)]),
        abroad_part(record.abroad, lang),
        Part(t("Measures (Art. 32 GDPR)"), points=measures(lang)),
    ]
    return Sheet(f"{t(TITLE)}: {operator().name}", lang, record.as_of, parts)


def pdf_paper(work: Work, ref: str, lang: str) -> Paper:
    """The whole record as PDF."""
    return pdf(NAME[lang], record_sheet(processor_record(work, lang), lang))


def xlsx_paper(work: Work, ref: str, lang: str) -> Paper:
    """The whole record as a workbook."""
    return workbook(NAME[lang], record_sheet(processor_record(work, lang), lang))


def _active(work: Work, tenant: Tenant) -> list[ProcessingActivity]:
    """What is switched on at a tenant, read within its walls."""
    work.enter_tenant(tenant.id)
    have = activities(work)
    return [have[purpose] for purpose in Purpose if purpose in have and have[purpose].active]


def _keys(active: Iterable[ProcessingActivity]) -> set[str]:
    return {key for one in active for key in one.recipients}


def _controller(
    work: Work, tenant: Tenant, active: list[ProcessingActivity], companies: dict[str, SubProcessor], lang: str
) -> Controller:
    keys = _keys(active)
    officer = (tenant.dpo_name, tenant.dpo_address, tenant.dpo_phone, tenant.dpo_email)
    contact = (f"{tenant.street}, {tenant.postal_code} {tenant.city}", tenant.phone, tenant.email)
    return Controller(
        id=str(tenant.id),
        name=tenant.name,
        represented=tenant.represented_by or "–",
        contact=", ".join(filter(None, contact)),
        officer=", ".join(filter(None, officer)),
        processing=[translate(lang, ACTIVITIES[one.purpose]) for one in active],
        companies=[one.name for key, one in companies.items() if key in keys],
        agreement=_agreement(work, tenant.zone, lang),
    )


def _agreement(work: Work, zone: str, lang: str) -> str:
    t = translator(lang)
    newest = work.first(work.select(ProcessingAgreement).order_by(ProcessingAgreement.agreed_at.desc()))
    if newest is None:
        return t("no agreement")
    day = date_text(local_day(newest.agreed_at, zone), lang)
    return t("Version {version}, {day}").format(version=newest.version, day=day)


register(AS_PDF, Permission.OPERATE, pdf_paper)
register(AS_XLSX, Permission.OPERATE, xlsx_paper)
