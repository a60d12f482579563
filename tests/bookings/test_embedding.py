"""Which websites may show a tenant's booking, and in which colour."""

import pytest

from smartcx_portal.bookings.embedding import NoSuchSite, embed_view, save_colour, save_sites, site_of
from smartcx_portal.kit.errors import InvalidForm, NotFound, NotPermitted, ProductError
from smartcx_portal.models.staff import Role
from smartcx_portal.settings import settings
from smartcx_portal.tenancy.finding import sites_of
from tests.cast import Cast, House


def owner(cast: Cast, house: House | None = None):
    """Anna at the town office, or Dora at the salon."""
    return cast.as_staff(cast.anna if house in (None, cast.town) else cast.dora, house, Role.OWNER)


@pytest.mark.parametrize(
    ("line", "site"),
    [
        ("https://www.musterstadt.de", "https://www.musterstadt.de"),
        ("www.musterstadt.de", "https://www.musterstadt.de"),
        ("https://WWW.Musterstadt.de/buergeramt/?a=1#b", "https://www.musterstadt.de"),
        ("https://musterstadt.de:443/", "https://musterstadt.de"),
        ("https://musterstadt.de:8443", "https://musterstadt.de:8443"),
        ("https://müsterstadt.de", "https://xn--msterstadt-9db.de"),
    ],
)
def test_a_websites_origin_counts(line: str, site: str) -> None:
    assert site_of(line) == site


@pytest.mark.parametrize(
    "line",
    [
        "http://www.musterstadt.de",
        "https://*.musterstadt.de",
        "*",
        "'self'",
        "https:",
        "data:text/html,x",
        "javascript:alert(1)",
        "https://a.de; script-src *",
        "https://a.de https://b.de",
        "https://name:word@a.de",
        "https://192.168.1.1",
        "https://intranet",
        "https://a..de",
        "https://-a.de",
        "https://a.de:99999",
        "https://[::1]",
        "https://a.de\\@b.de",
        "https://" + "a" * 300 + ".de",
    ],
)
def test_nothing_else_gets_into_the_policy(line: str) -> None:
    with pytest.raises(NoSuchSite) as caught:
        site_of(line)
    assert caught.value.field == "sites"


def test_the_own_machine_may_show_it_only_while_smart_cx_runs_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert site_of("http://localhost:9000/x") == "http://localhost:9000"
    monkeypatch.setenv("SMARTCX_BASE_URL", "https://termine.example.org")
    settings.cache_clear()
    try:
        with pytest.raises(NoSuchSite):
            site_of("http://localhost:9000")
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_sites_are_kept_once_each_and_can_be_taken_away(cast: Cast) -> None:
    with owner(cast) as work:
        save_sites(work, "https://a.example\n\n https://b.example/x \nhttps://a.example/y")
    assert sites_of(cast.town.slug) == ("https://a.example", "https://b.example")
    with owner(cast) as work:
        save_sites(work, " \n")
    assert sites_of(cast.town.slug) == ()


def test_one_wrong_line_changes_nothing_and_is_named(cast: Cast) -> None:
    with owner(cast) as work:
        save_sites(work, "https://a.example")
    with pytest.raises(ProductError) as caught, owner(cast) as work:
        save_sites(work, "https://b.example\nhttp://c.example")
    assert caught.value.text("de").startswith("„http://c.example“ beginnt mit http.")
    assert sites_of(cast.town.slug) == ("https://a.example",)


def test_there_is_a_most(cast: Cast) -> None:
    with pytest.raises(InvalidForm), owner(cast) as work:
        save_sites(work, "\n".join(f"https://a{number}.example" for number in range(21)))


def test_a_site_counts_for_its_tenant_only(cast: Cast) -> None:
    with owner(cast) as work:
        save_sites(work, "https://a.example")
    assert sites_of(cast.salon.slug) == ()
    assert sites_of("nowhere") == sites_of("_") == sites_of("../x") == ()


def test_a_colour_is_kept_in_one_writing(cast: Cast) -> None:
    with owner(cast) as work:
        save_colour(work, " 1A5FB4 ")
        assert embed_view(work).colour == "#1a5fb4"
        save_colour(work, "")
        assert embed_view(work).colour == ""


@pytest.mark.parametrize("text", ["blue", "#12345", "url(x)", "#fff;}"])
def test_something_else_is_no_colour(cast: Cast, text: str) -> None:
    with pytest.raises(InvalidForm), owner(cast) as work:
        save_colour(work, text)


def test_what_to_put_into_the_website(cast: Cast) -> None:
    with owner(cast) as work:
        usual, chosen = embed_view(work), embed_view(work, str(cast.town.service), "en")
    base = settings().base_url
    assert f'src="{base}/embed.js" data-tenant="buergeramt-musterstadt" data-lang="de"></script>' in usual.script
    assert f'src="{base}/de/t/buergeramt-musterstadt/widget/leistung" title="Termin buchen"' in usual.frame
    assert f'data-lang="en" data-service="{cast.town.service}"' in chosen.script
    assert f"/en/t/buergeramt-musterstadt/widget/time?service={cast.town.service}" in chosen.frame


def test_ben_may_change_neither(cast: Cast) -> None:
    for deed in (save_sites, save_colour):
        with pytest.raises(NotPermitted), cast.as_staff(cast.ben) as work:
            deed(work, "")


def test_dora_finds_no_service_of_the_town(cast: Cast) -> None:
    with pytest.raises(NotFound), owner(cast, cast.salon) as work:
        embed_view(work, str(cast.town.service))
