"""When pages are built again, and what our hooks change in Reflex's build."""

from collections.abc import Callable
from pathlib import Path

import pytest

from smartcx_portal.kit import building, toolchain
from smartcx_portal.portal_build import PortalBuild, prerendered, with_plain_jsx, with_prerender, without_cookies


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose pages count as built."""
    monkeypatch.setattr(building, "ROOT", tmp_path)
    monkeypatch.setattr(toolchain, "ROOT", tmp_path)
    monkeypatch.delenv("REFLEX_WEB_WORKDIR", raising=False)
    (tmp_path / "smartcx_portal").mkdir()
    (tmp_path / "smartcx_portal" / "page.py").write_text("a = 1")
    (tmp_path / "rxconfig.py").write_text("")
    (tmp_path / ".web" / "build" / "client").mkdir(parents=True)
    mark = building._state(building._digest(building.SOURCES))
    (tmp_path / ".web" / building.MARK).write_text(mark)
    return tmp_path


def test_an_unchanged_project_is_not_built_again(project: Path) -> None:
    assert building.build(say=pytest.fail) is False


@pytest.mark.parametrize(
    "name", ["smartcx_portal/page.py", "smartcx_portal/new.po", "assets/smartcx.css", "rxconfig.py"]
)
def test_a_changed_file_asks_for_a_build(project: Path, name: str) -> None:
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text("changed")
    assert not building.is_built()


def test_addresses_and_secrets_do_not(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMARTCX_BASE_URL", "https://termine.example.org")
    assert building.is_built()


def test_dynamic_routes_are_rendered_once_for_all_values() -> None:
    assert prerendered(["de", "de/t/[tenant]/buchen"]) == ["/de/t/_/buchen"]
    assert '...["/de/t/_/buchen"]' in with_prerender('{"ssr": false, "prerender": true}', ["/de/t/_/buchen"])


def test_the_pages_ship_nothing_that_could_set_a_cookie() -> None:
    changed = without_cookies('import Cookies from "universal-cookie";\nconst cookies = new Cookies();\n')
    assert "universal-cookie" not in changed
    assert changed.index("class Cookies") < changed.index("new Cookies()")
    assert without_cookies(changed) == changed


def test_the_pages_do_without_styles_that_the_policy_forbids() -> None:
    changed = with_plain_jsx("export default defineConfig((config) => ({\n  plugins: [\n    reactRouter(),\n")
    assert changed.index("const plainJsx") < changed.index("defineConfig") < changed.index("    plainJsx,\n")
    assert with_plain_jsx(changed) == changed


@pytest.mark.parametrize("change", [without_cookies, with_plain_jsx])
def test_a_build_that_looks_different_is_refused(change: Callable[[str], str]) -> None:
    with pytest.raises(RuntimeError):
        change("another version of Reflex")


def test_the_server_is_where_the_page_came_from(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    chunk = tmp_path / "assets" / "reflex-env-x.js"
    chunk.write_text('a={EVENT:`ws://localhost:8000/_event`,PING:"http://localhost:8000/ping"}')
    PortalBuild().post_build(static_dir=tmp_path)
    assert "localhost" not in chunk.read_text()
    assert 'PING:location.origin.replace(/^http/,"http")+"/ping"' in chunk.read_text()


def test_the_committed_lock_names_no_download_addresses() -> None:
    assert '"resolved"' not in (Path(__file__).parents[2] / "reflex.lock" / "package-lock.json").read_text()
