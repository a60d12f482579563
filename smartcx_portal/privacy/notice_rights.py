"""The notice's sections on rights, complaints and questions."""

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.privacy.notice_facts import Facts
from smartcx_portal.privacy.notice_parts import Section

ALWAYS = (
    N_("Access (Art. 15): what is stored about you, where it comes from, who gets it, what for."),
    N_("Correction (Art. 16): wrong or incomplete data is put right."),
    N_("Erasure (Art. 17): your data is deleted unless a law demands that it be kept."),
    N_(
        "Restriction (Art. 18): you may ask that your data is only stored and not used, for example while it is "
        "checked whether it is right."
    ),
)
PORTABLE = N_("Data to take along (Art. 20): what you gave us, in a common machine-readable format.")
NOT_PORTABLE = N_(
    "Data to take along: Art. 20 does not cover what a public body does as its task. With access you get all of it "
    "as files all the same."
)
OBJECT = N_(
    "You may object at any time, for reasons of your own situation, to the use of your data that rests on {grounds} "
    "(Art. 21(1) GDPR). {name} then stops it, unless there are compelling reasons or legal claims against that."
)
ADVERTISING = N_(
    "Your data is not used for advertising here. Should that ever change, you may object to it at any time, without "
    "giving reasons (Art. 21(2) GDPR)."
)
ARTICLES = {"6(1)(e)": N_("Art. 6(1)(e) GDPR"), "6(1)(f)": N_("Art. 6(1)(f) GDPR")}
COMPLAIN_HERE = N_(
    "The authorities for your home, your workplace and the place where it happened, in other states of the EU and "
    "the EEA too, stand here: {page}"
)
WITHDRAW = N_("Withdrawal (Art. 7(3)): every consent, at any time, as easily as it was given.")


def questions(facts: Facts, lang: str) -> Section:
    """Enquiries (promises P14, P18)."""
    t = translator(lang)
    texts = [
        t(
            N_(
                "You can ask {name} and {operator} about data protection at any time. Your question and your "
                "details are stored only to answer it and what follows from it, are not passed on without your "
                "consent, and are deleted when their period after the answer ends, or when you ask for it."
            )
        ).format(name=facts.tenant.name, operator=facts.operator.name),
        t(
            N_(
                "You get a mail that your question arrived. If you put it to {operator}, it also goes by e-mail to "
                "the operator's data protection officer."
            )
        ).format(operator=facts.operator.name),
        t(N_("A question that nobody marks as answered counts as answered after a year.")),
        t(N_("The contact page: {page}")).format(page=facts.page(lang, "contact")),
    ]
    return Section("questions", t(N_("If you ask us something")), False, texts)


def rights(facts: Facts, lang: str) -> Section:
    """All rights, and how to use them (Art. 13(2)(b), (c); promises P03, P04, P06, P09 to P11, P13)."""
    t = translator(lang)
    task = any(a.purpose is Purpose.APPOINTMENT and a.legal_basis == "6(1)(e)" for a in facts.activities)
    points = [*map(t, ALWAYS), t(NOT_PORTABLE if task else PORTABLE), t(WITHDRAW)]
    texts = [
        t(N_("These rights are yours, free of charge. You can use all of them yourself here: {page}")),
        t(
            N_(
                "Access, files, correction of what you entered, erasure and withdrawal are carried out at once. A wish "
                "to restrict the use and an objection are decided by {name}; you see there by when the answer comes, "
                "within a month at the latest. You may also write to {name} or to the data protection officer."
            )
        ),
        t(
            N_(
                "What you entered for an appointment is corrected at once until it begins, and a question until it is "
                "answered; any other correction is looked at by {name}. Providers that you had your data handed over "
                "to are told of a correction, and of an erasure that you asked for (Art. 19 GDPR); you see which."
            )
        ),
        t(
            N_(
                "With each request it is noted when it came, what became of it and how you showed that it is you: by a "
                "code, your booking code or a link. You are not asked for a copy of your identity card."
            )
        ),
    ]
    said = {"page": facts.page(lang, "my_data"), "name": facts.tenant.name}
    texts = [text.format(**said) for text in texts]
    return Section("rights", t(N_("Your rights")), False, texts, points)


def objection(facts: Facts, lang: str) -> Section:
    """The right to object, apart from all else as Art. 21(4) demands (promises P10, P11)."""
    t = translator(lang)
    grounds = {a.legal_basis for a in facts.activities}
    weighed = [t(ARTICLES[g]) for g in ARTICLES if g in grounds]
    how = t(
        N_(
            "You can object here: {page}. Or write to {email} or to the data protection officer. You get an answer "
            "within a month."
        )
    ).format(page=facts.page(lang, "my_data", "restrict"), email=facts.tenant.email)
    texts = [t(OBJECT).format(grounds=", ".join(weighed), name=facts.tenant.name), how] if weighed else []
    return Section("objection", t(N_("Your right to object")), False, [*texts, t(ADVERTISING)])


def complaint(facts: Facts, lang: str) -> Section:
    """Where to complain (Art. 13(2)(d), promise P12)."""
    t, who = translator(lang), facts.authority
    texts = [
        t(
            N_(
                "You may complain to a supervisory authority (Art. 77 GDPR), free of charge: where you live, "
                "where you work, or where the infringement took place."
            )
        ),
        t(COMPLAIN_HERE).format(page=facts.page(lang, "my_data", "complain")),
        t(N_("The one for {name} is:")).format(name=facts.tenant.name),
    ]
    points = [*who.lines, f"{t(N_('Phone'))}: {who.phone}", f"{t(N_('E-mail'))}: {who.email}", who.website]
    return Section("complaint", t(N_("Where you can complain")), False, texts, points)
