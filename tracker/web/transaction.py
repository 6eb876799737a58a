"""One transaction per request: below 400 it is kept, everything else is as if it had not been asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from flask import Response, g, make_response
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from tracker.domain.rules import RuleBroken
from tracker.web.running import database


def db_session() -> Session:
    """The session of this request."""
    session: Session = g.db_session
    return session


def in_transaction(view: Callable[..., Any], *, writes: bool) -> Callable[..., Response]:
    """The view with its transaction around it, which begins when the view first asks for something."""

    @wraps(view)
    def transacted(*args: Any, **values: Any) -> Response:
        with database().session(may_write=writes) as session:
            g.db_session = session
            try:
                response = make_response(view(*args, **values))
                if response.status_code < 400:
                    session.commit()
                return response
            finally:
                # Closing rolls back whatever was not committed.
                del g.db_session

    return transacted


@contextmanager
def rule_errors_on(form: FlaskForm) -> Iterator[None]:
    """Show a broken rule at its field of the form, or above it; what was begun is rolled back."""
    try:
        yield
    except RuleBroken as broken:
        db_session().rollback()
        show_broken(form, broken)


def show_broken(form: FlaskForm, broken: RuleBroken) -> None:
    """Show each rule that does not hold at its field of the form, or above it."""
    for one in broken.parts:
        if one.field and one.field in form:
            form[one.field].errors = [*form[one.field].errors, one.message]
        else:
            form.form_errors.append(one.message)
