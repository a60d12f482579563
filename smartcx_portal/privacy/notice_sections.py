"""The notice's sections in reading order: at a glance, then who, what for, to whom, how long, which rights."""

from collections.abc import Callable

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.models.declaring import Category, Purpose
from smartcx_portal.privacy.notice_facts import Facts
from smartcx_portal.privacy.notice_own import asked, note
from smartcx_portal.privacy.notice_parts import Section, Table
from smartcx_portal.privacy.notice_recipients import recipients, transfers
from smartcx_portal.privacy.notice_rights import complaint, objection, questions, rights
from smartcx_portal.privacy.notice_sources import sources
from smartcx_portal.privacy.notice_technical import device, logs, mails, visits
from smartcx_portal.privacy.words import CATEGORIES, PURPOSES, TABLES, ground_text, period_text

__all__ = ["Section", "Table", "all_sections"]

Maker = Callable[[Facts, str], Section | None]


def all_sections(facts: Facts, lang: str) -> list[Section]:
    """Every section that the facts call for."""
    made = [make(facts, lang) for make in MAKERS]
    return [section for section in made if section is not None]


def glance(facts: Facts, lang: str) -> Section:
    """The first layer: six sentences."""
    t = translator(lang)
    names = {"name": facts.tenant.name, "operator": facts.operator.name, "page": facts.page(lang, "my_data")}
    points = [
        t(N_("{name} is responsible for your data; {operator} runs the portal on its behalf.")),
        t(N_("What you enter serves your appointment or the answer to your question, and nothing else.")),
        t(N_("This page sets no cookies, and nothing is loaded from elsewhere.")),
        t(N_("Your data is deleted by itself when its purpose is over: see “How long we keep it”.")),
        t(N_("You can see, correct, take along and delete your data yourself, free of charge: {page}")),
        t(N_("You may withdraw any consent at any time, and complain to a supervisory authority.")),
    ]
    if "cloudflare" in facts.processors:
        points[2] = t(N_("This portal sets no cookies itself; Cloudflare, which stands before it, may set some."))
    return Section("glance", t(N_("At a glance")), True, points=[p.format(**names) for p in points])


def responsible(facts: Facts, lang: str) -> Section:
    """Controller, its representative and its data protection officer (Art. 13(1)(a), (b); promise P23)."""
    t, tenant = translator(lang), facts.tenant
    lines = [tenant.name, tenant.street, f"{tenant.postal_code} {tenant.city}"]
    if tenant.represented_by:
        lines.append(t(N_("Represented by: {name}")).format(name=tenant.represented_by))
    lines += [f"{t(N_('Phone'))}: {tenant.phone}"] if tenant.phone else []
    lines += [f"{t(N_('E-mail'))}: {tenant.email}"]
    officer = [tenant.dpo_name, tenant.dpo_address, tenant.dpo_phone, tenant.dpo_email]
    lines.append(t(N_("Data protection officer: {officer}")).format(officer=", ".join(filter(None, officer))))
    texts = [t(N_("Responsible for your data (controller, Art. 4 No 7 GDPR) is:"))]
    lines.append(t(N_("Website, where the data protection officer is named too: {url}")).format(url=tenant.website))
    return Section("controller", t(N_("Who is responsible")), False, texts, lines)


def processor(facts: Facts, lang: str) -> Section:
    """The operator, and that it acts on instruction (promise P02)."""
    t, who = translator(lang), facts.operator
    texts = [
        t(
            N_(
                "{operator} runs this portal for {name} and only on its instruction, as a processor under Art. "
                "28 GDPR. Data of different offices and businesses is kept apart and never used for another one."
            )
        ).format(operator=who.name, name=facts.tenant.name)
    ]
    if facts.agreement:
        agreed = t(N_("The processing agreement between the two is in force (version {version})."))
        texts.append(agreed.format(version=facts.agreement.version))
    lines = [
        f"{who.name}, {who.address}",
        t(N_("Represented by: {name}")).format(name=who.represented_by),
        f"{t(N_('Phone'))}: {who.phone}",
        f"{t(N_('E-mail'))}: {who.email}",
        t(N_("The operator's data protection officer: {name}, {address}, {email}")).format(
            name=who.dpo.name, address=who.dpo.address, email=who.dpo.email
        ),
    ]
    return Section("processor", t(N_("Who runs the portal")), False, texts, lines)


