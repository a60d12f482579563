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
from smartcx_portal.privacy.comparing import ChangedSection, compare, differ_materially, is_material, sections_of
from smartcx_portal.privacy.notice_facts import Facts, gather
from smartcx_portal.privacy.notice_sections import Section, all_sections
from smartcx_portal.privacy.readiness import NoticeIncomplete, gaps
from smartcx_portal.tenancy import Work

TITLE = N_("Privacy notice")


MOST_STEPS_BACK = 5
"""How many versions are looked through for the last material change."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version in the list of all: `published` as text in the tenant's zone, `before` the id of the one before."""

    id: str
    number: int
    published: str
    current: bool
    before: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one version to a later one; `material` if a person has to know of it."""

    old: Version
    new: Version
    material: bool = False
    sections: list[ChangedSection] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A version of the notice in one language. `glance` comes first and fits a screen, `details` follow."""

    id: str
    title: str
    number: int
    published: str
    digest: str
    current: bool
    sound: bool = True
    """Whether the stored text is still the one that was published."""
    glance: list[Section] = field(default_factory=list)
    details: list[Section] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    changed: Version | None = None
    """The newest version, this or an earlier one, that changed something material."""


def publish_notice(work: Work) -> NoticeVersion:
    """Publish the notice as the facts are now, in both languages; the version in force if nothing changed.

    Raises `NoticeIncomplete`, which names every mandatory fact that is missing.
    """
    facts = gather(work)
    if missing := gaps(facts):
        raise NoticeIncomplete(missing)
    content = content_of(facts)
    digest = digest_of(content)
    work.lock("notice")
    current = newest(work)
    if current and current.digest == digest:
        return current
    number = current.number + 1 if current else 1
    version = work.new(NoticeVersion, number=number, published_at=work.now, content=content, digest=digest)
    work.audit("notice.published", version, number=number)
    return version


def notice_view(work: Work, lang: str, version_id: str = "") -> NoticeView | None:
    """The version in force, or an earlier one by its id (raises `NotFound`); None before the first."""
    version = work.get(NoticeVersion, as_id(version_id)) if version_id else newest(work)
    return view_of(work, lang, version) if version else None


def view_of(work: Work, lang: str, version: NoticeVersion) -> NoticeView:
    """One version as it is read."""
    known = versions(work, lang)
    shown = next(v for v in known if v.id == str(version.id))
    sections = sections_of(version.content[lang])
    return NoticeView(
        id=shown.id,
        title=version.content[lang]["title"],
        number=version.number,
        published=shown.published,
        digest=version.digest,
        current=shown.current,
        sound=is_sound(version),
        glance=[s for s in sections if s.glance],
        details=[s for s in sections if not s.glance],
        versions=known,
        changed=_last_change(work, version, known, lang),
    )


def comparison(work: Work, lang: str, new_id: str, old_id: str) -> Comparison:
    """Two versions beside each other, whichever was named first. Raises `NotFound`."""
    known = {version.id: version for version in versions(work, lang)}
    rows = [work.get(NoticeVersion, as_id(one)) for one in (old_id, new_id)]
    old, new = sorted(rows, key=lambda row: row.number)
    found = compare(old.content[lang], new.content[lang])
    return Comparison(known[str(old.id)], known[str(new.id)], is_material(found), found)


def is_sound(version: NoticeVersion) -> bool:
    """Whether the stored text still has the check value of the day on which it was published."""
    return digest_of(version.content) == version.digest


def digest_of(content: dict[str, Any]) -> str:
    """The SHA-256 of a notice in all its languages, as sorted JSON."""
    return fingerprint(json.dumps(content, sort_keys=True, ensure_ascii=False))


def content_of(facts: Facts) -> dict[str, Any]:
    """The notice that these facts make, by language, as it is stored."""
    return {
        lang: {"title": translate(lang, TITLE), "sections": [asdict(s) for s in all_sections(facts, lang)]}
        for lang in LANGUAGES
    }


def newest(work: Work) -> NoticeVersion | None:
    """The version in force."""
    return work.first(work.select(NoticeVersion).order_by(NoticeVersion.number.desc()))


def versions(work: Work, lang: str) -> list[Version]:
    """All versions, newest first, without their texts."""
    zone = work.get(Tenant, work.tenant).zone
    columns = (NoticeVersion.id, NoticeVersion.number, NoticeVersion.published_at)
    found = work.all(work.select(*columns).order_by(NoticeVersion.number.desc()))
    earlier: list[UUID | str] = [*(one for one, _, _ in found[1:]), ""]
    return [
        Version(str(one), number, moment_text(at, zone, lang), place == 0, str(before))
        for place, ((one, number, at), before) in enumerate(zip(found, earlier, strict=True))
    ]


def _last_change(work: Work, shown: NoticeVersion, known: list[Version], lang: str) -> Version | None:
    """The newest version up to the one shown that differs materially from the one before it."""
    later = shown
    for version in [one for one in known if one.number <= shown.number][:MOST_STEPS_BACK]:
        if not version.before:
            return None
        earlier = work.get(NoticeVersion, as_id(version.before))
        if differ_materially(earlier.content[lang], later.content[lang]):
            return version
        later = earlier
    return None
