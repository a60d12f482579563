"""The look: KERN, its typeface and our own sheet, all built into the app and loaded from nowhere else."""

import reflex as rx
from reflex_base.utils.imports import ImportDict, ImportVar


class Styles(rx.Fragment):
    """Brings the style sheets onto the page; `assets/smartcx.css` names the packages in their order."""

    lib_dependencies: list[str] = ["@kern-ux/native@2.7.2", "@fontsource/fira-sans@5.3.0"]

    def add_imports(self) -> ImportDict:
        """Import the one sheet that imports the others."""
        sheets: list[str | ImportVar] = ["$/public/smartcx.css"]
        return {"": sheets}
