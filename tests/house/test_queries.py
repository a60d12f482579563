"""D2: queries get their tenant in `tenancy/`; one made elsewhere could forget it."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "smartcx_portal"
FREE = ("tenancy", "audit", "kit", "models")
MAKERS = {"select", "update", "delete", "insert", "text"}


def sql_made_in(file: Path) -> list[int]:
    """Lines that build SQL by SQLAlchemy's own functions or reach for the session behind a Work."""
    found = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id in {"sa", "sqlalchemy", "sqlmodel"} and node.attr in MAKERS:
                found.append(node.lineno)
            if node.attr == "db" and node.value.id == "work":
                found.append(node.lineno)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("sqlalchemy", "sqlmodel")):
            found += [node.lineno for alias in node.names if alias.name in MAKERS | {"Session", "sessionmaker"}]
    return found


def test_no_query_is_made_outside_tenancy():
    loose = {
        str(file.relative_to(ROOT)): lines
        for file in ROOT.rglob("*.py")
        if file.relative_to(ROOT).parts[0] not in FREE and (lines := sql_made_in(file))
    }
    assert loose == {}
