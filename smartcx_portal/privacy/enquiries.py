"""Questions, also on privacy, and reported barriers: stored only to handle them (promises P14, P18)."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.bookings.entries import clean
from smartcx_portal.bookings.looking import Why, record_person_look
from smartcx_portal.kit.contact import NotAnEmail, email_key
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_
from smartcx_portal.kit.limits import count, limit
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.messaging.outbox import post
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import Category
from smartcx_portal.models.messaging import Channel
from smartcx_portal.models.privacy import Enquiry
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.data_map import entry_for
from smartcx_portal.privacy.destroying import destroy
from smartcx_portal.privacy.operator import operator
from smartcx_portal.standing.addresses import address_key
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.standing.masking import masked_value
from smartcx_portal.tenancy import Permission, Work

TOPICS = ("question", "privacy", "representative", "barrier")
RECIPIENTS = ("tenant", "operator")
ABOUT = {
    "question": ("question", "tenant"),
    "privacy": ("privacy", "tenant"),
    "representative": ("representative", "tenant"),
    "operator": ("privacy", "operator"),
    "barrier": ("barrier", "tenant"),
}
"""What forms offer to write about: topic and recipient (promise P14)."""
PER_NETWORK = "5 per hour"
PER_ADDRESS = "3 per hour"
LONGEST = {"name": 200, "email": 320, "text": 4000}
PROBLEMS = {
    "name": N_("Use at most 200 characters."),
    "email": N_("Use at most 320 characters."),
    "text": N_("Use at most 4,000 characters."),
}
TEXT_MISSING = N_("Write down your question.")
ABOUT_MISSING = N_("Choose what it is about.")


@dataclass(frozen=True, slots=True)
class WaitingEnquiry:
    """One enquiry in the list of the staff. `email` is masked, and what was written stays out."""

    id: str
    topic: str
    name: str
    email: str
    created: str


@dataclass(frozen=True, slots=True)
class EnquiryView:
    """One enquiry that a member of the staff opened to answer it."""

    id: str
    email: str
    text: str


def ask_about(work: Work, about: str, name: str, email: str, text: str) -> UUID:
    """`ask` for the forms, which send a key of `ABOUT`. Raises `InvalidForm` with all problems in the form's order."""
    missing = {} if about in ABOUT else {"about": ABOUT_MISSING}
    topic, recipient = ABOUT.get(about, ABOUT["question"])
    if not missing:
        return ask(work, topic, name, email, text, recipient)
    _check({"name": clean(name), "email": clean(email), "text": clean(text, lines=True)}, missing, topic)
    raise InvalidForm(missing)


def ask(work: Work, topic: str, name: str, email: str, text: str, recipient: str = "tenant") -> UUID:
    """Store a question, and tell its address that it arrived; one to the operator goes to its officer by mail.

    Only a reported barrier may come without an address. Raises `InvalidForm`, `TooMany`.
    """
    work.need(Permission.VISITOR)
    if topic not in TOPICS or recipient not in RECIPIENTS:
        raise NotFound
    entered = {"name": clean(name), "email": clean(email), "text": clean(text, lines=True)}
    _check(entered, {}, topic)
    limit("enquiry", f"{work.tenant}:{work.network}", PER_NETWORK)
    enquiry = work.new(
        Enquiry,
        customer_id=work.actor.customer_id,
        topic=topic,
        recipient=recipient,
        address_key=address_key(work.tenant, entered["email"]) if entered["email"] else "",
        language=work.lang,
        created_at=work.now,
        **entered,
    )
    work.audit("enquiry.received", enquiry, topic=topic, recipient=recipient)
    if enquiry.email:
        _say_it_arrived(work, enquiry)
    if recipient == "operator":
        post(work, Kind.ENQUIRY_PASSED_ON, Channel.EMAIL, operator().dpo.email, language="de", enquiry_id=enquiry.id)
    return enquiry.id


