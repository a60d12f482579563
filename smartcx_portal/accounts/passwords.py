"""Passwords as argon2id hashes (RFC 9106): 12 characters or more, of any kind, long ones welcome (NIST SP 800-63B)."""

import functools
import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.language import N_

SHORTEST = 12
LONGEST = 256
HASHER = PasswordHasher()


class PasswordTooShort(ProductError):
    """Fewer than `SHORTEST` characters."""

    says = N_("Choose a password of at least {shortest} characters. A sentence is fine.")


class PasswordTooLong(ProductError):
    """More than `LONGEST` characters."""

    says = N_("Choose a password of at most {longest} characters.")


def new_hash(password: str) -> str:
    """The hash to store. Raises `PasswordTooShort` or `PasswordTooLong`, both for the field `password`."""
    plain = _normal(password)
    if len(plain) < SHORTEST:
        raise PasswordTooShort(field="password", shortest=SHORTEST)
    if len(plain) > LONGEST:
        raise PasswordTooLong(field="password", longest=LONGEST)
    return HASHER.hash(plain)


def verify(stored: str | None, password: str) -> bool:
    """Whether `password` is the one; without a stored hash it takes as long and is not."""
    plain = _normal(password)
    try:
        right = HASHER.verify(stored or _nobodys(), plain)
    except (VerificationError, InvalidHashError):
        return False
    return right and bool(stored) and len(plain) <= LONGEST


def is_dated(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's, so that it should be made anew."""
    return HASHER.check_needs_rehash(stored)


def _normal(password: str) -> str:
    """The same password typed on two keyboards is the same characters (RFC 8265)."""
    return unicodedata.normalize("NFC", password)[: LONGEST + 1]


@functools.cache
def _nobodys() -> str:
    """A hash that no password opens, so that an unknown account takes as long as a known one."""
    return HASHER.hash(secrets.token_urlsafe())
