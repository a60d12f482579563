"""The copy of a staff member's own data (Art. 15(3)): as JSON for programs, as PDF to read.

What leads to other people, such as whose appointment was opened, is left out (Art. 15(4)).
"""

import json
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from smartcx_portal.kit.language import N_, translate, translator
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.kit.sheets import Grid, Part, Sheet
from smartcx_portal.models.declaring import Category, Impersonal, Who
from smartcx_portal.models.staff import Identity
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.data_map import Entry, entry_for
from smartcx_portal.privacy.papers import Paper, pdf, register
from smartcx_portal.privacy.record import as_of
from smartcx_portal.privacy.staff_access import StaffView, moment_of, own_rows, staff_view
from smartcx_portal.privacy.subject import plain
from smartcx_portal.tenancy import Permission, Work

AS_PDF, AS_JSON = "staff-copy-pdf", "staff-copy-json"
"""Names of the two files; they need no `ref`: each is of who asks."""
SCHEMA = "smartcx-staff-copy/1.0"
NAME = {"de": "eigene-daten", "en": "own-data"}
TITLE = N_("Data about {name} as a member of the staff")
CONTROLLER = N_("{name} is responsible for this data: {address}, {email}.")
LEFT_OUT = N_(
    "Left out: which people, appointments and settings these entries were about, because that is data of others, and "
    "your password, of which only a hash exists."
)
NEWEST = N_("The latest {most} of {count}; all of them stand in the copy for programs.")
WITHHELD = frozenset({Category.PSEUDONYM, Category.PASSWORD})
CHAIN = frozenset({"previous", "hash"})
"""Links of the trail: they prove the order of everybody's entries."""
DEEDS = ("action", "what", "why", "role", "actor_kind", "object_kind", "kind", "email")
"""What a line of the PDF says of an entry, as far as its table has it."""
MOST_ON_PAPER = 500
Document = dict[str, Any]


class Kept(NamedTuple):
    """One table's rows of a member, the latest first."""

    entry: Entry
    rows: list[Document]


def staff_document(work: Work) -> Document:
    """Everything about the signed-in member at this tenant. Raises `NotFound` if they do not work here."""
    view, tenant = staff_view(work), work.get(Tenant, work.tenant)
    identity = work.get(Identity, work.actor.identity_id)
    return {
        "schema": SCHEMA,
        "created_at": work.now.isoformat(),
        "controller": {"name": tenant.name, "address": _address(tenant), "email": tenant.email},
        "account": {"id": str(identity.id), **_facts(entry_for(Identity), identity)},
        "after_leaving": [view.account_stays, *view.leaving],
        "left_out": translate(work.lang, LEFT_OUT),
        "processing": [
            {"table": one.id, "title": one.title, "purpose": one.purpose, "ground": one.ground, "kept": one.until}
            for one in view.groups
        ],
        "entries": {kept.entry.table: kept.rows for kept in _kept(work, identity)},
    }


def staff_sheet(work: Work, lang: str) -> Sheet:
    """The same to read. Raises `NotFound`."""
    t, view, tenant = translator(lang), staff_view(work), work.get(Tenant, work.tenant)
    identity = work.get(Identity, work.actor.identity_id)
    said = t(CONTROLLER).format(name=tenant.name, address=_address(tenant), email=tenant.email)
    titles = {one.id: one.title for one in view.groups}
    return Sheet(
        title=t(TITLE).format(name=view.name),
        lang=lang,
        note=as_of(work, tenant.zone, lang),
        parts=[
            Part("", paragraphs=[said, t(LEFT_OUT)]),
            _account(view, lang),
            Part(t("After you leave"), points=[view.account_stays, *view.leaving]),
            _why(view, lang),
            *(_entries(kept, titles[kept.entry.table], tenant.zone, lang) for kept in _kept(work, identity)),
        ],
    )


def pdf_paper(work: Work, ref: str, lang: str) -> Paper:
    """The copy to read."""
    work.audit("staff.copy_made", form="pdf")
    return pdf(NAME[lang], staff_sheet(work, lang))


def json_paper(work: Work, ref: str, lang: str) -> Paper:
    """The copy for programs."""
    work.audit("staff.copy_made", form="json")
    content = json.dumps(staff_document(work), ensure_ascii=False, indent=2).encode()
    return Paper(f"{NAME[lang]}.json", "application/json", content)


def _kept(work: Work, identity: Identity) -> list[Kept]:
    found = []
    for entry, rows in own_rows(work, identity):
        newest_first = rows.order_by(moment_of(entry.model).desc())
        found.append(Kept(entry, [_facts(entry, row) for row in work.all(newest_first)]))
    return [kept for kept in found if kept.rows]


def _facts(entry: Entry, row: Any) -> Document:
    """What a row says of the member alone: no ids but their own, no lists of what was changed, no hashes."""
    return {c.name: plain(getattr(row, c.name)) for c in entry.model.__table__.columns if _is_own(entry, c)}  # type: ignore[union-attr]


def _is_own(entry: Entry, column: sa.Column[Any]) -> bool:
    if column.type.python_type is UUID or isinstance(column.type, JSONB) or column.name in CHAIN:
        return False
    data = column.info["data"]
    if isinstance(data, Impersonal):
        return True
    return entry.subject.who is Who.STAFF and data.category not in WITHHELD


def _account(view: StaffView, lang: str) -> Part:
    t = translator(lang)
    rows = [
        [t("Name"), view.name],
        [t("E-mail"), view.email],
        [t("Your role"), view.role],
        [t("You work here since"), view.since],
        [t("Your password"), t("kept as a hash only; nobody can read it")],
    ]
    return Part(t("Your access"), grids=[Grid(t("Your access"), [t("Fact"), t("Content")], rows)])


def _why(view: StaffView, lang: str) -> Part:
    t = translator(lang)
    heads = [t(head) for head in (N_("Entries"), N_("How many"), N_("What for"), N_("Legal ground"), N_("Kept"))]
    rows = [[one.title, str(one.count), one.purpose, one.ground, one.until] for one in view.groups]
    heading = t("What arose from your work")
    return Part(heading, grids=[Grid(heading, heads, rows)])


def _entries(kept: Kept, title: str, zone: str, lang: str) -> Part:
    t, moment = translator(lang), moment_of(kept.entry.model).key
    said = [t(NEWEST).format(most=MOST_ON_PAPER, count=len(kept.rows))] if len(kept.rows) > MOST_ON_PAPER else []
    rows = [[_moment(row[moment], zone, lang), _deed(row)] for row in kept.rows[:MOST_ON_PAPER]]
    return Part(title, paragraphs=said, grids=[Grid(title, [t("When"), t("What")], rows)])


def _deed(row: Document) -> str:
    return ", ".join(str(row[name]) for name in DEEDS if row.get(name))


def _moment(iso: str, zone: str, lang: str) -> str:
    return moment_text(datetime.fromisoformat(iso), zone, lang)


def _address(tenant: Tenant) -> str:
    return f"{tenant.street}, {tenant.postal_code} {tenant.city}"


register(AS_PDF, Permission.STAFF, pdf_paper)
register(AS_JSON, Permission.STAFF, json_paper)
