"""Clara takes her data elsewhere: handed over to the salon, where it waits for the staff, and by a link for others."""

from dataclasses import replace
from uuid import UUID

from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import Transfer
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.operations.demo_history import CLARAS_MAIL
from smartcx_portal.operations.slugs import slug_of
from smartcx_portal.privacy.handing_over import hand_over
from smartcx_portal.privacy.pulling import make_pull_link
from smartcx_portal.privacy.transferring import deliver_transfer
from smartcx_portal.tenancy import JOB, Actor, ActorKind, open_work

FROM, TO = "Bürgeramt Musterstadt", "Salon Haarlekin"
FOR_WHOM = "Für das Bürgeramt an meinem neuen Wohnort"


def take_elsewhere() -> None:
    """Do both, unless she has done so before."""
    with open_work(JOB) as work:
        town = work.first(work.shared(Tenant.id).where(Tenant.slug == slug_of(FROM)))
        work.enter_tenant(town)
        query = work.select(Customer.id).where(Customer.email_key == CLARAS_MAIL)
        clara = work.first(query.order_by(Customer.created_at))
        done = work.count(work.select(Transfer)) > 0
    if clara is not None and not done:
        _take(town, clara)


def _take(town: UUID, clara: UUID) -> None:
    person = Actor(ActorKind.PERSON, customer_id=clara, fresh=True, proof="code")
    with open_work(JOB, town) as work:
        hers = replace(work, actor=person)
        transfer = hand_over(hers, slug_of(TO)).id
        make_pull_link(hers, FOR_WHOM)
    deliver_transfer(tenant=str(town), transfer=str(transfer))  # no worker need run yet
