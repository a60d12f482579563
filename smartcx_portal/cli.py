"""The command `smartcx`. What keeps it from working is said in one sentence, with exit code 1."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the sentence instead of an import error
    sys.exit("Smart CX needs Python 3.11 or newer; this is Python {}.{}.".format(*sys.version_info))

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from smartcx_portal.kit.refusal import CannotRun
from smartcx_portal.settings import Settings, settings

commands = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Smart CX: appointments in which every person keeps command of their data. "
    "Settings are environment variables with the prefix SMARTCX_, see README.md.",
)
audit = typer.Typer(no_args_is_help=True, help="The audit trail.")
commands.add_typer(audit, name="audit")

Data = Annotated[Path | None, typer.Option(help="Folder for everything that is kept (SMARTCX_DATA).")]
Port = Annotated[int | None, typer.Option(help="Port to serve on (SMARTCX_PORT).")]


def main() -> None:
    """Entry of the console script."""
    try:
        commands()
    except CannotRun as reason:
        sys.exit(str(reason))


@commands.command()
def run(data: Data = None, port: Port = None) -> None:
    """Everything from nothing: database, migrations, pages, web and worker; in demo mode also the demo's data."""
    with prepared(data, port):
        from smartcx_portal.running import run_all

        run_all()


@commands.command()
def web(data: Data = None, port: Port = None) -> None:
    """Serve the built pages and what is behind them, on one port."""
    with prepared(data, port):
        from smartcx_portal.running import serve_web

        serve_web()


@commands.command()
def api(
    data: Data = None,
    port: Port = None,
    processes: Annotated[int, typer.Option(min=1, max=64, help="How many answer; about one for each core.")] = 2,
    threads: Annotated[int, typer.Option(min=1, max=64, help="How many requests each works on at a time.")] = 3,
) -> None:
    """Serve the public HTTP API alone, on a port of its own, beside the web process; for those who are asked a lot."""
    with prepared(data, port):
        from smartcx_portal.running import serve_api

        serve_api(processes, threads)


@commands.command()
def worker(data: Data = None) -> None:
    """Work off the jobs: messages, reminders, deadlines. As many of these as needed may run."""
    with prepared(data):
        from smartcx_portal.running import serve_jobs

        serve_jobs()


@commands.command()
def migrate(data: Data = None) -> None:
    """Bring the database to this program's schema."""
    with prepared(data):
        from smartcx_portal.kit.engine import owner_url
        from smartcx_portal.kit.migrating import upgrade
        from smartcx_portal.operations.renewing import renew_facts

        state = upgrade(owner_url())
        renew_facts()
        print(f"The database is current (it was {state.value} before).")


@commands.command()
def demo(
    data: Data = None,
    tenants: Annotated[int, typer.Option(help="So many more made-up offices, for measuring.")] = 0,
    bookings: Annotated[int, typer.Option(help="So many bookings in all of these offices.")] = 0,
) -> None:
    """Make the demo's tenants with plausible bookings, and print the sign-ins."""
    with prepared(data):
        from smartcx_portal.kit.engine import owner_url
        from smartcx_portal.kit.migrating import upgrade
        from smartcx_portal.operations.demo import make_demo

        upgrade(owner_url())
        make_demo(print)
        if tenants or bookings:
            from smartcx_portal.operations.demo_many import make_many

            make_many(max(tenants, 1), bookings, _at_once)


@commands.command()
def doctor(data: Data = None, port: Port = None) -> None:
    """Look at everything that could keep Smart CX from running, and say what is fine."""
    with prepared(data, port):
        from smartcx_portal.doctor import examine

        sys.exit(examine(print))


