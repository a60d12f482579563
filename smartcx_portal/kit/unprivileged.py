"""PostgreSQL refuses to run as root: which account runs it instead, and what that account must reach."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from smartcx_portal.kit.refusal import CannotRun

CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """A user and group id, and how `subprocess.run` becomes them."""

    uid: int
    gid: int

    @property
    def options(self) -> dict[str, object]:
        if os.geteuid() != 0:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Hand `path` to this account, where we are allowed to."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)


def server_account() -> Account:
    """The account that runs the server: our own, or as root the first existing unprivileged one."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise CannotRun(f"Started as root, the database needs one of the accounts {', '.join(CANDIDATES)}.")


def let_through(account: Account, *paths: Path) -> list[Path]:
    """Let `account` pass through `paths` and all folders above: adds `o+x` where it is missing.

    Passing through is not reading: what lies there stays as hidden as before. Returns the folders it changed.
    """
    if os.geteuid() != 0:
        return []
    changed = []
    for folder in {parent for path in paths for parent in (path, *path.parents)}:
        status = folder.stat()
        own = status.st_uid == account.uid or status.st_gid == account.gid
        if not own and not status.st_mode & 0o001:
            folder.chmod(status.st_mode & 0o7777 | 0o001)
            changed.append(folder)
    return sorted(changed)
