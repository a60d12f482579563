"""D3, D4: who has not shown the tab's key finds nothing; the session row is asked at every event."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import pytest

from smartcx_portal.accounts import sessions
from smartcx_portal.gate import AccountState, Notice, SessionState
from smartcx_portal.gate.limits import EVENTS
from smartcx_portal.gate.state import KEY
from smartcx_portal.kit.ids import new_id
from smartcx_portal.models.booking import Draft
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.staff import Identity, Membership, Role, Session
from smartcx_portal.models.tenant import Tenant, TenantStatus
from tests.cast import CLARA, Cast
from tests.conftest import SUNDAY, at
from tests.gate.conftest import PASSWORD
from tests.gate.driving import SIGN_IN, signed_in
from tests.gate.states import DeskState
from tests.tabs import Tabs

DESK = "/de/verwaltung/heute"
BOOK = "/de/t/buergeramt-musterstadt/buchen"
MY_DATA = "/de/t/buergeramt-musterstadt/meine-daten"


@pytest.fixture
def clara(cast: Cast) -> str:
    with cast.as_job() as work:
        row = work.new(Customer, name=CLARA["name"], created_at=work.now)
        return str(row.id)


def test_an_anonymous_tab_gets_a_key_that_the_browser_keeps(run, engine):
    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open("/de/")
            session = await tab.state(SessionState)
            return tab.key, session.key, session._key_hash

    kept, own, hashed = run(scenario())
    assert kept == own != hashed
    assert len(kept) == 32


def test_an_anonymous_tab_carries_on_after_a_cut(run, engine):
    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open("/de/")
            await tab.send(DeskState.click, number=7)
            await tab.connect()
            return (await tab.state(DeskState)).seen

    assert run(scenario()).startswith("7")


def test_an_unknown_key_stays_so_that_drafts_outlive_the_server(run, engine):
    async def scenario():
        async with Tabs() as tabs:
            key = (await tabs.open("/de/")).key
        async with Tabs() as restarted:
            return key, (await restarted.open("/de/", key=key)).key

    before, after = run(scenario())
    assert before == after


@pytest.mark.parametrize("key", ["short", "x" * 129, "ä" * 40, 7, ["x"], None])
def test_a_strange_key_is_replaced(run, engine, key):
    async def scenario():
        async with Tabs() as tabs:
            return (await tabs.open("/de/", key=key)).key

    assert run(scenario()) != key


def test_a_stolen_token_finds_an_empty_state_and_the_owner_comes_back(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            anna = await signed_in(tabs, "anna", DESK)
            await anna.send(DeskState.load)
            thief = await tabs.open(DESK, token=anna.token)
            stolen = (await thief.state(DeskState)).rows, (await thief.state(SessionState)).kind
            await thief.send(DeskState.load)
            still = (await thief.state(DeskState)).rows
            await anna.connect()
            await anna.send(DeskState.load)
            return stolen, still, (await anna.state(DeskState)).rows

    assert run(scenario()) == (([], ""), [], ["Personalausweis beantragen"])


def test_a_socket_that_shows_no_key_reaches_no_handler(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            anna = await signed_in(tabs, "anna", DESK)
            await anna.send(DeskState.load)
            anna.socket = "foreign"
            begun = len(anna.updates)
            await anna.send(DeskState.click, number=1)
            await anna.raw("reflex___state____state.hydrate")
            return (await anna.state(DeskState)).seen, anna.updates[begun:]

    seen, updates = run(scenario())
    assert seen == ""
    assert [update.delta for update in updates] == [{}, {}]
    assert {event.name for update in updates for event in update.events} == {"_remove_session_storage"}


def test_a_bound_socket_cannot_exchange_the_key(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            anna = await signed_in(tabs, "anna")
            own = anna.key
            await anna.raw("reflex___state____state.hydrate_and_load", vars={KEY: "x" * 32, "other.var": 1})
            return own, anna.key, (await anna.state(SessionState)).kind, tabs.failures

    before, after, kind, failures = run(scenario())
    assert (before, kind, failures) == (after, "staff", [])


@pytest.mark.parametrize("handler", ["undecorated", "setvar"])
def test_what_wears_no_permission_cannot_be_called(run, engine, handler: str):
    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open("/de/")
            payload = {"word": "x"} if handler == "undecorated" else {"var_name": "seen", "value": "x"}
            await tab.raw(f"{DeskState.get_full_name()}.{handler}", **payload)
            return (await tab.state(DeskState)).seen, tabs.failures

    assert run(scenario()) == ("", [])


def test_storage_vars_cannot_be_set_from_outside(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            anna = await signed_in(tabs, "anna")
            name = "reflex___state____state.reflex___state____update_vars_internal_state.update_vars_internal"
            await anna.raw(name, vars={KEY: "x" * 32})
            return anna.key, (await anna.state(SessionState)).key

    browser, server = run(scenario())
    assert browser == server


def test_signing_in_gives_the_tab_a_new_key(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open(SIGN_IN)
            before = tab.key
            await tab.send(AccountState.sign_in, form={"email": "anna@example.org", "password": PASSWORD})
            old = await tabs.open(DESK, key=before)
            return before != tab.key, (await tab.state(SessionState)).kind, (await old.state(SessionState)).kind

    assert run(scenario()) == (True, "staff", "")


def test_a_signed_in_tab_outlives_the_server(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            key = (await signed_in(tabs, "anna")).key
        async with Tabs({DESK: [DeskState.load]}) as restarted:
            tab = await restarted.open(DESK, key=key)
            return (await tab.state(SessionState)).name, (await tab.state(DeskState)).rows

    assert run(scenario()) == ("Anna", ["Personalausweis beantragen"])


def test_a_revoked_session_ends_at_the_next_event(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            anna = await signed_in(tabs, "anna", DESK)
            await anna.send(DeskState.load)
            with staff.as_job() as work:
                assert sessions.end_all(work, identity_id=staff.anna) == 1
            await anna.send(DeskState.load)
            notice = await anna.state(Notice)
            return (
                (await anna.state(DeskState)).rows,
                notice.text,
                anna.led_to[-1],
                (await anna.state(SessionState)).kind,
            )

    assert run(scenario()) == ([], "Ihre Sitzung ist beendet. Bitte melden Sie sich neu an.", SIGN_IN, "")


def test_that_the_session_has_ended_is_said_in_the_language_of_the_page_one_comes_to(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            anna = await signed_in(tabs, "anna", DESK)
            with staff.as_job() as work:
                sessions.end_all(work, identity_id=staff.anna)
            await anna.send(DeskState.load)
            await anna.go("/en/sign-in")
            return (await anna.state(Notice)).text

    assert run(scenario()) == "Your session has ended. Please sign in again."


def test_a_revoked_session_ends_at_a_reconnect_too(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            anna = await signed_in(tabs, "anna", DESK)
            await anna.send(DeskState.load)
            with staff.as_job() as work:
                sessions.end_all(work, identity_id=staff.anna)
            begun = len(anna.updates)
            await anna.connect()
            sent = [update.delta.get(DeskState.get_full_name(), {}) for update in anna.updates[begun:]]
            return [delta.get("rows_rx_state_", []) for delta in sent], (await anna.state(SessionState)).kind

    rows, kind = run(scenario())
    assert (set(map(tuple, rows)), kind) == ({()}, "")


@pytest.mark.parametrize(
    "change",
    [
        lambda work, cast: setattr(work.get(Identity, cast.anna), "disabled_at", work.now),
        lambda work, cast: work.update_where(Membership, Membership.identity_id == cast.anna, ended_at=work.now),
        lambda work, cast: setattr(work.get(Tenant, cast.town.id), "status", TenantStatus.CLOSED),
    ],
    ids=["disabled", "membership ended", "tenant closed"],
)
def test_who_has_no_ground_left_is_signed_out(run, staff: Cast, change):
    async def scenario():
        async with Tabs() as tabs:
            anna = await signed_in(tabs, "anna", DESK)
            with staff.as_job() as work:
                change(work, staff)
            await anna.send(DeskState.load)
            return (await anna.state(DeskState)).rows, (await anna.state(SessionState)).kind

    assert run(scenario()) == ([], "")


def test_a_demotion_counts_at_the_next_event(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            anna = await signed_in(tabs, "anna", DESK)
            with staff.as_job() as work:
                work.update_where(Membership, Membership.identity_id == staff.anna, role=Role.STAFF)
            await anna.send(DeskState.settings)
            return (await anna.state(DeskState)).seen, (await anna.state(Notice)).text

    assert run(scenario()) == ("", "Ihre Rolle erlaubt das nicht.")


def test_staff_of_a_suspended_tenant_are_told(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            anna = await signed_in(tabs, "anna", DESK)
            with staff.as_job() as work:
                work.get(Tenant, staff.town.id).status = TenantStatus.SUSPENDED
            await anna.send(DeskState.load)
            return (await anna.state(DeskState)).rows, (await anna.state(Notice)).text[:32]

    assert run(scenario()) == ([], "Ihre Organisation ist zurzeit ge")


async def kinds_at(minutes: Iterable[int]) -> list[str]:
    """Anna signs in and does something at each of these minutes; as what she counts then."""
    async with Tabs() as tabs:
        key = (await signed_in(tabs, "anna")).key
    kinds = []
    for minute in minutes:
        with at(SUNDAY + timedelta(minutes=minute)):
            async with Tabs() as tabs:
                tab = await tabs.open(DESK, key=key)
                await tab.send(AccountState.stay_signed_in)
                kinds.append((await tab.state(SessionState)).kind)
    return kinds


def test_an_idle_session_ends_and_a_busy_one_does_not(run, staff: Cast):
    assert run(kinds_at((29, 58, 88))) == ["staff", "staff", ""]


def test_a_session_ends_after_twelve_hours_in_any_case(run, staff: Cast):
    assert set(run(kinds_at(range(29, 12 * 60, 29)))) == {"staff"}
    assert run(kinds_at([*range(29, 12 * 60, 29), 12 * 60]))[-1] == ""


def test_reconnecting_alone_renews_nothing(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            anna = await signed_in(tabs, "anna")
            with at(SUNDAY + timedelta(minutes=20)):
                await anna.connect()
        with staff.as_job() as work:
            return work.first(work.shared(Session)).seen_at

    assert run(scenario()) == SUNDAY


def test_a_visitor_of_the_dashboard_is_led_to_the_sign_in_and_back(run, staff: Cast):
    async def scenario():
        async with Tabs({"/de/verwaltung/woche": [DeskState.load]}) as tabs:
            tab = await tabs.open("/de/verwaltung/woche")
            first = tab.led_to[-1], (await tab.state(Notice)).text
            await tab.go(SIGN_IN)
            still_said = (await tab.state(Notice)).text
            await tab.send(AccountState.sign_in, form={"email": "anna@example.org", "password": PASSWORD})
            return first, still_said, tab.led_to[-1]

    asked = "Bitte melden Sie sich an."
    assert run(scenario()) == ((SIGN_IN, asked), asked, "/de/verwaltung/woche")


def test_a_visitor_gets_the_tenant_of_the_page_and_nothing_else(run, cast: Cast):
    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open("/en/t/salon-haarlekin/book")
            await tab.send(DeskState.visit)
            return (await tab.state(DeskState)).seen

    assert run(scenario()) == f"{cast.salon.id} visitor en 64 64"


@pytest.mark.parametrize("path", ["/de/t/nirgendwo/buchen", "/de/", "/de/t/_/buchen", "/de/t/", "nonsense"])
def test_without_a_tenant_there_is_nothing_to_visit(run, cast: Cast, path: str):
    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open(path)
            await tab.send(DeskState.visit)
            return (await tab.state(DeskState)).seen, (await tab.state(Notice)).text

    assert run(scenario()) == ("", "Das haben wir nicht gefunden.")


def test_a_closed_tenant_is_not_found(run, cast: Cast):
    with cast.as_job() as work:
        work.get(Tenant, cast.town.id).status = TenantStatus.CLOSED

    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open(BOOK)
            await tab.send(DeskState.visit)
            return (await tab.state(DeskState)).seen

    assert run(scenario()) == ""


def test_a_member_on_a_tenants_page_is_a_visitor_there(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            dora = await signed_in(tabs, "dora", BOOK)
            await dora.send(DeskState.visit)
            await dora.send(DeskState.load)
            state = await dora.state(DeskState)
            return state.seen, state.rows, (await dora.state(SessionState)).kind

    assert run(scenario()) == (f"{staff.town.id} visitor de 64 64", [], "staff")


def test_a_person_counts_on_the_pages_of_their_tenant_only(run, cast: Cast, clara: str):
    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open(MY_DATA)
            await tab.send(DeskState.become, customer_id=clara)
            seen = []
            for path in (MY_DATA, "/de/t/salon-haarlekin/meine-daten", "/de/verwaltung/heute"):
                await tab.go(path)
                await tab.send(DeskState.visit)
                seen.append((await tab.state(DeskState)).seen.split(" ")[:2])
            return seen

    town, salon, nowhere = run(scenario())
    assert town == [str(cast.town.id), "person"]
    assert salon == nowhere == [str(cast.salon.id), "visitor"]


def test_an_erased_person_is_signed_out(run, cast: Cast, clara: str):
    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open(MY_DATA)
            await tab.send(DeskState.become, customer_id=clara)
            with cast.as_job() as work:
                work.delete(work.get(Customer, UUID(clara)))
            await tab.send(DeskState.visit)
            return (await tab.state(SessionState)).kind

    assert run(scenario()) == ""


def test_tier_three_needs_a_fresh_proof_which_wears_off(run, cast: Cast, clara: str):
    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open(MY_DATA)
            await tab.send(DeskState.become, customer_id=clara)
            await tab.send(DeskState.erase)
            before, key = (await tab.state(DeskState)).seen, tab.key
            await tab.send(DeskState.prove_again)
            await tab.send(DeskState.erase)
            fresh = (await tab.state(DeskState)).seen
        with at(SUNDAY + timedelta(minutes=10)):
            async with Tabs() as tabs:
                later = await tabs.open(MY_DATA, key=tab.key)
                await later.send(DeskState.erase)
                return before, key != tab.key, fresh, (await later.state(DeskState)).seen

    assert run(scenario()) == ("", True, f"erased {clara}", "")


def test_a_draft_comes_along_when_the_key_is_rotated(run, cast: Cast, clara: str):
    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open(MY_DATA)
            hashed = (await tab.state(SessionState))._key_hash
            with cast.as_job() as work:
                work.new(Draft, key_hash=hashed, updated_at=SUNDAY, lapses_at=SUNDAY + timedelta(hours=2))
            await tab.send(DeskState.become, customer_id=clara)
            with cast.as_job() as work:
                return work.first(work.select(Draft)).key_hash == (await tab.state(SessionState))._key_hash

    assert run(scenario())


def test_another_person_in_the_tab_finds_nothing_of_the_first(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            tab = await signed_in(tabs, "anna", DESK)
            await tab.send(DeskState.load)
            await tab.send(AccountState.sign_in, form={"email": "dora@example.org", "password": PASSWORD})
            return (await tab.state(DeskState)).rows, (await tab.state(SessionState)).name, tab.led_to[-1]

    assert run(scenario()) == ([], "Dora", DESK)


def test_signing_out_leaves_nothing_in_the_tab(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            tab = await signed_in(tabs, "anna", DESK)
            await tab.send(DeskState.load)
            key = tab.key
            await tab.send(AccountState.sign_out)
            await tab.go(tab.led_to[-1])
            said = (await tab.state(Notice)).said
            with staff.as_job() as work:
                rows = work.count(work.shared(Session))
            return (await tab.state(DeskState)).rows, said, tab.led_to[-1], key != tab.key, rows

    assert run(scenario()) == ([], "Sie sind abgemeldet.", SIGN_IN, True, 0)


def test_a_chained_event_passes_the_gate_too(run, engine):
    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open("/de/")
            await tab.send(DeskState.wander)
            return (await tab.state(DeskState)).rows, (await tab.state(Notice)).text

    assert run(scenario()) == ([], "Bitte melden Sie sich an.")


def test_a_flood_of_events_is_dropped(run, engine):
    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open("/de/")
            for number in range(EVENTS + 10):
                await tab.send(DeskState.click, number=number)
            return (await tab.state(DeskState)).seen

    assert int(run(scenario()).split(" ")[0]) < EVENTS


def test_a_foreign_service_is_as_if_it_did_not_exist(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            dora = await signed_in(tabs, "dora", DESK)
            said = []
            for service in (staff.town.service, new_id()):
                await dora.send(DeskState.rename, service_id=str(service), name="x")
                said.append((await dora.state(Notice)).text)
            return said

    one, other = run(scenario())
    assert one == other == "Das haben wir nicht gefunden."


def test_the_database_away_signs_nobody_out(run, staff: Cast, monkeypatch: pytest.MonkeyPatch):
    from sqlalchemy.exc import OperationalError

    from smartcx_portal.gate import middleware

    def gone(asked):
        raise OperationalError("x", {}, Exception())

    async def scenario():
        async with Tabs() as tabs:
            anna = await signed_in(tabs, "anna", DESK)
            with monkeypatch.context() as away:
                away.setattr(middleware, "look", gone)
                await anna.send(DeskState.load)
                during = (await anna.state(Notice)).text
                fresh = await tabs.open(DESK, key=anna.key)
            await anna.send(DeskState.load)
            await fresh.send(DeskState.load)
            return during, (await anna.state(DeskState)).rows, (await fresh.state(DeskState)).rows

    rows = ["Personalausweis beantragen"]
    assert run(scenario()) == ("Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.", rows, rows)


def test_a_member_of_several_chooses_also_after_somebody_else(run, staff: Cast):
    with staff.as_job(staff.salon) as work:
        work.new(Membership, identity_id=staff.anna, role=Role.STAFF, created_at=work.now)

    async def scenario():
        async with Tabs() as tabs:
            tab = await signed_in(tabs, "dora")
            await tab.send(AccountState.sign_in, form={"email": "anna@example.org", "password": PASSWORD})
            places = [place.name for place in (await tab.state(AccountState)).workplaces]
            before = tab.key
            await tab.send(AccountState.choose_tenant, tenant_id=str(staff.salon.id))
            session = await tab.state(SessionState)
            return places, session.tenant_name, session.role, tab.key != before, tab.led_to[-1]

    places, *rest = run(scenario())
    assert places == ["Bürgeramt Musterstadt", "Salon Haarlekin"]
    assert rest == ["Salon Haarlekin", "staff", True, DESK]


def test_nobody_chooses_a_tenant_of_others(run, staff: Cast):
    async def scenario():
        async with Tabs() as tabs:
            tab = await signed_in(tabs, "dora")
            await tab.send(AccountState.choose_tenant, tenant_id=str(staff.town.id))
            return (await tab.state(SessionState)).tenant_name, (await tab.state(Notice)).text

    assert run(scenario()) == ("Salon Haarlekin", "Das haben wir nicht gefunden.")


def test_an_answer_that_changes_nothing_else_is_still_noticed(run, engine):
    async def scenario():
        async with Tabs() as tabs:
            tab = await tabs.open("/de/")
            await tab.send(DeskState.click, number=7)
            before = len(tab.updates)
            await tab.send(DeskState.click, number=7)
            return [update.delta.get(SessionState.get_full_name(), {}) for update in tab.updates[before:]]

    assert {"answers_rx_state_": 2} in run(scenario())
