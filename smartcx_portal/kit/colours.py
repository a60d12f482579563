"""Arithmetic of colours: how well one can be read on another (WCAG 2.2, relative luminance and contrast)."""

import colorsys
import re

HEX = re.compile(r"#[0-9a-f]{6}")
READABLE = 4.5
"""The contrast that text needs (WCAG 2.2, 1.4.3)."""
STEP = 0.005


def read_colour(text: str) -> str | None:
    """`#1a5fb4` from any usual writing of it, `1A5FB4` and `#15b` too; None for anything else."""
    bare = text.strip().lower().removeprefix("#")
    if len(bare) == 3:
        bare = "".join(sign * 2 for sign in bare)
    return f"#{bare}" if HEX.fullmatch(f"#{bare}") else None


def luminance(colour: str) -> float:
    """From 0 for black to 1 for white."""
    red, green, blue = (_linear(value) for value in _values(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: float, other: float) -> float:
    """The contrast of two luminances, from 1 to 21."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def darkened(colour: str, paper: float) -> str:
    """The colour as dark as is needed to be read on a paper of this luminance; itself if it can be read already."""
    return _shifted(colour, paper, -STEP)


def lightened(colour: str, paper: float) -> str:
    """The colour as light as is needed to be read on a paper of this luminance; itself if it can be read already."""
    return _shifted(colour, paper, STEP)


def _shifted(colour: str, paper: float, step: float) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_values(colour))
    found = colour
    while contrast(luminance(found), paper) < READABLE or (luminance(found) > paper) != (step > 0):
        lightness = min(max(lightness + step, 0.0), 1.0)
        found = "#" + "".join(f"{round(v * 255):02x}" for v in colorsys.hls_to_rgb(hue, lightness, saturation))
        if lightness in (0.0, 1.0):
            break
    return found


def _values(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
