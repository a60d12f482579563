"""The two database roles and their rights, the same for the embedded server and for one of your own.

`smartcx_owner` owns the database and migrates it; `smartcx_app` serves, owns nothing, and cannot bypass
row-level security.
"""

OWNER = "smartcx_owner"
APP = "smartcx_app"
DATABASE = "smartcx"
OWNER_TRAITS = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"
APP_TRAITS = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT"


def role_statements(owner_password: str, app_password: str, *, verb: str = "CREATE") -> list[str]:
    """Create (or, with `verb="ALTER"`, correct) both roles. Passwords must not contain quotes."""
    return [
        f"{verb} ROLE {OWNER} {OWNER_TRAITS} PASSWORD '{owner_password}'",
        f"{verb} ROLE {APP} {APP_TRAITS} PASSWORD '{app_password}'",
    ]


def right_statements(database: str = DATABASE) -> list[str]:
    """Who may enter `database`; to be repeated for each copy, since a template hands no rights on."""
    return [
        f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC',
        f'GRANT CONNECT ON DATABASE "{database}" TO {APP}',
    ]


def first_setup(owner_password: str, app_password: str) -> str:
    """What the administrator of a server of your own runs once with `psql`, as a superuser.

    A role with CREATEDB and CREATEROLE does as well, as managed servers offer it.
    """
    statements = [
        *role_statements(owner_password, app_password),
        f"GRANT {OWNER} TO CURRENT_USER",
        f"CREATE DATABASE {DATABASE} OWNER {OWNER} ENCODING 'UTF8' TEMPLATE template0",
        *right_statements(),
    ]
    return "".join(f"{statement};\n" for statement in statements)
