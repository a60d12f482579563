"""The notice's section on where data comes from: the person, the staff, who books for another, programs (Art. 14)."""

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.privacy.notice_facts import Facts
from smartcx_portal.privacy.notice_parts import Section
from smartcx_portal.privacy.words import GROUNDS


def sources(facts: Facts, lang: str) -> Section:
    """Who entered what; for a person whom somebody else booked for, what Art. 14(1), (2) demand beyond the rest."""
    t = translator(lang)
    ground = "6(1)(e)" if facts.tenant.kind.public else "6(1)(f)"
    texts = [
        t(N_("We have your data from you: you enter it here, or the page makes it while you visit.")),
        t(
            N_(
                "If you make an appointment by telephone or on site, the staff of {name} enter what you tell them. "
                "They ask you for each consent and write it down."
            )
        ),
        t(
            N_(
                "If you book for somebody else, such as a child, the name of that person and your answers are stored "
                "with the appointment, for the same purpose and as long. Please tell that person, and show them this "
                "notice."
            )
        ),
        t(
            N_(
                "If somebody else booked for you, we have your name and the answers from that person (Art. 14 GDPR). "
                "We may use them on this ground: {ground}. You have the same rights; turn to {email}."
            )
        ),
        t(
            N_(
                "If another program books for you, we have your data from it. The reply that it got is kept for 24 "
                "hours, so that nothing is booked twice."
            )
        ),
        t(
            N_(
                "If you had another provider hand your data over to us, we have it from there. It waits 30 days at "
                "most for the staff to take it over, and is deleted if they do not."
            )
        ),
        t(
            N_(
                "If you give the staff a file of your data that another provider made for you, we have it from that "
                "file. It waits as long, and of it only your name, your addresses and your language are taken over."
            )
        ),
    ]
    facts_said = {"name": facts.tenant.name, "ground": t(GROUNDS[ground]), "email": facts.tenant.dpo_email}
    return Section("sources", t(N_("Where we have your data from")), False, [one.format(**facts_said) for one in texts])
