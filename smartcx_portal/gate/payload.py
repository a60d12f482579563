"""What a client may send to a handler: bounded, of the declared types, nothing else. Reflex enforces none of this."""

import inspect
import typing
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from smartcx_portal.kit.errors import InvalidForm, ProductError
from smartcx_portal.kit.language import N_

LONGEST_TEXT = 20_000
"""Bytes of one text."""
LARGEST = 64_000
"""Bytes of a whole payload, keys included."""
DEEPEST = 8


class NotUnderstood(ProductError):
    """The payload is no thing that our pages send."""

    says = N_("That did not work. Please try again.")


class TooLong(ProductError):
    """More text than any form of ours takes."""

    says = N_("That is too long. Please shorten your entries.")


class Form(BaseModel):
    """The base of a form's fields: unknown ones are refused, space around texts goes, and problems name their field."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


def measured(value: Any, depth: int = 0) -> int:
    """The bytes of all texts in a payload. Raises `TooLong`, or `NotUnderstood` for what no database text can hold."""
    if isinstance(value, str):
        try:
            size = len(value.encode())
        except UnicodeEncodeError:
            raise NotUnderstood from None
        if "\0" in value:
            raise NotUnderstood
        if size > LONGEST_TEXT:
            raise TooLong
        return size
    if depth > DEEPEST:
        raise NotUnderstood
    if isinstance(value, Mapping):
        total = sum(measured(k, depth + 1) + measured(v, depth + 1) for k, v in value.items())
    elif isinstance(value, list | tuple):
        total = sum(measured(each, depth + 1) for each in value)
    else:
        total = 8
    if total > LARGEST:
        raise TooLong
    return total


class Shape:
    """What one handler takes, by its parameters' type hints; `work` is the gate's own and no client's."""

    def __init__(self, fn: Callable[..., Any]) -> None:
        hints = typing.get_type_hints(fn)
        parameters = list(inspect.signature(fn).parameters.values())[1:]
        self.wants_work = any(p.name == "work" for p in parameters)
        self.parameters = [p for p in parameters if p.name != "work"]
        for p in self.parameters:
            if p.kind not in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY) or p.name not in hints:
                raise TypeError(f"{fn.__qualname__}: {p.name} needs a name and a type hint of its own")
        self.needed = {p.name for p in self.parameters if p.default is p.empty}
        self.types: dict[str, TypeAdapter[Any]] = {p.name: TypeAdapter(hints[p.name]) for p in self.parameters}

    def check(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """The handler's arguments. Raises `NotUnderstood`, `TooLong`, or `InvalidForm` for the fields of a `Form`."""
        measured(payload)
        if set(payload) - set(self.types) or self.needed - set(payload):
            raise NotUnderstood
        return {name: self._one(name, value) for name, value in payload.items()}

    def _one(self, name: str, value: Any) -> Any:
        plain = dict(value) if isinstance(value, Mapping) else value
        try:
            return self.types[name].validate_python(plain)
        except ValidationError as problem:
            fields = [e["loc"][0] for e in problem.errors(include_input=False, include_context=False) if e["loc"]]
            named = {
                str(field): N_("Please check this entry.") for field in fields if field in _fields(self.types[name])
            }
            raise InvalidForm(named) if named else NotUnderstood from None


def _fields(adapter: TypeAdapter[Any]) -> set[str]:
    """The field names if the type is a form."""
    kind = adapter._type
    return set(kind.model_fields) if isinstance(kind, type) and issubclass(kind, Form) else set()
