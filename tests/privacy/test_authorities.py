"""Every Land and every other state of the EU and EEA has its authority, and a person learns why to turn to which."""

import re

import pytest

from smartcx_portal.models.tenant import BodyKind
from smartcx_portal.portal.complain_places import found, other_states
from smartcx_portal.privacy.authorities import (
    HERE,
    LAENDER,
    Authority,
    Because,
    authority_for,
    languages_at,
    places,
    states,
    suggest,
)
from tests.cast import Cast

pytestmark = pytest.mark.promise("P12")
UNION = {
    *("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "GR", "HU", "IE"),
    *("IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE"),
}
OTHERS = UNION | {"IS", "LI", "NO"}


def well_formed(found: Authority) -> bool:
    return bool(
        re.fullmatch(r"https://[a-z.-]+\.[a-z]+", found.website)
        and re.fullmatch(r"\+\d{2,3}[\d -]+", found.phone)
        and re.fullmatch(r"(\S+@\S+\.[a-z]+)?", found.email)
        and found.name
        and found.street
        and re.search(r"\d{3}", found.place)
    )


@pytest.mark.parametrize("land", LAENDER)
def test_every_land_has_an_authority_with_an_address(land: str):
    one = authority_for(land, BodyKind.BUSINESS)
    assert well_formed(one)
    assert re.fullmatch(r"\d{5} \D+", one.place)
    assert one.email


def test_every_other_state_of_the_union_and_the_area_has_one():
    assert set(states()) == OTHERS
    assert all(languages_at(state) for state in states())


@pytest.mark.parametrize("state", sorted(OTHERS))
def test_every_other_state_has_an_authority_with_an_address(state: str):
    assert well_formed(suggest("NW", BodyKind.BUSINESS, home=state)[1].authority)


def test_bavaria_has_one_for_public_bodies_and_one_for_private_ones():
    public, private = (authority_for("BY", kind) for kind in (BodyKind.PUBLIC_OFFICE, BodyKind.PRACTICE))
    assert (public.place, private.place) == ("80538 München", "91522 Ansbach")


def test_federal_authorities_have_theirs_in_every_land():
    suggested = suggest("NW", BodyKind.FEDERAL_OFFICE, home="DE-BY", workplace="AT", place="DE-NW")
    assert [(one.authority.place, one.because) for one in suggested] == [
        ("53117 Bonn", (Because.OVERSEES, Because.PLACE, Because.HOME)),
        ("1030 Wien", (Because.WORKPLACE,)),
    ]


def test_who_lives_in_bavaria_gets_the_one_for_the_kind_of_body():
    public, private = (
        suggest("NW", kind, home="DE-BY")[1].authority.place for kind in (BodyKind.PUBLIC_OFFICE, BodyKind.BUSINESS)
    )
    assert (public, private) == ("80538 München", "91522 Ansbach")


def test_berlin_is_not_taken_for_belgium():
    here, abroad = (suggest("NW", BodyKind.BUSINESS, home=home)[1].authority.place for home in ("DE-BE", "BE"))
    assert (here, abroad) == ("10555 Berlin", "1000 Bruxelles / Brussel")


def test_residence_workplace_and_place_each_name_their_own():
    suggested = suggest("NW", BodyKind.BUSINESS, home="PL", workplace="DE-BB", place="DE-BE")
    assert [(one.place, one.because) for one in suggested] == [
        ("DE-NW", (Because.OVERSEES,)),
        ("DE-BE", (Because.PLACE,)),
        ("PL", (Because.HOME,)),
        ("DE-BB", (Because.WORKPLACE,)),
    ]


def test_one_authority_stands_once_with_all_its_reasons():
    (only,) = suggest("NW", BodyKind.PUBLIC_OFFICE, home="DE-NW", workplace="DE-NW", place="DE-NW")
    assert only.because == tuple(Because)


def test_without_an_answer_the_one_that_watches_over_the_body_remains():
    (only,) = suggest("HH", BodyKind.BUSINESS)
    assert only.authority == authority_for("HH", BodyKind.BUSINESS)


def test_what_is_no_place_is_refused():
    with pytest.raises(KeyError):
        suggest("NW", BodyKind.BUSINESS, home="XX")
    assert not {"XX", HERE, "DE"} & places()


def test_the_page_says_why_and_how_in_the_readers_language(cast: Cast):
    with cast.as_visitor(lang="de") as work:
        here, abroad = found(work, place="DE-NW", home="PL")
    assert here.because == [
        "Sie hat die Aufsicht über Bürgeramt Musterstadt.",
        "Sie ist die Behörde des Ortes, an dem es geschehen ist.",
    ]
    assert (abroad.country, abroad.lang, abroad.because) == ("Polen", "pl", ["Sie ist die Behörde Ihres Wohnorts."])
    assert abroad.how.endswith("Schreiben Sie auf Polnisch.")


def test_countries_are_sorted_as_people_read_them():
    names = [name for _, name in other_states("de")]
    assert names.index("Norwegen") + 1 == names.index("Österreich")