def purposes(facts: Facts, lang: str) -> Section:
    """What for, and on which ground (Art. 13(1)(c), (d); promises P01, P07)."""
    t = translator(lang)
    rows = [
        [t(PURPOSES[a.purpose]), _kinds(facts, a.purpose, lang), ground_text(a, lang), period_text(a, lang)]
        for a in facts.activities
    ]
    head = [t(N_("What for")), t(N_("Which data")), t(N_("Why we may")), t(N_("How long"))]
    texts = [
        t(N_("Each kind of data has a purpose, and each purpose a legal ground:")),
        t(
            N_(
                "Technical keys are internal numbers and check values by which the portal finds entries again and "
                "notices when far too much is asked for from one connection."
            )
        ),
        t(N_("Your data is not used for advertising, is not sold, and no profile is made of it.")),
    ]
    if not facts.tenant.kind.public:
        texts.append(
            t(N_("Our legitimate interest is a portal that runs without faults, and that questions are answered."))
        )
    if facts.active(Purpose.STAFF):
        texts.append(t(N_("What is said there about the staff concerns only those who work here.")))
    table = Table(t(N_("Purposes, data, grounds and periods")), head, rows)
    return Section("purposes", t(N_("What for, and on which ground")), False, texts, tables=[table])


def must(facts: Facts, lang: str) -> Section:
    """What must be given and what is free, consents, automated decisions (Art. 13(2)(c), (e), (f); P05, P06)."""
    t = translator(lang)
    texts = [
        t(
            N_(
                "For an appointment we need your name and the answers marked as required, for one by telephone your "
                "number too, and for the waiting list your e-mail address; without them you cannot book here. No law "
                "obliges you to enter anything here."
            )
        ),
        t(
            N_(
                "Whether you get messages is your choice. Where a service allows it, you book without giving "
                "an address."
            )
        ),
        t(
            N_(
                "Each consent is asked for on its own and is never ticked beforehand. You can withdraw it at "
                "any time, for the future; what was done before stays lawful. Your appointment stays valid."
            )
        ),
        t(
            N_(
                "Every message that rests on a consent has a link in it by which you withdraw it without signing in. "
                "Many mail programs show a button of their own for it. In the portal you find each consent with its "
                "text, its date and its history, and a signed receipt to keep, which anybody can check."
            )
        ),
        t(N_("Nothing is decided about you automatically, and no profile is made of you.")),
    ]
    if facts.active(Purpose.HEALTH):
        texts.insert(
            2,
            t(
                N_(
                    "Answers on your health or other specially protected matters are stored only with your "
                    "explicit consent."
                )
            ),
        )
    return Section("choice", t(N_("What you must tell us, and what is up to you")), False, texts)


def keeping(facts: Facts, lang: str) -> Section:
    """How long (Art. 13(2)(a), promise P08)."""
    t = translator(lang)
    texts = [
        t(
            N_(
                "Your data stays until its purpose is over, then it is deleted by itself. Until then it also serves "
                "follow-up questions on the appointment. You need not wait: you can delete it yourself at any time."
            )
        ),
        t(
            N_(
                "Some things go sooner than their purpose: about a day after you last typed, what you type and do not "
                "send; a day after they are over, codes and sign-ins; after 7 days, a file with your data; after 3 "
                "days, a link by which others fetch it."
            )
        ),
        t(
            N_(
                "A wish for the waiting list that nobody confirms is deleted after a day. A confirmed one stays until "
                "its last day, and then as long as an appointment would. You can leave the list at any time; without "
                "your consent to e-mails you are taken off it."
            )
        ),
        t(
            N_(
                "If a law (tax or commercial law, say) demands that something be kept longer, it is kept for "
                "that alone and "
                "deleted when the duty ends. At present nothing in this portal is kept for such a duty."
            )
        ),
        t(
            N_(
                "After an erasure entries without your name, address and answers stay, so that appointments can be "
                "counted, and check values that prove your consents and the erasure and tell nobody who you were. "
                "The list of what was done in the portal holds internal numbers only and stays as long as the portal "
                "is run."
            )
        ),
    ]
    points = [f"{t(PURPOSES[a.purpose])}: {period_text(a, lang)}" for a in facts.activities]
    return Section("keeping", t(N_("How long we keep it")), False, texts, points)


def _kinds(facts: Facts, purpose: Purpose, lang: str) -> str:
    t = translator(lang)
    if purpose is Purpose.STATISTICS:
        return t(N_("Visits that can no longer be linked to anybody"))
    found = sorted(facts.categories[purpose], key=list(Category).index)
    return ", ".join([*(t(CATEGORIES[c]) for c in found), *(t(TABLES[table]) for table in facts.records[purpose])])


MAKERS: tuple[Maker, ...] = (
    glance,
    responsible,
    processor,
    purposes,
    asked,
    must,
    sources,
    recipients,
    transfers,
    keeping,
    device,
    logs,
    visits,
    mails,
    note,
    questions,
    rights,
    objection,
    complaint,
)
