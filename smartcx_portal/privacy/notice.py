"""The privacy notice: made from facts, published in dated versions, readable for ever (Art. 13, promise P22)."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import LANGUAGES, N_, translate
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.kit.tokens import fingerprint
from smartcx_portal.models.privacy import NoticeVersion
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.notice_facts import Facts, gather
from smartcx_portal.privacy.notice_sections import Section, Table, all_sections
from smartcx_portal.tenancy import Work

TITLE = N_("Privacy notice")


@dataclass(frozen=True, slots=True)
class Version:
    """One version in the list of all: `published` as text in the tenant's zone."""

    id: str
    number: int
    published: str
    current: bool


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A version of the notice in one language. `glance` comes first and fits a screen, `details` follow."""

    id: str
    title: str
    number: int
    published: str
    digest: str
    current: bool
    glance: list[Section] = field(default_factory=list)
    details: list[Section] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)


def publish_notice(work: Work) -> NoticeVersion:
    """Publish the notice as the facts are now, in both languages; the version in force if nothing changed."""
    facts = gather(work)
    content = {lang: _content(facts, lang) for lang in LANGUAGES}
    digest = fingerprint(json.dumps(content, sort_keys=True, ensure_ascii=False))
    work.lock("notice")
    current = _newest(work)
    if current and current.digest == digest:
        return current
    number = current.number + 1 if current else 1
    version = work.new(NoticeVersion, number=number, published_at=work.now, content=content, digest=digest)
    work.audit("notice.published", version, number=number)
    return version


def notice_view(work: Work, lang: str, version_id: str = "") -> NoticeView | None:
    """The version in force, or an earlier one by its id (raises `NotFound`); None before the first."""
    version = work.get(NoticeVersion, as_id(version_id)) if version_id else _newest(work)
    if version is None:
        return None
    versions = _versions(work, lang)
    shown = next(v for v in versions if v.id == str(version.id))
    sections = [_section(stored) for stored in version.content[lang]["sections"]]
    return NoticeView(
        id=shown.id,
        title=version.content[lang]["title"],
        number=version.number,
        published=shown.published,
        digest=version.digest,
        current=shown.current,
        glance=[s for s in sections if s.glance],
        details=[s for s in sections if not s.glance],
        versions=versions,
    )


def _content(facts: Facts, lang: str) -> dict[str, Any]:
    return {"title": translate(lang, TITLE), "sections": [asdict(s) for s in all_sections(facts, lang)]}


def _section(stored: dict[str, Any]) -> Section:
    return Section(**stored | {"tables": [Table(**t) for t in stored["tables"]]})


def _newest(work: Work) -> NoticeVersion | None:
    return work.first(work.select(NoticeVersion).order_by(NoticeVersion.number.desc()))


def _versions(work: Work, lang: str) -> list[Version]:
    zone = work.get(Tenant, work.tenant).zone
    found = work.all(work.select(NoticeVersion).order_by(NoticeVersion.number.desc()))
    newest: UUID | None = found[0].id if found else None
    return [Version(str(v.id), v.number, moment_text(v.published_at, zone, lang), v.id == newest) for v in found]
