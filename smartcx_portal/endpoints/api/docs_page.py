"""The API's documentation as a plain served page, written from the OpenAPI document: no script, no third host."""

import json
from collections.abc import Iterable
from typing import Any

from fastapi import Response
from markupsafe import Markup, escape

from smartcx_portal.endpoints.api.problems import all_kinds
from smartcx_portal.endpoints.plain import document
from smartcx_portal.kit.language import N_, translator

EMPTY = Markup("")
INTRO = (
    N_("Programs book here by the same rules as people on the booking page."),
    N_("No registration is needed. Each network may make 600 reading and 120 changing requests a minute per tenant."),
    N_("Show people the tenant's privacy notice and the words of each consent before you send what they entered."),
)
RULES = (
    "Send and accept JSON in UTF-8. Times are ISO 8601 with an offset. Unknown names in a body are refused.",
    "Accept-Language: de or en chooses the language of texts, of consents and of the messages to the person.",
    "Secrets are headers, never part of an address: keep Hold-Token and Booking-Secret out of your logs.",
    "Idempotency-Key on POST: the same request gets the same reply for 24 hours (Idempotent-Replayed: true). "
    "The same key with another request gets 409. While the first is being worked on, the second waits.",
    "RateLimit-Limit, RateLimit-Remaining and RateLimit-Reset stand on every answer, Retry-After on 429 and 503.",
    "Errors are problem details (RFC 9457, application/problem+json); type leads to the list below.",
    "confirm_by email needs the consent mail, sms needs sms and sms_transfer, special answers need health. A consent "
    "is its version: the text that GET /services/{service_id} gives in the same language.",
)
EXAMPLE = """curl -X POST "$BASE/tenants/$TENANT/bookings" \\
  -H 'Content-Type: application/json' -H 'Accept-Language: de' \\
  -H "Idempotency-Key: $(uuidgen)" \\
  -d '{"book": {"services": "<service id>", "starts_at": "2026-12-01T10:15:00+01:00"},
       "person": {"name": "Clara Lindqvist", "email": "clara@example.org"},
       "confirm_by": "email", "consents": {"mail": "<version>"}}'"""
SECTION = Markup('<section class="cx-section" id="{}"><h2 class="kern-heading-medium">{}</h2>{}</section>')
TEXT = Markup('<p class="kern-body">{}</p>')
CODE = Markup('<pre class="cx-listing" tabindex="0"><code>{}</code></pre>')
TABLE = Markup(
    '<div class="kern-table-responsive cx-table" role="region" aria-label="{name}" tabindex="0">'
    '<table class="kern-table kern-table--small">'
    '<caption class="kern-title">{name}</caption><thead class="kern-table__head"><tr class="kern-table__row">{head}'
    '</tr></thead><tbody class="kern-table__body">{rows}</tbody></table></div>'
)


def page(api: dict[str, Any], lang: str) -> Response:
    """The whole page: an introduction in `lang`, then the reference, which is English."""
    t, operations = translator(lang), _operations(api)
    parts = [
        EMPTY.join(TEXT.format(t(one)) for one in INTRO),
        Markup('<p class="kern-body"><a class="kern-link" href="/api/v1/openapi.json">{}</a></p>').format(
            t("The OpenAPI document (3.1)")
        ),
        Markup('<div lang="en">'),
        _contents(operations),
        _rules(),
        *(_operation(api, *one) for one in operations),
        _shapes(api),
        _problems(),
        Markup("</div>"),
    ]
    return document(lang, t("Programming interface (API)"), EMPTY.join(parts))


def _rules() -> Markup:
    items = EMPTY.join(Markup("<li>{}</li>").format(rule) for rule in RULES)
    rules = Markup('<ul class="kern-list kern-list--bullet">{}</ul>').format(items)
    return SECTION.format("rules", "What holds everywhere", rules + CODE.format(EXAMPLE))


def _operations(api: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, facts) for path, methods in api["paths"].items() for method, facts in methods.items()]


def _contents(operations: list[tuple[str, str, dict[str, Any]]]) -> Markup:
    links = EMPTY.join(
        Markup('<li><a class="kern-link" href="#{}">{}</a></li>').format(facts["operationId"], facts["summary"])
        for _, _, facts in operations
    )
    return Markup('<ul class="kern-list kern-list--bullet">{}</ul>').format(links)


