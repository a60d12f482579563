"""Holding, booking, moving and cancelling through the API: the booking page's rules, with secrets in headers only."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from smartcx_portal.bookings.confirming import confirm_by_link
from smartcx_portal.kit.tokens import number_code
from smartcx_portal.messaging.links import confirm_secret
from smartcx_portal.messaging.templates import CODE_USE
from smartcx_portal.models.booking import Answer, ApiReply, Attendee, Booking, BookingStatus, Claim, Draft, Origin
from smartcx_portal.models.calendar import Service
from smartcx_portal.models.messaging import OneTimeCode
from smartcx_portal.models.privacy import ConsentEvent
from tests.bookings.conftest import sms  # noqa: F401 - a fixture
from tests.bookings.journeys import MONDAY_8, MONDAY_9, messages
from tests.cast import CLARA, Cast
from tests.conftest import SUNDAY, at
from tests.endpoints.api_calls import NO_MESSAGE, Caller

NINE = MONDAY_9.isoformat()


def kind(answer) -> str:
    """The name of a problem."""
    return str(answer.json()["type"]).rpartition("#")[2]


def bookings(cast: Cast) -> list[Booking]:
    with cast.as_job() as work:
        return list(work.all(work.select(Booking).order_by(Booking.id)))


def claims(cast: Cast) -> int:
    with cast.as_job() as work:
        return work.count(work.select(Claim))


def by_mail(api: Caller) -> dict:
    person = {"name": CLARA["name"], "email": CLARA["email"]}
    return {"person": person, "confirm_by": "email", "consents": api.consent("mail")}


# -- holding


def test_a_hold_is_opened_by_its_token_alone(api: Caller) -> None:
    held = api.hold()
    assert (held.status_code, held.json()["extensions_left"]) == (201, 12)
    path = held.headers["location"].removeprefix(api.root)
    assert api.ask("GET", path, Hold_Token=held.headers["hold-token"]).json() == held.json()
    assert api.ask("GET", path).status_code == 404
    assert api.ask("GET", path, Hold_Token="of-somebody-else").status_code == 404


def test_the_token_stands_in_no_body(api: Caller) -> None:
    held = api.hold()
    assert len(held.headers["hold-token"]) > 20
    assert held.headers["hold-token"] not in held.text


def test_a_hold_can_be_extended(api: Caller) -> None:
    held = api.hold()
    token = held.headers["hold-token"]
    longer = api.ask("PATCH", f"/holds/{held.json()['id']}", Hold_Token=token).json()
    assert longer["held_until"] > held.json()["held_until"]
    assert longer["extensions_left"] == 11


def test_a_hold_can_be_given_back(api: Caller, cast: Cast) -> None:
    held = api.hold()
    token = held.headers["hold-token"]
    assert api.ask("DELETE", f"/holds/{held.json()['id']}", Hold_Token=token).status_code == 204
    assert claims(cast) == 0


def test_holding_another_time_gives_the_first_back(api: Caller, cast: Cast) -> None:
    first = api.hold()
    second = api.hold(NINE, Hold_Token=first.headers["hold-token"])
    assert second.headers["hold-token"] == first.headers["hold-token"]
    assert [one.starts_at for one in bookings(cast)] == [MONDAY_9]


def test_a_taken_time_names_what_is_free_nearby(api: Caller) -> None:
    api.hold()
    api.hold()
    answer = api.hold()
    assert (answer.status_code, kind(answer), len(answer.json()["nearest"])) == (409, "taken", 3)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_time_that_no_rule_offers_is_refused(api: Caller) -> None:
    for moment in ("2026-11-23T08:05:00+01:00", "2026-11-22T08:00:00+01:00", "9999-12-31T23:59:59-14:00"):
        answer = api.hold(moment)
        assert (answer.status_code, kind(answer)) == (409, "not-offered")


# -- booking


def test_a_time_is_booked_at_once(api: Caller, cast: Cast) -> None:
    answer = api.book()
    [row] = bookings(cast)
    assert (answer.status_code, answer.json()["state"], answer.json()["id"]) == (201, "coming", str(row.id))
    assert (row.status, row.origin, answer.json()["details"]["code"]) == (BookingStatus.CONFIRMED, Origin.API, row.code)


def test_a_held_time_is_booked_by_its_token(api: Caller, cast: Cast) -> None:
    token = api.hold().headers["hold-token"]
    assert api.ask("POST", "/bookings", NO_MESSAGE, Hold_Token=token).status_code == 201
    assert [one.status for one in bookings(cast)] == [BookingStatus.CONFIRMED]


def test_a_second_try_with_the_token_gives_the_same_booking(api: Caller, cast: Cast) -> None:
    token = api.hold().headers["hold-token"]
    first, second = (api.ask("POST", "/bookings", NO_MESSAGE, Hold_Token=token) for _ in range(2))
    assert first.json() == second.json()
    assert len(bookings(cast)) == 1


def test_booking_another_time_with_the_token_gives_the_held_one_back(api: Caller, cast: Cast) -> None:
    api.book(NINE, Hold_Token=api.hold().headers["hold-token"])
    assert [(one.starts_at, one.status) for one in bookings(cast)] == [(MONDAY_9, BookingStatus.CONFIRMED)]


def test_a_series_is_booked_in_one_go(api: Caller, cast: Cast) -> None:
    with cast.as_job() as work:
        work.get(Service, cast.town.service).most_repeats = 3
    answer = api.book(body={"book": api.wish(repeats=3)})
    assert (answer.status_code, len(answer.json()["series"]), len(bookings(cast))) == (201, 2, 3)


def test_without_a_hold_there_is_nothing_to_book(api: Caller) -> None:
    for headers in ({}, {"Hold_Token": "of-nobody"}):
        answer = api.ask("POST", "/bookings", NO_MESSAGE, **headers)
        assert (answer.status_code, kind(answer)) == (409, "nothing-held")


def test_a_lapsed_hold_is_no_longer_booked(api: Caller) -> None:
    token = api.hold().headers["hold-token"]
    with at(SUNDAY + timedelta(minutes=11)):
        answer = api.ask("POST", "/bookings", NO_MESSAGE, Hold_Token=token)
    assert (answer.status_code, kind(answer)) == (409, "hold-lapsed")


def test_a_booking_by_mail_waits_for_its_link(api: Caller, cast: Cast) -> None:
    answer = api.book(body=by_mail(api))
    assert (answer.status_code, answer.json()["state"]) == (202, "pending")
    assert answer.json()["waiting"]["by"] == "email"
    assert CLARA["email"] not in answer.text
    assert "booking-secret" not in answer.headers
    assert messages(cast) == [("booking_confirm", "email")]


def test_a_confirmed_booking_gives_its_secret_to_the_token(api: Caller, cast: Cast) -> None:
    answer = api.book(body=by_mail(api))
    path = f"/bookings/{answer.json()['id']}"
    with cast.as_visitor() as work:
        confirm_by_link(work, confirm_secret(work.get(Booking, UUID(answer.json()["id"]))))
    seen = api.ask("GET", path, Hold_Token=answer.headers["hold-token"])
    assert seen.json()["state"] == "coming"
    assert api.ask("GET", path, Booking_Secret=seen.headers["booking-secret"]).json() == seen.json()


@pytest.mark.usefixtures("sms")
def test_a_booking_by_sms_is_confirmed_by_its_code(api: Caller, cast: Cast) -> None:
    consents = api.consent("sms") | api.consent("sms_transfer")
    person = {"name": CLARA["name"], "phone": CLARA["phone"]}
    answer = api.book(body={"person": person, "confirm_by": "sms", "consents": consents})
    with cast.as_job() as work:
        code = number_code(CODE_USE, work.first(work.select(OneTimeCode)).id)
    path, token = f"/bookings/{answer.json()['id']}/confirmation", answer.headers["hold-token"]
    wrong = api.ask("POST", path, {"code": "00000000" if code != "00000000" else "1"}, Hold_Token=token)
    assert (wrong.status_code, kind(wrong)) == (409, "code-refused")
    right = api.ask("POST", path, {"code": code}, Hold_Token=token)
    assert (right.status_code, right.json()["state"]) == (200, "coming")
    assert right.headers["booking-secret"].startswith(answer.json()["id"])


@pytest.mark.usefixtures("sms")
def test_a_wrong_code_counts(api: Caller, cast: Cast) -> None:
    consents = api.consent("sms") | api.consent("sms_transfer")
    person = {"name": CLARA["name"], "phone": CLARA["phone"]}
    answer = api.book(body={"person": person, "confirm_by": "sms", "consents": consents})
    path = f"/bookings/{answer.json()['id']}/confirmation"
    for _ in range(2):
        api.ask("POST", path, {"code": "0000 0000"}, Hold_Token=answer.headers["hold-token"])
    with cast.as_job() as work:
        assert work.first(work.select(OneTimeCode)).tries_left == 3


def test_a_series_tells_what_does_not_fit(api: Caller, cast: Cast) -> None:
    with cast.as_job() as work:
        work.get(Service, cast.town.service).most_repeats = 3
    held = api.ask("POST", "/holds", api.wish(repeats=3))
    assert len(held.json()["series"]) == 2


# -- entries


def test_consents_are_to_the_words_that_were_read(api: Caller, cast: Cast) -> None:
    refused = api.book(body=by_mail(api) | {"consents": {"mail": "other-words"}})
    assert refused.json()["errors"][0]["pointer"] == "#/consents/mail"
    api.book(body=by_mail(api))
    with cast.as_job() as work:
        [event] = work.all(work.select(ConsentEvent))
    assert event.text_version == api.consent("mail")["mail"]


def test_words_in_one_language_are_no_consent_in_another(api: Caller) -> None:
    assert api.book(body=by_mail(api), Accept_Language="en").status_code == 422


def test_choosing_mail_is_no_consent_by_itself(api: Caller) -> None:
    body = by_mail(api)
    del body["consents"]
    answer = api.book(body=body, Accept_Language="en")
    assert [one["pointer"] for one in answer.json()["errors"]] == ["#/consents/mail"]


def test_a_special_answer_needs_its_consent(api: Caller, cast: Cast) -> None:
    body = {"answers": {str(cast.town.special_question): "Rollstuhl"}}
    assert api.book(body=body).json()["errors"][0]["pointer"] == "#/consents/health"
    assert api.book(body=body | {"consents": api.consent("health")}).status_code == 201
    with cast.as_job() as work:
        assert work.first(work.select(Answer)).special_value == "Rollstuhl"


def test_who_comes_is_a_person_of_their_own(api: Caller, cast: Cast) -> None:
    api.book(body={"for_other": {"name": "Ben"}})
    with cast.as_job() as work:
        assert work.first(work.select(Attendee)).name == "Ben"


def test_problems_stand_at_the_entries(api: Caller) -> None:
    body = {"person": {"name": " ", "email": "clara"}, "confirm_by": "email", "consents": api.consent("mail")}
    answer = api.book(body=body)
    assert answer.status_code == 422
    assert sorted(one["pointer"] for one in answer.json()["errors"]) == ["#/person/email", "#/person/name"]


def test_an_answer_to_no_question_is_refused(api: Caller, cast: Cast) -> None:
    answer = api.book(body={"answers": {str(cast.salon.question): "1"}})
    assert answer.json()["errors"][0]["pointer"] == "#/answers"


def test_a_refused_booking_holds_nothing(api: Caller, cast: Cast) -> None:
    api.book(body={"person": {"name": " "}})
    assert (claims(cast), bookings(cast)) == (0, [])
    with cast.as_job() as work:
        assert work.count(work.select(Draft)) == 0


def test_values_are_never_repeated(api: Caller) -> None:
    answer = api.book(body={"person": {"name": CLARA["name"], "nickname": "Clärchen"}})
    assert answer.status_code == 422
    assert "Clärchen" not in answer.text


# -- one's own booking


def test_the_secret_opens_moves_and_cancels(api: Caller, cast: Cast) -> None:
    booked = api.book()
    path, secret = f"/bookings/{booked.json()['id']}", booked.headers["booking-secret"]
    assert api.ask("GET", path, Booking_Secret=secret).json() == booked.json()
    moved = api.ask("PATCH", path, {"starts_at": NINE}, Booking_Secret=secret)
    assert (moved.status_code, moved.json()["starts_at"]) == (200, "2026-11-23T08:00:00Z")
    gone = api.ask("DELETE", path, Booking_Secret=secret)
    assert (gone.status_code, gone.json()["state"], claims(cast)) == (200, "cancelled", 0)
    assert api.ask("DELETE", path, Booking_Secret=secret).json() == gone.json()


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_nothing_opens_without_the_secret(api: Caller, cast: Cast, method: str) -> None:
    path = f"/bookings/{api.book().json()['id']}"
    body = {"starts_at": NINE} if method == "PATCH" else None
    for headers in ({}, {"Booking_Secret": path[10:] + ".AAAAAAAAAAAAAAAAAAAAAA"}, {"Booking_Secret": "ü"}):
        sent = {name: value.encode("latin-1") for name, value in headers.items()}
        assert api.ask(method, path, body, **sent).status_code == 404
    assert [one.status for one in bookings(cast)] == [BookingStatus.CONFIRMED]


def test_a_secret_opens_no_other_booking(api: Caller) -> None:
    first, second = api.book(), api.book(NINE)
    secret = first.headers["booking-secret"]
    assert api.ask("GET", f"/bookings/{second.json()['id']}", Booking_Secret=secret).status_code == 404


def test_a_secret_opens_nothing_at_another_tenant(api: Caller, cast: Cast) -> None:
    booked = api.book()
    there = Caller(cast.salon)
    path = f"/bookings/{booked.json()['id']}"
    assert there.ask("GET", path, Booking_Secret=booked.headers["booking-secret"]).status_code == 404


def test_a_token_opens_nothing_at_another_tenant(api: Caller, cast: Cast) -> None:
    held = api.hold()
    path, token = f"/holds/{held.json()['id']}", held.headers["hold-token"]
    assert Caller(cast.salon).ask("GET", path, Hold_Token=token).status_code == 404


def test_moving_to_a_taken_time_changes_nothing(api: Caller, cast: Cast) -> None:
    booked = api.book()
    api.book(NINE)
    api.book(NINE)
    headers = {"Booking_Secret": booked.headers["booking-secret"]}
    answer = api.ask("PATCH", f"/bookings/{booked.json()['id']}", {"starts_at": NINE}, **headers)
    assert kind(answer) == "taken"
    assert bookings(cast)[0].starts_at == MONDAY_8


# -- the same reply to the same request


def test_the_same_request_is_done_once(api: Caller, cast: Cast) -> None:
    key = str(uuid4())
    first, second = (api.book(Idempotency_Key=key) for _ in range(2))
    assert len(bookings(cast)) == 1
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert second.headers["idempotent-replayed"] == "true"
    for name in ("location", "booking-secret"):
        assert first.headers[name] == second.headers[name]


def test_a_repeated_hold_gives_the_same_token(api: Caller, cast: Cast) -> None:
    key = str(uuid4())
    first, second = (api.hold(Idempotency_Key=key) for _ in range(2))
    assert first.headers["hold-token"] == second.headers["hold-token"]
    assert len(bookings(cast)) == 1


def test_a_key_with_another_body_is_refused(api: Caller, cast: Cast) -> None:
    key = str(uuid4())
    api.book(Idempotency_Key=key)
    answer = api.book(NINE, Idempotency_Key=key)
    assert (answer.status_code, kind(answer)) == (409, "key-reused")
    assert len(bookings(cast)) == 1


def test_a_refusal_is_given_again_too(api: Caller) -> None:
    key = str(uuid4())
    token = api.hold().headers["hold-token"]
    api.hold()
    refused = api.book(Idempotency_Key=key)
    api.hold(NINE, Hold_Token=token)
    again = api.book(Idempotency_Key=key)
    assert (refused.status_code, again.status_code, again.headers["idempotent-replayed"]) == (409, 409, "true")
    assert again.content == refused.content


def test_a_mistake_uses_no_key_up(api: Caller) -> None:
    key = str(uuid4())
    assert api.book(body={"person": {"name": " "}}, Idempotency_Key=key).status_code == 422
    assert api.book(Idempotency_Key=key).status_code == 201


def test_after_a_day_the_key_is_new(api: Caller, cast: Cast) -> None:
    key = str(uuid4())
    api.book(Idempotency_Key=key)
    with at(SUNDAY + timedelta(hours=24)):
        assert api.book("2026-11-24T08:00:00+01:00", Idempotency_Key=key).status_code == 201


def test_the_same_key_at_another_tenant_is_another(api: Caller, cast: Cast) -> None:
    key = str(uuid4())
    api.book(Idempotency_Key=key)
    assert Caller(cast.salon).book(Idempotency_Key=key).status_code == 201


def test_a_key_that_could_be_guessed_is_refused(api: Caller) -> None:
    answer = api.book(Idempotency_Key="1")
    assert answer.json()["errors"][0]["parameter"] == "Idempotency-Key"


def test_stored_replies_hold_no_secret(api: Caller, cast: Cast) -> None:
    booked = api.book(Idempotency_Key=str(uuid4()))
    with cast.as_job() as work:
        stored = json.dumps(work.first(work.select(ApiReply)).model_dump(), default=str)
    assert booked.headers["booking-secret"] not in stored
