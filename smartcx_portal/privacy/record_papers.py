"""The tenant's record of processing as PDF and as a workbook, for an authority that asks (Art. 30(4))."""

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.kit.sheets import Grid, Part, Sheet
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.measures import measures
from smartcx_portal.privacy.papers import Paper, pdf, register, workbook
from smartcx_portal.privacy.record import Abroad, Activity, Line, Record, record_of_processing
from smartcx_portal.tenancy import Permission, Work

AS_PDF, AS_XLSX = "record-pdf", "record-xlsx"
"""Names of the two files; they need no `ref`."""
TITLE = N_("Record of processing activities")
NAME = {"de": "verarbeitungsverzeichnis", "en": "record-of-processing"}
HEAD = (
    N_("Purpose"),
    N_("Ground"),
    N_("Data subjects"),
    N_("Categories of data"),
    N_("Recipients"),
    N_("Third countries"),
    N_("Erasure"),
)
ABROAD = (N_("Recipient"), N_("Seat"), N_("Rests on"), N_("What people are told"))
WHOM = N_("Texts that say “you” are those that people read; they mean the person, not your organisation.")
"""Wherever staff or the operator read such texts."""
SCOPE = N_(
    "This record holds what is processed in this portal. What you do elsewhere, and measures in your own rooms, belong "
    "into your own record beside it."
)


def pdf_paper(work: Work, ref: str, lang: str) -> Paper:
    """The record as PDF."""
    return pdf(_name(work, lang), record_sheet(record_of_processing(work, lang), lang))


def xlsx_paper(work: Work, ref: str, lang: str) -> Paper:
    """The record as a workbook."""
    return workbook(_name(work, lang), record_sheet(record_of_processing(work, lang), lang))


def record_sheet(record: Record, lang: str) -> Sheet:
    """A record as a sheet."""
    t = translator(lang)
    title = t(TITLE)
    parts = [
        Part("", paragraphs=[t("Record under Art. 30(1) GDPR."), t(SCOPE)]),
        lines_part(t("Controller"), record.controller, lang),
        lines_part(t("Processor"), record.processor, lang),
        Part(t("Activities"), grids=[_activities(record.activities, lang)]),
        abroad_part(record.abroad, lang),
        _outside(record.outside, lang),
        Part(t("Measures (Art. 32 GDPR)"), points=measures(lang)),
    ]
    return Sheet(f"{title}: {record.name}", lang, record.as_of, parts)


def lines_part(heading: str, lines: list[Line], lang: str) -> Part:
    """Facts as a table of two columns."""
    t = translator(lang)
    return Part(heading, grids=[Grid(heading, [t("Fact"), t("Content")], [[one.label, one.text] for one in lines])])


def abroad_part(abroad: list[Abroad], lang: str) -> Part:
    """Transfers to third countries, or that there are none."""
    t = translator(lang)
    heading = t("Transfers to third countries")
    if not abroad:
        return Part(heading, paragraphs=[t("There are none.")])
    rows = [[one.name, one.country, one.basis, one.told] for one in abroad]
    return Part(heading, paragraphs=[t(WHOM)], grids=[Grid(heading, [t(head) for head in ABROAD], rows)])


def _activities(activities: list[Activity], lang: str) -> Grid:
    t = translator(lang)
    rows = [
        [one.title, one.ground, *map("; ".join, (one.subjects, one.categories, one.recipients, one.abroad)), one.period]
        for one in activities
    ]
    return Grid(t("Activities"), [t(head) for head in HEAD], rows)


def _outside(outside: list[Line], lang: str) -> Part:
    t = translator(lang)
    heading = t("Beyond the database")
    rows = [[one.label, one.text] for one in outside]
    return Part(heading, grids=[Grid(heading, [t("What"), t("How long")], rows)])


def _name(work: Work, lang: str) -> str:
    return f"{NAME[lang]}-{work.get(Tenant, work.tenant).slug}"


register(AS_PDF, Permission.PRIVACY_CASES, pdf_paper)
register(AS_XLSX, Permission.PRIVACY_CASES, xlsx_paper)
