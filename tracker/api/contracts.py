"""What each call takes and answers: said once beside its view, read by the view and by the description."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import Response, abort, make_response, request
from pydantic import BaseModel, ValidationError

from tracker.api.problems import answer_problem, problem, problem_of_shape
from tracker.api.shapes.base import Asked, Body
from tracker.api.shapes.problems import FieldError

Sent = TypeVar("Sent", bound=Body)
Question = TypeVar("Question", bound=Asked)
Read = TypeVar("Read")
LARGEST_NUMBER = 2**63
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Contract:
    """One call: what it does in words, its answer, and the shapes of body and address."""

    summary: str
    status: int
    answer: type[BaseModel]
    body: type[Body] | None
    is_body_needed: bool
    query: type[Asked] | None
    headers: dict[str, dict[str, Any]]


def answers(
    answer: type[BaseModel],
    summary: str,
    *,
    status: int = 200,
    body: type[Body] | None = None,
    is_body_needed: bool = True,
    query: type[Asked] | None = None,
    headers: dict[str, dict[str, Any]] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """The view answers with this shape; refusals are problems."""
    contract = Contract(summary, status, answer, body, is_body_needed, query, headers or {})

    def describe(view: Callable[..., Any]) -> Callable[..., Response]:
        @wraps(view)
        def answered(*args: Any, **values: Any) -> Response:
            given = view(*args, **values)
            if isinstance(given, Response):
                return given
            text = given.model_dump_json(by_alias=True)
            return make_response(text, status, {"Content-Type": "application/json"})

        answered.contract = contract  # type: ignore[attr-defined]
        return answered

    return describe


def query_of(shape: type[Question]) -> Question:
    """What the address asks; 422 for what has not this shape."""
    return _shaped(lambda: shape.model_validate(request.args.to_dict()))


def body_of(shape: type[Sent]) -> Sent:
    """What was sent; 400 for what is no JSON, 415 for another kind, 422 for what has not this shape."""
    if not request.is_json:
        abort(415)
    data = request.get_data(cache=True)
    try:
        sent = json.loads(data, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        abort(400)
    faults = _faults(sent)
    if faults:
        detail = "Some fields hold what cannot be kept."
        abort(answer_problem(problem(422, detail, errors=faults)))
    return _shaped(lambda: shape.model_validate_json(data))


def body_or_none(shape: type[Sent]) -> Sent:
    """What was sent, where nothing need be sent."""
    return body_of(shape) if request.get_data(cache=True) else shape()


def _shaped(read: Callable[[], Read]) -> Read:
    try:
        return read()
    except ValidationError as error:
        abort(answer_problem(problem_of_shape(error)))


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _faults(sent: Any) -> list[FieldError]:
    """Texts and numbers that no field holds: NUL, halves of letters, numbers beyond 64 bits."""
    faults, waiting = [], [("", sent)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(f"{place}.{key}".lstrip("."), part) for key, part in value.items()]
            faults += [FieldError(field=place, message=m) for m in map(_fault_of, value) if m]
        elif isinstance(value, list):
            waiting += [(f"{place}.{number}".lstrip("."), part) for number, part in enumerate(value)]
        elif message := _fault_of(value):
            faults.append(FieldError(field=_written(place), message=message))
    return faults


def _fault_of(value: Any) -> str | None:
    if isinstance(value, str) and _NO_TEXT.search(value):
        return "This holds a character that is no text."
    if isinstance(value, int | float) and not abs(value) < LARGEST_NUMBER:
        return "This number is too large."
    return None


def _written(place: str) -> str:
    return place.encode("utf-8", "replace").decode()
