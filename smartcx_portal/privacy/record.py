"""The tenant's record of processing activities (Art. 30(1)): what the live map, activities and services say today."""

from dataclasses import dataclass, field

from babel import Locale

from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.language import N_, translate, translator
from smartcx_portal.kit.localtime import LOCALE, date_text, moment_text
from smartcx_portal.models.declaring import Category, Purpose, Who
from smartcx_portal.models.privacy import ProcessingActivity
from smartcx_portal.models.tenant import SubProcessor
from smartcx_portal.privacy.data_map import data_map
from smartcx_portal.privacy.notice_facts import Facts, gather
from smartcx_portal.privacy.operator import Operator
from smartcx_portal.privacy.outside import places_for
from smartcx_portal.privacy.record_words import ACTIVITIES, BASES, SUBJECTS, VISITORS, ground_named, place_named
from smartcx_portal.privacy.words import CATEGORIES, period_text
from smartcx_portal.tenancy import Permission, Work

AS_OF = N_("As of {moment}")
VISITS = N_("Visits that can no longer be linked to anybody")
AT_THEIR_WISH = N_("Others whom the person names, at their wish (Art. 20 GDPR)")
IN_FEEDS = N_("Calendars to which the staff subscribe")
NO_RECORD = N_("{key} (no facts are recorded)")


@dataclass(frozen=True, slots=True)
class Line:
    """A fact and what it is called."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity, in words; `purpose` is its key."""

    purpose: str
    title: str
    ground: str
    subjects: list[str]
    categories: list[str]
    recipients: list[str]
    abroad: list[str]
    """The recipients of it that process outside the European Union."""
    period: str


@dataclass(frozen=True, slots=True)
class Abroad:
    """A transfer to a third country (Art. 30(1)(e)): to whom, where its seat is, and what it rests on.

    `told` is what people read about it, which is more exact: which country, which part of the company.
    """

    name: str
    country: str
    basis: str
    told: str


@dataclass(frozen=True, slots=True)
class Record:
    """A whole record; `as_of` is a sentence. The measures are the same everywhere: see `measures`."""

    name: str = ""
    as_of: str = ""
    controller: list[Line] = field(default_factory=list)
    processor: list[Line] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    abroad: list[Abroad] = field(default_factory=list)
    outside: list[Line] = field(default_factory=list)
    """What lies beyond the database, and how long."""


@dataclass(frozen=True, slots=True)
class Uses:
    """What the map says of one purpose."""

    who: set[Who] = field(default_factory=set)
    categories: set[Category] = field(default_factory=set)


def record_of_processing(work: Work, lang: str) -> Record:
    """The record as it is now. Raises `NotPermitted` for whoever does not answer for privacy."""
    work.need(Permission.PRIVACY_CASES)
    facts, uses = gather(work), uses_by_purpose()
    places = places_for(set(facts.processors), feeds=facts.named_feeds)
    return Record(
        name=facts.tenant.name,
        as_of=as_of(work, facts.tenant.zone, lang),
        controller=_controller(facts, lang),
        processor=_processor(facts, lang),
        activities=[_activity(facts, one, uses[one.purpose], lang) for one in facts.activities],
        abroad=[abroad_of(one, lang) for one in facts.processors.values() if one.transfer],
        outside=[Line(place_named(one, lang), translate(lang, one.kept)) for one in places],
    )


def as_of(work: Work, zone: str, lang: str) -> str:
    """How current a record is: a sentence."""
    return translate(lang, AS_OF).format(moment=moment_text(work.now, zone, lang))


def uses_by_purpose() -> dict[Purpose, Uses]:
    """Whose data of which kinds serves each purpose."""
    found = {purpose: Uses() for purpose in Purpose}
    for entry in data_map():
        staff = {Who.STAFF} if entry.subject.staff else set()
        for column in entry.columns:
            for purpose in column.data.purposes:
                whose = {Who.STAFF} if purpose is Purpose.STAFF else {entry.subject.who} | staff
                found[purpose].who.update(whose)
                found[purpose].categories.add(column.data.category)
    return found


