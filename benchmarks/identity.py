"""How long does proving oneself take, and does the time tell whether an address is known?

Asking for a code and entering one, through the use cases, each committed, at an office that knows 20,000 people. Known
and unknown addresses take turns, so that what else the machine does falls on both alike. Every try comes from another
address and network: the limits stay as they are.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa
from sqlalchemy import Engine

from benchmarks.booking import furnish
from smartcx_portal.accounts import sessions
from smartcx_portal.accounts.person_sign_in import SignedIn, request_code
from smartcx_portal.kit import clock
from smartcx_portal.kit.embedded import Embedded
from smartcx_portal.kit.engine import as_libpq, make_engine
from smartcx_portal.kit.ids import new_id
from smartcx_portal.kit.migrating import upgrade
from smartcx_portal.kit.tokens import new_secret, number_code
from smartcx_portal.messaging.templates import CODE_USE
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import OneTimeCode
from smartcx_portal.models.staff import SessionKind
from smartcx_portal.privacy.coming_in import come_in
from smartcx_portal.tenancy import JOB, VISITOR, Work, open_work

PEOPLE = 20_000
WARM_UP = 20
TRIES = 200
WRONG = "00000000"


def measure() -> list[dict[str, Any]]:
    """The 95th percentile of a right code, and the distances between the medians of known and unknown addresses."""
    asked: dict[bool, list[float]] = {True: [], False: []}
    refused: dict[bool, list[float]] = {True: [], False: []}
    proven: list[float] = []
    with tempfile.TemporaryDirectory(prefix="smartcx-bench-") as folder, _office(Path(folder)) as (engine, tenant):
        for number in range(WARM_UP + TRIES):
            for known in (True, False) if number % 2 else (False, True):
                here = _Tab(engine, tenant, number, known)
                asked[known].append(_ms(here, request_code, here.address))
                refused[known].append(_ms(here, come_in, WRONG))
                if known:
                    proven.append(_ms(here, _enter, here.newest_code()))
    rows = [
        ("verify.p95", quantiles(proven[WARM_UP:], n=20)[-1], "<= 150"),
        ("verify.median", _median(proven), "<= 100"),
    ]
    rows += [
        ("ask.median_of_known", _median(asked[True]), "<= 100"),
        ("ask.known_to_unknown", abs(_median(asked[True]) - _median(asked[False])), "<= 5"),
        ("wrong_code.known_to_unknown", abs(_median(refused[True]) - _median(refused[False])), "<= 5"),
    ]
    return [
        {"name": f"identity.{name}", "unit": "ms", "value": round(value, 2), "goal": goal} for name, value, goal in rows
    ]


class _Tab:
    """One reader: known with one of the office's addresses, or with one that nobody knows."""

    def __init__(self, engine: Engine, tenant: UUID, number: int, known: bool) -> None:
        self.engine, self.tenant = engine, tenant
        self.name = f"{'known' if known else 'other'}-{number}"
        self.address = _mail(number * (PEOPLE // (WARM_UP + TRIES))) if known else f"dora{number}@example.org"

    def open(self) -> Any:
        return open_work(VISITOR, self.tenant, tab=self.name, network=self.name, engine=self.engine)

    def newest_code(self) -> str:
        """What its receiver reads."""
        with self.open() as work:
            return number_code(
                CODE_USE, work.first(work.select(OneTimeCode.id).where(OneTimeCode.key_hash == self.name))
            )


def _enter(work: Work, code: str) -> None:
    """As the portal does it: the proof, then the session under a new key."""
    answer = come_in(work, code)
    if not isinstance(answer, SignedIn):
        raise RuntimeError("the right code was refused")
    key = new_secret()
    sessions.begin(work, key, SessionKind.PERSON, tenant_id=work.tenant, customer_id=answer.customer_id)


def _ms(tab: _Tab, deed: Callable[[Work, str], Any], entered: str) -> float:
    began = perf_counter()
    with tab.open() as work:
        deed(work, entered)
    return (perf_counter() - began) * 1000


def _median(spent: list[float]) -> float:
    return median(spent[WARM_UP:])


def _mail(number: int) -> str:
    return f"clara{number}@example.org"


@contextmanager
def _office(folder: Path) -> Iterator[tuple[Engine, UUID]]:
    """A real server with one office and its people, thrown away afterwards."""
    with Embedded(folder / "database", say=lambda _: None) as server:
        upgrade(server.owner_url())
        engine = make_engine(server.app_url(), pool=2)
        try:
            with open_work(JOB, engine=engine) as work:
                tenant, _ = furnish(work, clock.now())
                _people(work, tenant)
            with closing(psycopg.connect(as_libpq(server.owner_url()), autocommit=True)) as owner:
                owner.execute("ANALYZE customer")
            yield engine, tenant
        finally:
            engine.dispose()


def _people(work: Work, tenant: UUID) -> None:
    since = work.now - timedelta(days=20)
    rows = [
        {
            "tenant_id": tenant,
            "id": new_id(),
            "name": f"Clara {number}",
            "email": _mail(number),
            "email_key": _mail(number),
            "email_verified_at": since,
            "language": "de",
            "created_at": since,
        }
        for number in range(PEOPLE)
    ]
    work.db.execute(sa.insert(Customer), rows)
