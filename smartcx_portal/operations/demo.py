"""`smartcx demo`: three made-up tenants with plausible bookings. Made again, it leaves what is there as it is."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.refusal import CannotRun
from smartcx_portal.models.staff import Membership, Role
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.operations.counts import recount
from smartcx_portal.operations.demo_bookings import BookingMaker
from smartcx_portal.operations.demo_calendar import make_calendar
from smartcx_portal.operations.demo_connecting import note_connections
from smartcx_portal.operations.demo_elsewhere import FROM, take_elsewhere
from smartcx_portal.operations.demo_facts import DemoFacts, demo_tenants
from smartcx_portal.operations.demo_history import CLARAS_MAIL, come_again, note_history
from smartcx_portal.operations.demo_logins import DemoLogin, as_text, identity_of, keep, logins_file, make_logins
from smartcx_portal.operations.demo_special import make_special
from smartcx_portal.operations.demo_years import Diary, found_in_its_time, note_notices
from smartcx_portal.operations.slugs import slug_of
from smartcx_portal.settings import settings
from smartcx_portal.tenancy import JOB, Work, open_work

Say = Callable[[str], None]
EVERY = 9
"""Days between two lines of progress."""


def make_demo(say: Say) -> list[DemoLogin]:
    """Make what is missing of the demo, say how far it is, and at the end how to sign in.

    Passwords are made once: as long as the file with them is there, they stay, and an empty list comes back.
    Raises `CannotRun` outside demo mode where real tenants are served.
    """
    refuse_beside_real_tenants()
    made = [_make_tenant(facts, say) for facts in demo_tenants()]
    if any(made):
        take_elsewhere()
    if logins_file().exists():
        say(logins_file().read_text().rstrip())
        say(_where_clara_reads())
        return []
    with open_work(JOB) as work:
        logins = make_logins(work)
    keep(logins)
    say(as_text(logins).rstrip())
    say(_where_clara_reads())
    return logins


def _where_clara_reads() -> str:
    base, reads = settings().base_url, address("de", "my_data", slug_of(FROM))
    return f"{CLARAS_MAIL} has years of history at {base}{reads}; the code comes to {base}/dev/mailbox"


def refuse_beside_real_tenants() -> None:
    """Nobody gets made-up tenants and sign-ins into an installation that serves real people."""
    with open_work(JOB) as work:
        real = work.first(work.shared(Tenant).where(Tenant.listed.is_(False)))
    if real is not None and not settings().demo:
        raise CannotRun("This installation has tenants of its own: demo data needs demo mode (SMARTCX_DEMO=1).")


def _make_tenant(facts: DemoFacts, say: Say) -> bool:
    """One tenant in one transaction: it is there whole or not at all. Whether it was made now."""
    name = facts.form.name
    with open_work(JOB) as work:
        if work.first(work.shared(Tenant.id).where(Tenant.slug == slug_of(name))) is not None:
            return False
        say(f"{name}: services and opening hours")
        tenant = found_in_its_time(work, facts)
        calendar = make_calendar(work, tenant, facts)
        _let_in(work, facts, tenant.created_at)
        diary = Diary(work, tenant.zone)
        note_notices(diary, tenant, facts)
        note_connections(diary, facts, calendar)
        regulars = note_history(diary, facts, calendar)
        diary.tell()
        _fill(BookingMaker(work, facts, calendar), name, say)
        make_special(work, calendar)
        come_again(work, calendar, regulars)
        recount(work)
    return True


def _let_in(work: Work, facts: DemoFacts, since: datetime) -> None:
    for person, role in facts.members:
        member: UUID = identity_of(work, person).id
        work.new(Membership, identity_id=member, role=Role(role), created_at=since)


def _fill(maker: BookingMaker, name: str, say: Say) -> None:
    days, made = maker.days(), 0
    for number, day in enumerate(days, start=1):
        made += maker.make(day)
        if number % EVERY == 0 or number == len(days):
            say(f"{name}: day {number} of {len(days)}, {made} bookings")
