"""What is held outside the tables, with the same facts as a column: the other half of the data map (design D8)."""

from dataclasses import dataclass

from smartcx_portal.kit.language import N_
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.settings import settings


@dataclass(frozen=True, slots=True)
class Outside:
    """A place beyond the database. `what`, `kept` and `erasure` are msgids; `provider` is a sub-processor's key.

    `in_demo`: only in demonstrations. `by_feeds`: only where a tenant lets calendars subscribe to names. `only_with`:
    holds something only of people who have a row in this table.
    """

    key: str
    what: str
    purpose: Purpose
    kept: str
    erasure: str
    provider: str = ""
    in_demo: bool = False
    by_feeds: bool = False
    only_with: str = ""
    days: int | None = None
    """After how many days it is gone at the latest; None where `no_end` says why no number can be given."""
    no_end: str = ""


PLACES = (
    Outside(
        "tab_states",
        N_("What the open page shows, in the server's memory"),
        Purpose.OPERATION,
        N_("until the tab is closed or has been quiet for a while"),
        N_("cleared when you sign out or delete your data"),
        days=1,
    ),
    Outside(
        "server_logs",
        N_("Server logs: browser type and version, operating system, referrer, host name, time, IP address"),
        Purpose.OPERATION,
        N_("8 weeks"),
        N_("deleted by the host after 8 weeks; not linked to your name"),
        "ionos",
        days=56,
    ),
    Outside(
        "packages",
        N_("Files of your data that you asked for"),
        Purpose.RIGHTS,
        N_("7 days"),
        N_("deleted at once"),
        days=7,
    ),
    Outside(
        "exports",
        N_("Lists of appointments that the tenant's staff take out as a file"),
        Purpose.APPOINTMENT,
        N_("until they are fetched, a few minutes at most"),
        N_("deleted within minutes"),
        days=1,
    ),
    Outside(
        "handed_over",
        N_("What you handed over to another provider of these pages, while it waits there to be taken over"),
        Purpose.RIGHTS,
        N_("30 days, or until that provider takes it over or refuses it; what it takes over is its own from then on"),
        N_("stays there, since you wanted it there; that provider is told that you had it deleted here"),
        only_with="transfer",
        days=31,
    ),
    Outside(
        "job_queue",
        N_("Tasks that are still to be done, such as a mail to send: numbers of entries, and no other data"),
        Purpose.OPERATION,
        N_("one day after they are done, 30 days if they failed"),
        N_("find nothing any more, and are deleted after that time"),
        days=31,
    ),
    Outside(
        "mailbox",
        N_("Copies of messages, in demonstrations only"),
        Purpose.MAIL,
        N_("until the demonstration ends"),
        N_("deleted at once"),
        in_demo=True,
        no_end="a demonstration is taken down by hand, and its folder with it",
    ),
    Outside(
        "mailjet_log",
        N_("Mail address and mail log (address, sender, time, delivery) at the mail provider"),
        Purpose.MAIL,
        N_("30 days"),
        N_("deleted by the provider after 30 days"),
        "mailjet",
        days=30,
    ),
    Outside(
        "twilio_log",
        N_("Phone number and text message at the SMS provider, in the USA"),
        Purpose.SMS,
        N_("13 months in the provider's records unless deleted earlier"),
        N_("deleted at the provider's own pace; ask us for the state"),
        "twilio",
        days=396,
    ),
    Outside(
        "calendar_feeds",
        N_("Your name and the time of your appointment, in calendars to which the staff subscribe"),
        Purpose.APPOINTMENT,
        N_("until 30 days after the appointment; in those calendars as long as they keep what they fetched"),
        N_("no longer given out from then on; those calendars follow when they fetch again"),
        by_feeds=True,
        no_end="whoever runs the calendar decides how long it keeps what it fetched",
    ),
    Outside(
        "ledger_file",
        N_("The list of erasures kept beside the database, as keyed hashes"),
        Purpose.RIGHTS,
        N_("as long as the portal is run"),
        N_("stays: it tells nobody who you were; with it the erasure can be done again after a backup was restored"),
        no_end="without it a restored backup would bring the erased back; keyed hashes only",
    ),
    Outside(
        "backups",
        N_("Backups of the database, where the operator makes them"),
        Purpose.OPERATION,
        N_("until the backup is overwritten"),
        N_("after a restore, to be erased again by the list of erasures"),
        no_end="the operator decides how long a backup is kept; the list of erasures covers it",
    ),
)


@dataclass(frozen=True, slots=True)
class OnDevice:
    """Something kept in the browser; `name` is its storage key, `what` and `kept` are msgids."""

    name: str
    where: str
    what: str
    kept: str


ON_DEVICE = (
    OnDevice(
        "token",
        N_("session storage of the tab"),
        N_("A random number by which the server finds what this tab shows"),
        N_("until the tab is closed"),
    ),
    OnDevice(
        "smartcx_tab",
        N_("session storage of the tab"),
        N_("A random key by which this tab finds its own entries again after a reload or a cut line"),
        N_("until the tab is closed"),
    ),
    OnDevice(
        "react-router-scroll-positions",
        N_("session storage of the tab"),
        N_("How far down each page of this tab was scrolled"),
        N_("until the tab is closed"),
    ),
)
"""All that is stored on a person's device (promises P05, P16); a browser test compares it with the truth."""


def places_for(providers: set[str], *, feeds: bool) -> list[Outside]:
    """The places that exist in this installation with these sub-processors active; `feeds`: with names in feeds."""
    here = [p for p in PLACES if (not p.in_demo or settings().demo) and (not p.by_feeds or feeds)]
    return [p for p in here if not p.provider or p.provider in providers]
