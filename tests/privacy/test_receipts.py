"""A receipt says what was agreed to, when and with whom; whoever has the public key can check it, offline."""

import json
from uuid import UUID

import pytest

from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.seals import NotSealed, public_key, seal
from smartcx_portal.models.privacy import ConsentEvent, ConsentPurpose, NoticeVersion
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.consents import history
from smartcx_portal.privacy.receipt_check import check_pair, check_receipt
from smartcx_portal.privacy.receipts import SERVES, Receipts, own_receipt, receipt, sealed_receipt
from smartcx_portal.privacy.withdrawing import withdraw_own
from smartcx_portal.standing.consents import give, given
from tests.cast import CLARA, Cast
from tests.conftest import SUNDAY
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P05")
OTHER_KEY = bytes(32)


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


@pytest.fixture
def file(cast: Cast, clara: UUID) -> bytes:
    """The receipt of Clara's consent to mails, as she keeps it."""
    with cast.as_person(clara) as work:
        event = given(work, clara, ConsentPurpose.MAIL)
        return own_receipt(work, str(event.id), "de").content


def test_a_receipt_has_the_fields_of_the_standard(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        event = given(work, clara, ConsentPurpose.MAIL)
        notice = work.first(work.select(NoticeVersion))
        made = receipt(work, event)
    (purpose,) = made["pii_processing"]["purposes"]
    assert (made["record_id"], made["pii_principal_id"]) == (str(event.id), str(clara))
    assert made["event"]["event_time"] == SUNDAY.isoformat()
    assert (made["event"]["event_state"], made["event"]["event_type"]) == ("consent given", "expressed")
    assert (purpose["description"], purpose["description_sha256"]) == (event.text, event.text_version)
    assert (purpose["lawful_basis"], purpose["collection_method"]) == ("Art. 6(1)(a) GDPR", "booking_form")
    assert [company["name"] for company in purpose["recipient_third_parties"]] == ["IONOS SE", "Mailjet GmbH"]
    assert made["pii_processing"]["privacy_notice"]["sha256"] == notice.digest
    assert [one["party_role"] for one in made["party_identification"]][:3] == [
        "controller",
        "controller_dpo",
        "processor",
    ]


def test_nothing_that_the_standard_demands_is_empty(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        made = receipt(work, given(work, clara, ConsentPurpose.MAIL))
    (purpose,) = made["pii_processing"]["purposes"]
    assert made["schema_version"]
    assert made["receipt"]["receipt_id"].startswith(made["record_id"])
    assert made["pii_processing"]["privacy_notice"]
    assert made["pii_processing"]["language"]
    for name in ("purpose", "pii_information", "pii_controllers", "storage_locations", "retention_period"):
        assert purpose[name], name
    for name in ("jurisdiction", "recipient_third_parties", "withdrawal_method"):
        assert purpose[name], name
    for party in made["party_identification"]:
        for name in ("party_id", "party_type", "party_name", "party_address", "party_contact"):
            assert party[name], (party["party_id"], name)
    assert all(made["event"][name] for name in ("event_time", "validity_duration", "entity_id", "event_type"))


def test_a_receipt_says_in_which_countries_the_data_lies(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        made = [receipt(work, given(work, clara, purpose)) for purpose in (ConsentPurpose.MAIL, ConsentPurpose.HEALTH)]
    lands = [one["pii_processing"]["purposes"][0]["storage_locations"] for one in made]
    assert lands == [["DE", "US"], ["DE"]]


def test_a_receipt_names_a_link_only_where_messages_carry_one(cast: Cast, clara: UUID):
    """Messages are silent on sensitive details: decision 0017."""
    with cast.as_person(clara) as work:
        said = {
            purpose: receipt(work, given(work, clara, purpose))["pii_processing"]["purposes"][0]["withdrawal_method"]
            for purpose in (ConsentPurpose.MAIL, ConsentPurpose.HEALTH)
        }
    assert set(said[ConsentPurpose.MAIL]) == {"portal", "message"}
    assert set(said[ConsentPurpose.HEALTH]) == {"portal"}


@pytest.mark.parametrize("purpose", list(ConsentPurpose))
def test_each_purpose_has_its_receipt(cast: Cast, clara: UUID, purpose: ConsentPurpose):
    with cast.as_person(clara) as work:
        event = give(work, clara, purpose, language="en", channel="portal")
        (said,) = receipt(work, event)["pii_processing"]["purposes"]
    assert purpose in SERVES
    assert said["purpose"] == purpose.value
    assert said["pii_information"]
    assert said["retention_period"]
    assert said["lawful_basis"].startswith("Art. ")


def test_a_withdrawal_has_its_receipt_too(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        withdraw_own(work, "mail")
        line = history(work).lines[0]
        kept = check_receipt(own_receipt(work, line.event, "de").content, public_key())
    assert kept["event"]["event_state"] == "consent withdrawn"


def test_a_receipt_names_no_person_and_carries_no_answer(file: bytes):
    assert not any(known in file.decode() for known in (*CLARA.values(), "Rollstuhl", "T220001293"))


def test_a_kept_receipt_is_checked_with_the_public_key_alone(file: bytes):
    assert check_receipt(file, public_key())["standard"] == "ISO/IEC TS 27560:2023"
    assert check_receipt(json.loads(file)["jws"].encode() + b"\n", public_key()) == json.loads(file)["receipt"]


def forged(file: bytes, **changes: object) -> bytes:
    whole = json.loads(file)
    whole["receipt"] |= changes
    return json.dumps(whole).encode()


@pytest.mark.parametrize("changes", [{"record_id": "another"}, {"more": 1}, {"event": {}}])
def test_a_changed_receipt_is_refused(file: bytes, changes: dict[str, object]):
    with pytest.raises(NotSealed):
        check_receipt(forged(file, **changes), public_key())


def test_a_receipt_of_somebody_else_is_refused(file: bytes):
    with pytest.raises(NotSealed):
        check_receipt(file, OTHER_KEY)


def test_what_was_sealed_as_something_else_is_no_receipt():
    with pytest.raises(NotSealed):
        check_receipt(seal(b"{}", "manifest").encode(), public_key())


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"{", b"\xff", b'{"jws": 1}', b'{"jws": "a.b.c"}', b"a.b.c", b"[" * 100_000]
)
def test_what_is_no_receipt_is_refused(content: bytes):
    with pytest.raises(NotSealed):
        check_receipt(content, public_key())


def test_a_seal_that_lies_beside_its_receipt_covers_these_very_bytes(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        content, jws = sealed_receipt(work, given(work, clara, ConsentPurpose.HEALTH))
    assert check_pair(content, jws, public_key())["event"]["event_type"] == "explicit"
    with pytest.raises(NotSealed):
        check_pair(content.replace(b"explicit", b"implicit"), jws, public_key())


def test_a_receipt_keeps_the_text_that_was_read_when_the_words_change(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        event = given(work, clara, ConsentPurpose.MAIL)
        work.get(Tenant, work.tenant).name = "Rathaus Musterstadt"
    with cast.as_person(clara) as work:
        made = receipt(work, work.get(ConsentEvent, event.id))
    (purpose,) = made["pii_processing"]["purposes"]
    assert purpose["description"].startswith("Ja, Bürgeramt Musterstadt darf")
    assert made["party_identification"][0]["party_name"] == "Rathaus Musterstadt"


def test_many_receipts_read_the_tenants_facts_once(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        event, issuing = given(work, clara, ConsentPurpose.MAIL), Receipts(work)
        assert issuing.sealed(event) == issuing.sealed(event) == sealed_receipt(work, event)


@pytest.mark.promise("P02")
def test_nobody_gets_the_receipt_of_somebody_else(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        event = str(given(work, clara, ConsentPurpose.MAIL).id)
    namesake, neighbour = clara_books(cast), clara_books(cast, house=cast.salon)
    for person, house in ((namesake, cast.town), (neighbour, cast.salon)):
        with cast.as_person(person, house) as work, pytest.raises(NotFound):
            own_receipt(work, event, "de")
