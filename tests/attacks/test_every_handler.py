"""Every registered handler, called by those who may not: nothing comes, nothing changes (D2, D3)."""

import hashlib

import psycopg
import pytest

from smartcx_portal.gate import Notice
from smartcx_portal.kit.embedded import Urls
from smartcx_portal.kit.engine import as_libpq
from smartcx_portal.tenancy.permissions import OF_ROLE, OF_STAFF, Permission, Role
from tests.attacks.conftest import SIGN_IN
from tests.gate.states import DeskState
from tests.registry import Registered, registered

CHANGING = {"session", "audit_head", "audit_entry"}
"""Tables that a member's own sign-in touches."""
SECRETS = ("Personalausweis", "Schalter", "Clara", "Anna", "Ben", "anna@", "ben@")


def fingerprints(urls: Urls) -> dict[str, str]:
    """The contents of each table as a hash."""
    with psycopg.connect(as_libpq(urls.owner)) as owner:
        owner.execute("SET row_security = on")
        tables = [row[0] for row in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        found = {}
        for table in tables:
            for tenant in [None, *[r[0] for r in owner.execute("SELECT id FROM tenant")]]:
                owner.execute("SELECT set_config('app.tenant_id', %s, false)", (str(tenant or ""),))
                rows = owner.execute(f"SELECT coalesce(string_agg(t::text, '|' ORDER BY t::text), '') FROM {table} t")
                found[f"{table} {tenant}"] = hashlib.sha256(rows.fetchone()[0].encode()).hexdigest()
    return {name: value for name, value in found.items() if name.split(" ")[0] not in CHANGING}


def guesses(handler: Registered, cast) -> dict[str, object]:
    """A payload of the town's own ids, for whatever the handler calls its parameters."""
    town = cast.town
    ids = {
        "service_id": town.service,
        "resource_id": town.counters[0],
        "tenant_id": town.id,
        "location_id": town.location,
    }
    return {name: str(ids.get(name, town.service)) for name in handler.parameters}


def attack(tab, handlers: list[Registered], cast) -> None:
    """Call them all, then something honest, so that all have been dealt with."""
    for number in range(0, len(handlers), 100):
        for handler in handlers[number : number + 100]:
            tab.send(handler.name, **guesses(handler, cast))
        tab.send(DeskState.click, number=number + 1)
        tab.wait_for(DeskState, "seen", f"{number + 1} ")


def with_permission(allowed: frozenset) -> list[Registered]:
    """The handlers that need more than `allowed`."""
    return [each for each in registered("tests.gate.states") if each.permission not in {p.value for p in allowed}]


@pytest.mark.promise("P02")
@pytest.mark.parametrize(
    "path", [SIGN_IN, "/de/verwaltung/heute", "/de/betrieb/mandanten", "/de/t/salon-haarlekin/meine-daten"]
)
def test_a_stranger_calls_them_all(wire, staff, database: Urls, path: str):
    before = fingerprints(database)
    tab = wire(path=path)
    attack(tab, with_permission(frozenset({Permission.PUBLIC, Permission.VISITOR})), staff)
    assert [word for word in SECRETS if word in tab.heard] == []
    assert fingerprints(database) == before


@pytest.mark.promise("P02")
def test_dora_calls_them_all_with_the_towns_ids(signed_in, staff, database: Urls):
    dora = signed_in("dora")
    before = {name: value for name, value in fingerprints(database).items() if str(staff.town.id) in name}
    insiders = [each for each in registered("tests.gate.states") if each.permission in {p.value for p in OF_STAFF}]
    attack(dora, insiders, staff)
    after = fingerprints(database)
    assert {name: after[name] for name in before} == before
    assert [word for word in ("Bürgeramt", "Clara", "Anna", "anna@") if word in dora.heard] == []


def test_ben_calls_what_only_owners_and_the_operator_may(signed_in, staff, database: Urls):
    ben = signed_in("ben")
    before = fingerprints(database)
    allowed = frozenset(OF_ROLE[Role.STAFF])
    attack(ben, with_permission(allowed), staff)
    assert fingerprints(database) == before
    assert ben.value(Notice, "count")
