"""Who may sign in to the demo, and where the passwords stand: `DATA/demo-logins.txt`, readable by its owner only."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from smartcx_portal.accounts.passwords import new_hash
from smartcx_portal.kit.addresses import address
from smartcx_portal.models.staff import Identity
from smartcx_portal.operations.demo_facts import PEOPLE, demo_tenants, email_of
from smartcx_portal.settings import settings
from smartcx_portal.tenancy import Work

OPERATOR = "oskar"
ROLES = {"owner": "owns", "staff": "works at"}


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """One person of the demo; `does` says what they do there."""

    name: str
    does: str
    email: str
    password: str


def make_logins(work: Work) -> list[DemoLogin]:
    """Give every demo person an account with a new password: random, or the one that `SMARTCX_DEMO_PASSWORD` sets."""
    return [_make(work, person) for person in PEOPLE]


def identity_of(work: Work, person: str) -> Identity:
    """The account of a demo person, made without a password at the first look."""
    email = email_of(person)
    found = work.first(work.shared(Identity).where(Identity.email_key == email))
    return found or work.new(
        Identity, email=email, email_key=email, name=PEOPLE[person], operator=person == OPERATOR, created_at=work.now
    )


def logins_file() -> Path:
    """Where the sign-ins are kept; that it is there says that the demo is complete."""
    return settings().data / "demo-logins.txt"


def keep(logins: list[DemoLogin]) -> None:
    """Write the file anew, never readable for others, not even for a moment."""
    fresh = logins_file().with_suffix(".new")
    fresh.parent.mkdir(parents=True, exist_ok=True)
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(as_text(logins))
    fresh.replace(logins_file())


def as_text(logins: list[DemoLogin]) -> str:
    """The sign-ins as a small table for people."""
    wide = max(len(one.email) for one in logins)
    lines = [f"Demo sign-ins at {settings().base_url}{address('de', 'sign_in')}"]
    lines += [f"  {one.email:<{wide}}  {one.password}  ({one.name} {one.does})" for one in logins]
    return "\n".join(lines) + "\n"


def _make(work: Work, person: str) -> DemoLogin:
    chosen = settings().demo_password
    password = chosen.get_secret_value() if chosen else "-".join(secrets.token_hex(2) for _ in range(4))
    identity_of(work, person).password_hash = new_hash(password)
    return DemoLogin(PEOPLE[person], _does(person), email_of(person), password)


def _does(person: str) -> str:
    for facts in demo_tenants():
        for key, role in facts.members:
            if key == person:
                return f"{ROLES[role]} {facts.form.name}"
    return "is the operator"
