"""The API does what its OpenAPI document says, whatever is sent: Schemathesis draws requests from the document."""

import re
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.checks import CHECKS, load_all_checks

from smartcx_portal.endpoints.api.requests import ID, SERVICES
from smartcx_portal.endpoints.outer import make_outer
from smartcx_portal.gate.bodies import BodyLimit
from smartcx_portal.gate.routes import SameOrigin
from smartcx_portal.kit.limits import forget_all
from tests.bookings.journeys import MONDAY_8
from tests.cast import Cast

EXAMPLES = 12
SLUG = "[a-z0-9-]{1,60}"

load_all_checks()
[positive_data_acceptance] = CHECKS.get_by_names(["positive_data_acceptance"])
document = schemathesis.openapi.from_asgi("/api/v1/openapi.json", BodyLimit(SameOrigin(make_outer(), [])))


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No limit on tries."""
    for module in ("calling", "idempotency"):
        monkeypatch.setattr(f"smartcx_portal.endpoints.api.{module}.WRITING", "1000000 per minute")
    forget_all()
    yield
    forget_all()


few = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
)


@document.parametrize()
@few
def test_every_answer_is_as_documented(case: Case, cast: Cast, unlimited: None) -> None:
    case.call_and_validate()


@document.parametrize()
@few
def test_at_a_real_tenant_too(case: Case, cast: Cast, unlimited: None) -> None:
    """Requests that get as far as the use cases; these may refuse with 422 what the document can't express."""
    put_real_things_in(case, cast)
    case.call_and_validate(excluded_checks=[positive_data_acceptance])


def put_real_things_in(case: Case, cast: Cast) -> None:
    """The town's slug, service and first free time instead of drawn ones that look like such."""
    real = {
        "slug": (SLUG, cast.town.slug),
        "service_id": (ID, str(cast.town.service)),
        "services": (SERVICES, str(cast.town.service)),
        "starts_at": (r"\d{4}-.*", MONDAY_8.isoformat()),
        "resource": (ID, str(cast.town.counters[0])),
    }
    body = case.body if isinstance(case.body, dict) else {}
    for part in (case.path_parameters, case.query, body, body.get("book")):
        for name in real.keys() & (part.keys() if isinstance(part, dict) else set()):
            if isinstance(part[name], str) and re.fullmatch(real[name][0], part[name]):
                part[name] = real[name][1]