@commands.command()
def database(
    print_setup: Annotated[bool, typer.Option("--print-setup", help="SQL for a server of your own.")] = False,
) -> None:
    """The first set-up of a PostgreSQL server of your own (16 or newer), with fresh passwords."""
    if not print_setup:
        raise CannotRun("Use: smartcx database --print-setup")
    from smartcx_portal.kit.roles import APP, DATABASE, OWNER, first_setup

    owner, app = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    print("-- Run once with psql as an administrator of the server; these passwords are shown only here.")
    print(first_setup(owner, app), end="")
    print("-- Then start Smart CX with these settings:")
    print(f"-- SMARTCX_DATABASE_URL=postgresql://{APP}:{app}@HOST:5432/{DATABASE}")
    print(f"-- SMARTCX_OWNER_DATABASE_URL=postgresql://{OWNER}:{owner}@HOST:5432/{DATABASE}")


@commands.command()
def operator(
    email: Annotated[str, typer.Argument(help="The address to sign in with.")],
    name: Annotated[str, typer.Option(help="Whose account it is.")],
    data: Data = None,
) -> None:
    """Make an account for an admin of the operator; asks for the password (or reads it from standard input)."""
    with prepared(data):
        from smartcx_portal.kit.engine import database_urls
        from smartcx_portal.kit.errors import ProductError
        from smartcx_portal.operations.operators import add_operator
        from smartcx_portal.running import refuse_unfit_database
        from smartcx_portal.tenancy import JOB, open_work

        refuse_unfit_database(database_urls().app)
        asked = sys.stdin.isatty()
        password = (
            typer.prompt("Password", hide_input=True, confirmation_prompt=True) if asked else sys.stdin.readline()
        )
        try:
            with open_work(JOB) as work:
                add_operator(work, email, name, password.rstrip("\n"))
        except ProductError as refusal:
            raise CannotRun(refusal.text("en")) from None
        print(f"{email} can sign in at {settings().base_url}/en/sign-in now.")


@commands.command("verify")
def verify_file(
    file: Annotated[Path, typer.Argument(help="A package (.zip) or a consent receipt (.json, .jws).")],
    key: Annotated[
        Path | None, typer.Option(help="The sender's public keys, as fetched from its /.well-known/smartcx-keys.json.")
    ] = None,
) -> None:
    """Whether a package or a receipt is as it was made; names each file that is not. Exit code 1 if anything is wrong.

    It needs no database and no network.
    """
    from smartcx_portal.kit.seals import NotSealed
    from smartcx_portal.privacy.package_check import check_file, key_from, told

    try:
        checked = check_file(file, key_from(key) if key else None)
    except NotSealed:
        raise CannotRun("There is no key to check this with: give one with --key FILE.") from None
    print("\n".join(told(file, checked)))
    sys.exit(1 if checked.faults else 0)


@audit.command()
def verify(data: Data = None) -> None:
    """Check the audit trail's chains; exit code 1 if an entry was altered, removed or put in."""
    with prepared(data):
        from smartcx_portal.running import verify_audit

        sys.exit(verify_audit(print))


def asked_password() -> str:
    """Typed twice and unseen at a terminal; else one line of standard input."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")


def _at_once(line: str) -> None:
    """A line of progress, also where the output is kept."""
    print(line, flush=True)


@contextmanager
def prepared(data: Path | None = None, port: int | None = None) -> Iterator[Settings]:
    """Options become settings for this process and its children; wrong ones end it with a sentence."""
    if data is not None:
        os.environ["SMARTCX_DATA"] = str(data)
    if port is not None:
        os.environ["SMARTCX_PORT"] = str(port)
    try:
        chosen = settings()
    except ValidationError as problem:
        raise CannotRun(f"A setting cannot be used: {'; '.join(_sentences(problem))}.") from None
    chosen.data = chosen.data.resolve()
    os.environ["SMARTCX_DATA"] = str(chosen.data)
    yield chosen


def _sentences(problem: ValidationError) -> list[str]:
    """What is wrong, without the values, which may be secrets."""
    found = []
    for error in problem.errors(include_input=False, include_url=False):
        words = error["msg"].removeprefix("Value error, ")
        name = "_".join(str(part) for part in error["loc"]).upper()
        found.append(f"SMARTCX_{name}: {words}" if name else words)
    return found


if __name__ == "__main__":
    main()
