"""D3: a handler is one transaction, its payload is checked, and what it refuses is said to the reader."""

import inspect

import pytest

from smartcx_portal.gate import Notice, event
from smartcx_portal.models.calendar import Service
from smartcx_portal.tenancy import Permission
from tests.cast import Cast
from tests.gate.driving import signed_in
from tests.gate.states import DeskState
from tests.tabs import Tabs

DESK = "/de/verwaltung/heute"


def name_of_service(cast: Cast) -> str:
    with cast.as_job() as work:
        return str(work.get(Service, cast.town.service).name)


async def click(payload: dict) -> tuple[str, str]:
    async with Tabs() as tabs:
        tab = await tabs.open("/de/")
        await tab.send(DeskState.click, **payload)
        assert not tabs.failures
        return (await tab.state(DeskState)).seen, (await tab.state(Notice)).text


def test_a_plain_handler_runs_in_a_thread_of_its_own(run, engine):
    assert run(click({"number": 3, "word": "x"})) == ("3 x False", "")


def test_types_are_taken_as_declared(run, engine):
    assert run(click({"number": "3"}))[0] == "3  False"


@pytest.mark.parametrize(
    "payload",
    [{}, {"number": "three"}, {"number": [1]}, {"number": 1, "work": "x"}, {"number": 1, "word": {"a": 1}},
     {"number": 1, "self": 1}, {"number": 1, "word": "nul\0"}, {"number": 1, "word": "\ud800"}],
)  # fmt: skip
def test_what_was_not_declared_does_not_reach_the_handler(run, engine, payload):
    assert run(click(payload)) == ("", "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.")


@pytest.mark.parametrize("word", ["x" * 20_001, "ä" * 10_001])
def test_long_texts_are_refused(run, engine, word):
    assert run(click({"number": 1, "word": word})) == ("", "Das ist zu lang. Bitte kürzen Sie Ihre Angaben.")


def test_large_forms_are_refused(run, engine):
    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open("/de/")
            await tab.send(DeskState.save_anything, form={str(n): "x" * 19_000 for n in range(4)})
            return (await tab.state(DeskState)).seen

    assert run(scenario()) == ""


def test_a_forms_problems_name_their_fields(run, engine):
    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open("/en/")
            await tab.send(DeskState.save, form={"note": "a", "times": "often"})
            return (await tab.state(Notice)).problems

    assert run(scenario()) == {"times": "Please check this entry."}


def test_a_forms_unknown_fields_are_refused(run, engine):
    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open("/en/")
            await tab.send(DeskState.save, form={"note": "a", "tenant_id": "x"})
            return (await tab.state(DeskState)).seen, (await tab.state(Notice)).text

    assert run(scenario()) == ("", "That did not work. Please try again.")


async def rename(cast: Cast, **more: str) -> Notice:
    async with Tabs() as tabs:
        tab = await signed_in(tabs, "ben", DESK)
        await tab.send(DeskState.rename, service_id=str(cast.town.service), name="Reisepass", **more)
        assert not tabs.failures
        return await tab.state(Notice)


def test_a_handler_that_ends_well_is_committed(run, staff: Cast):
    assert (run(rename(staff)).said, name_of_service(staff)) == ("Sie sind abgemeldet.", "Reisepass")


@pytest.mark.parametrize("fail", ["product", "form", "bug", "constraint"])
def test_a_handler_that_fails_changes_nothing_and_says_so(run, staff: Cast, fail: str):
    notice = run(rename(staff, fail=fail))
    assert name_of_service(staff) == "Personalausweis beantragen"
    assert (notice.said, notice.count) == ("", 1)
    assert bool(notice.text) != bool(notice.problems)


def test_a_bug_is_logged_by_kind_and_place_without_values(run, staff: Cast, caplog: pytest.LogCaptureFixture):
    run(rename(staff, fail="bug"))
    assert "gate.handler_failed" in caplog.text
    assert "ZeroDivisionError at" in caplog.text
    assert "Reisepass" not in caplog.text


async def rename_in_steps(cast: Cast, name: str) -> list[list[str]]:
    async with Tabs() as tabs:
        tab = await signed_in(tabs, "ben", DESK)
        await tab.send(DeskState.rename_in_steps, service_id=str(cast.town.service), name=name)
        assert not tabs.failures
        deltas = [update.delta.get(DeskState.get_full_name(), {}) for update in tab.updates]
        return [delta["steps_rx_state_"] for delta in deltas if delta.get("steps_rx_state_")]


def test_a_generator_shows_its_steps_and_is_one_transaction(run, staff: Cast):
    assert run(rename_in_steps(staff, "Reisepass")) == [["began"], ["began", "renamed"]]
    assert name_of_service(staff) == "Reisepass"


def test_a_generator_that_fails_late_undoes_all(run, staff: Cast):
    run(rename_in_steps(staff, "refused"))
    assert name_of_service(staff) == "Personalausweis beantragen"


@pytest.mark.parametrize("handler", [DeskState.fetch, DeskState.fetch_slowly])
def test_async_handlers_work_through_in_work(run, staff: Cast, handler):
    async def scenario():
        async with Tabs() as tabs:
            tab = await signed_in(tabs, "ben", DESK)
            await tab.send(handler)
            return (await tab.state(DeskState)).rows

    assert run(scenario()) == ["Personalausweis beantragen"]


def test_a_background_handler_can_refuse_too(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            tab = await signed_in(tabs, "ben", DESK)
            await tab.send(DeskState.fail_slowly)
            return (await tab.state(Notice)).count

    assert run(scenario()) == 1


def test_an_async_handler_gets_no_work():
    with pytest.raises(TypeError, match="in_work"):

        @event(Permission.PUBLIC)
        async def wrong(self, work) -> None: ...


def test_a_parameter_without_type_is_a_mistake():
    with pytest.raises(TypeError, match="type hint"):

        @event(Permission.PUBLIC)
        def wrong(self, thing) -> None: ...


def test_reflex_sees_the_names_but_neither_work_nor_types():
    handler = DeskState.event_handlers["rename"].fn
    assert list(inspect.signature(handler).parameters) == ["self", "service_id", "name", "fail"]
    assert handler.__annotations__ == {}


def test_the_notice_goes_with_the_readers_next_deed(run, engine):
    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open("/de/")
            await tab.send(DeskState.click, number="x")
            await tab.send(DeskState.click, number=1)
            return (await tab.state(Notice)).text

    assert run(scenario()) == ""


def test_a_handler_cannot_be_called_around_the_gate(engine):
    import asyncio

    with pytest.raises(LookupError):
        asyncio.run(DeskState.event_handlers["click"].fn(None, number=1))


@pytest.mark.parametrize(("next_event", "left"), [(DeskState.type, True), (DeskState.load, False)])
def test_a_sentence_goes_with_the_next_deed_but_not_while_somebody_types(run, staff: Cast, next_event, left: bool):
    async def scenario():
        async with Tabs() as tabs:
            tab = await signed_in(tabs, "anna", DESK)
            await tab.send(DeskState.rename, service_id=str(staff.town.service), name="Reisepass", fail="form")
            await tab.send(next_event)
            return (await tab.state(Notice)).problems

    assert bool(run(scenario())) is left
