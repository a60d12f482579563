"""The schema is made from the data map, and files that do not fit are refused with the place (promises P01, P13)."""

import copy
from typing import Any

import jsonschema
import pytest

from smartcx_portal.models.declaring import Who
from smartcx_portal.privacy.data_map import entries_of
from smartcx_portal.privacy.subject import ACCESS, PORTABILITY, portable_document, subject_document
from smartcx_portal.privacy.subject_check import MOST_FAULTS, validate
from smartcx_portal.privacy.subject_schema import schema
from tests.cast import Cast
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P13")
SECRET = "Clara Lindqvist"


def portable(cast: Cast) -> dict[str, Any]:
    open_house(cast, cast.salon)
    clara = clara_books(cast, house=cast.salon)
    with cast.as_person(clara, cast.salon) as work:
        return portable_document(work, clara)


def customer_in(document: dict[str, Any]) -> dict[str, Any]:
    return next(r for r in document["records"] if r["type"] == "customer")


@pytest.mark.promise("P01")
def test_every_personal_column_of_the_map_is_in_the_schema_with_its_category():
    known = schema()["$defs"]
    for entry in entries_of(Who.CUSTOMER, Who.TAB):
        fields = known[entry.table]["properties"]["fields"]["properties"]
        assert {n: f["x-category"] for n, f in fields.items()} == {c.name: c.data.category.value for c in entry.columns}


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("profile", [ACCESS, PORTABILITY])
def test_what_the_portal_writes_fits(cast: Cast, profile: str):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_person(clara) as work:
        assert validate(subject_document(work, clara, profile)) == []


def test_a_renamed_column_does_not_fit(cast: Cast):
    document = portable(cast)
    fields = customer_in(document)["fields"]
    fields["full_name"] = fields.pop("name")
    place = document["records"].index(customer_in(document))
    assert validate(document) == [f"records[{place}].fields: “full_name” is unknown here"]


def test_a_value_of_another_kind_is_named_by_its_place_and_not_repeated(cast: Cast):
    document = portable(cast)
    customer_in(document)["fields"]["name"]["value"] = [SECRET]
    place = document["records"].index(customer_in(document))
    assert validate(document, "de") == [f"records[{place}].fields.name.value: hier wird ein Text erwartet"]


def test_all_that_is_missing_is_named(cast: Cast):
    document = portable(cast)
    del document["controller"], document["subject"]["id"]
    assert sorted(validate(document)) == ["The whole file: “controller” is missing", "subject: “id” is missing"]


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_what_no_database_takes_is_refused(cast: Cast, text: str):
    document = portable(cast)
    document["controller"]["name"] = text
    assert validate(document) == ["controller.name: here is a character that cannot be stored"]


@pytest.mark.parametrize("document", [None, 1, "text", [], True])
def test_something_else_altogether_is_refused_in_a_sentence(document: Any):
    assert validate(document) == ["The whole file: here an object is expected"]


def test_the_list_of_faults_has_an_end(cast: Cast):
    document = portable(cast)
    broken = customer_in(document) | {"id": "none"}
    document["records"] = [copy.deepcopy(broken) for _ in range(100)]
    assert len(validate(document)) == MOST_FAULTS


def test_a_very_long_key_is_cut(cast: Cast):
    document = portable(cast) | {"x" * 5000: 1}
    assert len(validate(document)[0]) < 100


def test_a_later_version_says_so(cast: Cast):
    document = portable(cast) | {"schemaVersion": "99"}
    assert validate(document) == ["schemaVersion: this value is none of those allowed"]
