"""Links in messages. Their secrets are signatures, so none is stored; they stand in the URL's fragment, out of logs."""

from uuid import UUID

from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.errors import NotFound, ProductError
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, known
from smartcx_portal.kit.tokens import signature, signed
from smartcx_portal.models.booking import Booking, WaitlistEntry
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import ConsentEvent, ConsentPurpose
from smartcx_portal.models.staff import Invitation
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.settings import settings
from smartcx_portal.tenancy import Work

MANAGE, CONFIRM, CALENDAR, INVITE = "booking-link", "confirm-link", "calendar-link", "invitation-link"
WISH, WITHDRAW, ONE_CLICK = "wish-link", "withdraw-link", "one-click"
ONE_CLICK_PATH = "/callbacks/withdraw/"


class LinkInvalid(ProductError):
    """The secret fits nothing here, or was made void; says the same for what never existed."""

    says = N_(
        "This link is not valid any more. Please open the newest message, or sign in under “My data”: there you find "
        "your appointments and consents. Or contact us."
    )


class InvitationInvalid(LinkInvalid):
    """Of the staff, who have no data to see elsewhere yet."""

    says = N_("This link is not valid any more. Please open the newest message, or contact us.")


def booking_secret(booking: Booking) -> str:
    """Opens one's appointment: see, move, cancel. Void after `link_version` grew."""
    return f"{booking.id}.{signature(MANAGE, *_signs(booking))}"


def confirm_secret(booking: Booking) -> str:
    """Confirms a pending booking (double opt-in), and nothing else."""
    return f"{booking.id}.{signature(CONFIRM, *_signs(booking))}"


def calendar_secret(booking: Booking) -> str:
    """Fetches the appointment's calendar file and nothing else: it stands in a path, which servers may log."""
    return f"{booking.id}.{signature(CALENDAR, *_signs(booking))}"


def booking_of(work: Work, secret: str, *, lock: bool = False) -> Booking:
    """The booking that a `booking_secret` opens at this tenant. Raises `LinkInvalid`."""
    return _opened(work, MANAGE, secret, lock)


def confirmable_of(work: Work, secret: str, *, lock: bool = False) -> Booking:
    """The booking that a `confirm_secret` confirms, whatever its state is now. Raises `LinkInvalid`."""
    return _opened(work, CONFIRM, secret, lock)


def calendar_of(work: Work, secret: str) -> Booking:
    """The booking whose calendar file a `calendar_secret` fetches. Raises `LinkInvalid`."""
    return _opened(work, CALENDAR, secret, lock=False)


def booking_url(tenant: Tenant, booking: Booking, lang: str) -> str:
    """Where the person sees, moves and cancels the appointment."""
    return f"{page_url(lang, 'appointment', tenant)}#{booking_secret(booking)}"


def confirm_url(tenant: Tenant, booking: Booking, lang: str) -> str:
    """Where the person confirms; opening the page changes nothing, its button does."""
    return f"{page_url(lang, 'confirm', tenant)}#{confirm_secret(booking)}"


def invitation_secret(invitation: Invitation) -> str:
    """Names the tenant too, because whoever follows it is not at any tenant's page yet."""
    mark = signature(INVITE, invitation.tenant_id, invitation.id)
    return f"{invitation.tenant_id}.{invitation.id}.{mark}"


def read_invitation_secret(secret: str) -> tuple[UUID, UUID]:
    """Tenant's and invitation's id, once the signature is right. Raises `InvitationInvalid`."""
    parts = secret.split(".")
    if len(parts) != 3:
        raise InvitationInvalid
    try:
        tenant_id, invitation_id = _id(parts[0]), _id(parts[1])
    except LinkInvalid:
        raise InvitationInvalid from None
    if not signed(INVITE, parts[2], tenant_id, invitation_id):
        raise InvitationInvalid
    return tenant_id, invitation_id


def invitation_url(invitation: Invitation, lang: str) -> str:
    """Where the invited person sets a password."""
    return f"{page_url(lang, 'invitation')}#{invitation_secret(invitation)}"


def wish_secret(work: Work, entry: WaitlistEntry) -> str:
    """Opens one's wish in the waiting list: confirm, see, take what is offered, leave. It went to its address only."""
    return f"{entry.id}.{signature(WISH, *_signs_wish(work, entry))}"