def _operation(api: dict[str, Any], path: str, method: str, facts: dict[str, Any]) -> Markup:
    """One route: its words, parameters, body and answers."""
    name = facts["summary"]
    parts = [CODE.format(f"{method.upper()} {path}"), TEXT.format(_coded(facts.get("description", "")))]
    if facts.get("parameters"):
        rows = [_parameter(one) for one in facts["parameters"]]
        parts.append(_table(f"Parameters: {name}", ("Name", "In", "Needed", "Form", "Meaning"), rows))
    body = facts.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if body:
        parts.append(TEXT.format(Markup("Body: {}").format(_form(body))))
    answers = sorted(facts["responses"].items())
    good = ", ".join(status for status, _ in answers if status < "400")
    forms = EMPTY.join(dict.fromkeys(_answer(found) for status, found in answers if status < "400"))
    parts.append(TEXT.format(Markup("Answer {}: {}").format(good, forms or "nothing")))
    refused = ", ".join(status for status, _ in answers if status >= "400")
    parts.append(TEXT.format(Markup('<a class="kern-link" href="#problems">Problems</a>: {}').format(refused)))
    return SECTION.format(facts["operationId"], name, EMPTY.join(parts))


def _parameter(one: dict[str, Any]) -> tuple[object, ...]:
    needed = "yes" if one.get("required") else ""
    return one["name"], one["in"], needed, _form(one["schema"]), one.get("description", "") or _words(one["schema"])


def _answer(found: dict[str, Any]) -> Markup:
    schemas = [content.get("schema") for content in found.get("content", {}).values()]
    return EMPTY.join(_form(schema) for schema in schemas if schema)


def _shapes(api: dict[str, Any]) -> Markup:
    """Every shape with its fields."""
    parts = [
        Markup('<div id="shape-{}">{}</div>').format(name, _table(name, ("Name", "Needed", "Form", "Meaning"), rows))
        for name, shape in sorted(api["components"]["schemas"].items())
        if (rows := list(_fields(shape)))
    ]
    return SECTION.format("shapes", "Forms of bodies and answers", EMPTY.join(parts))


def _fields(shape: dict[str, Any]) -> Iterable[tuple[object, ...]]:
    needed = shape.get("required", [])
    for name, schema in shape.get("properties", {}).items():
        yield name, "yes" if name in needed else "", _form(schema), _words(schema)


def _problems() -> Markup:
    rows = EMPTY.join(
        Markup('<tr class="kern-table__row" id="{0}"><td class="kern-table__cell">{0}</td>{1}</tr>').format(
            kind.name, _cells((kind.status, kind.title))
        )
        for kind in all_kinds()
    )
    table = TABLE.format(name="Kinds of problems", head=_heads(("Name", "Status", "Meaning")), rows=rows)
    return SECTION.format("problems", "Problems", table)


def _table(name: str, heads: Iterable[str], rows: Iterable[tuple[object, ...]]) -> Markup:
    lines = EMPTY.join(Markup('<tr class="kern-table__row">{}</tr>').format(_cells(row)) for row in rows)
    return TABLE.format(name=name, head=_heads(heads), rows=lines)


def _heads(names: Iterable[str]) -> Markup:
    return EMPTY.join(Markup('<th class="kern-table__header" scope="col">{}</th>').format(name) for name in names)


def _cells(values: Iterable[object]) -> Markup:
    return EMPTY.join(Markup('<td class="kern-table__cell">{}</td>').format(_shown(value)) for value in values)


def _shown(value: object) -> Markup:
    return value if isinstance(value, Markup) else _coded(str(value))


def _coded(text: str) -> Markup:
    """What stands between backticks as code."""
    pieces = text.split("`")
    return EMPTY.join(Markup("<code>{}</code>").format(one) if n % 2 else escape(one) for n, one in enumerate(pieces))


def _words(schema: dict[str, Any]) -> str:
    """A field's description, and the values that it may have."""
    values = f"One of {', '.join(map(str, schema['enum']))}." if "enum" in schema else ""
    return f"{schema.get('description', '')} {values}".strip()


def _form(schema: dict[str, Any]) -> Markup:
    """What a value looks like, with links to shapes."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return Markup('<a class="kern-link" href="#shape-{0}">{0}</a>').format(name)
    choices = [one for one in schema.get("anyOf", schema.get("allOf", ())) if one.get("type") != "null"]
    if choices:
        return Markup(" or ").join(_form(one) for one in choices)
    if schema.get("type") == "array":
        return Markup("list of {}").format(_form(schema["items"]))
    if schema.get("type") == "object":
        return Markup("id → {}").format(_form(schema.get("additionalProperties") or {}))
    bounds = {name: schema[name] for name in ("minLength", "maxLength", "minimum", "maximum") if name in schema}
    return Markup("{} {}").format(schema.get("format") or schema.get("type", ""), _bounds(bounds))


def _bounds(bounds: dict[str, Any]) -> str:
    return json.dumps(bounds).strip("{}").replace('"', "") if bounds else ""
