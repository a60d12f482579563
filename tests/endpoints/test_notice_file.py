"""Every version of the notice can be kept as a file, by anybody (Art. 12(1), promise P22)."""

import pytest

from smartcx_portal.endpoints.outer import make_outer
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.staff import Role
from smartcx_portal.privacy.choosing import switch
from smartcx_portal.privacy.notice import notice_view
from smartcx_portal.privacy.notice_paper import notice_sheet
from tests.asgi import Client
from tests.cast import Cast
from tests.privacy.scenes import open_house

HERE = "/downloads/notice/buergeramt-musterstadt"


@pytest.fixture(autouse=True)
def opened(cast: Cast) -> Cast:
    open_house(cast)
    return cast


@pytest.mark.promise("P22")
@pytest.mark.parametrize(("lang", "name"), [("de", "datenschutzhinweise"), ("en", "privacy-notice")])
def test_a_version_is_a_tagged_pdf_in_its_language(lang: str, name: str):
    answer = Client(make_outer()).get(f"{HERE}/1/{lang}.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert f'filename="{name}-buergeramt-musterstadt-1.pdf"' in answer.headers["content-disposition"]
    assert answer.content.startswith(b"%PDF-")
    assert b"pdfuaid" in answer.content


@pytest.mark.promise("P22")
def test_earlier_versions_stay_to_be_had(opened: Cast):
    with opened.as_staff(opened.anna, role=Role.OWNER) as work:
        switch(work, Purpose.SMS, False)
    client = Client(make_outer())
    files = [client.get(f"{HERE}/{number}/en.pdf").content for number in (1, 2)]
    assert files[0] != files[1]
    assert client.get(f"{HERE}/1/en.pdf").content == files[0]


def test_it_says_its_date_number_and_check_value(opened: Cast):
    with opened.as_visitor() as work:
        view = notice_view(work, "en")
    assert view is not None
    sheet = notice_sheet(view, "Bürgeramt Musterstadt", "en")
    assert sheet.title == "Privacy notice: Bürgeramt Musterstadt"
    assert sheet.note == f"Version 1, {view.published}"
    assert view.digest in sheet.parts[-1].paragraphs[-1]
    assert [part.heading for part in sheet.parts[:-1]] == [s.heading for s in view.glance + view.details]


@pytest.mark.parametrize(
    "address",
    [
        f"{HERE}/2/de.pdf",
        f"{HERE}/99999999999999999999/de.pdf",
        f"{HERE}/-1/de.pdf",
        f"{HERE}/1/fr.pdf",
        "/downloads/notice/nirgendwo/1/de.pdf",
    ],
)
def test_what_is_no_version_is_not_found(address: str):
    assert Client(make_outer()).get(address).status_code == 404
