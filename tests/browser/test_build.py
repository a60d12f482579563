"""What is built holds all that its pages ask for."""

import re

from smartcx_portal.kit.toolchain import pages_folder, web_folder
from tests.browser.demo import Demo

KERN = "node_modules/@kern-ux/native/dist/kern.min.css"
PARENTHESES = re.compile(r"\([^()]*\)")
SELECTOR = re.compile(r"[^{},]+(?=[,{])")
CLASS = re.compile(r"kern-[\w-]+")


def test_every_class_that_a_page_uses_has_its_rules(demo: Demo) -> None:
    """The build drops KERN's rules for what no page uses, and only those."""
    built = [file for file in pages_folder().rglob("*") if file.suffix in (".js", ".html")]
    used = {name for file in built for name in CLASS.findall(file.read_text())}
    asked = [set(CLASS.findall(selector)) for selector in selectors((web_folder() / KERN).read_text())]
    wanted = {name for names in asked if names <= used for name in names}
    sheets = "".join(sheet.read_text() for sheet in (pages_folder() / "assets").glob("*.css"))
    assert len(wanted) > 50
    assert wanted - set(CLASS.findall(sheets)) == set()
    assert "kern-dropdown" not in sheets


def selectors(sheet: str) -> list[str]:
    """All selectors, without what stands in parentheses."""
    while (bare := PARENTHESES.sub("", sheet)) != sheet:
        sheet = bare
    return SELECTOR.findall(sheet)
