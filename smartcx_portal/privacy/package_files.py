"""Where packages lie: `DATA/packages/<tenant>/<id>.zip`, readable for the app alone."""

import os
from collections.abc import Container
from datetime import datetime
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


def remove_strays(tenant_id: UUID, known: Container[str], before: datetime) -> int:
    """Take away files written before that moment whose package is not `known`: the row never came about."""
    folder = package_path(tenant_id, tenant_id).parent
    found = [file for file in folder.glob("*") if file.stem not in known]
    old = [file for file in found if file.stat().st_mtime < before.timestamp()]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
