"""The first account of an installation is made at its command line."""

import os
import subprocess
import sys

import pytest
from sqlalchemy import Engine

from smartcx_portal.accounts.passwords import PasswordTooShort
from smartcx_portal.accounts.staff_sign_in import prove_password
from smartcx_portal.kit.embedded import Urls
from smartcx_portal.kit.errors import NotPermitted
from smartcx_portal.models.staff import Identity, Role
from smartcx_portal.operations.operators import KnownAddress, add_operator
from smartcx_portal.tenancy import JOB, VISITOR, open_work
from tests.cast import Cast

PASSWORD = "ein Satz als Passwort"


def test_an_operator_made_at_the_command_line_can_sign_in(engine: Engine, database: Urls):
    command = [sys.executable, "-m", "smartcx_portal.cli", "operator", "oskar@example.org", "--name", "Oskar"]
    done = subprocess.run(command, input=f"{PASSWORD}\n", env=dict(os.environ), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with open_work(VISITOR) as work:
        assert prove_password(work, "oskar@example.org", PASSWORD)
    with open_work(JOB) as work:
        assert work.first(work.shared(Identity.operator)) is True


def test_a_member_of_a_tenant_does_not_become_the_operator(cast: Cast):
    with pytest.raises(KnownAddress), open_work(JOB) as work:
        add_operator(work, "Anna@Example.org", "Anna", PASSWORD)


def test_a_short_password_is_refused(engine: Engine):
    with pytest.raises(PasswordTooShort), open_work(JOB) as work:
        add_operator(work, "oskar@example.org", "Oskar", "kurz")


def test_no_member_makes_operators(cast: Cast):
    with pytest.raises(NotPermitted), cast.as_staff(cast.anna, role=Role.OWNER) as work:
        add_operator(work, "anna.privat@example.org", "Anna", PASSWORD)
