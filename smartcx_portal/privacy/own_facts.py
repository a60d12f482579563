"""The facts that a tenant gives about itself: seen in a preview of the notice, then published (P22, P23)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from smartcx_portal.bookings.entries import clean
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import LANGUAGES, N_
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.comparing import ChangedSection, compare, is_material, sections_of
from smartcx_portal.privacy.fact_rules import FACT_RULES, phone_text
from smartcx_portal.privacy.notice import content_of, newest, publish_notice
from smartcx_portal.privacy.notice_facts import gather
from smartcx_portal.privacy.notice_parts import Section
from smartcx_portal.tenancy import Permission, Work

PHONES = ("phone", "dpo_phone")
NOTE = "note_"
LONGEST_NOTE = 2000
NOTE_TOO_LONG = N_("Use at most 2,000 characters.")
NOTE_IN_ONE = N_("Write it in this language too: the notice is read in both. Or leave both empty.")


@dataclass(frozen=True, slots=True)
class Preview:
    """The notice as it would be, in one language, and what would differ from the version in force.

    `same` holds when nothing would change in any language; then there is nothing to publish.
    """

    same: bool
    material: bool
    sections: list[Section] = field(default_factory=list)
    changes: list[ChangedSection] = field(default_factory=list)


def own_facts(work: Work) -> dict[str, str]:
    """The facts as they are, by the names of the form's fields; what the tenant adds is `note_` and a language."""
    work.need(Permission.SETTINGS_EDIT)
    tenant = work.get(Tenant, work.tenant)
    notes = {NOTE + lang: tenant.notice_note.get(lang, "") for lang in LANGUAGES}
    return {name: getattr(tenant, name) for name in FACT_RULES} | notes


def checked_facts(entries: Mapping[str, Any]) -> dict[str, str]:
    """Tidy entries for every fact. Raises `InvalidForm`, which names each field that cannot be used."""
    tidy = {name: clean(str(entries.get(name, ""))) for name in FACT_RULES}
    notes = {NOTE + lang: clean(str(entries.get(NOTE + lang, "")), lines=True) for lang in LANGUAGES}
    problems = {name: says for name, (fits, says) in FACT_RULES.items() if not fits(tidy[name])}
    for name, text in notes.items():
        if len(text) > LONGEST_NOTE:
            problems[name] = NOTE_TOO_LONG
        elif not text and any(notes.values()):
            problems[name] = NOTE_IN_ONE
    if problems:
        raise InvalidForm(problems)
    return tidy | {name: phone_text(tidy[name]) for name in PHONES} | notes


def preview_notice(work: Work, entries: Mapping[str, Any], lang: str) -> Preview:
    """What these entries would make of the notice; nothing is kept. Raises `InvalidForm`."""
    work.need(Permission.SETTINGS_EDIT)
    row = work.get(Tenant, work.tenant)
    wished = Tenant(**row.model_dump() | _columns(checked_facts(entries)))
    content, current = content_of(gather(work, wished)), newest(work)
    changes = compare(current.content[lang], content[lang]) if current else []
    return Preview(
        same=bool(current and current.content == content),
        material=is_material(changes),
        sections=sections_of(content[lang]),
        changes=changes,
    )


def save_own_facts(work: Work, entries: Mapping[str, Any]) -> int:
    """Keep the facts and publish the notice that they make; its number. Raises `InvalidForm`, `NoticeIncomplete`."""
    work.need(Permission.SETTINGS_EDIT)
    columns = _columns(checked_facts(entries))
    tenant = work.get(Tenant, work.tenant, lock=True)
    changed = [name for name, value in columns.items() if getattr(tenant, name) != value]
    for name in changed:
        setattr(tenant, name, columns[name])
    if changed:
        work.audit("tenant.facts", tenant, changed=changed)
    return publish_notice(work).number


def _columns(facts: Mapping[str, str]) -> dict[str, Any]:
    notes = {lang: facts[NOTE + lang] for lang in LANGUAGES if facts[NOTE + lang]}
    return {name: facts[name] for name in FACT_RULES} | {"notice_note": notes}