def open_enquiries(work: Work) -> list[WaitingEnquiry]:
    """What waits for an answer, oldest first; the topic `operator` marks what the operator's officer got by mail.

    The operator, a processor, never looks into a tenant's data by itself.
    """
    work.need(Permission.STAFF)
    zone = work.get(Tenant, work.tenant).zone
    query = work.select(Enquiry).where(Enquiry.closed_at.is_(None))
    rows = work.all(query.order_by(Enquiry.created_at))
    return [
        WaitingEnquiry(
            str(e.id),
            "operator" if e.recipient == "operator" else e.topic,
            e.name,
            masked_value(Category.EMAIL, e.email),
            moment_text(e.created_at, zone, work.lang),
        )
        for e in rows
    ]


def look_at_enquiry(work: Work, enquiry_id: str) -> EnquiryView:
    """Text and address of one enquiry; written down for whoever they belong to, who sees it in the portal."""
    work.need(Permission.STAFF)
    enquiry = work.get(Enquiry, as_id(enquiry_id))
    for customer_id in _whose(work, enquiry):
        record_person_look(work, customer_id, "enquiry", Why.ENQUIRY)
    work.audit("enquiry.opened", enquiry)
    return EnquiryView(str(enquiry.id), enquiry.email, enquiry.text)


def close_enquiry(work: Work, enquiry_id: str) -> None:
    """It is answered; its period runs from now. A second time changes nothing."""
    work.need(Permission.STAFF)
    enquiry = work.get(Enquiry, as_id(enquiry_id))
    if enquiry.closed_at is None:
        enquiry.closed_at = work.now
        work.audit("enquiry.closed", enquiry)


def delete_enquiry(work: Work, enquiry_id: str) -> None:
    """Delete a question because whoever asked wishes it (promise P18), also of somebody who cannot sign in here."""
    work.need(Permission.STAFF)
    enquiry = work.get(Enquiry, as_id(enquiry_id))
    work.audit("enquiry.deleted", enquiry)
    destroy(work, entry_for(Enquiry), [enquiry.id])


def _whose(work: Work, enquiry: Enquiry) -> set[UUID]:
    """Who asked while signed in, and who alone showed that they read mail at the address: the data map's rule."""
    found = {enquiry.customer_id} if enquiry.customer_id else set()
    if not enquiry.email:
        return found
    own = sa.and_(Customer.email_key == email_key(enquiry.email), Customer.email_verified_at.is_not(None))
    owners = set(work.all(work.select(Customer.id).where(own)))
    return found | owners if len(owners) == 1 else found


def _say_it_arrived(work: Work, enquiry: Enquiry) -> None:
    """To the address that was typed, a few times an hour at most: it may be anybody's. Only to the person's own one
    as theirs, since what goes to a person holds links of theirs.
    """
    if count("enquiry-mail", f"{work.tenant}:{enquiry.address_key}", PER_ADDRESS).over:
        return
    person = work.find(Customer, enquiry.customer_id)
    own = person is not None and person.email_verified_at and person.email_key == email_key(enquiry.email)
    post(
        work,
        Kind.ENQUIRY_RECEIVED,
        Channel.EMAIL,
        enquiry.email,
        language=enquiry.language,
        customer_id=enquiry.customer_id if own else None,
        enquiry_id=enquiry.id,
    )


def _check(entered: dict[str, str], found: dict[str, str], topic: str) -> None:
    """Only a reported barrier may come without an address. Raises `InvalidForm`, `found` included."""
    problems = found | {name: PROBLEMS[name] for name, value in entered.items() if len(value) > LONGEST[name]}
    if "email" not in problems and (entered["email"] or topic != "barrier"):
        try:
            email_key(entered["email"])
        except NotAnEmail as problem:
            problems["email"] = problem.sentence
    if not entered["text"]:
        problems["text"] = TEXT_MISSING
    if problems:
        raise InvalidForm({name: problems[name] for name in ("about", *LONGEST) if name in problems})
