"""Bring a database to the schema of this program, and tell how the two stand to each other."""

from enum import Enum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from smartcx_portal.kit.engine import make_single_use_engine
from smartcx_portal.kit.refusal import CannotRun
from smartcx_portal.kit.roles import APP

ROOT = Path(__file__).resolve().parents[2]
ONE_AT_A_TIME = 7_268_233
"""Key of the session lock that keeps two processes from migrating at once."""
NEWER = (
    "The database was made by a newer version of Smart CX (schema {revision}): "
    "install that version, or use another data folder."
)


class SchemaState(Enum):
    """How a database's schema stands to this program's."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    NEWER = "newer"


def upgrade(owner_url: str) -> SchemaState:
    """Migrate to the newest revision; returns the state found before.

    Raises `CannotRun` for a newer database and for one that does not answer.
    """
    engine = make_single_use_engine(owner_url)
    try:
        state, revision = _state(engine)
        if state is SchemaState.NEWER:
            raise CannotRun(NEWER.format(revision=revision))
        if state is not SchemaState.CURRENT:
            _upgrade(engine)
        return state
    except OperationalError as problem:
        raise CannotRun(f"The database does not answer: {_first_line(problem)}") from None
    finally:
        engine.dispose()


def is_current(url: str) -> SchemaState:
    """How the database at `url` stands, seen with either role. Raises `CannotRun` if it does not answer."""
    engine = make_single_use_engine(url)
    try:
        return _state(engine)[0]
    except OperationalError as problem:
        raise CannotRun(f"The database does not answer: {_first_line(problem)}") from None
    finally:
        engine.dispose()


def alembic_config() -> Config:
    """Alembic's configuration with absolute paths, so that it works from any folder."""
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "alembic"))
    return config


def _upgrade(engine: Engine) -> None:
    config = alembic_config()
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ONE_AT_A_TIME})
        connection.commit()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.execute(text(f"GRANT SELECT ON alembic_version TO {APP}"))
        connection.commit()


def _state(engine: Engine) -> tuple[SchemaState, str]:
    script = ScriptDirectory.from_config(alembic_config())
    with engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision() or ""
    if not revision:
        return SchemaState.EMPTY, ""
    if revision not in {known.revision for known in script.walk_revisions()}:
        return SchemaState.NEWER, revision
    current = revision == script.get_current_head()
    return (SchemaState.CURRENT if current else SchemaState.BEHIND), revision


def _first_line(problem: OperationalError) -> str:
    return str(problem.orig).strip().splitlines()[0]
