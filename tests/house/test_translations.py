"""D11: a text without its German would reach a German reader in English."""

import ast
import re
from pathlib import Path

from smartcx_portal.kit.language import catalogue

ROOT = Path(__file__).resolve().parents[2] / "smartcx_portal"
FIELD = re.compile(r"\{(\w+)")


def texts_of(file: Path) -> set[str]:
    """Literal texts that `file` hands to `t(…)`, `N_(…)` or `translator(lang)(…)`."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        named = isinstance(node.func, ast.Name) and node.func.id in {"t", "N_"}
        made = isinstance(node.func, ast.Call) and getattr(node.func.func, "id", "") == "translator"
        if (named or made) and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            found.add(node.args[0].value)
    return found


def all_texts() -> set[str]:
    return set().union(*(texts_of(file) for file in ROOT.rglob("*.py"))) - {""}


def test_every_text_has_its_german():
    assert sorted(all_texts() - set(catalogue("de"))) == []


def test_translations_fill_the_same_places():
    odd = [text for text, german in catalogue("de").items() if set(FIELD.findall(text)) != set(FIELD.findall(german))]
    assert odd == []


def test_texts_are_found_at_all():
    assert len(all_texts()) > 300
