"""The questions that the signed-in person has asked, and what became of each (promise P14)."""

from dataclasses import dataclass

from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.privacy import Enquiry
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.access import own_id
from smartcx_portal.privacy.activities import activities
from smartcx_portal.privacy.data_map import entry_for, ids_of, person, rows_with
from smartcx_portal.privacy.words import period_text
from smartcx_portal.tenancy import Permission, Work

ABOUT = {
    "question": N_("Question about appointments"),
    "privacy": N_("Question about your data"),
    "representative": N_("Question on behalf of somebody else"),
    "operator": N_("Question about your data, to the operator of the pages"),
    "barrier": N_("Reported barrier"),
}
WAITS, ANSWERED = N_("waits for an answer"), N_("answered")
MOST = 20
"""Questions that one answer holds."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `closed` is the day of the answer, empty while it waits."""

    id: str
    about: str
    text: str
    state: str
    asked: str
    closed: str


@dataclass(frozen=True, slots=True)
class Questions:
    """A part of a list, the newest first, and whether there is more behind it."""

    lines: list[Question]
    more: bool


@dataclass(frozen=True, slots=True)
class Writer:
    """Who asks, as it is stored; `email` is empty for people who gave none."""

    name: str
    email: str


def writer(work: Work) -> Writer:
    """The signed-in person's name and address, so that nothing is asked twice."""
    work.need(Permission.PERSON)
    customer = work.get(Customer, own_id(work))
    return Writer(customer.name, customer.email or "")


def question_period(work: Work) -> str:
    """How long a question is kept, as a rule: `30 days after the matter is closed`; empty if no period is set up."""
    activity = activities(work).get(Purpose.ENQUIRY)
    return period_text(activity, work.lang) if activity else ""


def own_questions(work: Work, *, start: int = 0, most: int = MOST) -> Questions:
    """The signed-in person's questions from the `start`-th on, also those asked before without signing in."""
    work.need(Permission.PERSON)
    entry, begin = entry_for(Enquiry), max(start, 0)
    ids = ids_of(work, entry, person(work, own_id(work)))
    rows = rows_with(work, entry, ids[begin : begin + most])
    return Questions([_question(work, row) for row in rows], len(ids) > begin + most)


def _question(work: Work, row: Enquiry) -> Question:
    zone, lang = work.get(Tenant, work.tenant).zone, work.lang
    return Question(
        id=str(row.id),
        about=translate(lang, ABOUT["operator" if row.recipient == "operator" else row.topic]),
        text=row.text,
        state=translate(lang, ANSWERED if row.closed_at else WAITS),
        asked=day_text(local_day(row.created_at, zone), lang),
        closed=day_text(local_day(row.closed_at, zone), lang) if row.closed_at else "",
    )
