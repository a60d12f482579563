"""The proof of one person's consents as a PDF, for the tenant's file or for an authority (Art. 7(1))."""

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.kit.sheets import Grid, Part, Sheet
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.consents_overview import Proof, proof
from smartcx_portal.privacy.papers import Paper, pdf, register
from smartcx_portal.tenancy import Permission, Work

PAPER = "consent-proof"
"""Its name among the files that are fetched by a short link; what it is of is the `ref` of a proof."""
TITLE = N_("Proof of consents")
NAME = {"de": "einwilligungen", "en": "consents"}
HEAD = (N_("When"), N_("Consent"), N_("State"), N_("How"), N_("Text"), N_("Notice"))


def proof_paper(work: Work, ref: str, lang: str) -> Paper:
    """The file for `paper_token(work, PAPER, ref)`. Raises `NotFound`."""
    return pdf(NAME[lang], proof_sheet(work, proof(work, ref, lang), lang))


def proof_sheet(work: Work, shown: Proof, lang: str) -> Sheet:
    """A proof as a sheet."""
    t, tenant = translator(lang), work.get(Tenant, work.tenant)
    rows = [
        [
            line.at,
            line.title,
            t("given") if line.given else t("withdrawn"),
            line.where,
            line.version,
            t("Version {number}").format(number=line.notice_number) if line.notice_number else "–",
        ]
        for line in shown.lines
    ]
    left_out = [t("Only the newest events are listed.")] if shown.more else []
    events = Part(
        shown.name,
        paragraphs=[t("Controller: {name}").format(name=tenant.name), *left_out],
        grids=[Grid(t("What was given and withdrawn"), [t(one) for one in HEAD], rows)],
    )
    texts = [
        Part(t("Text {version}").format(version=text.version), level=2, paragraphs=[text.text]) for text in shown.texts
    ]
    note = t("As of {moment}").format(moment=moment_text(work.now, tenant.zone, lang))
    return Sheet(t(TITLE), lang, note, [events, Part(t("The texts that were read")), *texts])


register(PAPER, Permission.PRIVACY_CASES, proof_paper)