def abroad_of(company: SubProcessor, lang: str) -> Abroad:
    """A company to which, or by way of which, data leaves the European Union."""
    country = Locale.parse(LOCALE[lang]).territories.get(company.country, company.country)
    return Abroad(company.name, country, translate(lang, BASES[company.transfer_basis]), company.transfer.get(lang, ""))


def company_lines(company: Operator, lang: str) -> list[Line]:
    """The operator and its data protection officer (Art. 30(2)(a))."""
    t, officer = translator(lang), company.dpo
    return [
        Line(t("Name"), company.name),
        Line(t("Address"), company.address),
        Line(t("Represented by"), company.represented_by),
        Line(t("Contact"), f"{company.phone}, {company.email}"),
        Line(t("Data protection officer (Art. 37)"), f"{officer.name}, {officer.address}, {officer.email}"),
    ]


def _controller(facts: Facts, lang: str) -> list[Line]:
    """Name and contact of the controller, its representative and its officer (Art. 30(1)(a))."""
    t, tenant = translator(lang), facts.tenant
    officer = (tenant.dpo_name, tenant.dpo_address, tenant.dpo_phone, tenant.dpo_email)
    lines = [
        Line(t("Name"), tenant.name),
        Line(t("Address"), f"{tenant.street}, {tenant.postal_code} {tenant.city}"),
        Line(t("Represented by"), tenant.represented_by),
        Line(t("Contact"), ", ".join(filter(None, (tenant.phone, tenant.email)))),
        Line(t("Data protection officer (Art. 37)"), ", ".join(filter(None, officer))),
    ]
    return [line for line in lines if line.text]


def _processor(facts: Facts, lang: str) -> list[Line]:
    t, agreement = translator(lang), facts.agreement
    if agreement is None:
        said = t("no agreement")
    else:
        day = date_text(local_day(agreement.agreed_at, facts.tenant.zone), lang)
        said = t("Version {version}, {day}").format(version=agreement.version, day=day)
    return [*company_lines(facts.operator, lang), Line(t("Processing agreement (Art. 28)"), said)]


def _activity(facts: Facts, activity: ProcessingActivity, uses: Uses, lang: str) -> Activity:
    subjects = [SUBJECTS[who] for who in Who if who in uses.who]
    categories = [CATEGORIES[kind] for kind in Category if kind in uses.categories]
    if activity.purpose is Purpose.STATISTICS:
        subjects, categories = [VISITORS], [VISITS]
    named = [facts.processors[key] for key in activity.recipients if key in facts.processors]
    grounds = (activity.legal_basis, activity.special_basis)
    return Activity(
        purpose=activity.purpose.value,
        title=translate(lang, ACTIVITIES[activity.purpose]),
        ground=", ".join(ground_named(one, lang) for one in grounds if one),
        subjects=[translate(lang, one) for one in subjects],
        categories=[translate(lang, one) for one in categories],
        recipients=recipients_of(facts, activity, lang),
        abroad=[one.name for one in named if one.transfer],
        period=period_text(activity, lang),
    )


def recipients_of(facts: Facts, activity: ProcessingActivity, lang: str) -> list[str]:
    """Staff, operator, sub-processors, and whom the tenant itself gives data to (Art. 30(1)(d))."""
    t = translator(lang)
    found = [
        t("Staff of {name}").format(name=facts.tenant.name),
        t("{name} (processor)").format(name=facts.operator.name),
    ]
    for key in activity.recipients:
        known = facts.processors.get(key)
        sentence = t("{name} (sub-processor)").format(name=known.name) if known else t(NO_RECORD).format(key=key)
        found.append(sentence)
    if facts.named_feeds and activity.purpose is Purpose.APPOINTMENT:
        found.append(t(IN_FEEDS))
    if activity.purpose is Purpose.RIGHTS:
        found.append(t(AT_THEIR_WISH))
    return [*found, *activity.own_recipients]
