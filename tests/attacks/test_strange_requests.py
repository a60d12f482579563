"""The API is sent what no honest program sends: every answer is a problem document, and nothing is held."""

import json

import pytest

from smartcx_portal.models.booking import Booking
from tests.bookings.journeys import MONDAY_8
from tests.cast import Cast
from tests.endpoints.api_calls import NO_MESSAGE, Caller, api  # noqa: F401 - a fixture

PROBLEM = "application/problem+json"
BODIES = {
    "half_a_sign_as_name": '{"\\ud800": 1}',
    "half_a_sign_as_value": json.dumps({**NO_MESSAGE, "person": {"name": "\ud800"}}),
    "nested": "[" * 30_000 + "]" * 30_000,
    "a_number_of_6000_digits": '{"places": ' + "9" * 6_000 + "}",
    "no_number": '{"starts_at": NaN}',
    "endless": '{"starts_at": Infinity}',
    "other_letters": b'{"services": "\xff"}',
}
MORE = (
    {"places": 0},
    {"places": -1},
    {"places": 999},
    {"places": 10**30},
    {"repeats": 0},
    {"repeats": 99, "every_weeks": 12},
    {"repeats": 10_000},
    {"every_weeks": -1},
    {"starts_at": "2026-03-29T02:30:00+01:00"},
    {"starts_at": "2026-11-23T08:00:00"},
    {"starts_at": MONDAY_8.replace(microsecond=1).isoformat()},
)


def refused(cast: Cast, answer) -> None:
    """A problem of the caller's making, and nothing is held or booked."""
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == PROBLEM
    with cast.as_job() as work:
        assert work.count(work.select(Booking.id)) == 0


@pytest.mark.parametrize("path", ["/holds", "/bookings"])
@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_breaks_readers_is_a_problem(api: Caller, cast: Cast, body: str, path: str):  # noqa: F811
    sent = {"content": BODIES[body], "headers": {"Content-Type": "application/json"}}
    refused(cast, api.client.post(api.root + path, **sent))


@pytest.mark.parametrize("more", MORE, ids=str)
def test_a_wish_that_fits_no_calendar_holds_nothing(api: Caller, cast: Cast, more: dict):  # noqa: F811
    refused(cast, api.ask("POST", "/holds", {**api.wish(), **more}))


@pytest.mark.parametrize("quantity", ["*0", "*-1", "*99", "*100", "*99," + "{0}*99"])
def test_no_quantity_overflows_a_visit(api: Caller, cast: Cast, quantity: str):  # noqa: F811
    services = api.service + quantity.format(api.service)
    refused(cast, api.ask("POST", "/holds", {"services": services, "starts_at": MONDAY_8.isoformat()}))


@pytest.mark.parametrize("header", ["Idempotency_Key", "Hold_Token"])
def test_a_header_of_ten_kilobytes_is_refused(api: Caller, cast: Cast, header: str):  # noqa: F811
    refused(cast, api.ask("POST", "/holds", api.wish(), **{header: "k" * 10_000}))


def test_a_resource_of_another_tenant_is_none(api: Caller, cast: Cast):  # noqa: F811
    refused(cast, api.ask("POST", "/holds", api.wish(resource=str(cast.salon.counters[0]))))
