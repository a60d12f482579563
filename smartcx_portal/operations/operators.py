"""The operator's own accounts: made at the command line of the machine, since nobody else may let an operator in."""

from typing import ClassVar

from smartcx_portal.accounts.passwords import new_hash
from smartcx_portal.bookings.entries import clean
from smartcx_portal.kit.contact import email_key
from smartcx_portal.kit.errors import InvalidForm, ProductError
from smartcx_portal.kit.language import N_
from smartcx_portal.models.staff import Identity
from smartcx_portal.tenancy import Permission, Work


class KnownAddress(ProductError):
    """An account may not be both: the operator never works inside a tenant (promise P02)."""

    says: ClassVar[str] = N_("This e-mail address has an account already. An operator needs one of their own.")


def add_operator(work: Work, email: str, name: str, password: str) -> Identity:
    """An admin of the operator, who signs in like staff. Raises `NotAnEmail`, `InvalidForm`, `KnownAddress`."""
    work.need(Permission.OPERATE)
    key, called = email_key(email), clean(name)
    if not called:
        raise InvalidForm({"name": N_("Enter your name.")})
    if work.first(work.shared(Identity).where(Identity.email_key == key)) is not None:
        raise KnownAddress
    return work.new(
        Identity,
        email=clean(email),
        email_key=key,
        name=called,
        password_hash=new_hash(password),
        operator=True,
        created_at=work.now,
    )
