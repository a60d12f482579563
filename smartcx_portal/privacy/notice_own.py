"""The notice's sections in the tenant's own words: what its services ask, and what it adds itself."""

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.privacy.notice_facts import Asked, Facts
from smartcx_portal.privacy.notice_parts import Section, Table
from smartcx_portal.privacy.words import ground_text

NAMED_SERVICES = 3
"""More services than these are counted, not named."""


def asked(facts: Facts, lang: str) -> Section | None:
    """Every question of a form, what it is for and on which ground; None where no service asks any (P01, P07)."""
    if not facts.asked:
        return None
    t = translator(lang)
    grounds = {a.purpose: ground_text(a, lang) for a in facts.activities}
    rows = [
        [one.label, one.why, grounds.get(Purpose.HEALTH if one.special else Purpose.APPOINTMENT, ""), _where(one, lang)]
        for one in facts.asked
    ]
    head = [t(N_("Question")), t(N_("What for")), t(N_("Why we may")), t(N_("Service"))]
    texts = [t(N_("Beyond your name, and an address if you want messages, the services ask:"))]
    table = Table(t(N_("Questions in the booking form")), head, rows)
    return Section("asked", t(N_("What the booking form asks")), False, texts, tables=[table])


def note(facts: Facts, lang: str) -> Section | None:
    """What the tenant adds; the empty lines in it part the paragraphs. None where it adds nothing."""
    text = facts.tenant.notice_note.get(lang, "")
    if not text.strip():
        return None
    heading = translator(lang)(N_("What {name} adds")).format(name=facts.tenant.name)
    return Section("note", heading, False, [" ".join(part.split()) for part in text.split("\n\n") if part.strip()])


def _where(one: Asked, lang: str) -> str:
    if len(one.services) <= NAMED_SERVICES:
        return ", ".join(one.services)
    return translator(lang)(N_("{count} services")).format(count=len(one.services))
