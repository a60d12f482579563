"""Booking codes: short enough to read out, without letters and figures that are mistaken for each other."""

import secrets
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.models.booking import Booking
from smartcx_portal.tenancy import Select, Work

ALPHABET = "2346789BCDFGHJKMNPQRTVWXYZ"
"""No 0 O, 1 I L, 5 S; no vowels, so that no words come up."""
LENGTH = 8


def new_code(work: Work) -> str:
    """A code that no other booking of the tenant has, such as `7KQM-X3PW`; 2·10¹¹ are possible."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        shown = f"{code[:4]}-{code[4:]}"
        if not work.rows(_of_code, code=shown):
            return shown


def _of_code(select: Select) -> sa.Select[tuple[UUID]]:
    return select(Booking.id).where(Booking.code == sa.bindparam("code"))


def as_code(entered: str) -> str:
    """A code as people type it, in its stored form: case, spaces and the dash do not matter."""
    kept = "".join(c for c in entered.upper() if c.isalnum())
    return f"{kept[:4]}-{kept[4:]}"
