"""What cannot be done is told in one clear line, with exit status 1; a wrong call keeps Click's status 2."""

from typing import Any

import click
from sqlalchemy.exc import DBAPIError, OperationalError

from tracker.config import BadSetting
from tracker.domain.rules import RuleBroken


class Refused(click.ClickException):
    """Something that the command will not do: its sentence goes to standard error on one line."""

    def format_message(self) -> str:
        return " ".join(self.message.split())


class RefusingGroup(click.Group):
    """The outermost command, which turns broken rules and an unreachable database into refusals."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (RuleBroken, BadSetting) as refusal:
            raise Refused(str(refusal)) from refusal
        except OperationalError as failure:
            raise Refused(f"The database cannot be used: {failure.orig}") from failure
        except DBAPIError as failure:
            raise Refused(f"The database refused this: {failure.orig}") from failure
        except BrokenPipeError:
            raise
        except OSError as failure:
            raise Refused(f"{failure.filename or 'System'}: {failure.strerror or failure}") from failure
