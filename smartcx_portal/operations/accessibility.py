"""The accessibility statement of one tenant: what was tested and what not, gaps, and who enforces.

Offices: Art. 7 of Directive (EU) 2016/2102, § 12b BGG and the laws of the Länder, form after Implementing Decision (EU)
2018/1523. Businesses and practices: § 14 BFSG with its annex 3. The facts stand in `facts/accessibility.toml`.
"""

import functools
import tomllib
from pathlib import Path
from typing import Any

from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.language import translator
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.operations.page_parts import Fact, LegalPage, Section, facts_of, mail, phone, site
from smartcx_portal.operations.tenant_form import LAND_NAMES
from smartcx_portal.operations.tenants import TenantView

FILE = Path(__file__).parent / "facts" / "accessibility.toml"


def accessibility_statement(tenant: TenantView, lang: str) -> LegalPage:
    """The statement that fits the tenant's kind of body."""
    first = _scope_of_office if tenant.public_body else _service
    last = _enforcement(tenant, lang) if tenant.public_body else _surveillance(lang)
    middle = (_state(lang), _gaps(lang), _method(lang), _feedback(tenant, lang))
    return LegalPage(translator(lang)("Accessibility"), (first(tenant, lang), *middle, last))


def _scope_of_office(tenant: TenantView, lang: str) -> Section:
    t = translator(lang)
    return Section(
        t("What this statement is about"),
        (
            t("It is about the pages of {name} for booking appointments and for your data.").format(name=tenant.name),
            _law_of_office(tenant, lang),
        ),
    )


def _law_of_office(tenant: TenantView, lang: str) -> str:
    t = translator(lang)
    if tenant.federal:
        return t(
            "The law asks that everybody can use them: Directive (EU) 2016/2102, with the federal disability equality "
            "act (BGG) and the federal accessibility ordinance (BITV 2.0)."
        )
    return t(
        "The law asks that everybody can use them: Directive (EU) 2016/2102, with the disability equality act "
        "and the accessibility ordinance of the Land {land}."
    ).format(land=LAND_NAMES[tenant.land])


def _service(tenant: TenantView, lang: str) -> Section:
    """General description of the service and how it is used (annex 3 BFSG, number 1)."""
    t = translator(lang)
    return Section(
        t("What this service is and how it works"),
        (
            t(
                "Here you book an appointment with {name}: you choose what it is about, a day and a time, enter your "
                "details and check them. You can move or cancel the appointment later, and see and delete your data."
            ).format(name=tenant.name),
            t("No account is needed."),
            t("The law on accessible services (BFSG) and its ordinance say what has to be accessible."),
        ),
    )


def _state(lang: str) -> Section:
    t = translator(lang)
    return Section(
        t("How accessible the pages are"),
        (
            t("The yardstick is EN 301 549, which takes up the Web Content Accessibility Guidelines (WCAG), level AA."),
            t("The pages meet it in part: there are known gaps, and not everything has been tested yet."),
        ),
    )


def _gaps(lang: str) -> Section:
    return Section(translator(lang)("What is not accessible yet"), items=tuple(_facts()["gaps"][lang]))


def _method(lang: str) -> Section:
    t, facts = translator(lang), _facts()
    return Section(
        t("How we tested"),
        (
            t("This statement was made on {day}. It rests on our own tests.").format(
                day=day_text(facts["tested_on"], lang)
            ),
        ),
        items=(*facts["tested"][lang], *facts["not_tested"][lang]),
    )


def _feedback(tenant: TenantView, lang: str) -> Section:
    t = translator(lang)
    return Section(
        t("Report a barrier"),
        (t("Tell us what does not work for you, and how we can answer you."),),
        facts=facts_of(
            Fact("", t("Report a barrier"), address(lang, "barrier", tenant.slug)),
            mail(t("E-mail"), tenant.email),
            phone(t("Telephone"), tenant.phone),
        ),
    )


def _enforcement(tenant: TenantView, lang: str) -> Section:
    t, facts = translator(lang), _facts()
    body = facts["enforcement"].get("federal" if tenant.federal else tenant.land)
    known = _body(body, lang) if body else ()
    others = facts["overview"]
    overview = (
        () if tenant.federal else (Fact(t("The bodies of all Länder"), others["name"], others["website"], lang="de"),)
    )
    enforces = t("Then you can turn to the body that enforces accessibility in {land}, free of charge.")
    if tenant.federal:
        enforces = t("Then you can turn to the conciliation body for federal authorities, free of charge.")
    return Section(
        t("If we do not help"),
        (
            t("Has {name} not answered within a reasonable time, or does the answer not help you?").format(
                name=tenant.name
            ),
            enforces.format(land=LAND_NAMES[tenant.land]),
        ),
        facts=(*known, *overview),
    )


def _surveillance(lang: str) -> Section:
    t = translator(lang)
    return Section(
        t("Who supervises"),
        (t("This authority watches over the accessibility of services of businesses in all Länder."),),
        facts=_body(_facts()["market_surveillance"], lang),
    )


def _body(facts: dict[str, str], lang: str) -> tuple[Fact, ...]:
    t = translator(lang)
    return facts_of(
        Fact(t("Name"), facts["name"], lang="de"),
        Fact(t("Address"), facts.get("address", ""), lang="de"),
        phone(t("Telephone"), facts.get("phone", "")),
        mail(t("E-mail"), facts.get("email", "")),
        site(t("Website"), facts.get("website", "")),
    )


@functools.cache
def _facts() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text())
