"""D3: a handler or route without a permission would be callable by every client of the websocket."""

import ast
from pathlib import Path

from smartcx_portal.gate.middleware import INTERNAL
from smartcx_portal.tenancy import Permission
from tests.registry import reflex_own, registered, routes

ROOT = Path(__file__).resolve().parents[2] / "smartcx_portal"
SURFACES = {"booking_page", "portal", "dashboard", "backoffice", "endpoints"}
REVIEWED = {"hydrate", "hydrate_and_load", "on_load_internal", "set_is_hydrated", "handle_frontend_exception"}


def test_every_handler_names_its_permission():
    assert [each.name for each in registered() if each.permission not in set(Permission)] == []
    assert len(registered()) > 6


def test_of_reflexs_own_handlers_only_the_reviewed_ones_pass():
    passing = {each.function for each in reflex_own() if each.name in INTERNAL}
    assert passing == REVIEWED
    assert {each.function for each in reflex_own()} - passing == {"setvar", "update_vars_internal"}


def test_every_route_names_its_permission():
    assert [each.name for each in routes() if each.permission not in set(Permission)] == []
    assert routes()


def test_states_wear_the_gates_event_and_never_reflexs():
    bare = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in ROOT.rglob("*.py")
        if file.relative_to(ROOT).as_posix() != "gate/decorator.py"
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "event"
        and isinstance(node.value, ast.Name) and node.value.id in {"rx", "reflex"}
    ]  # fmt: skip
    assert bare == []


def test_only_the_gate_opens_works_for_people_and_surfaces_open_none():
    opened = [
        (file.relative_to(ROOT).parts[0], ast.unparse(node.args[0]))
        for file in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open_work"
    ]
    assert {room for room, actor in opened if actor != "JOB"} == {"gate"}
    assert {room for room, _ in opened} & SURFACES == set()


def test_no_state_inherits_from_another():
    """Reflex loads a State with its parents and all its children; and a child would inherit handlers unseen."""
    from smartcx_portal.gate import SessionState

    assert SessionState.get_substates() == set()
