"""The keyed hash by which rows are found that hold an address but no customer."""

from uuid import UUID

from smartcx_portal.kit.contact import contact_key
from smartcx_portal.kit.tokens import digest


def address_key(tenant_id: UUID, address: str) -> str:
    """The same for every spelling of an e-mail address or number, different at every tenant.

    Raises `NotAnEmail` or `NotAPhone`.
    """
    return digest("address", tenant_id, contact_key(address))
