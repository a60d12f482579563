"""A consent receipt to read and to print; what can be checked is the signed file, and the paper says how."""

from typing import Any

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.kit.sheets import Grid, Part, Sheet
from smartcx_portal.models.privacy import ConsentEvent, ConsentKind
from smartcx_portal.privacy.consents import place_text
from smartcx_portal.privacy.papers import Paper, pdf, register
from smartcx_portal.privacy.receipts import GROUNDS, KEYS_PATH, Receipts, own_event
from smartcx_portal.privacy.record import as_of
from smartcx_portal.privacy.words import GROUNDS as SAID
from smartcx_portal.privacy.words import period_text
from smartcx_portal.settings import settings
from smartcx_portal.standing.consents import title_of
from smartcx_portal.tenancy import Permission, Work

AS_PDF = "consent-receipt-pdf"
NAME = {"de": "einwilligung", "en": "consent"}
TITLE = N_("Receipt: {title}")
GIVEN, WITHDRAWN = N_("You agreed on {moment}, {where}."), N_("You withdrew it on {moment}, {where}.")
TEXT = N_("The text that you read")
TO_KNOW = N_("To know about this consent")
NOTICE = N_("Privacy notice then in force")
VERSION_OF = N_("Version {number}: {url}")
NO_NOTICE = "–"
WAYS_OUT = N_("In the portal: {url}")
CHECKING = N_("How to check this")
STEPS = (
    N_("This paper is for reading. What can be checked is the signed receipt (a JSON file) on the same page."),
    N_("Both belong together when this number stands in the file as record_id: {number}"),
    N_("The text above is the same when this check value stands in the file as description_sha256: {digest}"),
    N_("The command “smartcx verify FILE --key KEYS” tells whether the file was changed. It needs no internet."),
    N_("The keys for it are at {url}"),
)


def receipt_sheet(work: Work, event: ConsentEvent, lang: str) -> Sheet:
    """One receipt in words. The caller has made sure of the right."""
    t, receipts = translator(lang), Receipts(work)
    tenant, document = receipts.facts.tenant, receipts.document(event)
    said = t(GIVEN if event.kind is ConsentKind.GIVEN else WITHDRAWN)
    moment = moment_text(event.at, tenant.zone, lang)
    facts = {"number": event.id, "digest": event.text_version, "url": settings().base_url + KEYS_PATH}
    return Sheet(
        title=t(TITLE).format(title=title_of(event.purpose, lang)),
        lang=lang,
        note=f"{tenant.name}. {as_of(work, tenant.zone, lang)}",
        parts=[
            Part("", paragraphs=[said.format(moment=moment, where=place_text(event.channel, lang))]),
            Part(t(TEXT), paragraphs=[event.text]),
            Part(
                t(TO_KNOW), grids=[Grid(t(TO_KNOW), [t("Fact"), t("Content")], _rows(receipts, event, document, lang))]
            ),
            Part(t(CHECKING), points=[t(step).format(**facts) for step in STEPS]),
        ],
    )


def own_paper(work: Work, ref: str, lang: str) -> Paper:
    """The signed-in person's own receipt; `ref` is the event's id. Raises `NotFound`."""
    event = own_event(work, ref)
    work.audit("consent.receipt_issued", event, form="pdf")
    return pdf(f"{NAME[lang]}_{event.at:%Y-%m-%d}_{str(event.id)[-8:]}", receipt_sheet(work, event, lang))


def _rows(receipts: Receipts, event: ConsentEvent, document: dict[str, Any], lang: str) -> list[list[str]]:
    t, tenant, activity = translator(lang), receipts.facts.tenant, receipts.activity(event)
    (purpose,) = document["pii_processing"]["purposes"]
    notice = document["pii_processing"]["privacy_notice"]
    rows = [
        [t("Controller"), f"{tenant.name}, {tenant.street}, {tenant.postal_code} {tenant.city}, {tenant.email}"],
        [t("Legal ground"), t(SAID[GROUNDS[event.purpose].split()[1]])],
        [t(NOTICE), t(VERSION_OF).format(**notice) if notice else NO_NOTICE],
        [t("Recipients"), "; ".join(one["name"] for one in purpose["recipient_third_parties"])],
        [t("Kept"), period_text(activity, lang) if activity else ""],
        [t("Withdraw"), t(WAYS_OUT).format(url=purpose["withdrawal_method"]["portal"])],
    ]
    return [row for row in rows if row[1]]


register(AS_PDF, Permission.PERSON, own_paper)
