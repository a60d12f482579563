"""`smartcx web` with the States of the gate's tests besides the app's own."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    options = dict(zip(sys.argv[1::2], sys.argv[2::2], strict=True))
    os.environ["SMARTCX_PORT"], os.environ["SMARTCX_DATA"] = options["--port"], options["--data"]

    from smartcx_portal.kit.toolchain import reflex_environment

    os.environ.update(reflex_environment())

    import tests.gate.states  # noqa: F401 - registers its handlers before the app is served
    from smartcx_portal.gate import limits
    from smartcx_portal.running import serve_web

    limits.EVENTS = 2_000  # all handlers are tried in one go; that a flood is dropped has its own test
    serve_web()
