"""Tools that know no product word."""

import zoneinfo

zoneinfo.reset_tzpath(to=())
"""The rules of zones come from the pinned `tzdata`, the same on every machine (design D6)."""
