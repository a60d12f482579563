"""Made-up tenants and sign-ins stay out of installations that serve real people."""

import pytest

from smartcx_portal.kit.refusal import CannotRun
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.operations.demo import make_demo
from smartcx_portal.tenancy import JOB, open_work
from tests.cast import Cast


def test_an_installation_with_real_tenants_refuses_it_outside_demo_mode(cast: Cast):
    with pytest.raises(CannotRun, match="demo mode"):
        make_demo(print)
    with open_work(JOB) as work:
        assert work.count(work.shared(Tenant)) == 2
