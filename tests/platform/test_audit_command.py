"""`smartcx audit verify` finds what somebody changed behind the trail's back."""

from sqlalchemy import Engine, text

from smartcx_portal.kit.embedded import Embedded, Urls
from smartcx_portal.kit.engine import make_single_use_engine
from smartcx_portal.running import verify_audit
from tests.cast import Cast


def test_whole_chains(cast: Cast) -> None:
    said: list[str] = []
    assert verify_audit(said.append) == 0
    assert len(said) == 2
    assert all("unbroken" in line for line in said)


def test_an_altered_entry(cast: Cast, engine: Engine, server: Embedded, database: Urls) -> None:
    with cast.as_job() as work:
        work.audit("service.changed")
    superuser = make_single_use_engine(server.superuser_url(str(engine.url.database)))
    with superuser.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text("UPDATE audit_entry SET action = 'nothing.happened' WHERE action = 'service.changed'"))
    superuser.dispose()
    said: list[str] = []
    assert verify_audit(said.append) == 1
    assert sum("broken at entry" in line for line in said) == 1
