"""The language of a page as its path tells it: `/en/…` is English, all else German."""

from reflex_base.utils.imports import ImportVar
from reflex_base.vars import VarData
from reflex_base.vars.base import Var

LANG: Var[str] = Var(
    "useLocation().pathname.startsWith('/en')?'en':'de'",
    _var_data=VarData(imports={"react-router": [ImportVar(tag="useLocation")]}),
)
"""For `<html lang>`; right in the prerendered file and after each navigation in the browser."""
