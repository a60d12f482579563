"""The pieces that the legal pages are made of: data, which surfaces lay out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value. `href` makes it a link; `lang` names its language where it is not the page's."""

    label: str
    value: str
    href: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with paragraphs, a list, and facts, in this order; any of them may be empty."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalPage:
    """A whole page; `title` is its `h1`."""

    title: str
    sections: tuple[Section, ...]


def facts_of(*facts: Fact) -> tuple[Fact, ...]:
    """Those that have a value."""
    return tuple(fact for fact in facts if fact.value)


def mail(label: str, email: str) -> Fact:
    """An e-mail address."""
    return Fact(label, email, f"mailto:{email}" if email else "")


def phone(label: str, number: str) -> Fact:
    """A telephone number; the link keeps only what is dialled."""
    return Fact(label, number, "tel:" + "".join(c for c in number if c.isdigit() or c == "+"))


def site(label: str, website: str) -> Fact:
    """A web address."""
    return Fact(label, website, website)
