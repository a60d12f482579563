"""Booking codes: short enough to read out, without letters and figures that are mistaken for each other."""

import secrets
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.models.booking import Booking
from smartcx_portal.standing.offers import newest_notice
from smartcx_portal.tenancy import Select, Work

ALPHABET = "2346789BCDFGHJKMNPQRTVWXYZ"
"""No 0 O, 1 I L, 5 S; no vowels, so that no words come up."""
LENGTH = 8


def new_code(work: Work) -> str:
    """A code that no other booking of the tenant has, such as `7KQM-X3PW`; 2·10¹¹ are possible."""
    return code_and_notice(work)[0]


def code_and_notice(work: Work) -> tuple[str, UUID | None]:
    """Such a code, and the notice that is in force: what every booking gets, by one statement."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        shown = f"{code[:4]}-{code[4:]}"
        ((known, notice),) = work.rows(_known_and_notice, code=shown)
        if not known:
            return shown, notice


def _known_and_notice(select: Select) -> sa.Select[Any]:
    known = select(Booking.id).where(Booking.code == sa.bindparam("code"))
    return select().add_columns(known.exists(), newest_notice(select).scalar_subquery())


def as_code(entered: str) -> str:
    """A code as people type it, in its stored form: case, spaces and the dash do not matter."""
    kept = "".join(c for c in entered.upper() if c.isalnum())
    return f"{kept[:4]}-{kept[4:]}"
