"""Opening a tenant: a short form, and its pages are live."""

import pytest
from sqlalchemy import Engine

from smartcx_portal.accounts.invitations import accept
from smartcx_portal.audit.trail import verify
from smartcx_portal.bookings.catalogue import services
from smartcx_portal.bookings.offering import free_times
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import InvalidForm, NotFound, NotPermitted
from smartcx_portal.kit.ids import as_id
from smartcx_portal.messaging.links import invitation_secret
from smartcx_portal.models.messaging import Message
from smartcx_portal.models.privacy import ProcessingActivity
from smartcx_portal.models.staff import Invitation, Membership, Role
from smartcx_portal.models.tenant import ProcessingAgreement, SubProcessor, Tenant, TenantCounts
from smartcx_portal.operations.opening import HasOwner, invite_owner, open_tenant
from smartcx_portal.operations.tenants import TenantView, tenant_by_slug
from smartcx_portal.privacy.notice import notice_view
from smartcx_portal.tenancy import JOB, VISITOR, open_work
from tests.cast import Cast
from tests.operations.forms import filled_in


@pytest.fixture
def opened(cast: Cast) -> TenantView:
    """The tenant that Oskar opened, as a visitor of its page finds it."""
    with cast.as_operator() as work:
        slug = open_tenant(work, filled_in())
    with open_work(VISITOR) as work:
        return tenant_by_slug(work, slug)


def within(tenant: TenantView):
    from uuid import UUID

    return open_work(JOB, UUID(tenant.id))


def test_its_address_is_made_of_its_name(opened: TenantView):
    assert opened.slug == "stadtbuecherei-uexheim"


def test_a_visitor_can_book_there_at_once(opened: TenantView):
    with within(opened) as work:
        service = services(work)[0]
        today = local_day(work.now, opened.zone)
        week = today.replace(day=today.day + 7)
        assert free_times(work, service.id, today, week)


@pytest.mark.promise("P22")
@pytest.mark.promise("P23")
def test_its_notice_is_published_and_names_officer_and_sub_processors(opened: TenantView):
    with within(opened) as work:
        notice = notice_view(work, "de")
    assert notice is not None
    assert notice.number == 1
    for fact in ("Datenschutz der Gemeinde", "Jens Wagner", "IONOS SE", "Mailjet GmbH"):
        assert fact in str(notice)


@pytest.mark.promise("P22")
def test_a_service_that_is_off_is_not_in_the_notice(opened: TenantView):
    with within(opened) as work:
        assert "Twilio" not in str(notice_view(work, "en"))


@pytest.mark.promise("P02")
def test_it_starts_with_an_agreement_and_its_activities(opened: TenantView):
    with within(opened) as work:
        assert work.count(work.select(ProcessingAgreement)) == 1
        assert work.count(work.select(ProcessingActivity)) > 5


def test_the_owner_gets_an_invitation_by_mail(opened: TenantView):
    with within(opened) as work:
        invitation = work.first(work.select(Invitation))
        message = work.first(work.select(Message))
    assert (invitation.email, invitation.role) == ("leitung@uexheim.example", Role.OWNER)
    assert (message.kind, message.invitation_id) == ("invitation", invitation.id)


def test_who_follows_the_mailed_link_owns_the_tenant(opened: TenantView):
    with within(opened) as work:
        secret = invitation_secret(work.first(work.select(Invitation)))
    with open_work(VISITOR) as work:
        owner = accept(work, secret, "Leitung", "a sentence is fine")
    with within(opened) as work:
        member = work.first(work.select(Membership))
    assert (member.identity_id, member.role) == (owner.id, Role.OWNER)


def test_it_has_figures_from_the_first_moment(opened: TenantView):
    with within(opened) as work:
        counts = work.first(work.shared(TenantCounts).where(TenantCounts.tenant_id == work.tenant))
    assert (counts.services, counts.bookings) == (1, 0)


def test_the_trail_tells_who_opened_it(opened: TenantView, cast: Cast):
    from smartcx_portal.models.audit import AuditEntry

    with within(opened) as work:
        entries = work.all(work.select(AuditEntry).order_by(AuditEntry.seq))
        assert verify(work.db, work.tenant).sound
    assert (entries[0].action, entries[0].actor_id) == ("tenant.opened", cast.oskar)
    assert "leitung" not in str([entry.detail for entry in entries])


def test_the_phone_number_is_kept_in_international_form(opened: TenantView):
    assert opened.phone == "+49 2151 555400"


@pytest.mark.parametrize(
    ("field", "entry"),
    [
        ("name", " "),
        ("name", "A" * 201),
        ("kind", "circus"),
        ("street", ""),
        ("postal_code", "4779"),
        ("postal_code", "４７７９８"),
        ("city", ""),
        ("land", "XX"),
        ("zone", "Europe/Musterstadt"),
        ("email", "post@"),
        ("phone", "call us"),
        ("website", "javascript:alert(1)"),
        ("website", ""),
        ("dpo_name", ""),
        ("dpo_email", "nobody"),
        ("owner_email", ""),
        ("language", "xx"),
    ],
)
def test_a_wrong_entry_is_named(cast: Cast, field: str, entry: str):
    with cast.as_operator() as work, pytest.raises(InvalidForm) as refused:
        open_tenant(work, filled_in(**{field: entry}))
    assert set(refused.value.problems) == {field}


def test_all_wrong_entries_are_named_together(cast: Cast):
    with cast.as_operator() as work, pytest.raises(InvalidForm) as refused:
        open_tenant(work, filled_in(city="", land="", owner_email="anna"))
    assert set(refused.value.problems) == {"city", "land", "owner_email"}


def test_the_same_name_gets_a_number(cast: Cast):
    slugs = []
    for _ in range(3):
        with cast.as_operator() as work:
            slugs.append(open_tenant(work, filled_in(name="Bürgeramt Musterstadt")))
    assert slugs == [f"buergeramt-musterstadt-{number}" for number in (2, 3, 4)]


@pytest.mark.parametrize(
    ("name", "slug"), [("Demo", "demo-2"), ("日本語", "termine"), ("Ärzte & Co. (Süd)", "aerzte-co-sued")]
)
def test_any_name_has_an_address(cast: Cast, name: str, slug: str):
    with cast.as_operator() as work:
        assert open_tenant(work, filled_in(name=name)) == slug


def test_anna_cannot_open_a_tenant(cast: Cast):
    with cast.as_staff(cast.anna, role=Role.OWNER) as work, pytest.raises(NotPermitted):
        open_tenant(work, filled_in())


def test_a_visitor_finds_no_such_thing(cast: Cast):
    with open_work(VISITOR) as work, pytest.raises(NotFound):
        open_tenant(work, filled_in())


def test_a_refused_form_leaves_nothing_behind(cast: Cast, engine: Engine):
    with cast.as_operator() as work, pytest.raises(InvalidForm):
        open_tenant(work, filled_in(owner_email="x"))
    with open_work(JOB) as work:
        assert work.count(work.shared(Tenant)) == 2
        assert work.count(work.shared(SubProcessor)) == 0


def test_an_owner_is_invited_anew_while_there_is_none(opened: TenantView, cast: Cast):
    with cast.as_operator() as work:
        invite_owner(work, as_id(opened.id), "leitung@example.org")
    with within(opened) as work:
        assert work.count(work.select(Invitation).where(Invitation.email_key == "leitung@example.org")) == 1


def test_the_operator_lets_nobody_into_a_tenant_that_has_an_owner(cast: Cast):
    with pytest.raises(HasOwner), cast.as_operator() as work:
        invite_owner(work, cast.town.id, "oskar.privat@example.org")
