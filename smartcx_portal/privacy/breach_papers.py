"""The list of those whom a data breach concerns, as a workbook: for telling them, and the authority (Art. 33, 34)."""

from datetime import datetime

from smartcx_portal.bookings.looking import Why, record_export
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.kit.sheets import Grid, Part, Sheet
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.breach import Hit, breach_list, customers_held
from smartcx_portal.privacy.papers import Paper, register, workbook
from smartcx_portal.privacy.record_words import table_named
from smartcx_portal.tenancy import Permission, Work

PAPER = "breach-list"
"""Its name among the files; the `ref` is made by `breach_ref`."""
NAME = {"de": "betroffene", "en": "people-concerned"}
TITLE = N_("People concerned")
HEAD = (N_("Name"), N_("E-mail"), N_("Phone"), N_("Who"), N_("Entries"), N_("Data concerned"))
PERSON, MEMBER = N_("Person"), N_("Member of the staff")


def breach_ref(table: str, at: datetime) -> str:
    """What the file is of."""
    return f"{table}/{at.isoformat()}"


def breach_paper(work: Work, ref: str, lang: str) -> Paper:
    """The list; that each customer stood in it is written down for them. Raises `NotFound` and `NotPermitted`."""
    table, _, moment = ref.partition("/")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        raise NotFound from None
    if at.tzinfo is None:  # a moment without a zone is none: it could be off by hours
        raise NotFound
    found = breach_list(work, table, at, lang)
    record_export(work, customers_held(work, table, at), Why.BREACH, table)
    work.audit("breach.listed", table=table, people=len(found))
    return workbook(NAME[lang], breach_sheet(work, found, table, at, lang))


def breach_sheet(work: Work, found: list[Hit], table: str, at: datetime, lang: str) -> Sheet:
    """The list as a sheet."""
    t, zone = translator(lang), work.get(Tenant, work.tenant).zone
    rows = [
        [one.name, one.email, one.phone, t(MEMBER if one.staff else PERSON), str(one.rows), "; ".join(one.fields)]
        for one in found
    ]
    about = t("Held in “{table}” at {moment}").format(
        table=table_named(table, lang), moment=moment_text(at, zone, lang)
    )
    grid = Grid(t(TITLE), [t(head) for head in HEAD], rows)
    note = t("As of {moment}").format(moment=moment_text(work.now, zone, lang))
    return Sheet(t(TITLE), lang, note, [Part("", paragraphs=[about], grids=[grid])])


register(PAPER, Permission.PRIVACY_CASES, breach_paper)
