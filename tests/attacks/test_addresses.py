"""Addresses that no page of ours ever names are answered like those of things that do not exist."""

import pytest

from smartcx_portal.endpoints.outer import make_outer
from smartcx_portal.kit.addresses import address
from tests.asgi import Client
from tests.cast import Cast

NUMBERS = ["-99999999999999999999", "99999999999999999999", "-2147483649", "2147483648"]
NAMES = ["%00", "buergeramt-musterstadt%00", "x" * 5_000, "%F0%9F%91%BB", "..%2f..", "Buergeramt-Musterstadt"]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_fits_no_column_is_no_version(cast: Cast, number: str):
    assert Client(make_outer()).get(f"/downloads/notice/{cast.town.slug}/{number}/de.pdf").status_code == 404


@pytest.mark.parametrize("page", ["/downloads/notice/{}/1/de.pdf", address("en", "contact", "{}", "plain")])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_no_tenants_is_missing(cast: Cast, page: str, name: str):
    assert Client(make_outer()).get(page.format(name)).status_code == 404
