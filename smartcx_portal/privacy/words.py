"""The map's closed words in words that people read; English here, German in the catalogue."""

from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.declaring import Category, Purpose, Source
from smartcx_portal.models.privacy import ProcessingActivity, RetentionStart, Right

PURPOSES = {
    Purpose.APPOINTMENT: N_("To plan and carry out your appointment, and for questions about it"),
    Purpose.MAIL: N_("To send you e-mails about your appointment"),
    Purpose.SMS: N_("To send you text messages about your appointment"),
    Purpose.HEALTH: N_("To prepare for what you told us about your health or other specially protected matters"),
    Purpose.ENQUIRY: N_("To answer your question"),
    Purpose.RIGHTS: N_("To carry out your data protection rights, and to show that it was done"),
    Purpose.OPERATION: N_("To run the service without faults and protect it from misuse"),
    Purpose.STAFF: N_("To let the staff sign in and work"),
    Purpose.STATISTICS: N_("To count visits to the pages"),
}
GROUNDS = {
    "6(1)(a)": N_("your consent (Art. 6(1)(a) GDPR)"),
    "6(1)(b)": N_("a contract with you, or steps before it that you asked for (Art. 6(1)(b) GDPR)"),
    "6(1)(c)": N_("a legal duty (Art. 6(1)(c) GDPR)"),
    "6(1)(e)": N_("a task in the public interest (Art. 6(1)(e) GDPR with the data protection act of the Land)"),
    "6(1)(f)": N_("a legitimate interest in a service that works and answers (Art. 6(1)(f) GDPR)"),
    "9(2)(a)": N_("your explicit consent (Art. 9(2)(a) GDPR)"),
    "9(2)(h)": N_("health care (Art. 9(2)(h) GDPR)"),
    "49(1)(a)": N_("your explicit consent to the transfer (Art. 49(1)(a) GDPR)"),
}
CATEGORIES = {
    Category.NAME: N_("Name"),
    Category.EMAIL: N_("E-mail address"),
    Category.PHONE: N_("Phone number"),
    Category.CONTACT: N_("Address or number that a message goes to"),
    Category.CONTENT: N_("What was entered"),
    Category.HEALTH: N_("Specially protected answer"),
    Category.PSEUDONYM: N_("Technical key"),
    Category.CODE: N_("Booking code"),
    Category.LANGUAGE: N_("Language"),
    Category.PASSWORD: N_("Password, as a hash"),
    Category.HISTORY: N_("Course of use"),
    Category.CONSENT: N_("Consents"),
    Category.DOCUMENT: N_("Number of an identity document"),
    Category.BIRTH: N_("Date of birth"),
}
FIELDS = {
    "answer.value": N_("Answer"),
    "api_reply.reply": N_("Reply that is given again to the same request for 24 hours"),
    "cancellation.reason": N_("Reason of the cancellation"),
    "draft.entered": N_("What you are typing at the moment"),
    "enquiry.text": N_("Your question"),
    "message.to_address": N_("Sent to"),
    "portal_draft.entered": N_("What you have typed and not sent"),
    "pull_link.label": N_("For whom the link is"),
    "received_data.document": N_("What another provider sent here at your wish"),
    "one_time_code.new_value": N_("New address that waits for its code"),
    "privacy_case.request": N_("Your request"),
}
"""Labels where the category's word would not be enough."""
TABLES = {
    "customer": N_("Name and contact"),
    "booking": N_("Appointments"),
    "attendee": N_("Who an appointment is for"),
    "answer": N_("Answers to questions"),
    "cancellation": N_("Cancellations"),
    "draft": N_("Not sent yet"),
    "waitlist_entry": N_("Waiting list"),
    "api_reply": N_("Answers to programs that booked for you"),
    "message": N_("Messages to you"),
    "consent_event": N_("Consents"),
    "privacy_case": N_("Requests about your data"),
    "access_record": N_("Who looked at your data"),
    "enquiry": N_("Questions you asked"),
    "export_package": N_("Packages for you"),
    "portal_draft": N_("Typed on these pages and not sent"),
    "recipient_notice": N_("Who was told of a change"),
    "transfer": N_("Data handed over to others"),
    "received_data": N_("Data handed over to us"),
    "pull_link": N_("Links by which others fetch your data"),
    "one_time_code": N_("One-time codes"),
    "session": N_("Being signed in"),
    "erasure_ledger_entry": N_("Proof of an erasure"),
    "identity": N_("Staff accounts"),
    "membership": N_("Who works here"),
    "invitation": N_("Invitations"),
    "tenant": N_("Facts about the provider"),
    "audit_entry": N_("Trail of what was done"),
    "calendar_change": N_("Changes to what can be booked"),
}
SOURCES = {
    Source.PERSON: N_("You entered it"),
    Source.VISIT: N_("It arose during your visit to the page"),
    Source.STAFF: N_("The staff entered it"),
    Source.SYSTEM: N_("The portal made it"),
    Source.HANDED_OVER: N_("Another provider sent it at your wish"),
}
PERIODS = {
    RetentionStart.APPOINTMENT_END: N_("{days} days after the appointment"),
    RetentionStart.CREATED: N_("{days} days after it arose"),
    RetentionStart.CLOSED: N_("{days} days after the matter is closed"),
    RetentionStart.SENT: N_("{days} days after it was sent"),
}
ONE_DAY_AFTER = N_("the day after the appointment")
STAFF_PERIOD = N_("{days} days after the person stops working here")
YEARS_AFTER = N_("three years after the end of the year in which the matter is closed")
RIGHTS = {
    Right.ACCESS: N_("Access to your data"),
    Right.PORTABILITY: N_("Data to take along"),
    Right.RECTIFICATION: N_("Correction of your data"),
    Right.ERASURE: N_("Erasure of your data"),
    Right.RESTRICTION: N_("Restriction of use"),
    Right.OBJECTION: N_("Objection to use"),
    Right.WITHDRAWAL: N_("Withdrawal of a consent"),
}


def field_label(table: str, column: str, category: Category) -> str:
    """The msgid for one column."""
    return FIELDS.get(f"{table}.{column}", CATEGORIES[category])


def ground_text(activity: ProcessingActivity, lang: str) -> str:
    """The ground, and for special categories the second one."""
    grounds = [g for g in (activity.legal_basis, activity.special_basis) if g]
    return "; ".join(translate(lang, GROUNDS.get(g, g)) for g in grounds)


def period_text(activity: ProcessingActivity, lang: str) -> str:
    """How long, as a rule."""
    if activity.retention_start is RetentionStart.CLOSED and activity.retention_days == 3 * 365:
        return translate(lang, YEARS_AFTER)
    sentence = STAFF_PERIOD if activity.purpose is Purpose.STAFF else PERIODS[activity.retention_start]
    if activity.retention_start is RetentionStart.APPOINTMENT_END and activity.retention_days == 1:
        sentence = ONE_DAY_AFTER
    return translate(lang, sentence).format(days=activity.retention_days)
