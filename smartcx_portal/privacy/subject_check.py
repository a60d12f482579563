"""Whether a document that came from outside fits the schema, in sentences that name the place and repeat no value."""

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import jsonschema

from smartcx_portal.kit.language import N_, translate
from smartcx_portal.privacy.subject_schema import schema

MOST_FAULTS = 20
KEY_SHOWN = 40
"""How much of a key that nobody asked for is repeated to the reader."""
AT = N_("{place}: {fault}")
WHOLE = N_("The whole file")
KINDS = {
    "string": N_("here a text is expected"),
    "object": N_("here an object is expected"),
    "array": N_("here a list is expected"),
    "integer": N_("here a whole number is expected"),
    "number": N_("here a number is expected"),
    "boolean": N_("here true or false is expected"),
}
OTHER_KIND = N_("here another kind of value is expected")
MISSING = N_("“{key}” is missing")
UNKNOWN = N_("“{key}” is unknown here")
NOT_LISTED = N_("this value is none of those allowed")
ILL_FORMED = N_("this value does not have the expected form")
TOO_LONG = N_("this text is too long")
TOO_SHORT = N_("something is missing here")
UNSTORABLE = N_("here is a character that cannot be stored")
OTHER = N_("this value is not allowed")
NO_TEXT = re.compile("[\x00\ud800-\udfff]")
SENTENCES = {
    "const": NOT_LISTED,
    "enum": NOT_LISTED,
    "pattern": ILL_FORMED,
    "maxLength": TOO_LONG,
    "minItems": TOO_SHORT,
}


def validate(document: Any, lang: str = "en") -> list[str]:
    """What is wrong with a document that came from outside, each with its place; empty if it fits the schema.

    The sentences repeat no value. At most `MOST_FAULTS` are told.
    """
    told: dict[str, None] = {}
    for path, fault in _faults(document):
        told.setdefault(translate(lang, AT).format(place=_place(path, lang), fault=fault(lang)))
        if len(told) == MOST_FAULTS:
            break
    return list(told)


def _faults(document: Any) -> Iterator[tuple[Sequence[Any], Callable[[str], str]]]:
    """Each fault's path, and what says it in a language."""
    for path in _unstorable(document):
        yield path, lambda lang: translate(lang, UNSTORABLE)
    for fault in jsonschema.Draft202012Validator(schema()).iter_errors(document):
        for sentence, key in _told(fault):
            yield fault.absolute_path, functools.partial(_said, sentence, key)


def _unstorable(document: Any) -> Iterator[Sequence[Any]]:
    """Where texts stand that no database and no file takes: with a NUL, or with half a character."""
    open_ends: list[tuple[tuple[Any, ...], Any]] = [((), document)]
    while open_ends:
        path, value = open_ends.pop()
        if isinstance(value, str) and NO_TEXT.search(value):
            yield path
        elif isinstance(value, list):
            open_ends += [((*path, place), each) for place, each in enumerate(value)]
        elif isinstance(value, dict):
            if any(NO_TEXT.search(key) for key in value):
                yield path
            open_ends += [((*path, key[:KEY_SHOWN]), each) for key, each in value.items() if not NO_TEXT.search(key)]


def _place(path: Any, lang: str) -> str:
    """`records[3].fields.name`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step[:KEY_SHOWN]}" for step in path)
    place = "".join(steps).removeprefix(".")
    return place or translate(lang, WHOLE)


def _told(fault: jsonschema.ValidationError) -> list[tuple[str, str]]:
    """The sentences about one fault, and the key that each names."""
    asked, found = fault.validator_value, fault.instance
    if fault.validator == "type":
        return [(KINDS.get(str(asked), OTHER_KIND), "")]
    if fault.validator == "required":
        return [(MISSING, key) for key in asked if key not in found]
    if fault.validator == "additionalProperties":
        return [(UNKNOWN, key[:KEY_SHOWN]) for key in found if key not in fault.schema["properties"]]
    return [(SENTENCES.get(str(fault.validator), OTHER), "")]


def _said(sentence: str, key: str, lang: str) -> str:
    return translate(lang, sentence).format(key=key)
