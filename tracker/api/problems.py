"""What programs read when something does not work: one problem document (RFC 9457) for each kind."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, make_response, request
from pydantic import ValidationError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from tracker.api.shapes.problems import FieldError, Problem, UnmetShape
from tracker.domain.deciding import IllegalMove, NotPermitted, RequirementsUnmet
from tracker.domain.requirement_names import Unmet
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.files import has_no_room
from tracker.services.moves import StaleVersion
from tracker.web.access import asks_api
from tracker.web.errors import NOT_KEPT

MEDIA_TYPE = "application/problem+json"
DETAILS = {
    400: "The request could not be read.",
    401: "A bearer token is needed: Authorization: Bearer TOKEN.",
    403: "Your role does not include this.",
    404: "There is nothing here, or it is not for you to see.",
    405: "This address does not take such a request; Allow names those it takes.",
    409: "This changed meanwhile; nothing was kept.",
    413: "The body is too large: at most 12 MB.",
    415: "Send JSON, with Content-Type: application/json.",
    422: "A rule stands against it; nothing was kept.",
    500: "It was our mistake and is written down; nothing was kept.",
    503: "The tracker cannot save or read just now; nothing was lost.",
}
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")


def problem(status: int, detail: str = "", **more: Any) -> Problem:
    """A problem of this status, in the usual words unless others are given."""
    return Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail or DETAILS.get(status, ""), **more
    )


def answer_problem(found: Problem) -> Response:
    """The answer that carries a problem."""
    text = found.model_dump_json(exclude_none=True)
    return make_response(text, found.status, {"Content-Type": MEDIA_TYPE})


def problem_of_rule(broken: RuleBroken) -> Problem:
    """Which problem a broken rule is: not permitted, changed meanwhile, or a rule of a move or a field."""
    if isinstance(broken, NotPermitted):
        return problem(403, broken.message)
    if isinstance(broken, ChangedMeanwhile | StaleVersion):
        return problem(409, broken.message)
    if isinstance(broken, IllegalMove):
        return problem(422, broken.message, type="illegal-move")
    if isinstance(broken, RequirementsUnmet):
        return problem(422, broken.message, type="unmet-requirements", unmet=unmet_shapes(broken.unmet))
    errors = [FieldError(field=broken.field, message=broken.message)] if broken.field else None
    return problem(422, broken.message, errors=errors)


def unmet_shapes(missing: Iterable[Unmet]) -> list[UnmetShape]:
    """What is missing for a move, as the API writes it."""
    return [UnmetShape(requirement=m.requirement, detail=m.detail, owner=m.owner) for m in missing]


def problem_of_shape(error: ValidationError) -> Problem:
    """Which fields of a body or address do not have the shape that the call asks for."""
    errors = [
        FieldError(field=".".join(str(part) for part in found["loc"]), message=_sentence(found["msg"]))
        for found in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    return problem(422, "Some fields cannot be taken as they are.", errors=errors)


def _sentence(message: str) -> str:
    text = message.removeprefix("Value error, ")
    return text if text.endswith(".") else f"{text}."


def _of(error: Exception) -> Problem:
    if isinstance(error, RuleBroken):
        return problem_of_rule(error)
    if isinstance(error, IntegrityError | StaleDataError):
        current_app.logger.warning("refused by the database: %s", type(error).__name__, exc_info=error)
        return problem(409)
    if isinstance(error, DataError):
        current_app.logger.warning("no value of the database: %s", type(error).__name__, exc_info=error)
        return problem(422, NOT_KEPT)
    if isinstance(error, OperationalError) or (isinstance(error, OSError) and has_no_room(error)):
        current_app.logger.error("the database or the disk does not answer", exc_info=error)
        return problem(503)
    current_app.logger.error("unexpected error at %s", request.endpoint, exc_info=error)
    return problem(500)


def _answer(error: Exception) -> Any:
    if not isinstance(error, HTTPException):
        answer = answer_problem(_of(error))
        if answer.status_code == 503:
            answer.headers["Retry-After"] = "30"
        return answer
    if error.code is None or error.code < 400:
        return error
    answer = answer_problem(problem(error.code))
    for name, value in error.get_headers(request.environ):
        if name in KEPT_HEADERS:
            answer.headers[name] = value
    return answer


def add_problems(app: Flask) -> None:
    """Below /api every error becomes a problem document; everywhere else it stays a page."""
    for kind, show_page in list(app.error_handler_spec[None][None].items()):
        app.register_error_handler(kind, _either(show_page))


def _either(show_page: Callable[..., Any]) -> Callable[[Exception], Any]:
    def answer(error: Exception) -> Any:
        if not asks_api():
            return show_page(error)
        return _answer(error)

    return answer
