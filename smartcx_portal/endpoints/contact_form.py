"""The words and fields of the served contact page; `Markup.format` escapes every value."""

from markupsafe import Markup

from smartcx_portal.kit.language import translator
from smartcx_portal.operations.page_parts import Fact, LegalPage, Section
from smartcx_portal.privacy.enquiries import ABOUT

OFFERED = {
    "question": "A question about appointments",
    "privacy": "A question about my data",
    "representative": "The data of somebody for whom I may act",
    "operator": "A question about my data, straight to the operator of the pages",
    "barrier": "Report a barrier",
}
ERROR = Markup('<p class="kern-error" id="{0}-error"><span class="kern-body">{1}</span></p>')
EMPTY = Markup("")


def contact_body(
    lang: str,
    page: LegalPage,
    *,
    action: str,
    notice: str,
    entered: dict[str, str],
    problems: dict[str, str],
    refusal: str,
    sent: bool,
) -> Markup:
    """What stands below the heading: the answer to what was sent, the form, and all ways to reach people."""
    parts = EMPTY.join(_section(lang, one) for one in page.sections)
    if sent:
        return _arrived(lang) + parts
    return _problems(lang, problems, refusal) + parts + _form(lang, action, notice, entered, problems)


def _arrived(lang: str) -> Markup:
    t = translator(lang)
    return Markup(
        '<div class="kern-alert kern-alert--success" role="status"><div class="kern-alert__header">'
        '<span class="kern-icon kern-icon--success" aria-hidden="true"></span><h2 class="kern-title">{}</h2></div>'
        '<div class="kern-alert__body"><p class="kern-body">{}</p></div></div>'
    ).format(
        t("Your message has arrived"),
        t("You get an answer by e-mail if you left an address. You need do nothing more."),
    )


def _problems(lang: str, problems: dict[str, str], refusal: str) -> Markup:
    if not problems and not refusal:
        return EMPTY
    lines = [Markup('<li><a class="kern-link" href="#{}">{}</a></li>').format(*one) for one in problems.items()]
    if refusal:
        lines.append(Markup("<li>{}</li>").format(refusal))
    return Markup(
        '<div class="kern-alert kern-alert--danger cx-problems" role="alert"><div class="kern-alert__header">'
        '<span class="kern-icon kern-icon--danger" aria-hidden="true"></span><h2 class="kern-title">{}</h2></div>'
        '<div class="kern-alert__body"><ul class="kern-list kern-list--bullet">{}</ul></div></div>'
    ).format(translator(lang)("Error: Please check your entries"), EMPTY.join(lines))


def _form(lang: str, action: str, notice: str, entered: dict[str, str], problems: dict[str, str]) -> Markup:
    t = translator(lang)
    return Markup(
        '<section class="cx-section"><h2 class="kern-heading-medium">{title}</h2>'
        '<form method="post" action="{action}" class="cx-form" novalidate>{fields}'
        '<p class="kern-body kern-body--muted">{only} <a class="kern-link" href="{notice}">{notice_name}</a></p>'
        '<div class="kern-btn-wrapper cx-actions"><button class="kern-btn kern-btn--primary" type="submit">'
        '<span class="kern-label">{deed}</span></button></div></form></section>'
    ).format(
        title=t("Write to us"),
        action=action,
        fields=_about(lang, entered, problems)
        + _line(lang, "name", t("Name"), entered, problems, optional=True, kind="text")
        + _line(lang, "email", t("E-mail"), entered, problems, optional=False, kind="email")
        + _text(lang, entered, problems),
        only=t("We use what you enter only to answer you."),
        notice=notice,
        notice_name=t("Privacy notice"),
        deed=t("Send question"),
    )


