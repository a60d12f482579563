"""Who takes Smart CX must see what comes with it, and under which terms."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_list_of_licences_is_up_to_date():
    spec = importlib.util.spec_from_file_location("third_party", ROOT / "deploy" / "third_party.py")
    third_party = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(third_party)
    assert third_party.FILE.read_text() == third_party.text(), "run: .venv/bin/python deploy/third_party.py"


def test_the_own_licence_is_the_eupl():
    text = (ROOT / "LICENSE").read_text()
    assert "SPDX-License-Identifier: EUPL-1.2" in text
    assert "15.Applicable Law" in text
