"""Nothing is carried in the clear beyond the own machine (promise P15)."""

import pytest
from pydantic import ValidationError

from smartcx_portal.settings import Settings

pytestmark = pytest.mark.promise("P15")
PUBLIC = "termine.example.org"


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        (f"http://{PUBLIC}", "127.0.0.1"),
        (f"http://{PUBLIC}", "0.0.0.0"),
        ("http://localhost:8000", "0.0.0.0"),
        ("http://192.168.1.20:8000", "192.168.1.20"),
        ("", "0.0.0.0"),
        ("http://localhost.example.org", "127.0.0.1"),
        ("http://127.0.0.1@termine.example.org", "127.0.0.1"),
    ],
)
def test_it_is_refused_without_tls(base_url: str, host: str) -> None:
    with pytest.raises(ValidationError, match="only behind TLS"):
        Settings(base_url=base_url, host=host)


@pytest.mark.parametrize("base_url", [f"ftp://{PUBLIC}", PUBLIC, "https://"])
def test_what_is_no_web_address_is_refused(base_url: str) -> None:
    with pytest.raises(ValidationError, match="must look like https"):
        Settings(base_url=base_url)


@pytest.mark.parametrize(
    ("base_url", "host"),
    [(f"https://{PUBLIC}", "0.0.0.0"), ("http://localhost:8000", "127.0.0.1"), ("http://[::1]:8000", "::1")],
)
def test_tls_and_the_own_machine_are_served(base_url: str, host: str) -> None:
    assert Settings(base_url=base_url, host=host).base_url == base_url
