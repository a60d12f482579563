"""From a booking's body to the entries of the booking page's form; consents are to exactly the words that were read."""

from smartcx_portal.bookings.entries import BOXES, FOR_OTHER, TICKED, answer_name, consent_name
from smartcx_portal.endpoints.api.requests import NewBooking
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import N_
from smartcx_portal.models.booking import Confirming
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.standing.consents import consent_text
from smartcx_portal.tenancy import Work

OTHER_WORDS = N_("These are not the words of this consent as they read now. Show them again and send their version.")
MISSING = N_("Without this consent we may not send messages this way.")
NEEDED = {Confirming.EMAIL: ConsentPurpose.MAIL, Confirming.SMS: ConsentPurpose.SMS}
"""On the page the choice of the way is this consent; here it is sent on its own."""


def entries_of(booking: NewBooking) -> dict[str, str]:
    """The form's fields, by the names that `save_entered` knows."""
    person = booking.person
    entered = {"name": person.name, "confirming": booking.confirm_by.value}
    entered |= {name: text for name, text in (("email", person.email), ("phone", person.phone)) if text is not None}
    if booking.for_other:
        entered |= {"for_whom": FOR_OTHER, "attendee": booking.for_other.name}
    entered |= {consent_name(one): TICKED if one in booking.consents else "" for one in BOXES}
    return entered | {answer_name(field_id): text for field_id, text in booking.answers.items()}


def check_consents(work: Work, booking: NewBooking) -> None:
    """Raises `InvalidForm` for a consent to other words than today's, and for one that the chosen way needs."""
    problems = {
        consent_name(purpose): OTHER_WORDS
        for purpose, version in booking.consents.items()
        if consent_text(work, purpose, work.lang).version != version
    }
    needed = NEEDED.get(booking.confirm_by)
    if needed and needed not in booking.consents:
        problems[consent_name(needed)] = MISSING
    if problems:
        raise InvalidForm(problems)
