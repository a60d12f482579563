"""What messages say: as little as possible (promise P15), no name, no answers, nothing personal in a subject.

A paragraph, or a line of the footer, is left out when a field in it is empty.
"""

from dataclasses import dataclass

from smartcx_portal.kit.language import N_
from smartcx_portal.models.messaging import CodeUse
from smartcx_portal.standing.kinds import Kind


@dataclass(frozen=True, slots=True)
class Text:
    """Source texts of one kind; `sms` is empty where none is sent."""

    subject: str
    mail: tuple[str, ...]
    sms: str = ""


HELLO = N_("Hello,")
APPOINTMENT = "{when}\n{service}\n{place}"
WISH = "{service}\n{days}"
SEE = N_("See, move or cancel the appointment:\n{appointment_url}")
NOT_YOU = N_("If this was not you, you need not do anything.")
FOOTER = (
    "{tenant}, {address}\n{contact}",
    N_("See, correct or delete your data: {portal_url}"),
    N_("No more e-mails about appointments (withdraw your consent): {withdraw_url}"),
    N_("Do not see whether I open mails (withdraw this consent): {tracking_url}"),
    N_("Privacy notice: {privacy_url}"),
    N_("E-mail can be read on its way by others; that is why we write only what is needed."),
)
"""Below every mail. Health is not spoken of: that consent is withdrawn in the portal (promise P15)."""
STOP = N_("No more text messages: {withdraw_url}")
"""At the end of every text message."""

TEXTS = {
    Kind.BOOKING_CONFIRM: Text(
        N_("Please confirm your appointment"),
        (
            HELLO,
            N_("an appointment at {tenant} was asked for with this address:"),
            APPOINTMENT,
            N_("Please confirm it by {until}:\n{confirm_url}"),
            N_("Without that, the time becomes free again. If this was not you, you need not do anything."),
        ),
        N_("{tenant}: please confirm your appointment by {until}: {confirm_url}"),
    ),
    Kind.BOOKING_BOOKED: Text(
        N_("Your appointment is booked"),
        (
            HELLO,
            N_("your appointment at {tenant} is booked:"),
            APPOINTMENT,
            N_("Please bring: {bring}"),
            SEE,
            N_("There is nothing else you need to do."),
        ),
        N_("{tenant}: your appointment on {when_short} is booked. See or cancel: {appointment_url}"),
    ),
    Kind.BOOKING_MOVED: Text(
        N_("Your appointment has a new time"),
        (
            HELLO,
            N_("your appointment at {tenant} was moved. It now takes place at:"),
            APPOINTMENT,
            N_("Before, it was: {before}"),
            SEE,
            N_("The earlier time no longer applies."),
        ),
        N_("{tenant}: your appointment was moved to {when_short}. See or cancel: {appointment_url}"),
    ),
    Kind.BOOKING_CANCELLED: Text(
        N_("Your appointment is cancelled"),
        (
            HELLO,
            N_("this appointment at {tenant} was cancelled:"),
            APPOINTMENT,
            N_("What more there is to say about it stands here:\n{appointment_url}"),
            N_("Book a new appointment:\n{book_url}"),
        ),
        N_("{tenant}: your appointment on {when_short} was cancelled. Book a new one: {book_url}"),
    ),
    Kind.CODE: Text(
        N_("Your code"),
        (HELLO, "{aim}", "{code}", N_("The code is valid until {until}. Give it to nobody."), NOT_YOU),
        N_("{tenant}: your code is {code}. Valid until {until}. Give it to nobody."),
    ),
    Kind.NOTHING_STORED: Text(
        N_("Your question about stored data"),
        (
            HELLO,
            N_("somebody, probably you, asked which data {tenant} stores under this e-mail address."),
            N_("No confirmed data is stored under it. What nobody confirmed opens nothing and is erased by itself."),
            N_("If you booked with another address or telephone number, please ask again with that one."),
        ),
    ),
    Kind.CONTACT_CHANGED: Text(
        N_("Your contact details have changed"),
        (
            HELLO,
            N_("at {tenant}, another address or number takes the place of this one. It was confirmed with a code."),
            N_("If this was not you, please tell us at once: {contact}"),
        ),
        N_("{tenant}: another address or number takes the place of this one. If this was not you: {contact}"),
    ),
    Kind.LINKS_RENEWED: Text(
        N_("Your new contact details hold"),
        (
            HELLO,
            N_("at {tenant}, your new contact details hold from now on."),
            N_("Links in earlier messages no longer work. With a code you find your appointments here:\n{own_url}"),
            N_("If this was not you, please tell us at once: {contact}"),
        ),
        N_("{tenant}: your new number holds. Earlier links no longer work. Your appointments: {own_url}"),
    ),
    Kind.INVITATION: Text(
        N_("Invitation to Smart CX"),
        (
            HELLO,
            N_("you are invited to work with the appointments of {tenant} in Smart CX."),
            N_("Set a password by {until}:\n{invitation_url}"),
            N_("The link works once. If you expected no invitation, you need not do anything."),
        ),
    ),
    Kind.ENQUIRY_RECEIVED: Text(
        N_("We have received your message"),
        (
            HELLO,
            N_("your message has reached {tenant}. You will get an answer at this address."),
            N_("It is stored only to handle it and the questions that follow."),
        ),
    ),
    Kind.ENQUIRY_PASSED_ON: Text(
        N_("A question about data protection"),
        (
            HELLO,
            N_("somebody asked this on the pages of {tenant}, and chose the operator of the portal to answer:"),
            "{question}",
            N_("Please answer to {answer_to}."),
            N_("Please keep this mail only as long as the answer needs it."),
        ),
    ),
    Kind.WAITLIST_CONFIRM: Text(
        N_("Please confirm your place in the waiting list"),
        (
            HELLO,
            N_("with this address somebody asked to be put on the waiting list of {tenant}:"),
            WISH,
            N_("Please confirm it by {until}:\n{wish_url}"),
            NOT_YOU,
        ),
    ),
    Kind.WAITLIST_OFFER: Text(
        N_("A time has become free for you"),
        (
            HELLO,
            N_("at {tenant} a time has become free that fits your wish:"),
            APPOINTMENT,
            N_("It is held for you until {until}. Take it or leave it to others here:\n{wish_url}"),
            N_("If you do nothing, it goes to the next person. You stay on the waiting list for up to five offers."),
        ),
    ),
    Kind.WAITLIST_OVER: Text(
        N_("Nothing has become free"),
        (
            HELLO,
            N_("the days of your wish at {tenant} are over, and nothing became free that fitted it:"),
            WISH,
            N_("Book a new appointment:\n{book_url}"),
        ),
    ),
}
AIMS = {
    CodeUse.PORTAL: N_("with this code you see your data at {tenant}:"),
    CodeUse.STEP_UP: N_("with this code you confirm a change to your data at {tenant}:"),
    CodeUse.NEW_EMAIL: N_("with this code you confirm your new e-mail address at {tenant}:"),
    CodeUse.NEW_PHONE: N_("with this code you confirm your new telephone number at {tenant}:"),
    CodeUse.BOOKING: N_("with this code you confirm your appointment at {tenant}:"),
}
