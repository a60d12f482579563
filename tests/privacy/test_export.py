"""The package: readable, machine-readable, checkable, and gone in time (promises P03, P13)."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta
from uuid import UUID

import jsonschema
import pypdf
import pytest
from icalendar import Calendar

from smartcx_portal.kit.cells import neutral
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.seals import public_key
from smartcx_portal.models.calendar import AnswerKind, FormField
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, Message, MessageStatus
from smartcx_portal.models.privacy import PrivacyCase, PullLink
from smartcx_portal.privacy.art15 import answers
from smartcx_portal.privacy.export import (
    LinkOver,
    download_token,
    make_package,
    own_packages,
    package_for,
)
from smartcx_portal.privacy.package_contents import package_files
from smartcx_portal.privacy.package_files import package_path
from smartcx_portal.privacy.reading import Reading
from smartcx_portal.privacy.receipt_check import check_pair
from smartcx_portal.privacy.retention import keep_periods_of
from smartcx_portal.privacy.subject import ACCESS, PORTABILITY, subject_document
from tests.cast import Cast, House
from tests.conftest import at
from tests.privacy.scenes import clara_books, open_house

pytestmark = [pytest.mark.promise("P03"), pytest.mark.promise("P13")]
FORMULA = "=HYPERLINK(1)"


def package(cast: Cast, house: House | None = None, profile: str = ACCESS, **values: str) -> dict[str, bytes]:
    place = house or cast.town
    open_house(cast, place)
    clara = clara_books(cast, house=place, **values)
    with cast.as_person(clara, place) as work:
        made = make_package(work, profile)
    with zipfile.ZipFile(package_path(place.id, UUID(made.id))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_holds_the_promised_files(cast: Cast):
    files = package(cast)
    assert {"index.html", "auskunft.pdf", "LIESMICH.txt", "art15.json", "calendar/termine.ics"} <= files.keys()
    assert {"data/subject.json", "schema/subject.schema.json", "data/customer.csv", "data/booking.csv"} <= files.keys()
    assert {"contact/kontakt.vcf", "manifest.json", "manifest.jws"} <= files.keys()


def test_what_is_taken_along_is_for_programs(cast: Cast):
    files = package(cast, cast.salon, PORTABILITY)
    assert {"LIESMICH.txt", "data/subject.json", "data/customer.csv", "contact/kontakt.vcf"} <= files.keys()
    assert not {"index.html", "auskunft.pdf", "art15.json"} & files.keys()
    assert json.loads(files["data/subject.json"])["profile"] == PORTABILITY


@pytest.mark.parametrize("profile", [ACCESS, PORTABILITY])
def test_the_json_fits_its_schema(cast: Cast, profile: str):
    files = package(cast, profile=profile)
    schema = json.loads(files["schema/subject.schema.json"])
    jsonschema.Draft202012Validator(schema).validate(json.loads(files["data/subject.json"]))


def test_there_is_no_other_kind_of_package(cast: Cast):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_person(clara) as work, pytest.raises(NotFound):
        make_package(work, "everything")


@pytest.mark.parametrize("profile", [ACCESS, PORTABILITY])
def test_each_kind_is_noted_as_the_right_it_carries_out(cast: Cast, profile: str):
    package(cast, profile=profile)
    with cast.as_job() as work:
        assert [case.right.value for case in work.all(work.select(PrivacyCase))] == [profile]


def test_each_consent_lies_there_with_its_signature(cast: Cast):
    files = package(cast)
    receipts = [name for name in files if name.startswith("consents/") and name.endswith(".json")]
    assert len(receipts) == 2
    for name in receipts:
        found = check_pair(files[name], files[name.removesuffix(".json") + ".jws"].decode(), public_key())
        assert found["event"]["event_state"] == "consent given"


def test_art_15_is_answered_to_each_letter(cast: Cast):
    made = json.loads(package(cast)["art15.json"])["answers"]
    assert [one["paragraph"] for one in made] == [*(f"15(1)({letter})" for letter in "abcdefgh"), "15(2)"]
    assert all(one["answers"] and set(one["question"]) == {"de", "en"} for one in made)
    recipients = next(one["answers"] for one in made if one["paragraph"] == "15(1)(c)")
    assert {"staff", "operator", "ionos", "mailjet"} <= {one["key"] for one in recipients}


@pytest.mark.promise("P12")
def test_it_names_the_authority_and_where_the_others_stand(cast: Cast):
    made = json.loads(package(cast)["art15.json"])["answers"]
    own, others = next(one["answers"] for one in made if one["paragraph"] == "15(1)(f)")
    assert "Kavalleriestraße" in own["text"]["de"]
    assert "Das Portal nennt sie unter „Bei der Aufsicht beschweren“" in others["text"]["de"]


def test_an_answer_is_what_its_question_was_declared_as(cast: Cast):
    open_house(cast)
    with cast.as_job() as work:
        work.get(FormField, cast.town.question).category = AnswerKind.DOCUMENT
    clara = clara_books(cast)
    with cast.as_person(clara) as work:
        files = package_files(Reading.of(work, clara))
    answers = [r["fields"] for r in json.loads(files["data/subject.json"])["records"] if r["type"] == "answer"]
    assert "user.government_id" in {fields["value"]["category"] for fields in answers if "value" in fields}
    assert "user.government_id" in files["art15.json"].decode()


def test_a_mail_does_not_make_the_text_messages_company_a_recipient(cast: Cast):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_job() as work:
        facts = {"kind": "booking_booked", "channel": Channel.EMAIL, "created_at": work.now, "language": "de"}
        work.new(Message, customer_id=clara, to_address="clara@example.org", **facts)
    with cast.as_person(clara) as work:
        files = package_files(Reading.of(work, clara))
    assert "twilio" not in files["art15.json"].decode()
    message = next(r for r in json.loads(files["data/subject.json"])["records"] if r["type"] == "message")
    assert message["fields"]["to_address"]["recipients"] == ["ionos", "mailjet"]


@pytest.mark.promise("P07")
@pytest.mark.parametrize(
    ("kind", "purpose", "ground"),
    [
        ("booking_booked", "mail", "6(1)(a)"),
        ("booking_confirm", "appointment", "6(1)(e)"),
        ("code", "rights", "6(1)(c)"),
        ("contact_changed", "rights", "6(1)(c)"),
        ("enquiry_received", "enquiry", "6(1)(e)"),
    ],
)
def test_a_message_shows_the_ground_it_rests_on_and_who_carried_it(cast: Cast, kind: str, purpose: str, ground: str):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_job() as work:
        facts = {"kind": kind, "channel": Channel.EMAIL, "created_at": work.now, "language": "de"}
        work.new(Message, customer_id=clara, to_address="clara@example.org", **facts)
    with cast.as_person(clara) as work:
        document = subject_document(work, clara)
    address = next(r for r in document["records"] if r["type"] == "message")["fields"]["to_address"]
    assert (address["purposes"], address["legalBasis"]) == ([purpose], [ground])
    assert {"ionos", "mailjet"} == set(address["recipients"])


def test_whoever_only_carried_a_code_is_a_recipient_too(cast: Cast):
    open_house(cast)
    clara = clara_books(cast, email="")
    with cast.as_job() as work:
        customer = work.get(Customer, clara)
        customer.email = customer.email_key = None
        facts = {"kind": "code", "channel": Channel.SMS, "created_at": work.now, "language": "de"}
        work.new(Message, customer_id=clara, to_address="+492151555123", **facts)
    with cast.as_person(clara) as work:
        said = {one.letter: {point.key for point in one.points} for one in answers(Reading.of(work, clara))}
    assert "twilio" in said["c"] & said["2"]
    assert "mailjet" not in said["c"]


def test_whoever_fetched_the_data_by_a_link_is_a_recipient(cast: Cast):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_job() as work:
        facts = {"customer_id": clara, "created_at": work.now, "lapses_at": work.now + timedelta(days=3)}
        work.new(PullLink, label="Eine andere Praxis", used_at=work.now, **facts)
        work.new(PullLink, label="nobody yet", **facts)
    with cast.as_person(clara) as work:
        told = [point for one in answers(Reading.of(work, clara)) for point in one.points if point.key == "pull_link"]
    assert len(told) == 1
    assert "Eine andere Praxis" in told[0].texts["de"]


def test_the_report_is_a_tagged_pdf_with_the_persons_values(cast: Cast):
    paper = pypdf.PdfReader(io.BytesIO(package(cast)["auskunft.pdf"]))
    text = " ".join(page.extract_text() for page in paper.pages)
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert paper.trailer["/Root"]["/Lang"] == "de-DE"
    assert "clara@example.org" in text
    assert "Wo Sie sich beschweren können" in text


@pytest.mark.parametrize("name", ["#panic[x]", "=SUM(1)", "x" * 200, "王 🦉", "*_`$</b>"])
def test_no_name_keeps_the_report_from_being_set(cast: Cast, name: str):
    assert package(cast, name=name)["auskunft.pdf"].startswith(b"%PDF")


def test_a_message_that_never_left_is_no_disclosure(cast: Cast):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_job() as work:
        for status in (MessageStatus.SENT, MessageStatus.SUPPRESSED):
            sent = work.now if status is MessageStatus.SENT else None
            facts = {"kind": "booking_booked", "channel": Channel.EMAIL, "created_at": work.now, "language": "de"}
            work.new(Message, customer_id=clara, status=status, sent_at=sent, **facts)
    with cast.as_person(clara) as work:
        told = subject_document(work, clara)["disclosures"]
    assert [one["type"] for one in told] == ["message"]


def test_deliveries_are_not_taken_along(cast: Cast):
    open_house(cast, cast.salon)
    clara = clara_books(cast, house=cast.salon)
    with cast.as_job(cast.salon) as work:
        facts = {"kind": "booking_booked", "channel": Channel.EMAIL, "created_at": work.now, "language": "de"}
        work.new(Message, customer_id=clara, to_address="clara@example.org", **facts)
    with cast.as_person(clara, cast.salon) as work:
        document = subject_document(work, clara, PORTABILITY)
    assert {record["type"] for record in document["records"]} == {"customer", "answer", "booking"}


def test_an_answer_comes_with_its_question_and_an_appointment_with_its_service(cast: Cast):
    for profile in (ACCESS, PORTABILITY):
        document = json.loads(package(cast, cast.salon, profile)["data/subject.json"])
        names, records = document["names"], document["records"]
        questions = {names[one["about"]["field_id"]] for one in records if one["type"] == "answer"}
        about = {one["type"]: one["about"] for one in records}
        assert "Benötigen Sie Hilfe vor Ort?" in questions
        assert names[about["booking"]["service_id"]] == "Personalausweis beantragen"


def test_the_appointment_itself_is_taken_along_without_what_the_provider_made_of_it(cast: Cast):
    document = json.loads(package(cast, cast.salon, PORTABILITY)["data/subject.json"])
    booking = next(one for one in document["records"] if one["type"] == "booking")
    assert booking["about"]["starts_at"].startswith("2026-12-01T09:15")
    assert [part["quantity"] for part in booking["services"]] == [1]
    assert booking["fields"] == {}
    assert not {"resource_id", "overbooked", "link_version"} & set(booking["about"])


def test_a_value_says_since_when_its_period_runs(cast: Cast):
    records = json.loads(package(cast)["data/subject.json"])["records"]
    email = next(r for r in records if r["type"] == "customer")["fields"]["email"]
    assert email["retention"]["startsAt"].startswith("2026-12-01")


def test_a_value_carries_its_ground_recipients_and_end(cast: Cast):
    records = json.loads(package(cast)["data/subject.json"])["records"]
    email = next(r for r in records if r["type"] == "customer")["fields"]["email"]
    assert email["value"] == "clara@example.org"
    assert email["legalBasis"] == ["6(1)(a)", "6(1)(e)"]
    assert email["recipients"] == ["ionos", "mailjet"]
    assert email["retention"]["until"].startswith("2026-12-31")


def test_the_manifest_has_the_check_sum_of_every_file(cast: Cast):
    files = package(cast)
    sums = json.loads(files.pop("manifest.json"))["files"]
    del files["manifest.jws"]
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_what_a_person_gave_on_consent_or_contract_can_be_taken_along(cast: Cast):
    portable = json.loads(package(cast, cast.salon, PORTABILITY)["data/subject.json"])
    fields = {f for r in portable["records"] for f in r["fields"]}
    assert {"name", "email", "value", "special_value"} <= fields
    assert "code" not in fields


def test_the_public_task_is_not_portable_and_consent_still_is(cast: Cast):
    portable = json.loads(package(cast, profile=PORTABILITY)["data/subject.json"])
    fields = {f for r in portable["records"] for f in r["fields"]}
    assert "value" not in fields
    assert {"name", "email", "special_value"} <= fields
    assert {r["type"] for r in portable["records"]} == {"customer", "answer"}


@pytest.mark.parametrize("text", [FORMULA, "+1", "-1", "@A1", "\t=1", "\r=1"])
def test_no_cell_begins_like_a_formula(text: str):
    assert neutral(text) == f"'{text}"


def test_formulas_in_a_name_stay_text_in_the_csv(cast: Cast):
    rows = list(csv.DictReader(io.StringIO(package(cast, name=FORMULA)["data/customer.csv"].decode("utf-8-sig"))))
    assert rows[0]["name"] == f"'{FORMULA}"


def test_markup_in_a_name_stays_text_in_the_page(cast: Cast):
    page = package(cast, name="<script>alert(1)</script>")["index.html"].decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_page_reads_offline_in_both_languages(cast: Cast):
    page = package(cast)["index.html"].decode()
    assert "Was Bürgeramt Musterstadt über Sie speichert" in page
    assert "What Bürgeramt Musterstadt stores about you" in page
    assert "http" not in page.replace("https://www.", "")
    assert "src=" not in page


def test_the_calendar_holds_the_own_appointments(cast: Cast):
    events = Calendar.from_ical(package(cast)["calendar/termine.ics"]).walk("VEVENT")
    assert [e["dtstart"].dt.isoformat() for e in events] == ["2026-12-01T10:15:00+01:00"]


def test_the_file_is_readable_for_the_app_alone(cast: Cast):
    package(cast)
    file = next(package_path(cast.town.id, UUID(int=0)).parent.glob("*.zip"))
    assert file.stat().st_mode & 0o077 == 0


def test_a_link_opens_for_two_minutes(cast: Cast, frozen):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_person(clara) as work:
        token = download_token(work, make_package(work).id)
    assert package_for(token).path.exists()
    with at(frozen + timedelta(minutes=3)), pytest.raises(LinkOver):
        package_for(token)


@pytest.mark.parametrize("token", ["", "a.b.c.d", "....", "x" * 500])
def test_a_forged_link_opens_nothing(cast: Cast, token: str):
    with pytest.raises(LinkOver):
        package_for(token)


def test_a_longer_life_cannot_be_written_into_a_link(cast: Cast):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_person(clara) as work:
        tenant, package_id, ends, mark = download_token(work, make_package(work).id).split(".")
    with pytest.raises(LinkOver):
        package_for(f"{tenant}.{package_id}.{int(ends) + 900}.{mark}")


def test_nobody_gets_a_link_to_another_ones_package(cast: Cast):
    open_house(cast)
    clara, other = clara_books(cast), clara_books(cast, email="ben@example.org", name="Ben")
    with cast.as_person(clara) as work:
        made = make_package(work)
    with cast.as_person(other) as work, pytest.raises(NotFound):
        download_token(work, made.id)


def test_after_seven_days_it_is_gone(cast: Cast, frozen):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_person(clara) as work:
        made = make_package(work)
    with at(frozen + timedelta(days=7, minutes=1)):
        keep_periods_of(cast.town.id)
    assert not package_path(cast.town.id, UUID(made.id)).exists()
    with cast.as_person(clara) as work:
        assert own_packages(work) == []
