"""What a notice is built of; plain lists, so that a version can be stored and read back."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; every row has as many cells as `head`."""

    caption: str
    head: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Section:
    """One section: paragraphs, then a list, then tables. `glance` marks the first layer."""

    id: str
    heading: str
    glance: bool
    paragraphs: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
