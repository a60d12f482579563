"""Coming into the portal: the code's proof, and what it proves about an address that nobody had confirmed so far."""

from dataclasses import replace

from smartcx_portal.accounts.codes import Because, Refused
from smartcx_portal.accounts.owners import picked
from smartcx_portal.accounts.person_sign_in import NeedBookingCode, SignedIn, sign_in
from smartcx_portal.bookings.joining import prove
from smartcx_portal.models.customer import Customer
from smartcx_portal.tenancy import Work


def come_in(work: Work, entered: str, booking_code: str = "") -> SignedIn | NeedBookingCode | Refused:
    """`sign_in`; an address that was first read now counts as confirmed, and may join two records of one person.

    Where the one known before has special categories that the booking code does not open, the records are joined, but
    nobody is signed in: the code is used up.
    """
    answer = sign_in(work, entered, booking_code)
    if not isinstance(answer, SignedIn) or answer.confirms is None:
        return answer
    person = prove(work, work.get(Customer, answer.customer_id), answer.confirms)
    if picked(work, [person.id], booking_code) is None:
        work.audit("person.not_signed_in", channel=answer.confirms.value)
        return Refused(Because.USED)
    return replace(answer, customer_id=person.id)
