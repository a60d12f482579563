"""The notice's technical sections: the device, log files, visits, mails."""

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.privacy.activities import HOST
from smartcx_portal.privacy.notice_facts import Facts
from smartcx_portal.privacy.notice_parts import Section, Table
from smartcx_portal.privacy.outside import ON_DEVICE, places_for
from smartcx_portal.privacy.words import ground_text


def device(facts: Facts, lang: str) -> Section:
    """What is stored on the device (§ 25(2) No 2 TDDDG, promises P05, P16)."""
    t = translator(lang)
    texts = [
        t(N_("This portal sets no cookies. Your browser keeps only what the service you asked for strictly needs:")),
    ]
    if "cloudflare" in facts.processors:
        texts.append(t(N_("Cloudflare, which stands before this portal here, may set cookies to keep attacks away.")))
    rows = [[item.name, t(item.where), t(item.what), t(item.kept)] for item in ON_DEVICE]
    head = [t(N_("Name")), t(N_("Where")), t(N_("What it is")), t(N_("How long"))]
    note = t(N_("So no consent is needed for it (§ 25(2) No 2 TDDDG), and you are not asked for one."))
    table = Table(t(N_("Stored on your device")), head, rows)
    return Section("device", t(N_("What is stored on your device")), False, [*texts, note], tables=[table])


def logs(facts: Facts, lang: str) -> Section:
    """Server logs and other places beyond the database (promise P17)."""
    t = translator(lang)
    texts = [
        t(
            N_(
                "When you open a page, the host's log notes browser type and version, operating system, the "
                "page you came "
                "from, the host name and IP address of your connection, and the time. It serves to find faults "
                "and attacks, is not combined with other data and is deleted after 8 weeks."
            )
        ),
        t(N_("Outside the database your data may also be found here:")),
    ]
    places = places_for(set(facts.processors), feeds=facts.named_feeds)
    rows = [[t(p.what), t(p.kept), t(p.erasure)] for p in places]
    head = [t(N_("What and where")), t(N_("How long")), t(N_("When you delete your data"))]
    table = Table(t(N_("Data outside the database")), head, rows)
    return Section("logs", t(N_("Server logs and other places")), False, texts, tables=[table])


def visits(facts: Facts, lang: str) -> Section:
    """Visit statistics: none here; of the tenant's own website where a service for it is on (promise P19)."""
    t = translator(lang)
    texts = [t(N_("Visits to this portal are not counted or analysed, and no third party's script runs here."))]
    activity = next((a for a in facts.activities if a.purpose is Purpose.STATISTICS), None)
    companies = [facts.processors[key].name for key in (activity.recipients if activity else ()) if key != HOST]
    if activity and companies:
        counted = t(
            N_(
                "{name} has the visits to its own website counted by {companies}. Noted are the page one comes from, "
                "the page asked for, browser and its version, operating system, kind of device, time, and an IP "
                "address shortened so far that it tells the region only; from these follow the number and length of "
                "visits, where they come from, and how many end at once. Nobody can be recognised by it, and it needs "
                "no cookies. We may do so on this ground: {ground}."
            )
        )
        said = {"name": facts.tenant.name, "companies": ", ".join(companies), "ground": ground_text(activity, lang)}
        texts.append(counted.format(**said))
    return Section("visits", t(N_("Visit statistics")), False, texts)


def mails(facts: Facts, lang: str) -> Section:
    """How messages travel, and that mail has gaps (promises P15, P20, P21)."""
    t = translator(lang)
    texts = [
        t(
            N_(
                "Between your browser and this portal everything is encrypted (TLS); without it the portal answers "
                "only on the machine it runs on."
            )
        ),
        t(
            N_(
                "E-mail has gaps: on its way it can be read by others. So our mails carry as little as possible. The "
                "mail provider notes whether a mail was delivered. Whether you open it or click in it is noted only "
                "with a consent of its own."
            )
        ),
        t(
            N_(
                "Codes, the link to confirm an appointment, and answers about your data or your question come without "
                "a consent: you have just asked for them. They rest on the ground of what they serve: your "
                "appointment, your question or your rights."
            )
        ),
    ]
    if facts.active(Purpose.SMS):
        texts.append(
            t(
                N_(
                    "Text messages about your appointment are optional, and come only with your consent to them and to "
                    "their way: they go through a provider in the USA, which stores what the message holds and your "
                    "number. A code goes that way only if you ask for it with your telephone number."
                )
            )
        )
    heading = N_("E-mails and text messages") if facts.active(Purpose.SMS) else N_("E-mails")
    return Section("messages", t(heading), False, texts)
