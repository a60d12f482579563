"""Imprint (§ 5 DDG), contact and help of one tenant, in either language, from its facts."""

from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.language import translator
from smartcx_portal.operations.page_parts import Fact, LegalPage, Section, facts_of, mail, phone, site
from smartcx_portal.operations.tenants import TenantView
from smartcx_portal.privacy.operator import operator


def imprint(tenant: TenantView, lang: str) -> LegalPage:
    """Who is responsible for the tenant's pages, and who runs them technically."""
    t = translator(lang)
    provider = Section(
        t("Provider of this service (section 5 DDG)"),
        facts=facts_of(
            Fact(t("Name"), tenant.name, lang=tenant.language),
            Fact(t("Address"), f"{tenant.street}, {tenant.place}"),
            Fact(t("Represented by"), tenant.represented_by, lang=tenant.language),
            *_reachable(tenant, lang),
        ),
    )
    sections = [provider, _run_by(lang)]
    if not tenant.public_body:
        sections.insert(1, _more_facts(tenant, lang))
    return LegalPage(t("Imprint"), tuple(sections))


def contact_page(tenant: TenantView, lang: str) -> LegalPage:
    """How to reach people, what to do about an appointment, and whom to ask about one's data (promises P14, P23)."""
    t = translator(lang)
    place = Fact(t("Address"), f"{tenant.street}, {tenant.place}")
    return LegalPage(
        t("Contact and help"),
        (
            Section(t("Talk to us"), facts=facts_of(*_reachable(tenant, lang), place)),
            Section(
                t("Help with your appointment"),
                (
                    t("The link in your confirmation shows your appointment. There you can move or cancel it."),
                    t("Have you lost the link? Call or write to us. You also find your appointments among your data."),
                ),
                facts=(_page(t("Book an appointment"), "book", tenant, lang),),
            ),
            _about_data(tenant, lang),
            Section(
                t("Something does not work for you?"),
                (t("Tell us about barriers on these pages."),),
                facts=(
                    _page(t("Report a barrier"), "barrier", tenant, lang),
                    _page(t("Accessibility"), "accessibility", tenant, lang),
                ),
            ),
        ),
    )


def _about_data(tenant: TenantView, lang: str) -> Section:
    t = translator(lang)
    officer = operator().dpo
    return Section(
        t("Questions about your data"),
        (
            t("You can see, correct, take along and delete your data yourself, free of charge."),
            t("You can also ask the data protection officers. What you write is kept only to answer you."),
        ),
        facts=(
            _page(t("Your data"), "my_data", tenant, lang),
            _page(t("Privacy notice"), "privacy", tenant, lang),
            Fact(
                t("Data protection officer of {name}").format(name=tenant.name), tenant.dpo_name, lang=tenant.language
            ),
            mail(t("E-mail"), tenant.dpo_email),
            Fact(
                t("Data protection officer of the operator, {name}").format(name=operator().name),
                f"{officer.name}, {officer.address}",
            ),
            mail(t("E-mail"), officer.email),
        ),
    )


def _reachable(tenant: TenantView, lang: str) -> tuple[Fact, ...]:
    t = translator(lang)
    return facts_of(
        phone(t("Telephone"), tenant.phone), mail(t("E-mail"), tenant.email), site(t("Website"), tenant.website)
    )


def _more_facts(tenant: TenantView, lang: str) -> Section:
    """Register, VAT number and chamber are not held here; the tenant's own imprint has them."""
    t = translator(lang)
    says = t(
        "Further details that the law asks of some businesses and professions, such as register, VAT number, chamber "
        "and professional rules, stand in the imprint of the provider's own website."
    )
    return Section(t("Further details"), (says,), facts=facts_of(site(t("Website"), tenant.website)))


def _run_by(lang: str) -> Section:
    t, runs = translator(lang), operator()
    return Section(
        t("Technical operation"),
        (t("The pages run on Smart CX, on behalf of the provider (Art. 28 GDPR)."),),
        facts=(
            Fact(t("Operator"), runs.name),
            Fact(t("Represented by"), runs.represented_by),
            Fact(t("Address"), runs.address),
            phone(t("Telephone"), runs.phone),
            mail(t("E-mail"), runs.email),
        ),
    )


def _page(label: str, page: str, tenant: TenantView, lang: str) -> Fact:
    """A link to another page of the tenant."""
    return Fact("", label, address(lang, page, tenant.slug))
