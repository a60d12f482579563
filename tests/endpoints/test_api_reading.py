"""The API's reading half: who offers what, and when."""

from datetime import datetime

from smartcx_portal.bookings.offering import free_times
from smartcx_portal.models.tenant import Tenant, TenantStatus
from tests.cast import Cast
from tests.endpoints.api_calls import Caller

WEEK = "from=2026-11-23&to=2026-11-29"


def search(api: Caller, query: str = WEEK, **headers: str):
    return api.ask("GET", f"/availability?services={api.service}&{query}", **headers)


def test_the_tenant_says_who_it_is_and_where_its_notice_stands(api: Caller) -> None:
    said = api.ask("GET", Accept_Language="en").json()
    assert (said["name"], said["bookable"]) == ("Bürgeramt Musterstadt", True)
    assert said["privacy_notice"].endswith("/en/t/buergeramt-musterstadt/privacy")


def test_services_come_with_what_binds_the_person(api: Caller) -> None:
    [one] = api.ask("GET", "/services").json()["services"]
    assert (one["id"], one["duration_min"], one["has_questions"]) == (api.service, 20, True)


def test_a_service_tells_its_questions_and_the_words_of_each_consent(api: Caller, cast: Cast) -> None:
    one = api.ask("GET", f"/services/{api.service}", Accept_Language="de").json()
    assert [(q["id"], q["special"]) for q in one["questions"]] == [
        (str(cast.town.question), False),
        (str(cast.town.special_question), True),
    ]
    words = {consent["purpose"]: consent for consent in one["consents"]}
    assert "Bürgeramt Musterstadt" in words["mail"]["text"]
    assert words["health"]["explicit"] is True


def test_free_times_are_those_of_the_booking_page(api: Caller, cast: Cast) -> None:
    found = search(api).json()
    starts = [datetime.fromisoformat(one["starts_at"]) for day in found["days"] for one in day["starts"]]
    with cast.as_visitor() as work:
        page = free_times(work, cast.town.service, "2026-11-23", "2026-11-29")
    assert starts == [datetime.fromisoformat(one.starts_at) for one in page]
    assert len(starts) == 60


def test_free_times_have_the_offset_of_the_place(api: Caller) -> None:
    found = search(api).json()
    assert found["zone"] == "Europe/Berlin"
    assert found["days"][0]["starts"][0] == {"starts_at": "2026-11-23T08:00:00+01:00", "free": 2}


def test_what_is_booked_is_no_longer_free(api: Caller) -> None:
    api.book()
    assert search(api).json()["days"][0]["starts"][0]["free"] == 1


def test_one_resource_can_be_wished_for(api: Caller, cast: Cast) -> None:
    found = search(api, f"{WEEK}&resource={cast.town.counters[0]}").json()
    assert found["days"][0]["starts"][0]["free"] == 1


def test_an_inverted_range_is_named(api: Caller) -> None:
    answer = search(api, "from=2026-11-29&to=2026-11-23", Accept_Language="en")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"parameter": "to", "detail": "The last day lies before the first."}]


def test_a_search_is_bounded(api: Caller) -> None:
    assert search(api, "from=2026-11-23&to=2027-11-23").status_code == 422


def test_days_beyond_every_calendar_hold_nothing(api: Caller) -> None:
    assert search(api, "from=9999-12-30&to=9999-12-31").json()["days"] == []
    assert search(api, "from=9999-12-30").json()["days"] == []
    assert search(api, "from=0001-01-01&to=0001-01-02").json()["days"] == []


def test_a_mistyped_parameter_is_refused(api: Caller) -> None:
    answer = search(api, "form=2026-11-23")
    assert answer.json()["errors"] == [{"parameter": "form", "detail": "Diesen Namen kennen wir nicht."}]


def test_another_tenants_service_does_not_exist(api: Caller, cast: Cast) -> None:
    assert api.ask("GET", f"/services/{cast.salon.service}").status_code == 404
    assert api.ask("GET", f"/availability?services={cast.salon.service}").status_code == 404


def test_a_tenant_that_wants_no_programs_does_not_exist_here(api: Caller, cast: Cast) -> None:
    with cast.as_job() as work:
        work.get(Tenant, cast.town.id).api = False
    assert api.ask("GET").status_code == 404
    assert api.book().status_code == 404


def test_a_suspended_tenant_says_that_it_takes_no_bookings(api: Caller, cast: Cast) -> None:
    with cast.as_job() as work:
        work.get(Tenant, cast.town.id).status = TenantStatus.SUSPENDED
    assert api.ask("GET").json()["bookable"] is False
    for answer in (search(api), api.hold(), api.book()):
        assert (answer.status_code, answer.json()["type"].rpartition("#")[2]) == (409, "paused")


def test_a_closed_tenant_does_not_exist(api: Caller, cast: Cast) -> None:
    with cast.as_job() as work:
        work.get(Tenant, cast.town.id).status = TenantStatus.CLOSED
    assert api.ask("GET").status_code == 404
