"""Where packages lie: `DATA/packages/<tenant>/<id>.zip`, readable for the app alone."""

import os
from pathlib import Path
from uuid import UUID

from smartcx_portal.settings import settings


def package_path(tenant_id: UUID, package_id: UUID) -> Path:
    """The file of one package."""
    return settings().data / "packages" / str(tenant_id) / f"{package_id}.zip"


def write_package_file(tenant_id: UUID, package_id: UUID, content: bytes) -> Path:
    """Write a package whole or not at all; nobody else on the machine may read it."""
    path = package_path(tenant_id, package_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    draft.replace(path)
    return path


def remove_package_file(tenant_id: UUID, package_id: UUID) -> None:
    """Take the file away; it may be gone already."""
    path = package_path(tenant_id, package_id)
    path.unlink(missing_ok=True)
    path.with_suffix(".part").unlink(missing_ok=True)
