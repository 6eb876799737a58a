"""The description of the API (OpenAPI 3.1), written from the contracts beside the views."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Flask, Response, current_app, jsonify
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema
from werkzeug.routing import IntegerConverter, Rule

from tracker.api.contracts import Contract
from tracker.api.problems import DETAILS, MEDIA_TYPE
from tracker.api.shapes.base import LARGEST_ID
from tracker.api.shapes.problems import Problem
from tracker.web.access import Access, public

bp = Blueprint("api_description", __name__, url_prefix="/api/v1")

PREFIX = "/api/v1"
ALWAYS = (400, 401, 500, 503)
Model = tuple[type[BaseModel], JsonSchemaMode]


@bp.get("/openapi.json")
@public()
def show() -> Response:
    return jsonify(describe(current_app))


def describe(app: Flask) -> dict[str, Any]:
    """The whole description: every call with what it takes and all that it may answer."""
    calls = list(_calls(app))
    models: list[Model] = [(Problem, "serialization")]
    for _, _, contract, _ in calls:
        models.append((contract.answer, "serialization"))
        models += [(sent, "validation") for sent in (contract.body, contract.query) if sent]
    refs, schemas = models_json_schema(
        list(dict.fromkeys(models)), ref_template="#/components/schemas/{model}"
    )
    definitions = schemas["$defs"]
    paths: dict[str, dict[str, Any]] = {}
    for rule, method, contract, access in calls:
        path = _path(rule)
        paths.setdefault(path, {})[method] = _operation(rule, contract, access, refs, definitions)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "tracker",
            "version": "1",
            "description": "Hiring pipelines: the same rules and permissions as the pages.",
        },
        "servers": [{"url": PREFIX}],
        "security": [{"bearer": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": definitions,
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A person's token, from `tracker users token EMAIL`.",
                }
            },
        },
    }


def _calls(app: Flask) -> Iterator[tuple[Rule, str, Contract, Access]]:
    for rule in app.url_map.iter_rules():
        view: Any = app.view_functions[rule.endpoint]
        contract: Contract | None = getattr(view, "contract", None)
        if contract is None:
            continue
        [method] = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        yield rule, method.lower(), contract, view.access


def _path(rule: Rule) -> str:
    path = rule.rule.removeprefix(PREFIX)
    for name in rule.arguments:
        path = path.replace(f"<int:{name}>", f"{{{name}}}").replace(f"<{name}>", f"{{{name}}}")
    return path


def _operation(
    rule: Rule, contract: Contract, access: Access, refs: Any, definitions: dict[str, Any]
) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": rule.endpoint.removeprefix("api_").replace(".", "_"),
        "tags": [rule.endpoint.partition(".")[0].removeprefix("api_")],
        "summary": contract.summary,
        "parameters": _parameters(rule, contract, refs, definitions),
        "responses": _responses(rule, contract, access, refs),
    }
    if access.permission is not None:
        operation["description"] = f"Takes the permission `{access.permission}`."
    if contract.body is not None:
        operation["requestBody"] = {
            "required": contract.is_body_needed,
            "content": {"application/json": {"schema": refs[(contract.body, "validation")]}},
        }
    return operation


def _parameters(
    rule: Rule, contract: Contract, refs: Any, definitions: dict[str, Any]
) -> list[dict[str, Any]]:
    found = [
        {"name": name, "in": "path", "required": True, "schema": _path_schema(rule, name)}
        for name in sorted(rule.arguments)
    ]
    found += [{"name": name, "in": "header", **said} for name, said in contract.headers.items()]
    if contract.query is not None:
        name = refs[(contract.query, "validation")]["$ref"].rpartition("/")[2]
        for field, schema in definitions[name]["properties"].items():
            said = {key: value for key, value in schema.items() if key not in ("title", "description")}
            described = {"description": schema["description"]} if "description" in schema else {}
            found.append({"name": field, "in": "query", "schema": _without_null(said), **described})
    return found


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """An address has no null: what may be left out is left out."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    return kinds[0] if len(kinds) == 1 else schema


def _path_schema(rule: Rule, name: str) -> dict[str, Any]:
    if isinstance(rule._converters[name], IntegerConverter):
        return {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}
    return {"type": "string", "minLength": 1}


def _responses(rule: Rule, contract: Contract, access: Access, refs: Any) -> dict[str, Any]:
    answer = {"application/json": {"schema": refs[(contract.answer, "serialization")]}}
    responses: dict[str, Any] = {str(contract.status): {"description": "As asked.", "content": answer}}
    refused = set(ALWAYS)
    refused |= {403} if access.permission is not None else set()
    refused |= {404} if rule.arguments else set()
    refused |= {409} if access.writes else set()
    refused |= {413, 415, 422} if contract.body is not None else set()
    refused |= {422} if contract.query is not None else set()
    told = {MEDIA_TYPE: {"schema": refs[(Problem, "serialization")]}}
    for status in sorted(refused):
        responses[str(status)] = {"description": DETAILS[status], "content": told}
    responses["401"]["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
    return responses