def wish_of(work: Work, secret: str, *, lock: bool = False) -> WaitlistEntry:
    """The wish that a `wish_secret` opens at this tenant. Raises `LinkInvalid`, also once its person is erased."""
    shown_id, _, mark = secret.partition(".")
    entry = work.find(WaitlistEntry, _id(shown_id), lock=lock)
    if entry is None or entry.customer_id is None or not signed(WISH, mark, *_signs_wish(work, entry)):
        raise LinkInvalid
    return entry


def wish_url(work: Work, tenant: Tenant, entry: WaitlistEntry, lang: str) -> str:
    """Where the person confirms, sees and takes back the wish."""
    return f"{page_url(lang, 'waiting', tenant, 'wish')}#{wish_secret(work, entry)}"


def withdraw_secret(work: Work, event: ConsentEvent) -> str:
    """Withdraws the consent that was given by `event`, and does nothing else (tier T0).

    Void once the person has another address than the one that messages went to.

    It names the event: whose consent it is follows when two records of a person are joined, and the purpose with it.
    """
    return f"{event.id}.{signature(WITHDRAW, *_signs_consent(work, event))}"


def withdraw_of(work: Work, secret: str) -> ConsentEvent:
    """The event whose consent a `withdraw_secret` withdraws at this tenant.

    Raises `LinkInvalid`, also once its person is erased.
    """
    shown_id, _, mark = secret.partition(".")
    event = work.find(ConsentEvent, _id(shown_id))
    if event is None or event.customer_id is None or not signed(WITHDRAW, mark, *_signs_consent(work, event)):
        raise LinkInvalid
    return event


def withdraw_url(work: Work, tenant: Tenant, event: ConsentEvent, lang: str) -> str:
    """Where the person withdraws the consent; opening the page changes nothing, its button does."""
    return f"{page_url(lang, 'withdraw', tenant)}#{withdraw_secret(work, event)}"


def one_click_url(work: Work, event: ConsentEvent) -> str:
    """Where a mail program withdraws the consent by a POST (RFC 8058); names the tenant, for the path has no other."""
    mark = signature(ONE_CLICK, *_signs_consent(work, event))
    return f"{settings().base_url}{ONE_CLICK_PATH}{event.tenant_id}.{event.id}.{mark}"


def tenant_of_one_click(secret: str) -> UUID:
    """The tenant that a secret names, unproven. Raises `LinkInvalid`."""
    parts = secret.split(".")
    if len(parts) != 3:
        raise LinkInvalid
    return _id(parts[0])


def page_secret_of(work: Work, secret: str) -> str:
    """The `withdraw_secret` of the consent that a mail program's secret withdraws. Raises `LinkInvalid`."""
    _, shown_id, mark = secret.split(".")
    event = work.find(ConsentEvent, _id(shown_id))
    if event is None or event.customer_id is None or not signed(ONE_CLICK, mark, *_signs_consent(work, event)):
        raise LinkInvalid
    return withdraw_secret(work, event)


def _signs_consent(work: Work, event: ConsentEvent) -> tuple[object, ...]:
    person = work.find(Customer, event.customer_id)
    by_phone = event.purpose in (ConsentPurpose.SMS, ConsentPurpose.SMS_TRANSFER)
    address = person and (person.phone_key if by_phone else person.email_key)
    return event.tenant_id, event.id, address or ""


def _signs_wish(work: Work, entry: WaitlistEntry) -> tuple[object, ...]:
    person = work.find(Customer, entry.customer_id)
    return entry.tenant_id, entry.id, (person and person.email_key) or ""


def page_url(lang: str, page: str, tenant: Tenant | None = None, sub: str = "") -> str:
    """The full public address of a page; always under the configured base, never one from a request."""
    return settings().base_url + address(known(lang), page, tenant.slug if tenant else "", sub)


def _signs(booking: Booking) -> tuple[object, ...]:
    return booking.tenant_id, booking.id, booking.link_version


def _opened(work: Work, use: str, secret: str, lock: bool) -> Booking:
    shown_id, _, mark = secret.partition(".")
    booking = work.find(Booking, _id(shown_id), lock=lock)
    if booking is None or not signed(use, mark, *_signs(booking)):
        raise LinkInvalid
    return booking


def _id(text: str) -> UUID:
    try:
        return as_id(text)
    except NotFound:
        raise LinkInvalid from None