def _about(lang: str, entered: dict[str, str], problems: dict[str, str]) -> Markup:
    t = translator(lang)
    boxes = EMPTY.join(
        Markup(
            '<div class="kern-form-check"><input class="kern-form-check__radio" type="radio" name="about" '
            'id="{id}" value="{value}"{ticked}><label class="kern-label" for="{id}">{text}</label></div>'
        ).format(
            id="about" if place == 0 else f"about-{key}",
            value=key,
            ticked=Markup(" checked") if entered.get("about") == key else "",
            text=t(OFFERED[key]),
        )
        for place, key in enumerate(ABOUT)
    )
    return Markup(
        '<fieldset class="kern-fieldset{wrong}"{described}><legend class="kern-label">{legend}</legend>'
        '<div class="kern-fieldset__body">{boxes}</div>{error}</fieldset>'
    ).format(
        wrong=" kern-fieldset--error" if "about" in problems else "",
        described=_described("about", problems),
        legend=t("What is it about?"),
        boxes=boxes,
        error=_error("about", problems),
    )


def _line(
    lang: str, name: str, label: str, entered: dict[str, str], problems: dict[str, str], *, optional: bool, kind: str
) -> Markup:
    control = Markup(
        '<input class="kern-form-input__input{wrong}" type="{kind}" name="{name}" id="{name}" value="{value}" '
        'autocomplete="{name}"{described}>'
    ).format(
        wrong=_wrong(name, problems),
        kind=kind,
        name=name,
        value=entered.get(name, ""),
        described=_described(name, problems),
    )
    return _field(lang, name, label, control, problems, optional=optional)


def _text(lang: str, entered: dict[str, str], problems: dict[str, str]) -> Markup:
    control = Markup(
        '<textarea class="kern-form-input__input cx-textarea{wrong}" name="text" id="text" rows="6"{described}>\n'
        "{value}</textarea>"
    ).format(wrong=_wrong("text", problems), described=_described("text", problems), value=entered.get("text", ""))
    return _field(lang, "text", translator(lang)("Your question"), control, problems, optional=False)


def _field(lang: str, name: str, label: str, control: Markup, problems: dict[str, str], *, optional: bool) -> Markup:
    mark = Markup(' <span class="kern-label__optional">{}</span>').format(translator(lang)("(optional)"))
    return Markup(
        '<div class="kern-form-input{wrong}"><label class="kern-label" for="{name}">{label}{mark}</label>'
        "{control}{error}</div>"
    ).format(
        wrong=" kern-form-input--error" if name in problems else "",
        name=name,
        label=label,
        mark=mark if optional else "",
        control=control,
        error=_error(name, problems),
    )


def _wrong(name: str, problems: dict[str, str]) -> str:
    return " kern-form-input__input--error" if name in problems else ""


def _described(name: str, problems: dict[str, str]) -> Markup:
    if name not in problems:
        return EMPTY
    invalid = "" if name == "about" else Markup(' aria-invalid="true"')
    return Markup(' aria-describedby="{}-error"{}').format(name, invalid)


def _error(name: str, problems: dict[str, str]) -> Markup:
    return ERROR.format(name, problems[name]) if name in problems else EMPTY


def _section(lang: str, one: Section) -> Markup:
    """One part of the legal page `contact`."""
    texts = EMPTY.join(Markup('<p class="kern-body">{}</p>').format(text) for text in one.paragraphs)
    named = EMPTY.join(_fact(lang, fact) for fact in one.facts if fact.label)
    links = EMPTY.join(
        Markup('<p class="kern-body"><a class="kern-link" href="{}">{}</a></p>').format(fact.href, fact.value)
        for fact in one.facts
        if not fact.label
    )
    listed = Markup('<dl class="kern-description-list">{}</dl>').format(named) if named else EMPTY
    return Markup('<section class="cx-section"><h2 class="kern-heading-medium">{}</h2>{}</section>').format(
        one.heading, texts + listed + links
    )


def _fact(lang: str, fact: Fact) -> Markup:
    value = Markup('<span lang="{}">{}</span>').format(fact.lang or lang, fact.value)
    if fact.href:
        value = Markup('<a class="kern-link" href="{}">{}</a>').format(fact.href, fact.value)
    return Markup(
        '<div class="kern-description-list-item"><dt class="kern-description-list-item__key">{}</dt>'
        '<dd class="kern-description-list-item__value">{}</dd></div>'
    ).format(fact.label, value)
