"""A form without `method="post"`, sent before the page works, would put passwords into the address and the logs."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "smartcx_portal"
MAKER = ROOT / "ui" / "forms.py"


def test_forms_are_made_in_one_place_only():
    loose = [str(file) for file in ROOT.rglob("*.py") if file != MAKER and "rx.el.form(" in file.read_text()]
    assert loose == []
    assert MAKER.read_text().count("rx.el.form(") == 1
