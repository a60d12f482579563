"""Every Land has its authority; Bavaria has two (promise P12)."""

import re

import pytest

from smartcx_portal.models.tenant import BodyKind
from smartcx_portal.privacy.authorities import LAENDER, all_authorities, authority_for

pytestmark = pytest.mark.promise("P12")


@pytest.mark.parametrize("land", LAENDER)
def test_every_land_has_an_authority_with_an_address(land: str):
    found = authority_for(land, BodyKind.BUSINESS)
    assert re.fullmatch(r"\d{5} \D+", found.place)
    assert found.website.startswith("https://")
    assert found.phone.startswith("+49 ")
    assert "@" in found.email


def test_bavaria_has_one_for_public_bodies_and_one_for_private_ones():
    public, private = (authority_for("BY", kind) for kind in (BodyKind.PUBLIC_OFFICE, BodyKind.PRACTICE))
    assert (public.place, private.place) == ("80538 München", "91522 Ansbach")


def test_one_may_choose_among_all_of_them():
    assert len(all_authorities()) == 18
