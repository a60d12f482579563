"""The notice's sections on who gets data, and on data that leaves the European Union."""

from babel import Locale

from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.kit.localtime import LOCALE, date_text
from smartcx_portal.models.tenant import SubProcessor
from smartcx_portal.privacy.disclosures import NO_OPERATOR
from smartcx_portal.privacy.notice_facts import Facts
from smartcx_portal.privacy.notice_parts import Section, Table
from smartcx_portal.privacy.words import GROUNDS, PURPOSES

SEAT = "Europe/Berlin"
"""The operator's zone: its agreements are dated there."""
IN_CALENDARS = N_(
    "Staff of {name} also see your name and the time of your appointment in calendars of their own, which fetch them "
    "here. What is in such a calendar is kept by whoever runs it."
)
ON_TASK = {"6(1)(f)": "6(1)(e)"}
"""An office rests on its task where a business weighs interests (Art. 6(1), last sentence)."""


def recipients(facts: Facts, lang: str) -> Section:
    """Who gets data: the tenant's staff and the active sub-processors (Art. 13(1)(e), promise P22)."""
    t = translator(lang)
    texts = [
        t(
            N_(
                "Your data is seen by the staff of {name} who need it for their work. When somebody opens your "
                "details, such as those of an appointment or the proof of your consents, or takes them out in a list "
                "as a file, it is noted who, when and what for. You see these notes in the portal."
            )
        ),
        t(
            N_(
                "Should data ever come into wrong hands, {name} can have it listed whose it was, to tell you and the "
                "authority (Art. 33, 34 GDPR). Such a list is noted in the same way."
            )
        ),
        t(NO_OPERATOR),
        t(
            N_(
                "At your own wish your data also goes where you send it: to another provider whose pages run here, "
                "which takes it over or refuses it within 30 days."
            )
        ),
        t(N_("These companies work for the operator, each under a processing agreement (Art. 28 GDPR):")),
    ]
    if facts.named_feeds:
        texts.insert(1, t(IN_CALENDARS))
    head = [
        t(N_("Company")),
        t(N_("What it does")),
        t(N_("Why we may")),
        t(N_("What it keeps, how long")),
        t(N_("Agreement")),
    ]
    rows = [
        [_company(p, lang), p.service.get(lang, ""), _ground(facts, p, lang), p.keeps.get(lang, ""), _agreed(p, lang)]
        for p in facts.processors.values()
    ]
    tables = [Table(t(N_("Services in use here")), head, rows), *_own(facts, lang)]
    named = [text.format(name=facts.tenant.name) for text in texts]
    return Section("recipients", t(N_("Who gets your data")), False, named, tables=tables)


def _own(facts: Facts, lang: str) -> list[Table]:
    """Whom the tenant itself gives data to, such as its computing centre, by what for."""
    t = translator(lang)
    purposes: dict[str, list[str]] = {}
    for activity in facts.activities:
        for who in activity.own_recipients:
            purposes.setdefault(who, []).append(t(PURPOSES[activity.purpose]))
    rows = [[who, "; ".join(what)] for who, what in purposes.items()]
    caption = t(N_("Others to whom {name} gives data")).format(name=facts.tenant.name)
    return [Table(caption, [t(N_("Who")), t(N_("What for"))], rows)] if rows else []


def transfers(facts: Facts, lang: str) -> Section:
    """Transfers beyond the EU, their basis and the plain warning (Art. 13(1)(f), promise P24)."""
    t, heading = translator(lang), N_("Data outside the European Union")
    abroad = [p for p in facts.processors.values() if p.transfer]
    if not abroad:
        return Section("transfers", t(heading), False, [t(N_("Your data stays in the European Union."))])
    texts = [
        t(
            N_(
                "Some of these companies, or those they belong to, process data in the USA. Data there may not be as "
                "well protected as here: authorities may be able to read it without your being told and without a "
                "legal remedy for you."
            )
        ),
        t(
            N_(
                "If you do not want e-mails or text messages to take this way, choose “no message” where the service "
                "offers it, or turn to {name} directly."
            )
        ).format(name=facts.tenant.name),
        t(N_("You get a copy of what a transfer rests on (standard contractual clauses, say) from {email}.")).format(
            email=facts.tenant.dpo_email
        ),
    ]
    head = [t(N_("Company")), t(N_("What the transfer rests on"))]
    rows = [[p.name, p.transfer.get(lang, "")] for p in abroad]
    return Section(
        "transfers", t(heading), False, texts, tables=[Table(t(N_("Transfers and their basis")), head, rows)]
    )


def _company(company: SubProcessor, lang: str) -> str:
    """Name and address; the country only after an address, where it says the seat."""
    if not company.address:
        return company.name
    country = Locale.parse(LOCALE[lang]).territories.get(company.country, company.country)
    return f"{company.name}, {company.address}, {country}"


def _ground(facts: Facts, company: SubProcessor, lang: str) -> str:
    ground = company.legal_basis
    if facts.tenant.kind.public:
        ground = ON_TASK.get(ground, ground)
    return translator(lang)(GROUNDS.get(ground, ground))


def _agreed(company: SubProcessor, lang: str) -> str:
    """What is known is the day on which the operator named the agreement, not the day of its signature."""
    t = translator(lang)
    if company.agreement_since is None:
        return t(N_("in force; date not recorded here"))
    day = date_text(local_day(company.agreement_since, SEAT), lang)
    return t(N_("in force, as of {day}")).format(day=day)
