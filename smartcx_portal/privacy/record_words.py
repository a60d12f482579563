"""The map's closed words as a record says them: about people, to an authority. `words` says them to the people."""

import re

from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.declaring import Purpose, Who
from smartcx_portal.models.tenant import TransferBasis
from smartcx_portal.privacy.data_map import Column, Entry
from smartcx_portal.privacy.outside import Outside
from smartcx_portal.privacy.words import CATEGORIES, TABLES

ACTIVITIES = {
    Purpose.APPOINTMENT: N_("Appointments: planning, carrying out, questions about them"),
    Purpose.MAIL: N_("E-mails: about appointments, with codes, with answers"),
    Purpose.SMS: N_("Text messages: about appointments, with codes"),
    Purpose.HEALTH: N_("Preparing appointments by specially protected answers"),
    Purpose.ENQUIRY: N_("Answering questions"),
    Purpose.RIGHTS: N_("Carrying out the rights of data subjects, and proving it"),
    Purpose.OPERATION: N_("Secure operation and protection from misuse"),
    Purpose.STAFF: N_("Accounts and work of the staff"),
    Purpose.STATISTICS: N_("Visit statistics of the tenant's own website"),
}
SUBJECTS = {
    Who.CUSTOMER: N_("People with an appointment, a wish or a question"),
    Who.TAB: N_("Visitors of the booking pages"),
    Who.STAFF: N_("Members of the staff"),
    Who.OFFICIAL: N_("Representatives and data protection officer"),
}
VISITORS = N_("Visitors of the tenant's own website")
BASES = {
    TransferBasis.NONE: N_("No basis is recorded"),
    TransferBasis.ADEQUACY: N_("Adequacy decision (Art. 45 GDPR)"),
    TransferBasis.FRAMEWORK: N_("Adequacy decision on the EU-US Data Privacy Framework (Art. 45 GDPR)"),
    TransferBasis.CLAUSES: N_("Standard contractual clauses (Art. 46(2)(c) GDPR)"),
    TransferBasis.CONSENT: N_("Explicit consent (Art. 49(1)(a) GDPR); no sound basis for regular transfers"),
}
GROUND = N_("Art. {article}({paragraph})({letter}) GDPR")
PARTS_OF_GROUND = re.compile(r"(\d+)\((\d+)\)\((\w+)\)")
NEUTRAL = {
    "api_reply": N_("Answers to programs that booked for somebody"),
    "message": N_("Messages sent"),
    "enquiry": N_("Questions that people asked"),
    "privacy_case": N_("Requests of data subjects"),
    "access_record": N_("Looks at the data of people"),
    "export_package": N_("Packages that people asked for"),
    "pull_link": N_("Links by which others fetch a package"),
    "draft": N_("Bookings that are not sent yet"),
}
"""Tables for which `words.TABLES` speaks to the person."""
NEUTRAL_FIELDS = {
    "answer.value": N_("Answers to the form's questions"),
    "api_reply.reply": N_("The reply itself"),
    "cancellation.reason": N_("Why it was cancelled"),
    "draft.entered": N_("What was typed and not sent"),
    "enquiry.text": N_("What was asked"),
    "portal_draft.entered": N_("What was typed and not sent"),
    "received_data.document": N_("The data that another provider sent"),
    "privacy_case.request": N_("The words of the request"),
    "message.to_address": N_("The address it went to"),
}
NEUTRAL_PLACES = {
    "packages": N_("Files with the data of people who asked for them"),
    "handed_over": N_("What people had handed over to other providers, while it waits there"),
    "calendar_feeds": N_("Names and times of appointments, in calendars to which the staff subscribe"),
}


def ground_named(ground: str, lang: str) -> str:
    """A ground by its place in the law: `Art. 6 Abs. 1 Buchst. e DSGVO`; other words stay as they are."""
    found = PARTS_OF_GROUND.fullmatch(ground)
    if found is None:
        return ground
    article, paragraph, letter = found.groups()
    return translate(lang, GROUND).format(article=article, paragraph=paragraph, letter=letter)


def table_named(table: str, lang: str) -> str:
    """What a table holds."""
    return translate(lang, NEUTRAL.get(table) or TABLES[table])


def field_named(entry: Entry, column: Column, lang: str) -> str:
    """What a column holds."""
    return translate(lang, NEUTRAL_FIELDS.get(f"{entry.table}.{column.name}") or CATEGORIES[column.data.category])


def place_named(place: Outside, lang: str) -> str:
    """What lies beyond the database."""
    return translate(lang, NEUTRAL_PLACES.get(place.key) or place.what)
